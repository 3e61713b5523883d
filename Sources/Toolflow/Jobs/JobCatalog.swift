/// Which job each kind is: the one place that knows all of them.
extension JobKind {
  /// The job of the kind.
  package var type: any Job.Type {
    switch self {
    case .flow: FlowJob.self
    case .inspect: InspectJob.self
    case .partition: PartitionJob.self
    case .analyze: AnalyzeJob.self
    case .simulate: SimulateJob.self
    case .explore: ExploreJob.self
    case .report: ReportJob.self
    case .export: ExportJob.self
    case .generate: GenerateJob.self
    }
  }
}

extension JobDocument {
  /// The job that is asked for.
  ///
  /// - Throws: `RequestError` naming the key that has no meaning here, contradicts another one or has an impossible
  ///   value.
  package func job() throws -> any Job { try kind.type.init(checking: self) }
}

extension JobKind {
  /// The keys whose values are paths.
  package var pathKeys: Set<String> { type.pathKeys }
}

extension Job {
  fileprivate static var pathKeys: Set<String> { Set(keys.filter(\.isPath).map(\.name)) }
}
