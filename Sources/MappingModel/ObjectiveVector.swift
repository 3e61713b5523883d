/// The objectives of a design point, one to four numbers, each to be minimised.
///
/// Stored in place, so that many of them lie side by side without a list each; a vector of fewer than
/// four objectives has zeros in the rest, which neither order nor dominance see.
@frozen
package struct ObjectiveVector: Hashable, Sendable, BitwiseCopyable {
  @usableFromInline var first: Double
  @usableFromInline var second: Double
  @usableFromInline var third: Double
  @usableFromInline var fourth: Double

  /// The most objectives that there can be.
  package static let limit = 4

  /// A vector of up to four objectives.
  @inlinable
  package init(_ first: Double, _ second: Double = 0, _ third: Double = 0, _ fourth: Double = 0) {
    (self.first, self.second, self.third, self.fourth) = (first, second, third, fourth)
  }

  /// A vector of the first four of some numbers.
  package init(_ values: some Sequence<Double>) {
    self.init(0)
    for (index, value) in values.enumerated().prefix(Self.limit) { self[index] = value }
  }

  /// A vector of the same number for each of so many objectives.
  package init(repeating value: Double, count: Int) {
    self.init(repeatElement(value, count: count))
  }
}

extension ObjectiveVector {
  /// The objective with a number from 0 to 3.
  @inlinable
  package subscript(index: Int) -> Double {
    get {
      switch index {
      case 0: first
      case 1: second
      case 2: third
      default: fourth
      }
    }
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
  @inlinable
  package func weaklyDominates(_ other: Self) -> Bool {
    first <= other.first && second <= other.second && third <= other.third
      && fourth <= other.fourth
  }

  /// Whether no objective is greater than the other vector's and one is less.
  @inlinable
  package func dominates(_ other: Self) -> Bool { weaklyDominates(other) && self != other }

  /// Whether the vector comes first in the order of the objectives, the first one counting most.
  @inlinable
  package func precedes(_ other: Self) -> Bool {
    if first != other.first { return first < other.first }
    if second != other.second { return second < other.second }
    if third != other.third { return third < other.third }
    return fourth < other.fourth
  }

  /// Whether every objective is a number and not infinite.
  @inlinable
  package var isFinite: Bool {
    first.isFinite && second.isFinite && third.isFinite && fourth.isFinite
  }

  /// The greater of two vectors in each objective.
  func maximum(_ other: Self) -> Self {
    Self(
      Swift.max(first, other.first), Swift.max(second, other.second),
      Swift.max(third, other.third), Swift.max(fourth, other.fourth))
  }

  /// The lesser of two vectors in each objective.
  package func minimum(_ other: Self) -> Self {
    Self(
      Swift.min(first, other.first), Swift.min(second, other.second),
      Swift.min(third, other.third), Swift.min(fourth, other.fourth))
  }

  /// The objectives as a list.
  package func values(count: Int) -> [Double] { (0..<count).map { self[$0] } }
}
