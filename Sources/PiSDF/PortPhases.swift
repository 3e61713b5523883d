/// The phases of a leaf actor and what each of its ports moves in them.
///
/// A fork serves its outputs in turn: in a phase it reads as many tokens as the output of the phase
/// takes. A join collects from its inputs in the same way. All other actors have one phase.
struct PortPhases {
  let phaseCount: Int
  private let rates: [Int64]
  /// For each port the phase in which alone it is served, `nil` for one that each phase serves.
  private let phases: [Int?]
  /// What is moved in each phase.
  private let amounts: [Int64]

  /// - Throws: ``PiSDFError/rates(place:reason:)`` for a fork or join whose sides do not add up.
  init(_ node: PiSDFGraph.Node, name: String, rates: [Int64]) throws(PiSDFError) {
    self.rates = rates
    guard node.kind == .fork || node.kind == .join else {
      (phaseCount, phases, amounts) = (1, rates.map { _ in nil }, [])
      return
    }
    var phases: [Int?] = []
    var amounts: [Int64] = []
    var (dealt, whole): (Int128, Int128) = (0, 0)
    for (port, rate) in zip(node.ports, rates) {
      if port.isInput == (node.kind == .fork) {
        phases.append(nil)
        whole += Int128(rate)
      } else {
        phases.append(rate > 0 ? amounts.count : nil)
        if rate > 0 { amounts.append(rate) }
        dealt += Int128(rate)
      }
    }
    guard dealt == whole else {
      let (many, one) = node.kind == .fork ? ("outputs", "input") : ("inputs", "output")
      throw .rates(
        place: "actor \"\(name)\"",
        reason: "expected \(many) that sum up to the rate \(whole) of the \(one), found \(dealt)")
    }
    self.phases = phases
    self.amounts = amounts
    phaseCount = max(1, amounts.count)
  }

  /// The rates of a port in each phase, one for all when they are equal.
  func rates(ofPort port: Int) -> [Int64] {
    if phaseCount == 1 { return [rates[port]] }
    guard let phase = phases[port] else { return amounts }
    return amounts.indices.map { $0 == phase ? amounts[$0] : 0 }
  }
}
