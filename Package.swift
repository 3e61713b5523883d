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
  Row(name: "Escaping"),
  Row(name: "RandomNumbers"),
  Row(name: "Quantities"),
  Row(name: "Files", uses: ["Diagnostics"]),
  Row(
    name: "Documents", uses: ["Diagnostics", "Escaping", "Quantities", "Files"],
    products: [csv, yams]),
  Row(name: "GraphAlgorithms"),
  Row(name: "Figures", uses: ["Escaping", "GraphAlgorithms"]),
  Row(
    name: "ONNXFormat", uses: ["ONNXSchema", "Diagnostics", "Files"], products: [protobuf]),
  Row(
    name: "ONNXResolution",
    uses: ["ONNXSchema", "Diagnostics", "GraphAlgorithms", "ONNXFormat"], products: [protobuf]),
  // Models
  Row(name: "NetworkModel", uses: ["ONNXFormat", "ONNXSchema"]),
  Row(name: "PlatformModel", uses: ["Diagnostics", "Quantities", "Files", "Documents"]),
  Row(name: "Dataflow", uses: ["Diagnostics", "GraphAlgorithms"]),
  Row(
    name: "DataflowFormats", uses: ["Diagnostics", "Escaping", "Files", "Documents", "Dataflow"]),
  Row(
    name: "MappingModel",
    uses: ["Diagnostics", "Quantities", "Documents", "PlatformModel", "Dataflow"]),
  Row(
    name: "PiSDF",
    uses: ["Diagnostics", "Escaping", "Files", "Documents", "GraphAlgorithms", "Dataflow"]),
  // Stages
  Row(
    name: "NetworkImport",
    uses: [
      "RandomNumbers", "ONNXSchema", "Diagnostics", "ONNXFormat", "ONNXResolution", "NetworkModel",
    ]),
  Row(
    name: "CostModel",
    uses: [
      "Diagnostics", "Quantities", "Files", "ONNXFormat", "NetworkModel", "PlatformModel",
      "ONNXSchema",
    ],
    products: [csv]),
  Row(name: "DataflowConversion", uses: ["ONNXFormat", "NetworkModel", "Dataflow", "ONNXSchema"]),
  Row(
    name: "Partitioning",
    uses: ["Diagnostics", "GraphAlgorithms", "ONNXFormat", "NetworkModel", "ONNXSchema"]),
  Row(
    name: "Preparation",
    uses: [
      "Diagnostics", "Quantities", "Files", "Documents", "ONNXFormat", "ONNXResolution",
      "NetworkModel", "PlatformModel", "Dataflow", "MappingModel", "NetworkImport", "CostModel",
      "DataflowConversion", "Partitioning",
    ]),
  Row(
    name: "Simulation",
    uses: [
      "Diagnostics", "Quantities", "GraphAlgorithms", "PlatformModel", "Dataflow", "MappingModel",
    ]),
  Row(name: "Search", uses: ["Diagnostics", "Escaping", "RandomNumbers", "Files"]),
  Row(
    name: "Exploration",
    uses: [
      "Diagnostics", "Quantities", "NetworkModel", "PlatformModel", "Dataflow", "MappingModel",
      "CostModel", "DataflowConversion", "Partitioning", "Preparation", "Simulation", "Search",
    ]),
  // Composition
  Row(
    name: "Interchange",
    uses: [
      "Diagnostics", "Escaping", "Files", "Documents", "NetworkModel", "PlatformModel", "Dataflow",
      "MappingModel", "PiSDF", "Simulation", "ONNXFormat",
    ]),
  Row(
    name: "Reporting",
    uses: [
      "Diagnostics", "Quantities", "Documents", "Figures", "ONNXFormat", "NetworkModel",
      "PlatformModel", "Dataflow", "MappingModel", "CostModel", "DataflowConversion",
      "Partitioning", "Preparation", "Simulation", "Search", "Exploration", "ONNXSchema",
      "NetworkImport",
    ]),
  Row(
    name: "Toolflow",
    uses: [
      "Diagnostics", "Quantities", "Escaping", "Files", "Documents", "Figures", "ONNXFormat",
      "ONNXResolution", "NetworkModel",
      "PlatformModel", "Dataflow", "DataflowFormats", "MappingModel", "PiSDF", "NetworkImport",
      "CostModel", "DataflowConversion", "Partitioning", "Preparation", "Simulation", "Search",
      "Exploration", "Interchange", "Reporting",
    ],
    products: [csv]),
  // Edges
  Row(
    name: "outrigger",
    uses: [
      "Diagnostics", "Quantities", "Files", "Documents", "Figures", "ONNXFormat", "ONNXResolution",
      "NetworkModel",
      "PlatformModel", "Dataflow", "DataflowFormats", "MappingModel", "PiSDF", "NetworkImport",
      "CostModel", "DataflowConversion", "Partitioning", "Preparation", "Simulation", "Search",
      "Exploration", "Interchange", "Reporting", "Toolflow",
    ],
    products: [argumentParser], kind: .executable),
  Row(
    name: "Benchmarks",
    uses: [
      "RandomNumbers", "Quantities", "ONNXSchema", "Files", "ONNXFormat", "ONNXResolution",
      "NetworkModel", "PlatformModel",
      "Dataflow", "DataflowFormats", "MappingModel", "NetworkImport", "CostModel",
      "DataflowConversion", "Partitioning", "Preparation", "Simulation", "Search", "Exploration",
    ],
    products: [protobuf], data: ["ga-problems.json"], kind: .benchmark),
  // Tests
  Row(
    name: "TestSupport", uses: ["RandomNumbers", "ONNXSchema", "ONNXFormat", "NetworkImport"],
    kind: .testSupport),
  Row(
    name: "FuzzSupport",
    uses: [
      "RandomNumbers", "ONNXSchema", "Diagnostics", "Documents", "ONNXFormat", "ONNXResolution",
      "NetworkModel", "PlatformModel",
      "Dataflow", "DataflowFormats", "MappingModel", "PiSDF", "NetworkImport", "CostModel",
      "Preparation", "Interchange", "TestSupport",
    ],
    products: [protobuf], kind: .testSupport),
  Row(
    name: "Fuzz", uses: ["Figures", "FuzzSupport"], products: [argumentParser], kind: .benchmark),
  Row(name: "FuzzTests", uses: ["Fuzz", "FuzzSupport", "TestSupport"], kind: .test),
  Row(name: "GraphAlgorithmsTests", uses: ["RandomNumbers", "GraphAlgorithms"], kind: .test),
  Row(
    name: "DataflowTests",
    uses: ["Diagnostics", "RandomNumbers", "Dataflow", "DataflowFormats"], kind: .test),
  Row(
    name: "PiSDFTests",
    uses: [
      "Diagnostics", "RandomNumbers", "Dataflow", "DataflowFormats", "PiSDF", "TestSupport",
    ], kind: .test),
  Row(
    name: "ONNXFormatTests",
    uses: [
      "RandomNumbers", "ONNXSchema", "Files", "ONNXFormat", "ONNXResolution", "NetworkModel",
      "NetworkImport", "TestSupport",
    ],
    products: [protobuf], kind: .test),
  Row(name: "QuantitiesTests", uses: ["RandomNumbers", "Quantities"], kind: .test),
  Row(name: "DocumentsTests", uses: ["Quantities", "Documents"], kind: .test),
  Row(
    name: "PlatformModelTests",
    uses: [
      "Diagnostics", "RandomNumbers", "Quantities", "Documents", "PlatformModel", "TestSupport",
    ], kind: .test),
  Row(
    name: "MappingModelTests",
    uses: ["Quantities", "Documents", "PlatformModel", "Dataflow", "MappingModel"], kind: .test),
  Row(
    name: "SimulationTests",
    uses: [
      "RandomNumbers", "Quantities", "PlatformModel", "Dataflow", "MappingModel", "Simulation",
      "Search",
    ],
    kind: .test),
  Row(name: "SearchTests", uses: ["RandomNumbers", "Files", "Search"], kind: .test),
  Row(
    name: "InterchangeTests",
    uses: [
      "Diagnostics", "RandomNumbers", "Quantities", "Documents", "ONNXFormat", "ONNXResolution",
      "NetworkModel", "NetworkImport",
      "PlatformModel", "Dataflow", "DataflowConversion", "MappingModel", "PiSDF", "Simulation",
      "Interchange", "TestSupport",
    ], kind: .test),
  Row(name: "FiguresTests", uses: ["RandomNumbers", "Figures", "TestSupport"], kind: .test),
  Row(
    name: "ReportingTests", uses: ["RandomNumbers", "Reporting", "TestSupport"], kind: .test),
  Row(
    name: "PartitioningTests",
    uses: [
      "RandomNumbers", "ONNXSchema", "ONNXFormat", "ONNXResolution", "NetworkModel",
      "NetworkImport", "Partitioning", "TestSupport",
      "Diagnostics",
    ], kind: .test),
  Row(
    name: "NetworkImportTests",
    uses: [
      "Files", "ONNXSchema", "ONNXFormat", "ONNXResolution", "NetworkModel", "NetworkImport",
      "TestSupport",
    ],
    kind: .test),
  Row(
    name: "CostModelTests",
    uses: [
      "Diagnostics", "Quantities", "Documents", "ONNXFormat", "ONNXResolution", "NetworkModel",
      "NetworkImport",
      "PlatformModel", "CostModel", "Partitioning", "TestSupport",
    ], kind: .test),
  Row(
    name: "DataflowConversionTests",
    uses: [
      "RandomNumbers", "ONNXSchema", "ONNXFormat", "ONNXResolution", "NetworkModel",
      "NetworkImport", "Dataflow", "DataflowConversion",
      "Partitioning", "TestSupport",
    ], kind: .test),
  Row(
    name: "ExplorationTests",
    uses: [
      "Diagnostics", "RandomNumbers", "Documents", "ONNXFormat", "ONNXResolution", "NetworkModel",
      "PlatformModel", "MappingModel",
      "NetworkImport", "CostModel", "Partitioning", "Preparation", "Simulation", "Search",
      "Exploration", "TestSupport",
    ], kind: .test),
  Row(
    name: "PreparationTests",
    uses: [
      "RandomNumbers", "Diagnostics", "Documents", "ONNXFormat", "ONNXResolution", "NetworkModel",
      "PlatformModel", "Dataflow", "DataflowConversion", "MappingModel", "NetworkImport",
      "CostModel", "Partitioning", "Preparation", "Simulation", "TestSupport",
    ], kind: .test),
  Row(name: "EscapingTests", uses: ["Escaping"], kind: .test),
  Row(name: "RandomNumbersTests", uses: ["RandomNumbers"], kind: .test),
  Row(name: "FilesTests", uses: ["Diagnostics", "Files"], kind: .test),
  Row(
    name: "ToolflowTests", uses: ["Quantities", "Documents", "Toolflow", "TestSupport"],
    kind: .test),
  Row(
    name: "CommandLineTests", uses: ["Diagnostics", "Toolflow", "outrigger", "TestSupport"],
    kind: .test),
]

let strict: [SwiftSetting] = [
  .treatAllWarnings(as: .error), .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

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
