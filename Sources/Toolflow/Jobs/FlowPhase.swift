/// The phases of the main job, in their order; each leaves its value in the run directory.
package enum FlowPhase: String, CaseIterable, Hashable, Sendable {
  case open, partition, analyze, explore, report
}
