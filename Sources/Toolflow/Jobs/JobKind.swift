/// What can be asked for.
package enum JobKind: String, CaseIterable, Sendable {
  case flow, inspect, partition, analyze, simulate, explore, report, export, generate

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
