import DataflowFormats

/// A kind of job and of its input, which decide which keys have a meaning.
package struct Situation: Hashable, Sendable {
  /// The kinds of inputs.
  package enum Subject: String, CaseIterable, Sendable {
    case network, graph, piSDF, platform, run, knownNetwork
  }

  /// The kind of job.
  package var job: JobKind
  /// The format of an export; nil for other jobs.
  package var format: ExportFormat?
  /// The kind of input that the job works on.
  package var subject: Subject

  /// A situation of a job, with the format of an export.
  package init(_ job: JobKind, _ subject: Subject, _ format: ExportFormat? = nil) {
    (self.job, self.subject, self.format) = (job, subject, format)
  }
}

extension Situation {
  /// All situations.
  package static let all: [Situation] = JobKind.allCases.flatMap { job in
    switch job {
    case .flow, .partition: [Situation(job, .network)]
    case .inspect: [Situation(job, .network), Situation(job, .platform)]
    case .analyze, .simulate, .explore: anyGraph.map { Situation(job, $0) }
    case .report: (anyGraph + [.run]).map { Situation(job, $0) }
    case .export:
      ExportFormat.allCases.flatMap { format in
        format.subjects.map { Situation(job, $0, format) }
      }
    case .generate: [Situation(job, .knownNetwork)]
    }
  }

  static let anyGraph: [Subject] = [.network, .graph, .piSDF]

  /// The situation of a job with an input.
  ///
  /// A file that an export format cannot be made of is opened as what it expects, and refused there.
  package init(_ job: JobKind, input: String, format: ExportFormat? = nil) {
    let found: Subject =
      switch job {
      case .flow, .partition: .network
      case .generate: .knownNetwork
      case .inspect: PlatformInput.path(ofPlatform: input) == nil ? .network : .platform
      case .report: RunPath.folder(of: input) == nil ? Self.subject(ofFile: input) : .run
      case .analyze, .simulate, .explore, .export: Self.subject(ofFile: input)
      }
    let subjects = format?.subjects ?? [found]
    self.init(job, subjects.contains(found) ? found : subjects[0], format)
  }

  /// What a network or a graph file is; whatever is no graph file should be a network.
  private static func subject(ofFile path: String) -> Subject {
    switch GraphFile.format(ofFile: path) {
    case nil: .network
    case .piSDF: .piSDF
    case .sdf3, .json, .sesame: .graph
    }
  }

  /// The situation as errors call it, as `export sdf3 of a dataflow graph`.
  package var name: String {
    let job = [job.rawValue, format?.rawValue].compactMap(\.self).joined(separator: " ")
    return "\(job) of \(subject.name)"
  }
}

extension Situation.Subject {
  /// The input as errors call it, with its article.
  package var name: String {
    switch self {
    case .network: "a network"
    case .graph: "a dataflow graph"
    case .piSDF: "a PiSDF graph"
    case .platform: "a platform"
    case .run: "a run directory"
    case .knownNetwork: "a network that is made"
    }
  }

  /// The plural, for errors about a key.
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
