/// The objectives of a design point, one to four numbers, each to be minimised.
///
/// Stored in place, so that many of them lie side by side without a list each; a vector of fewer
/// than four objectives has zeros in the rest, which neither order nor dominance see.
///
/// Public, as ``ParetoFront`` is, because the compiler inlines nothing less across modules.
@frozen
public struct ObjectiveVector: Hashable, Sendable, BitwiseCopyable {
  @usableFromInline var first: Double
  @usableFromInline var second: Double
  @usableFromInline var third: Double
  @usableFromInline var fourth: Double

  /// The most objectives that there can be.
  public static let limit = 4

  /// A vector of up to four objectives.
  @inlinable
  public init(_ first: Double, _ second: Double = 0, _ third: Double = 0, _ fourth: Double = 0) {
    (self.first, self.second, self.third, self.fourth) = (first, second, third, fourth)
  }

  /// A vector of the first four of some numbers.
  public init(_ values: some Sequence<Double>) {
    self.init(0)
    for (index, value) in values.enumerated().prefix(Self.limit) { self[index] = value }
  }

  /// A vector of the same number for each of so many objectives.
  public init(repeating value: Double, count: Int) {
    self.init(repeatElement(value, count: count))
  }
}

extension ObjectiveVector {
  /// The objective with a number from 0 to 3.
  public subscript(index: Int) -> Double {
    @inlinable @inline(__always)
    get {
      switch index {
      case 0: first
      case 1: second
      case 2: third
      default: fourth
      }
    }
    @inlinable @inline(__always)
    set {
      switch index {
      case 0: first = newValue
      case 1: second = newValue
      case 2: third = newValue
      default: fourth = newValue
      }
    }
  }

  /// Whether no objective is greater than the other vector's.
  @inlinable @inline(__always)
  public func weaklyDominates(_ other: Self) -> Bool {
    first <= other.first && second <= other.second && third <= other.third
      && fourth <= other.fourth
  }

  /// Whether no objective is greater than the other vector's and one is less.
  @inlinable
  public func dominates(_ other: Self) -> Bool { weaklyDominates(other) && self != other }

  /// Whether the vector comes first in the order of the objectives, the first one counting most.
  @inlinable @inline(__always)
  public func precedes(_ other: Self) -> Bool {
    if first != other.first { return first < other.first }
    if second != other.second { return second < other.second }
    if third != other.third { return third < other.third }
    return fourth < other.fourth
  }

  /// Whether every objective is a number and not infinite.
  @inlinable
  public var isFinite: Bool {
    first.isFinite && second.isFinite && third.isFinite && fourth.isFinite
  }

  /// The greater of two vectors in each objective.
  func maximum(_ other: Self) -> Self {
    Self(
      Swift.max(first, other.first), Swift.max(second, other.second),
      Swift.max(third, other.third), Swift.max(fourth, other.fourth))
  }

  /// The lesser of two vectors in each objective.
  public func minimum(_ other: Self) -> Self {
    Self(
      Swift.min(first, other.first), Swift.min(second, other.second),
      Swift.min(third, other.third), Swift.min(fourth, other.fourth))
  }

  /// The objectives as a list.
  public func values(count: Int) -> [Double] { (0..<count).map { self[$0] } }
}
