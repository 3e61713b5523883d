import PlatformModel

/// Whether elements with a fixed sequence keep it.
extension MappingChecker {
  func sequenceFaults(_ schedule: MappingSchedule) -> [String] {
    placement.sequence.sorted { $0.key < $1.key }.compactMap { element, slots in
      let slots = slots.filter { placement.elements[$0.block] == element }
      let fired = schedule.firings.filter { $0.element == element }.map(\.block)
      let keeps = [false, true].contains { isAlone in
        expected(slots, count: fired.count, isAlone: isAlone) == fired
      }
      return keeps
        ? nil : "\(problem.platform.elements[element].name) does not keep its sequence"
    }
  }

  /// The blocks of the first firings of an element: in round *r* each slot for inference *r* - shift, if there
  /// is one, and for one inference alone only if that is the first.
  private func expected(
    _ slots: [Placement.Slot], count: Int, isAlone: Bool
  ) -> [Int] {
    var blocks: [Int] = []
    guard let last = slots.map(\.shift).max() else { return blocks }
    var round = slots.map(\.shift).min() ?? 0
    while blocks.count < count, !isAlone || round <= last {
      for slot in slots where isAlone ? slot.shift == round : slot.shift <= round {
        let firings = min(Int(problem.firings[slot.block]), count - blocks.count)
        blocks += [Int](repeating: slot.block, count: firings)
      }
      round += 1
    }
    return blocks
  }
}
