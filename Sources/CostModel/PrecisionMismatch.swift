package import Diagnostics
package import NetworkModel
import ONNXFormat
import PlatformModel

/// Blocks on an element type whose values are not as wide as what the type lists for them.
private struct PrecisionMismatch {
  /// What tells one warning from another.
  struct Kind: Hashable {
    var type: String
    /// How wide the values were taken to be.
    var bits: Int
    /// How wide the activations and weights of the entry are; nil where it lists none.
    var listed: [Int]?
  }

  var kind: Kind
  /// What the blocks compute, each name once.
  var operators: [String] = []
  /// The first block, and how many there are.
  var first: String
  var count = 0
}

extension CostModel {
  /// A warning for each element type that lists no operator as wide as a network's values: the rate
  /// is that of an operator of another width, and the bytes are those of the values.
  ///
  /// Integers of 32 bits and more are left out: they count and index.
  ///
  /// - Complexity: O(blocks · element types · listed operators).
  package func precisionWarnings(of graph: BlockGraph) -> [Diagnostic] {
    var found: [PrecisionMismatch] = []
    for element in platform.firstElementOfEachType {
      for id in graph.blockIDs {
        guard let layer = graph[id].steps.map({ graph[$0.layer] }).first(where: \.computes),
          let kind = mismatch(of: id, layer, in: graph, on: element),
          times?.entry(for: id, in: graph, on: platform[element]) == nil
        else { continue }
        let index = found.firstIndex { $0.kind == kind } ?? found.count
        if index == found.count { found.append(.init(kind: kind, first: graph[id].name)) }
        found[index].add(layer.platformOperator)
      }
    }
    return found.map { Diagnostic($0.kind.type, $0.sentence(precision)) }
  }

  private func mismatch(
    of id: BlockID, _ layer: Layer, in graph: BlockGraph, on element: ElementID
  ) -> PrecisionMismatch.Kind? {
    guard let entry = support(of: id, in: graph, on: element) else { return nil }
    let value = layer.valueTypes.first ?? layer.outputs[0]
    guard !value.elementType.counts else { return nil }
    let name = platform[element].type.name
    guard let activations = entry.activationBits ?? entry.weightBits else {
      guard case .platform = precision else { return nil }
      return .init(type: name, bits: value.elementType.bits, listed: nil)
    }
    let weights = entry.weightBits ?? activations
    guard let bits = precision.bits(of: value), !precision.suits(bits, activations, weights) else {
      return nil
    }
    return .init(
      type: name, bits: bits, listed: weights == activations ? [weights] : [activations, weights])
  }
}

extension PrecisionMismatch {
  mutating func add(_ name: String) {
    count += 1
    if !operators.contains(name) { operators.append(name) }
  }

  func sentence(_ precision: Precision) -> String {
    let names = operators.prefix(4).joined(separator: ", ") + (operators.count > 4 ? ", …" : "")
    let blocks = count == 1 ? "block \(first)" : "\(count) blocks, \(first) first,"
    guard let listed = kind.listed else {
      return
        "it lists no width for \(names), so \(blocks) \(count == 1 ? "was" : "were") assumed to "
        + "compute with the \(kind.bits) bits of the file; list their bits"
        + (Precision.name(ofBits: kind.bits).map { ", or write `precision` \($0) for all elements" }
          ?? "")
    }
    let widths = listed.map { "\($0)" }.joined(separator: "-bit activations with ")
    let origin = if case .model = precision { "of the file" } else { "of `precision` \(precision)" }
    return
      "it lists \(widths) bits for \(names), so \(blocks) \(count == 1 ? "was" : "were") assumed "
      + "to run at that rate and to move the \(kind.bits)-bit values \(origin); write "
      + (Precision.name(ofBits: listed[0]).map {
        "`precision` \($0) for \(listed[0])-bit values everywhere, or "
      } ?? "") + "`precision` platform for the widths that each element lists"
  }
}

extension Precision {
  /// Whether an operator of these widths is the one that values of `bits` ask for. What a file
  /// stores narrower than an operator computes is widened on the way; who asks for a width is told.
  fileprivate func suits(_ bits: Int, _ activations: Int, _ weights: Int) -> Bool {
    guard weights >= bits else { return false }
    if case .model = self { return activations >= bits }
    return activations == bits
  }

  /// What asks for values of a width in bits; nil where nothing but `platform` does.
  fileprivate static func name(ofBits bits: Int) -> String? {
    let name = bits < 16 ? "int\(bits)" : "\(bits)"
    return Precision(name) == nil ? nil : name
  }
}

extension ElementType {
  /// Whether values of the type count or index things, so that they have no precision to choose.
  fileprivate var counts: Bool {
    switch self {
    case .int32, .uint32, .int64, .uint64, .bool, .string: true
    default: false
    }
  }
}

extension Layer {
  fileprivate var computes: Bool { !onlyRearranges }
}

extension Platform {
  fileprivate var firstElementOfEachType: [ElementID] {
    var seen: Set<String> = []
    return elementIDs.filter { seen.insert(self[$0].type.name).inserted }
  }
}
