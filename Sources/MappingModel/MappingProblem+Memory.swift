import PlatformModel

/// Where bytes lie, and how many there are.
extension MappingProblem {
  /// The memory of an element's weights: that it computes from where it streams, its own, numbered behind
  /// those of the platform, where it copies.
  package func weightMemory(ofElement element: Int) -> Int {
    let unit = platform.elements[element]
    return unit.type.access == .copied
      ? platform.memories.count + element : unit.dataMemory.index
  }

  /// The blocks whose weights fit into the memory of no element that they may run on, with their least bytes and
  /// the largest of these memories.
  package func blocksWithoutRoom(_ rules: PlacementRules) -> [(block: Int, bytes: Int, room: Int)] {
    rules.allowed.indices.compactMap { block in
      var found: (block: Int, bytes: Int, room: Int)?
      for element in rules.allowed[block] {
        guard let bytes = uses[block][element]?.weightBytes,
          let room = memoryCapacity(weightMemory(ofElement: element)), bytes > room
        else { return nil }
        found = (block, min(found?.bytes ?? bytes, bytes), max(found?.room ?? room, room))
      }
      return found
    }
  }

  /// What a memory is called; those of elements lie behind those of the platform.
  package func memoryName(_ memory: Int) -> String {
    memory < platform.memories.count
      ? platform.memories[memory].name
      : "\(platform.elements[memory - platform.memories.count].name) (local)"
  }

  /// How many bytes fit into a memory; nil for no limit.
  package func memoryCapacity(_ memory: Int) -> Int? {
    memory < platform.memories.count
      ? platform.memories[memory].capacity
      : platform.elements[memory - platform.memories.count].type.localMemory
  }

  /// The bytes of a channel that holds some tokens: by the widths of its reader, by those of its
  /// writer where the reader has no element, and by the file's where neither has.
  package func bytes(
    ofChannel index: Int, holding tokens: Int64, _ source: Int, _ target: Int
  ) -> Int {
    let traits = channels[index]
    let whole: Int
    if target >= 0 {
      whole = traits.readBytes[target]
    } else if source >= 0 {
      whole = traits.writtenBytes[source]
    } else {
      whole = traits.readBytes.max() ?? 0
    }
    let bytes = Int128(tokens) * Int128(whole)
    let unit = Int128(max(1, traits.tokens))
    return Int(clamping: (bytes + unit - 1) / unit)
  }

  /// The number of the resource that a memory is; nil where it has no bandwidth.
  package func resource(ofMemory memory: Int) -> Int? {
    guard platform.memories[memory].bandwidth != nil else { return nil }
    return platform.links.count + platform.memories[..<memory].count { $0.bandwidth != nil }
  }
}
