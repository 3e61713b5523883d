import DataflowFormats

/// What a command line is about, as far as it decides which options mean something.
struct Situation: Hashable, Sendable {
  /// The commands.
  enum Command: String, CaseIterable, Sendable {
    case flow, inspect, partition, analyze, simulate, explore, report, export, generate
  }

  /// What a command works on.
  enum Subject: String, CaseIterable, Sendable {
    case network, graph, piSDF, platform, run, knownNetwork
  }

  var command: Command
  /// What is exported; nil for other commands.
  var format: ExportCommand.Format?
  var subject: Subject

  init(_ command: Command, _ subject: Subject, _ format: ExportCommand.Format? = nil) {
    (self.command, self.subject, self.format) = (command, subject, format)
  }
}

extension Situation {
  /// Every situation that there is.
  static let all: [Situation] = Command.allCases.flatMap { command in
    switch command {
    case .flow, .partition: [Situation(command, .network)]
    case .inspect: [Situation(command, .network), Situation(command, .platform)]
    case .analyze, .simulate, .explore: anyGraph.map { Situation(command, $0) }
    case .report: (anyGraph + [.run]).map { Situation(command, $0) }
    case .export:
      ExportCommand.Format.allCases.flatMap { format in
        format.subjects.map { Situation(command, $0, format) }
      }
    case .generate: [Situation(command, .knownNetwork)]
    }
  }

  fileprivate static let anyGraph: [Subject] = [.network, .graph, .piSDF]

  /// What a network or a graph file is; whatever is no graph file should be a network.
  static func subject(ofFile path: String) -> Subject {
    switch GraphFile.format(ofFile: path) {
    case nil: .network
    case .piSDF: .piSDF
    case .sdf3, .json, .sesame: .graph
    }
  }

  /// The situation in words, as `export sdf3 of a dataflow graph`.
  var words: String {
    let name = [command.rawValue, format?.rawValue].compactMap(\.self).joined(separator: " ")
    return "\(name) of \(subject.words)"
  }
}

extension Situation.Subject {
  var words: String {
    switch self {
    case .network: "a network"
    case .graph: "a dataflow graph"
    case .piSDF: "a PiSDF graph"
    case .platform: "a platform"
    case .run: "a run directory"
    case .knownNetwork: "a network that is made"
    }
  }

  /// Many of them, for what an option is for.
  var plural: String {
    switch self {
    case .network: "networks"
    case .graph: "dataflow graphs"
    case .piSDF: "PiSDF files"
    case .platform: "platforms"
    case .run: "run directories"
    case .knownNetwork: "networks that are made"
    }
  }
}

extension ExportCommand.Format {
  /// What the format can be made of.
  var subjects: [Situation.Subject] {
    switch self {
    case .onnx, .csv, .times: [.network]
    case .platform: [.platform]
    case .dot, .sdf3, .csdfJSON, .sesame, .preesm, .perfetto: Situation.anyGraph
    }
  }
}
