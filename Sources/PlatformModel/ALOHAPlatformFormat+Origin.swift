import Documents

extension ALOHAPlatformFormat {
  /// Where the figures of a description come from, which it may say at its top: `sources`, a text for
  /// each key, and `assumed`, a list of keys. Both are extensions that published files lack.
  struct Origin {
    private let sources: [FigureOrigin.Source]
    private let assumed: [String]

    /// - Throws: ``DocumentError`` for a key of no figure, or one named twice.
    init(_ document: DocumentNode) throws {
      let members = try document.members()
      func member(_ key: String) -> DocumentNode? { members.first { $0.key == key }?.node }
      var taken: Set<String> = []
      func take(_ key: String, _ node: DocumentNode) throws -> String {
        let figure = Self.figures.first { $0.key == key }
        guard let figure, taken.insert("\(figure.part) \(figure.figure)").inserted else {
          throw DocumentNode(.text(key), path: node.path, file: node.file).invalid(
            "each figure once, of \(Self.figures.map(\.key).joined(separator: ", "))")
        }
        return key
      }
      sources = try (member("sources")?.members() ?? []).map { key, node in
        FigureOrigin.Source(try take(key, node), try node.text())
      }.sorted { left, right in
        let places = [left, right].map { source in Self.figures.firstIndex { $0.key == source.key }
        }
        return (places[0] ?? 0) < (places[1] ?? 0)
      }
      assumed = try (member("assumed")?.list() ?? []).map { try take(try $0.text(), $0) }
    }

    /// What a figure is called in such a file, and what in our own description, by the part it is of.
    private static let figures: [(key: String, part: Part, figure: String)] = [
      ("peak performance", .platform, "peak_performance"),
      ("peak_performance", .platform, "peak_performance"),
      ("peak_power", .platform, "peak_power"), ("global_memory_size", .memory, "size"),
      ("global_memory_bandwidth", .memory, "bandwidth"), ("bandwidth", .link, "bandwidth"),
      ("max_performance", .type, "performance"), ("max_power", .type, "power.active"),
      ("local_memory_size", .type, "local_memory"), ("performance", .operators, "performance"),
      ("energy", .operators, "power"),
    ]

    private enum Part { case platform, memory, link, type, operators }

    /// The origin of the figures of a part that are there.
    private func origin(_ part: Part, isStated: (String) -> Bool = { _ in true }) -> FigureOrigin {
      func figure(_ key: String) -> String? {
        Self.figures.first { $0.part == part && $0.key == key && isStated($0.figure) }?.figure
      }
      return FigureOrigin(
        sources: sources.compactMap { source in figure(source.key).map { .init($0, source.text) } },
        assumed: assumed.compactMap(figure))
    }
  }
}

extension ALOHAPlatformFormat.Origin {
  /// A reading whose platform knows where its figures come from.
  ///
  /// - Throws: ``PlatformError``, which would be a mistake in the code.
  func marking(_ reading: PlatformReading) throws -> PlatformReading {
    guard !sources.isEmpty || !assumed.isEmpty else { return reading }
    let platform = reading.platform
    let marked = try Platform(
      name: platform.name, about: platform.about,
      elements: platform.elements.map { element in
        Element(
          name: element.name, type: marking(element.type), dataMemory: element.dataMemory,
          ports: element.ports, host: element.host)
      },
      memories: platform.memories.map { memory in
        Memory(
          name: memory.name, capacity: memory.capacity, bandwidth: memory.bandwidth,
          origin: origin(.memory) { $0 != "bandwidth" || memory.bandwidth != nil })
      },
      links: platform.links.map { link in
        Link(
          name: link.name, bandwidth: link.bandwidth, latency: link.latency,
          energyPerByte: link.energyPerByte, memories: link.memories, origin: origin(.link))
      },
      clusters: platform.clusters, peakRate: platform.peakRate, peakPower: platform.peakPower,
      origin: origin(.platform) { figure in
        figure == "peak_power" ? platform.peakPower != nil : platform.peakRate != nil
      })
    return PlatformReading(platform: marked, diagnostics: reading.diagnostics)
  }

  private func marking(_ type: CoreType) -> CoreType {
    CoreType(
      name: type.name, kind: type.kind, peakRate: type.peakRate,
      operators: type.operators.map { entry in
        OperatorSupport(
          pattern: entry.pattern, rate: entry.rate, activationBits: entry.activationBits,
          weightBits: entry.weightBits, power: entry.power,
          origin: origin(.operators) { $0 != "power" || entry.power != nil })
      },
      activePower: type.activePower, idlePower: type.idlePower, cost: type.cost,
      localMemory: type.localMemory, access: type.access, overhead: type.overhead,
      rounding: type.rounding,
      origin: origin(.type) { figure in
        switch figure {
        case "performance": type.peakRate != nil
        case "local_memory": type.localMemory != nil
        default: true
        }
      })
  }
}
