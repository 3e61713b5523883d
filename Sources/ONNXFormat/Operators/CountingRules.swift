import ONNXSchema

/// Operators whose outputs are as large as values say: sizes are known where those values are.
let countingRules: [String: OperatorCall.ShapeRule] = [
  "NonZero": { try $0.nonZero().map(\.type) },
  "Compress": { try $0.compression().types },
  "Unique": { try $0.unique().map(\.type) },
  "NonMaxSuppression": { throw $0.dataDependence },
]

/// The same operators on constants.
let countingFoldingRules: [String: OperatorCall.FoldingRule] = [
  "NonZero": { try $0.nonZero() },
  "Unique": { try $0.unique() },
  "Compress": { call in
    guard let tensor = call.constant(0) else { return nil }
    let taken = try call.compression()
    let flat = taken.axis == nil ? tensor.reshaped([tensor.type.count]) : tensor
    return [try flat.taking(taken.positions, axis: taken.axis ?? 0)]
  },
]

/// The most elements of a constant that sizes are counted in.
private let largestCountedCount = 1 << 20

extension OperatorCall {
  /// The error of an operator whose output is as large as its inputs' values say, which are never known.
  var dataDependence: ONNXError { dataDependence(on: []) }

  /// The error of an operator whose output is as large as the values of some operands say.
  private func dataDependence(on operands: [Int]) -> ONNXError {
    undecided(
      "the shape of its output depends on its input's values; fixed shapes are needed",
      by: operands)
  }

  /// The constant that decides how large the output is.
  private func decidingConstant(_ operand: Int) throws -> Tensor {
    let type = try type(operand)
    guard let tensor = constant(operand), type.count <= largestCountedCount,
      type.elementType.isInteger || type.elementType.isFloating
    else { throw dataDependence(on: [operand]) }
    do {
      var known = tensor
      known.storage = .bytes(try tensor.contiguousBytes())
      return known
    } catch ONNXError.valuesAbsent(_, let reason) {
      throw node.error(
        "the values of its input \(node.input[operand]) must be known for its shape: \(reason)")
    }
  }

  /// ONNX, NonZero: for each axis a row, for each element other than zero a column with its indices.
  func nonZero() throws -> [Tensor] {
    let tensor = try decidingConstant(0)
    let places =
      tensor.type.elementType.isInteger
      ? try tensor.integerValues().places(where: { $0 != 0 })
      : try tensor.doubleValues().places(where: { $0 != 0 })
    let axes = tensor.type.shape.isEmpty ? [(1, 1)] : Array(zip(tensor.type.shape, tensor.strides))
    let rows = axes.flatMap { size, stride in places.map { Int64($0 / stride % size) } }
    return [Tensor(name: "", shape: [axes.count, places.count], int64: rows)]
  }

  /// ONNX, Compress: which indices of an axis, or of the elements one after the other, are taken.
  fileprivate func compression() throws -> (types: [TensorType], positions: [Int], axis: Int?) {
    var type = try type(0)
    let positions = try decidingConstant(1).integerValues().places(where: { $0 != 0 })
    let axis = try node.int("axis").map { try self.axis($0, rank: type.shape.count) }
    let size = axis.map { type.shape[$0] } ?? type.count
    guard (positions.last ?? -1) < size else {
      throw node.error("its condition takes element \(positions.last ?? 0) of \(size)")
    }
    if let axis { type.shape[axis] = positions.count } else { type.shape = [positions.count] }
    return ([type], positions, axis)
  }
}

// MARK: - Unique

extension OperatorCall {
  /// ONNX, Unique: the different slices along an axis, or elements, sorted or in order; of each the index
  /// of the first; for each slice its place among the different ones; and how many there are of each.
  func unique() throws -> [Tensor] {
    let given = try decidingConstant(0)
    let axis = try node.int("axis").map { try self.axis($0, rank: given.type.shape.count) }
    let tensor = axis == nil ? given.reshaped([given.type.count]) : given
    let sorts = try node.int("sorted", default: 1) != 0
    let classes: EqualSlices
    if tensor.type.elementType.isInteger {
      classes = EqualSlices(
        try tensor.integerValues(), shape: tensor.type.shape, axis: axis ?? 0, sorts: sorts)
    } else {
      let values = try tensor.doubleValues()
      // No number is equal to itself, and where it stands among others is not said.
      guard !values.contains(where: \.isNaN) else { throw dataDependence(on: [0]) }
      classes = EqualSlices(values, shape: tensor.type.shape, axis: axis ?? 0, sorts: sorts)
    }
    func list(_ values: [Int]) -> Tensor {
      Tensor(name: "", shape: [values.count], int64: values.map { Int64($0) })
    }
    let outputs = [
      try tensor.taking(classes.firsts, axis: axis ?? 0), list(classes.firsts),
      list(classes.places), list(classes.counts),
    ]
    return Array(outputs.prefix(max(1, node.output.count)))
  }
}

/// The different slices of a tensor along an axis.
private struct EqualSlices {
  /// For each of them the index of the first that is equal.
  private(set) var firsts: [Int] = []
  /// How many are equal to it.
  private(set) var counts: [Int] = []
  /// For each slice which of them it is.
  private(set) var places: [Int] = []

  init<Value: Comparable & Hashable>(_ values: [Value], shape: [Int], axis: Int, sorts: Bool) {
    let inner = shape[(axis + 1)...].reduce(1, *)
    let size = shape[axis]
    var slices = [[Value]](repeating: [], count: size)
    for (place, value) in values.enumerated() { slices[place / inner % size].append(value) }
    var known: [[Value]: Int] = [:]
    for (index, slice) in slices.enumerated() {
      let place = known[slice] ?? firsts.count
      if place == firsts.count {
        known[slice] = place
        firsts.append(index)
        counts.append(0)
      }
      counts[place] += 1
      places.append(place)
    }
    guard sorts else { return }
    let order = firsts.indices.sorted {
      slices[firsts[$0]].lexicographicallyPrecedes(slices[firsts[$1]])
    }
    var ranks = order
    for (rank, place) in order.enumerated() { ranks[place] = rank }
    firsts = order.map { [firsts] in firsts[$0] }
    counts = order.map { [counts] in counts[$0] }
    places = places.map { ranks[$0] }
  }
}

extension Array {
  /// The indices of the elements that fulfil a condition, ascending.
  fileprivate func places(where isWanted: (Element) -> Bool) -> [Int] {
    indices.filter { isWanted(self[$0]) }
  }
}
