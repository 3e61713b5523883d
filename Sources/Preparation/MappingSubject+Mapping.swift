import Dataflow
import Diagnostics
package import MappingModel
import PlatformModel

extension MappingSubject {
  /// What a mapping asks for; its splits and merges are made already.
  ///
  /// - Parameter file: What errors call the mapping.
  /// - Throws: ``MappingError`` naming the file, the key path and what was expected.
  package func rules(_ mapping: Mapping, file: String) throws -> PlacementRules {
    var rules = PlacementRules(problem)
    for (name, elements) in mapping.forbidden.sorted(by: { $0.key < $1.key }) {
      let block = try block(name, file, "forbid")
      for element in elements {
        let index = try self.element(element, file, "forbid.\(name)")
        rules.allowed[block].removeAll { $0 == index }
      }
    }
    var names = NamesGiven(file: file, path: "blocks", what: "block")
    for (name, elementName) in mapping.blocks.sorted(by: { $0.key < $1.key }) {
      let block = try block(name, file, "blocks")
      let element = try self.element(elementName, file, "blocks.\(name)")
      try names.note(name, block, [element])
      guard !problem.isFree(block) else { continue }
      guard problem.uses[block][element] != nil else {
        throw MappingError.unsupported(
          file: file, block: name, operators: operators(of: block), element: elementName)
      }
      rules.allowed[block] = rules.allowed[block].filter { $0 == element }
    }
    for block in rules.allowed.indices where rules.allowed[block].isEmpty && !problem.isFree(block)
    {
      throw MappingError.nowhere(
        file: file, block: blockNames[block], operators: operators(of: block),
        platform: problem.platform.name)
    }
    try setChannels(mapping, file, &rules.base)
    try setOrders(mapping, file, &rules)
    return rules
  }

  private func setChannels(
    _ mapping: Mapping, _ file: String, _ placement: inout Placement
  ) throws {
    var names = NamesGiven(file: file, path: "channels", what: "channel")
    for (name, channel) in mapping.channels.sorted(by: { $0.key < $1.key }) {
      let indices = channels(named: name)
      guard !indices.isEmpty else {
        throw MappingError.unknown(
          file: file, path: "channels", expected: "a channel, as e0 or block->block", found: name)
      }
      for index in indices {
        guard !problem.graph.channels[index].isSelfEdge else {
          throw MappingError.selfEdge(
            file: file, path: "channels.\(name)",
            block: blockNames[problem.graph.channels[index].source.index])
        }
        var memoryGiven = -1
        if let memory = channel.memory {
          guard let id = problem.platform.memory(named: memory) else {
            let known = problem.platform.memories.map(\.name).joined(separator: ", ")
            throw MappingError.unknown(
              file: file, path: "channels.\(name).memory",
              expected: "one of the memories \(known)", found: memory)
          }
          memoryGiven = id.index
          placement.memories[index] = id.index
        }
        try names.note(name, index, [memoryGiven, channel.capacity ?? -1])
        if let capacity = channel.capacity { placement.capacities[index] = Int64(capacity) }
      }
    }
  }

  private func setOrders(
    _ mapping: Mapping, _ file: String, _ rules: inout PlacementRules
  ) throws {
    for (name, blocks) in mapping.order.sorted(by: { $0.key < $1.key }) {
      let element = try self.element(name, file, "order")
      var seen: Set<Int> = []
      rules.base.order[element] = try blocks.map { blockName in
        let block = try block(blockName, file, "order.\(name)")
        guard seen.insert(block).inserted else {
          throw MappingError.twice(
            file: file, path: "order.\(name)", block: blockNames[block])
        }
        guard rules.allowed[block].contains(element) || problem.isFree(block) else {
          throw MappingError.elsewhere(file: file, path: "order.\(name)", block: blockName)
        }
        return block
      }
    }
    for (name, slots) in mapping.sequence.sorted(by: { $0.key < $1.key }) {
      let element = try self.element(name, file, "sequence")
      guard rules.base.order[element] == nil else {
        throw MappingError.orderAndSequence(file: file, element: name)
      }
      rules.base.sequence[element] = try slots.map { slot in
        let block = try block(slot.block, file, "sequence.\(name)")
        // A sequence says where its blocks run.
        rules.allowed[block].removeAll { $0 != element }
        guard !rules.allowed[block].isEmpty || problem.isFree(block) else {
          throw MappingError.elsewhere(file: file, path: "sequence.\(name)", block: slot.block)
        }
        return .init(block: block, shift: slot.shift)
      }
    }
    for (name, _) in mapping.sequence.sorted(by: { $0.key < $1.key }) {
      try checkSequence(of: name, file, &rules)
    }
  }

  /// A sequence says all that runs on its element: each of its blocks once, and no others.
  private func checkSequence(
    of name: String, _ file: String, _ rules: inout PlacementRules
  ) throws {
    let (element, path) = (try element(name, file, "sequence"), "sequence.\(name)")
    let slots = rules.base.sequence[element] ?? []
    let least = slots.map(\.shift).min() ?? 0
    var seen: Set<Int> = []
    for slot in slots {
      guard seen.insert(slot.block).inserted else {
        throw MappingError.twice(file: file, path: path, block: blockNames[slot.block])
      }
      guard slot.shift - least <= Self.mostShift else {
        throw MappingError.shift(
          file: file, path: path, block: blockNames[slot.block], most: Self.mostShift)
      }
    }
    for block in rules.allowed.indices where !seen.contains(block) {
      guard rules.allowed[block] != [element] else {
        throw MappingError.missing(file: file, path: path, block: blockNames[block])
      }
      rules.allowed[block].removeAll { $0 == element }
    }
  }

  /// By how many inferences blocks of a sequence may be apart: as many rounds pass before an inference ends.
  private static let mostShift = 65_536

  private func block(_ name: String, _ file: String, _ path: String) throws -> Int {
    guard let block = block(named: name) else {
      throw MappingError.unknown(
        file: file, path: path, expected: "the name of a block", found: name,
        similar: name.similar(in: blockNames))
    }
    return block
  }

  private func element(_ name: String, _ file: String, _ path: String) throws -> Int {
    guard let element = problem.platform.element(named: name) else {
      let known = problem.platform.elements.map(\.name)
      throw MappingError.unknown(
        file: file, path: path,
        expected: "one of the elements \(known.joined(separator: ", "))", found: name,
        similar: name.similar(in: known))
    }
    return element.index
  }

  /// A placement by name.
  package func mapping(_ placement: Placement, _ shape: Mapping = Mapping(blocks: [:])) -> Mapping {
    var mapping = Mapping(blocks: [:], splits: shape.splits, merges: shape.merges)
    let elements = problem.platform.elements.map(\.name)
    for (block, element) in placement.elements.enumerated() where element >= 0 {
      mapping.blocks[blockNames[block]] = elements[element]
    }
    for index in Set(placement.memories.keys).union(placement.capacities.keys) {
      mapping.channels[problem.graph.channels[index].name] = .init(
        memory: placement.memories[index].map { problem.platform.memories[$0].name },
        capacity: placement.capacities[index].map { Int($0) })
    }
    for (element, blocks) in placement.order {
      mapping.order[elements[element]] = blocks.map { blockNames[$0] }
    }
    for (element, slots) in placement.sequence {
      mapping.sequence[elements[element]] = slots.map {
        .init(block: blockNames[$0.block], shift: $0.shift)
      }
    }
    return mapping
  }
}

/// What keys of a mapping have named so far, so that two that name one thing do not contradict each other.
private struct NamesGiven {
  let file: String
  let path: String
  /// What they name.
  let what: String
  private var known: [Int: (name: String, values: [Int])] = [:]

  init(file: String, path: String, what: String) {
    (self.file, self.path, self.what) = (file, path, what)
  }

  /// Notes what a key says of a thing; -1 where it says nothing.
  mutating func note(_ name: String, _ thing: Int, _ values: [Int]) throws {
    guard let (other, before) = known[thing] else {
      known[thing] = (name, values)
      return
    }
    guard zip(before, values).allSatisfy({ $0 == $1 || $0 < 0 || $1 < 0 }) else {
      throw MappingError.contradiction(file: file, path: path, keys: [other, name], what: what)
    }
    known[thing] = (name, zip(before, values).map { max($0, $1) })
  }
}
