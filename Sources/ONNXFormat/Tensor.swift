package import Files

/// A constant tensor whose values are referred to, not copied: a region of a mapped file, one
/// repeated value, a view of another tensor, or what an operator computes from others.
package struct Tensor: Sendable {
  /// What it is in its model, in which tensors of one identity have the same values.
  package private(set) var identity: TensorIdentity
  /// How it sees what lies in memory for it.
  var view: TensorView
  /// The element type and the dimensions.
  package var type: TensorType
  /// Where the values come from.
  package var storage: Storage

  /// Where the values of a tensor come from.
  package indirect enum Storage: Sendable {
    /// A region of a mapped file, row-major and little-endian.
    case mapped(MappedFile, Range<Int>)
    /// Bytes in memory, row-major and little-endian.
    case bytes([UInt8])
    /// One element, repeated over the whole shape.
    case splat([UInt8])
    /// A range of another tensor along one axis.
    case slice(Tensor, axis: Int, range: Range<Int>)
    /// The rows (index of axis 0) of another float tensor, each multiplied by its element of a vector.
    case scaledRows(Tensor, by: Tensor)
    /// What an operator makes of other constants.
    case computed(ConstantComputation)
    /// The values are not there; the text says why and what would bring them.
    case absent(String)
  }

  /// A tensor whose values lie somewhere.
  package init(name: String, type: TensorType, storage: Storage) {
    identity = TensorIdentity(name)
    view = TensorView(identity, shape: type.shape)
    self.type = type
    self.storage = storage
  }

  /// What lies in memory for the tensor, which may see it in another shape or order of axes: what
  /// several tensors have of one constant lies there once.
  package var origin: TensorRegion { view.region }

  /// The name of the tensor in its model, for messages and for names derived from it. A new name must be
  /// one that no other constant of the model has.
  package var name: String {
    get { identity.text }
    set { identity = TensorIdentity(newValue) }
  }

  /// A tensor of 64-bit integers in memory.
  package init(name: String, shape: [Int], int64 values: [Int64]) {
    let bytes = values.withUnsafeBytes { Array($0) }
    self.init(name: name, type: TensorType(.int64, shape), storage: .bytes(bytes))
  }

  /// A tensor of 32-bit floats in memory.
  package init(name: String, shape: [Int], float values: [Float]) {
    let bytes = values.withUnsafeBytes { Array($0) }
    self.init(name: name, type: TensorType(.float, shape), storage: .bytes(bytes))
  }

  /// The tensor under a name that no other constant of its model has.
  package func renamed(_ name: String) -> Tensor {
    var copy = self
    copy.identity = TensorIdentity(name)
    copy.view = TensorView(copy.identity, shape: type.shape)
    return copy
  }

  /// The same values in another shape of the same element count.
  package func reshaped(_ shape: [Int]) -> Tensor {
    if shape == type.shape { return self }
    precondition(TensorType(type.elementType, shape).count == type.count)
    var copy = self
    copy.view = view.reshaped(from: type.shape, to: shape)
    copy.type.shape = shape
    switch storage {
    case .mapped, .bytes, .splat, .computed, .absent: return copy
    case .slice, .scaledRows:
      // Views depend on the axes of what they view, so the values move here, once.
      if let bytes = try? contiguousBytes() {
        copy.storage = .bytes(bytes)
      } else {
        copy.storage = .absent("they are a view of a tensor without values")
      }
      return copy
    }
  }

  /// The part of the tensor with indices `range` along `axis`, without a copy, named after it.
  ///
  /// - Precondition: `range` lies in the dimension of that axis.
  package func sliced(axis: Int, _ range: Range<Int>) -> Tensor {
    let dimension = type.shape[axis]
    precondition(range.lowerBound >= 0 && range.upperBound <= dimension)
    if range == 0..<dimension { return self }
    var part = self
    part.type.shape[axis] = range.count
    part.identity = identity.cut(axis: axis, range)
    part.view =
      view.sliced(axis: axis, range) ?? TensorView(part.identity, shape: part.type.shape)
    switch storage {
    case .splat: return part
    case .absent(let reason):
      part.storage = .absent(reason.hasPrefix("part of ") ? reason : "part of \(name): \(reason)")
    case .slice(let base, axis, let outer):
      let lower = outer.lowerBound + range.lowerBound
      part.storage = .slice(base, axis: axis, range: lower..<(lower + range.count))
    case .scaledRows(let base, let factors) where axis == 0:
      part.storage = .scaledRows(
        base.sliced(axis: 0, range), by: factors.sliced(axis: 0, range))
    case .mapped(let file, let region) where isContiguousSlice(axis: axis):
      let row = region.count / max(dimension, 1)
      let lower = region.lowerBound + range.lowerBound * row
      part.storage = .mapped(file, lower..<(lower + range.count * row))
    default:
      part.storage = .slice(self, axis: axis, range: range)
    }
    return part
  }

  /// Whether operators must run for the values to be there.
  package var isComputed: Bool {
    switch storage {
    case .computed: true
    case .slice(let base, _, _): base.isComputed
    case .scaledRows(let base, let factors): base.isComputed || factors.isComputed
    case .mapped, .bytes, .splat, .absent: false
    }
  }

  /// Why the values are not there; nil where they are.
  package var absence: String? { if case .absent(let reason) = storage { reason } else { nil } }

  /// Whether a range along `axis` is one region of the row-major bytes.
  private func isContiguousSlice(axis: Int) -> Bool {
    type.elementType.bits >= 8 && type.shape[..<axis].allSatisfy { $0 == 1 }
  }
}
