package import Documents
import Quantities

extension PlatformFormat {
  /// A platform as a document that reads back as the same platform.
  package static func document(of platform: Platform) -> DocumentValue {
    let writer = PlatformWriter(platform: platform)
    return .object(
      [
        ("format", .text(identifier)), ("name", .text(platform.name)),
        ("about", platform.about.map { .text($0) }),
        ("peak_performance", platform.peakRate.map { .text(UnitTable.rate.text($0.number)) }),
        ("peak_power", platform.peakPower.map { .text(UnitTable.power.text($0.value)) }),
      ] + platform.origin.members + [("element_types", .list(writer.types))]
        + writer.scope(writer.outside))
  }
}

/// The parts of a document about one platform.
private struct PlatformWriter {
  let platform: Platform

  /// The types of the elements, each once, in the order of the elements.
  var types: [DocumentValue] {
    var seen: Set<String> = []
    return platform.elements.map(\.type).filter { seen.insert($0.name).inserted }.map(type)
  }

  /// All that lies in no cluster, with the outermost clusters.
  var outside: Cluster {
    func all<ID: Hashable>(_ ids: (Cluster) -> [ID]) -> Set<ID> {
      var found: Set<ID> = []
      var open = platform.clusters
      while let cluster = open.popLast() {
        found.formUnion(ids(cluster))
        open += cluster.clusters
      }
      return found
    }
    let elements = all(\.elements)
    let memories = all(\.memories)
    let links = all(\.links)
    return Cluster(
      name: "", elements: platform.elementIDs.filter { !elements.contains($0) },
      memories: platform.memoryIDs.filter { !memories.contains($0) },
      links: platform.linkIDs.filter { !links.contains($0) }, clusters: platform.clusters)
  }

  func scope(_ cluster: Cluster) -> [(String, DocumentValue?)] {
    [
      ("memories", list(cluster.memories.map { memory(platform[$0]) })),
      ("links", list(cluster.links.map { link(platform[$0]) })),
      ("elements", list(cluster.elements.map { element(platform[$0]) })),
      (
        "clusters",
        list(cluster.clusters.map { .object([("name", .text($0.name))] + scope($0)) })
      ),
    ]
  }

  private func list(_ items: [DocumentValue]) -> DocumentValue? {
    items.isEmpty ? nil : .list(items)
  }

  private func memory(_ memory: Memory) -> DocumentValue {
    .object(
      [
        ("name", .text(memory.name)),
        ("size", .text(UnitTable.size.text(DecimalNumber(memory.capacity)))),
        ("bandwidth", memory.bandwidth.map { .text(UnitTable.bandwidth.text($0.number)) }),
      ] + memory.origin.members)
  }

  private func link(_ link: Link) -> DocumentValue {
    .object(
      [
        ("name", .text(link.name)),
        ("bandwidth", .text(UnitTable.bandwidth.text(link.bandwidth.number))),
        ("latency", stated(link.latency, link.origin.knows("latency"))),
        ("energy", stated(link.energyPerByte, link.origin.knows("energy"))),
        ("memories", list(link.memories.map { .text(platform[$0].name) })),
      ] + link.origin.members)
  }

  private func element(_ element: Element) -> DocumentValue {
    let ports = element.ports
    func name(_ port: Element.Port) -> DocumentValue? {
      port.link.map { .text(platform[$0].name) }
    }
    let portMembers: [(String, DocumentValue?)] = [
      ("activations", name(ports.activationsIn)), ("weights", name(ports.weightsIn)),
      ("output", name(ports.outputOut)), ("shared", ports.shared ? .boolean(true) : nil),
    ]
    return .object([
      ("name", .text(element.name)), ("type", .text(element.type.name)),
      ("data_memory", .text(platform[element.dataMemory].name)),
      ("ports", portMembers.contains { $0.1 != nil } ? .object(portMembers) : nil),
      ("host", element.host.map { .text(platform[$0].name) }),
    ])
  }

  private func type(_ type: CoreType) -> DocumentValue {
    .object(
      [
        ("name", .text(type.name)), ("kind", .text(type.kind.rawValue)),
        ("performance", type.peakRate.map { .text(UnitTable.rate.text($0.number)) }),
        ("operators", .list(type.operators.map(support))),
        (
          "power",
          .object([
            ("active", .text(UnitTable.power.text(type.activePower.value))),
            ("idle", .text(UnitTable.power.text(type.idlePower.value))),
          ])
        ),
        (
          "cost",
          type.cost == 1 && !type.origin.knows("cost")
            ? nil : DecimalNumber(type.cost).map { .number($0) }
        ), ("local_memory", type.localMemory.map { .text(UnitTable.size.text(DecimalNumber($0))) }),
        ("access", .text(type.access.rawValue)),
        ("overhead", stated(type.overhead, type.origin.knows("overhead"))),
        ("rounding", type.rounding.map(rounding)),
      ] + type.origin.members)
  }

  private func support(_ entry: OperatorSupport) -> DocumentValue {
    let same = entry.activationBits == entry.weightBits
    return .object(
      [
        ("pattern", .text(entry.pattern.description)),
        ("performance", .text(UnitTable.rate.text(entry.rate.number))),
        ("bits", same ? entry.activationBits.map { .integer($0) } : nil),
        ("activation_bits", same ? nil : entry.activationBits.map { .integer($0) }),
        ("weight_bits", same ? nil : entry.weightBits.map { .integer($0) }),
        ("power", entry.power.map { .text(UnitTable.power.text($0.value)) }),
      ] + entry.origin.members)
  }

  private func rounding(_ rounding: Rounding) -> DocumentValue {
    .object([
      (
        "operations",
        rounding.operations.map { rule in
          .object([
            ("input_channels", .integer(rule.inputMultiple)),
            ("output_channels", .integer(rule.outputMultiple)),
            ("skipped_outputs", .boolean(rule.computesSkippedOutputs)),
          ])
        }
      ),
      (
        "weights",
        rounding.weights.map { rule in
          .object([
            ("input_channels", .integer(rule.inputMultiple)),
            ("output_channels", .integer(rule.outputMultiple)),
            ("group_channels", .integer(rule.groupChannels)),
            ("group_words", .integer(rule.groupWords)),
          ])
        }
      ),
    ])
  }

  /// A figure that is left out where it is 0, unless something is said of it.
  private func stated(_ time: StatedSeconds, _ isKnown: Bool) -> DocumentValue? {
    time == .zero && !isKnown ? nil : .text(UnitTable.time.text(time.number))
  }

  private func stated(_ energy: Joules, _ isKnown: Bool) -> DocumentValue? {
    energy == .zero && !isKnown ? nil : .text(UnitTable.energyPerByte.text(energy.value))
  }
}

extension FigureOrigin {
  /// The members of a document that say this.
  fileprivate var members: [(String, DocumentValue?)] {
    [
      (
        "sources", sources.isEmpty ? nil : .object(sources.map { .init($0.key, .text($0.text)) })
      ), ("assumed", assumed.isEmpty ? nil : .list(assumed.map { .text($0) })),
    ]
  }
}
