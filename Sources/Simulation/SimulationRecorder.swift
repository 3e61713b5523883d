import MappingModel

/// What happened when; a class, because the engine that writes it is not the one that reads it.
package final class SimulationRecorder {
  /// Something that an element did.
  package struct Event: Hashable, Sendable {
    package var kind: Kind
    package var element: Int
    package var block: Int
    package var phase: Int
    /// The number of the firing of the block, from 0.
    package var firing: Int
    /// The channel of a transfer.
    package var channel: Int?
    /// The resources of a transfer, a bit each.
    package var resources: UInt64
    package var start: Int
    package var end: Int

    package enum Kind: String, Hashable, Sendable { case read, execute, write }
  }

  package private(set) var events: [Event] = []
  /// Events behind these are counted, but not kept.
  private let limit: Int
  package private(set) var omitted = 0
  private var firings: [Int: Int] = [:]

  package init(limit: Int = 2_000_000) { self.limit = limit }

  func started(_ block: Int) { firings[block, default: -1] += 1 }

  func add(
    _ kind: Event.Kind, _ element: Int, _ block: Int, _ phase: Int, channel: Int? = nil,
    resources: UInt64 = 0, ticks: Int, end: Int
  ) {
    guard events.count < limit else {
      omitted += 1
      return
    }
    events.append(
      Event(
        kind: kind, element: element, block: block, phase: phase, firing: firings[block] ?? 0,
        channel: channel, resources: resources, start: end - ticks, end: end))
  }
}
