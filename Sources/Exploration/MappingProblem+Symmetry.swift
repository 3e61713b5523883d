import Dataflow
package import MappingModel
import PlatformModel

extension MappingProblem {
  /// Classes of elements that can be exchanged without changing anything: of one type, at one memory,
  /// behind one link or links that are alike, and with the same costs and rules for every block.
  ///
  /// - Complexity: O(elements² · blocks).
  package func interchangeableElements(_ rules: PlacementRules) -> [[Int]] {
    var classes: [[Int]] = []
    for element in platform.elements.indices {
      let place = classes.firstIndex { isAlike($0[0], element, rules) }
      if let place { classes[place].append(element) } else { classes.append([element]) }
    }
    return classes.filter { $0.count > 1 }
  }

  private func isAlike(_ one: Int, _ other: Int, _ rules: PlacementRules) -> Bool {
    let (a, b) = (platform.elements[one], platform.elements[other])
    guard a.type == b.type, a.dataMemory == b.dataMemory,
      isAlike(a.ports, of: one, b.ports, of: other)
    else { return false }
    guard rules.base.order.isEmpty, rules.base.sequence.isEmpty else { return false }
    for block in graph.actors.indices where !uses[block].isEmpty {
      guard rules.allowed[block].contains(one) == rules.allowed[block].contains(other),
        uses[block][one].map(\.withoutLinks) == uses[block][other].map(\.withoutLinks)
      else { return false }
    }
    return channels.allSatisfy {
      $0.readBytes[one] == $0.readBytes[other] && $0.writtenBytes[one] == $0.writtenBytes[other]
    }
  }

  private func isAlike(
    _ ports: Element.Ports, of one: Int, _ others: Element.Ports, of other: Int
  ) -> Bool {
    if ports == others { return true }
    guard ports.withoutLinks == others.withoutLinks else { return false }
    let links = [ports.activationsIn.link, ports.weightsIn.link, ports.outputOut.link]
    let otherLinks = [others.activationsIn.link, others.weightsIn.link, others.outputOut.link]
    // The same pattern of links, each of which only this element uses.
    var pairs: [LinkID: LinkID] = [:]
    for (link, otherLink) in zip(links, otherLinks) {
      guard let link, let otherLink else {
        if link == nil, otherLink == nil { continue }
        return false
      }
      guard pairs.updateValue(otherLink, forKey: link).map({ $0 == otherLink }) ?? true,
        isPrivate(link, to: one), isPrivate(otherLink, to: other)
      else { return false }
      let (a, b) = (platform[link], platform[otherLink])
      guard a.bandwidth == b.bandwidth, a.latency == b.latency, a.energyPerByte == b.energyPerByte
      else { return false }
    }
    return Set(pairs.values).count == pairs.count
  }

  private func isPrivate(_ link: LinkID, to element: Int) -> Bool {
    guard platform[link].memories.isEmpty else { return false }
    return platform.elements.indices.allSatisfy { other in
      let ports = platform.elements[other].ports
      return other == element
        || ![ports.activationsIn.link, ports.weightsIn.link, ports.outputOut.link].contains(link)
    }
  }
}

extension MappingProblem.Use {
  /// The same without the names of links.
  fileprivate var withoutLinks: Self {
    var use = self
    use.roofline.ports = roofline.ports?.withoutLinks
    return use
  }
}

extension Element.Ports {
  /// The same ports with no links behind them.
  fileprivate var withoutLinks: Self {
    func bare(_ port: Element.Port) -> Element.Port { .init(bandwidth: port.bandwidth) }
    return Self(
      activationsIn: bare(activationsIn), weightsIn: bare(weightsIn), outputOut: bare(outputOut),
      shared: shared)
  }
}
