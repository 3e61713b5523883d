// swift-tools-version: 6.2
import PackageDescription

/// One target of the package: a row of the table below.
struct Row {
  var name: String
  var uses: [String] = []
  var products: [Target.Dependency] = []
  /// Files in the target's folder that are not built into it.
  var data: [String] = []
  var kind: Kind = .library

  enum Kind { case library, generated, executable, benchmark, testSupport, test }
}

let protobuf: Target.Dependency = .product(name: "SwiftProtobuf", package: "swift-protobuf")
let yams: Target.Dependency = .product(name: "Yams", package: "Yams")
let csv: Target.Dependency = .product(name: "SwiftCSV", package: "SwiftCSV")
let argumentParser: Target.Dependency = .product(
  name: "ArgumentParser", package: "swift-argument-parser")

/// The targets in their order: a row may use only rows above it.
let rows: [Row] = [
  // Foundations
  Row(name: "ONNXSchema", products: [protobuf], kind: .generated),
  Row(name: "Diagnostics"),
  Row(name: "Quantities"),
  Row(name: "Documents", uses: ["Diagnostics", "Quantities"], products: [yams]),
  Row(name: "GraphAlgorithms"),
  Row(
    name: "ONNXFormat", uses: ["ONNXSchema", "Diagnostics", "GraphAlgorithms"], products: [protobuf]
  ),
  // Models
  Row(name: "NetworkModel", uses: ["ONNXFormat"]),
  Row(name: "PlatformModel", uses: ["Diagnostics", "Quantities", "Documents"]),
  Row(name: "Dataflow", uses: ["Diagnostics", "GraphAlgorithms"]),
  Row(
    name: "MappingModel", uses: ["Quantities", "Documents", "PlatformModel", "Dataflow"]),
  Row(name: "PiSDF", uses: ["Diagnostics", "GraphAlgorithms", "Dataflow"]),
  // Stages
  Row(
    name: "NetworkImport", uses: ["ONNXSchema", "Diagnostics", "ONNXFormat", "NetworkModel"]),
  Row(
    name: "CostModel",
    uses: ["Diagnostics", "Quantities", "ONNXFormat", "NetworkModel", "PlatformModel"],
    products: [csv]),
  Row(
    name: "DataflowConversion",
    uses: [
      "ONNXFormat", "NetworkModel", "PlatformModel", "Dataflow", "MappingModel", "CostModel",
    ]),
  Row(
    name: "Partitioning", uses: ["Diagnostics", "GraphAlgorithms", "ONNXFormat", "NetworkModel"]),
  Row(
    name: "Simulation",
    uses: [
      "Diagnostics", "Quantities", "GraphAlgorithms", "PlatformModel", "Dataflow", "MappingModel",
    ]),
  Row(
    name: "Exploration",
    uses: ["Diagnostics", "PlatformModel", "Dataflow", "MappingModel", "Simulation"]),
  // Composition
  Row(
    name: "Interchange",
    uses: [
      "Diagnostics", "NetworkModel", "PlatformModel", "Dataflow", "MappingModel", "PiSDF",
      "Simulation",
    ]),
  Row(name: "Reporting", uses: ["GraphAlgorithms"]),
  Row(
    name: "Toolflow",
    uses: [
      "Diagnostics", "Quantities", "Documents", "ONNXFormat", "NetworkModel", "PlatformModel",
      "MappingModel", "Dataflow", "NetworkImport", "CostModel", "DataflowConversion",
      "Partitioning", "Simulation", "Exploration", "Interchange", "Reporting",
    ],
    products: [csv]),
  // Edges
  Row(
    name: "outrigger",
    uses: [
      "Diagnostics", "Quantities", "Documents", "ONNXFormat", "NetworkModel", "PlatformModel",
      "MappingModel", "Dataflow", "Simulation", "Exploration", "PiSDF", "NetworkImport",
      "CostModel", "DataflowConversion", "Partitioning", "Interchange", "Reporting", "Toolflow",
    ],
    products: [argumentParser], kind: .executable),
  Row(
    name: "Benchmarks",
    uses: [
      "Quantities", "ONNXSchema", "ONNXFormat", "NetworkModel", "PlatformModel", "MappingModel",
      "Dataflow", "NetworkImport", "CostModel", "DataflowConversion", "Partitioning", "Simulation",
      "Exploration", "Toolflow",
    ],
    products: [protobuf], data: ["ga-problems.json"], kind: .benchmark),
  // Tests
  Row(
    name: "TestSupport", uses: ["ONNXSchema", "ONNXFormat", "NetworkImport"], kind: .testSupport),
  Row(
    name: "FuzzSupport",
    uses: [
      "ONNXSchema", "Diagnostics", "Documents", "ONNXFormat", "NetworkModel", "PlatformModel",
      "MappingModel", "Dataflow", "PiSDF", "NetworkImport", "CostModel", "DataflowConversion",
      "Interchange", "Toolflow", "TestSupport",
    ],
    products: [protobuf], kind: .testSupport),
  Row(
    name: "Fuzz", uses: ["Reporting", "FuzzSupport"], products: [argumentParser], kind: .benchmark),
  Row(name: "FuzzTests", uses: ["Fuzz", "FuzzSupport", "TestSupport"], kind: .test),
  Row(name: "GraphAlgorithmsTests", uses: ["GraphAlgorithms"], kind: .test),
  Row(name: "DataflowTests", uses: ["Diagnostics", "GraphAlgorithms", "Dataflow"], kind: .test),
  Row(name: "PiSDFTests", uses: ["Diagnostics", "Dataflow", "PiSDF", "TestSupport"], kind: .test),
  Row(
    name: "ONNXFormatTests",
    uses: ["ONNXSchema", "ONNXFormat", "NetworkModel", "NetworkImport", "TestSupport"],
    products: [protobuf], kind: .test),
  Row(name: "QuantitiesTests", uses: ["Quantities"], kind: .test),
  Row(name: "DocumentsTests", uses: ["Quantities", "Documents"], kind: .test),
  Row(
    name: "PlatformModelTests",
    uses: ["Diagnostics", "Quantities", "Documents", "PlatformModel", "TestSupport"], kind: .test),
  Row(
    name: "MappingModelTests",
    uses: ["Quantities", "Documents", "PlatformModel", "Dataflow", "MappingModel"], kind: .test),
  Row(
    name: "SimulationTests",
    uses: ["Quantities", "PlatformModel", "Dataflow", "MappingModel", "Simulation"], kind: .test),
  Row(name: "ExplorationTests", uses: ["MappingModel", "Exploration"], kind: .test),
  Row(
    name: "InterchangeTests",
    uses: [
      "Diagnostics", "Quantities", "ONNXFormat", "NetworkModel", "NetworkImport", "PlatformModel",
      "Dataflow", "DataflowConversion", "MappingModel", "PiSDF", "Simulation", "Interchange",
      "TestSupport",
    ], kind: .test),
  Row(
    name: "ReportingTests", uses: ["GraphAlgorithms", "Reporting", "TestSupport"], kind: .test),
  Row(
    name: "PartitioningTests",
    uses: [
      "ONNXSchema", "ONNXFormat", "NetworkModel", "NetworkImport", "Partitioning", "TestSupport",
    ], kind: .test),
  Row(
    name: "NetworkImportTests",
    uses: ["ONNXFormat", "NetworkModel", "NetworkImport", "TestSupport"], kind: .test),
  Row(
    name: "CostModelTests",
    uses: [
      "Diagnostics", "Quantities", "Documents", "ONNXFormat", "NetworkModel", "NetworkImport",
      "PlatformModel", "CostModel", "Partitioning", "TestSupport",
    ], kind: .test),
  Row(
    name: "DataflowConversionTests",
    uses: [
      "ONNXSchema", "ONNXFormat", "NetworkModel", "NetworkImport", "Dataflow", "DataflowConversion",
      "Partitioning", "TestSupport",
    ], kind: .test),
  Row(
    name: "ToolflowTests",
    uses: [
      "Documents", "ONNXFormat", "NetworkModel", "PlatformModel", "MappingModel", "NetworkImport",
      "CostModel", "DataflowConversion", "Partitioning", "Simulation", "Exploration", "Toolflow",
      "TestSupport",
    ], kind: .test),
  Row(name: "CommandLineTests", uses: ["outrigger", "TestSupport"], kind: .test),
]

let strict: [SwiftSetting] = [.treatAllWarnings(as: .error)]

var above: Set<String> = []
var targets: [Target] = []
for row in rows {
  for name in row.uses where !above.contains(name) {
    fatalError("\(row.name) may not use \(name): it is not above it in the table of targets")
  }
  above.insert(row.name)
  let dependencies = row.uses.map { Target.Dependency.target(name: $0) } + row.products
  switch row.kind {
  case .library:
    targets.append(.target(name: row.name, dependencies: dependencies, swiftSettings: strict))
  case .benchmark:
    targets.append(
      .executableTarget(
        name: row.name, dependencies: dependencies, path: row.name, exclude: row.data,
        swiftSettings: strict))
  case .testSupport:
    targets.append(
      .target(
        name: row.name, dependencies: dependencies, path: "Tests/\(row.name)",
        swiftSettings: strict))
  case .test:
    targets.append(.testTarget(name: row.name, dependencies: dependencies, swiftSettings: strict))
  case .generated:
    targets.append(.target(name: row.name, dependencies: dependencies))
  case .executable:
    targets.append(
      .executableTarget(name: row.name, dependencies: dependencies, swiftSettings: strict))
  }
}

let package = Package(
  name: "outrigger",
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/apple/swift-protobuf", exact: "1.39.0"),
    .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
    .package(url: "https://github.com/swiftcsv/SwiftCSV", exact: "0.10.0"),
  ],
  targets: targets,
  swiftLanguageModes: [.v6]
)
