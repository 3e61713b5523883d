/// Einstein's summation.
let einsumRules: [String: OperatorCall.ShapeRule] = [
  "Einsum": { call in
    let shapes = try call.inputs.indices.map { try call.type($0).shape }
    let equation = try EinsumEquation(call.node, shapes: shapes)
    return [TensorType(try call.type(0).elementType, equation.output)]
  }
]

/// The equation of an Einsum node over operands of known shapes.
package struct EinsumEquation: Hashable, Sendable {
  /// The shape of the output.
  package let output: [Int]
  /// The product of the extents of all indices: the terms that are multiplied, or summed up.
  package let terms: Int128

  /// ONNX, Einsum, after numpy: `bij,bjk->bik`; without an arrow the output has the indices that occur
  /// once, in the order of the alphabet. An ellipsis stands for dimensions that broadcast.
  ///
  /// - Throws: ``ONNXError/node(name:operator:reason:)`` where the equation does not fit the
  ///   shapes.
  package init(_ node: ONNXNode, shapes: [[Int]]) throws {
    let text = try node.string("equation", default: "").filter { $0 != " " }
    let sides = text.split(separator: ">", omittingEmptySubsequences: false)
    guard sides.count <= 2, sides.count == 1 || sides[0].hasSuffix("-") else {
      throw node.error("\"\(text)\" is no equation")
    }
    let left = sides.count == 2 ? sides[0].dropLast() : sides[0]
    let terms = left.split(separator: ",", omittingEmptySubsequences: false)
    guard terms.count == shapes.count else {
      throw node.error("\"\(text)\" is about \(terms.count) operands, found \(shapes.count)")
    }
    var reader = IndexReader(node: node)
    for (term, shape) in zip(terms, shapes) { try reader.read(term, shape) }
    let right = sides.count == 2 ? Substring(sides[1]) : reader.implicitOutput
    output = try reader.shape(of: right)
    var product: Int128 = 1
    for extent in reader.extents.values + reader.ellipsis { product *= Int128(extent) }
    self.terms = product
    guard product < Int128(1) << 100 else { throw node.error("its equation has too many terms") }
  }

  /// The indices of the operands that were read, with their extents.
  private struct IndexReader {
    let node: ONNXNode
    var extents: [Character: Int] = [:]
    var counts: [Character: Int] = [:]
    /// The dimensions that ellipses stand for.
    var ellipsis: [Int] = []

    mutating func read(_ term: Substring, _ shape: [Int]) throws {
      let parts = term.components(around: "...")
      let letters = parts.head + (parts.tail ?? "")
      guard letters.allSatisfy({ $0.isASCII && $0.isLetter }), letters.count <= shape.count,
        parts.tail != nil || letters.count == shape.count
      else {
        throw node.error("\"\(term)\" does not fit an operand \(describe(shape: shape))")
      }
      for (letter, size) in zip(parts.head, shape) { try set(letter, size) }
      guard let tail = parts.tail else { return }
      for (letter, size) in zip(tail, shape.suffix(tail.count)) { try set(letter, size) }
      let middle = shape.dropFirst(parts.head.count).dropLast(tail.count)
      try broadcast(Array(middle))
    }

    private mutating func set(_ letter: Character, _ size: Int) throws {
      counts[letter, default: 0] += 1
      let known = extents[letter] ?? 1
      guard known == size || known == 1 || size == 1 else {
        throw node.error("the index \(letter) is \(known) and \(size) long")
      }
      extents[letter] = max(known, size)
    }

    private mutating func broadcast(_ sizes: [Int]) throws {
      let rank = max(ellipsis.count, sizes.count)
      let left = [Int](repeating: 1, count: rank - ellipsis.count) + ellipsis
      let right = [Int](repeating: 1, count: rank - sizes.count) + sizes
      ellipsis = try zip(left, right).map { a, b in
        guard a == b || a == 1 || b == 1 else {
          throw node.error("the dimensions of its ellipses do not broadcast")
        }
        return a == 1 ? b : a
      }
    }

    /// The output of an equation without an arrow.
    var implicitOutput: Substring {
      "..." + String(counts.filter { $0.value == 1 }.keys.sorted())
    }

    func shape(of term: Substring) throws -> [Int] {
      let parts = term.components(around: "...")
      func sizes(_ letters: Substring) throws -> [Int] {
        try letters.map { letter in
          guard let size = extents[letter] else {
            throw node.error("its output has the index \(letter), which no operand has")
          }
          return size
        }
      }
      guard let tail = parts.tail else { return try sizes(parts.head) }
      return try sizes(parts.head) + ellipsis + sizes(tail)
    }
  }
}

extension Substring {
  /// What stands before and behind a separator; no tail where it does not occur.
  fileprivate func components(around separator: String) -> (head: Substring, tail: Substring?) {
    guard let range = firstRange(of: separator) else { return (self, nil) }
    return (self[..<range.lowerBound], self[range.upperBound...])
  }
}
