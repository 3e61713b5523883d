/// What can be asked for.
package enum JobKind: String, CaseIterable, Sendable {
  case flow, inspect, partition, analyze, simulate, explore, report, export, generate
}
