/// The volume between points and a reference point: how much of the space of objectives the points
/// dominate, all objectives minimised.
///
/// Exact for one to four objectives, by slicing along the last objective (*HSO*: While, Hingston,
/// Barone, Huband 2006, "A faster algorithm for calculating hypervolume", IEEE Transactions on
/// Evolutionary Computation 10(1)). Slices of three objectives are not taken apart again: a
/// staircase over the first two and its area are kept while the third grows (Fonseca, Paquete,
/// López-Ibáñez 2006, CEC, section III, with a sorted list in place of their tree).
///
/// ## Symbols
/// | paper | here |
/// |---|---|
/// | reference point | ``reference`` |
/// | exclusive hypervolume | ``contribution(of:to:)`` |
/// | inclusive hypervolume | `box` |
package struct Hypervolume: Sendable {
  /// The corner up to which volume counts; points that are not below it in every objective count
  /// nothing.
  package let reference: ObjectiveVector
  /// How many numbers of the vectors are objectives.
  package let objectiveCount: Int

  /// - Precondition: One to four objectives.
  package init(reference: ObjectiveVector, objectiveCount: Int) {
    precondition((1...ObjectiveVector.limit).contains(objectiveCount))
    self.reference = reference
    self.objectiveCount = objectiveCount
  }
}

extension Hypervolume {
  /// The volume that points dominate; points may be dominated, equal or beyond the reference.
  ///
  /// - Complexity: O(*n* log *n*) for two objectives; at worst O(*n*²) for three and O(*n*³) for four.
  package func callAsFunction(_ points: some Sequence<ObjectiveVector>) -> Double {
    let inside = points.filter(isInside)
    switch objectiveCount {
    case 1: return inside.map { reference[0] - $0[0] }.max() ?? 0
    case 2: return area(inside)
    case 3: return volume(ofSorted: inside.sorted { $0[2] < $1[2] })
    default: return slices(inside)
    }
  }

  /// The volume that a point dominates and the others do not: what it adds to theirs.
  ///
  /// The others are limited to the point's own box (While, Bradstreet, Barone 2012, "A fast way of
  /// calculating exact hypervolumes", IEEE Transactions on Evolutionary Computation 16(1), section
  /// IV).
  package func contribution(
    of point: ObjectiveVector, to others: some Sequence<ObjectiveVector>
  ) -> Double {
    guard isInside(point) else { return 0 }
    var box = 1.0
    for index in 0..<objectiveCount { box *= reference[index] - point[index] }
    return max(0, box - self(others.lazy.map { $0.maximum(point) }))
  }

  private func isInside(_ point: ObjectiveVector) -> Bool {
    for index in 0..<objectiveCount where !(point[index] < reference[index]) { return false }
    return true
  }

  private func area(_ points: [ObjectiveVector]) -> Double {
    var (area, height) = (0.0, reference[1])
    for point in points.sorted(by: { $0.precedes($1) }) where point[1] < height {
      area += (reference[0] - point[0]) * (height - point[1])
      height = point[1]
    }
    return area
  }

  /// The volume of points in three objectives, in the order of the third.
  private func volume(ofSorted points: [ObjectiveVector]) -> Double {
    var stairs = Staircase(reference)
    var (volume, depth) = (0.0, 0.0)
    for point in points {
      // Not multiplied where nothing is covered yet: the first depth is no number to start from.
      if stairs.area > 0 { volume += stairs.area * (point[2] - depth) }
      depth = point[2]
      stairs.insert(point[0], point[1])
    }
    return volume + (points.isEmpty ? 0 : stairs.area * (reference[2] - depth))
  }

  /// The volume of points in four objectives: slices along the fourth.
  private func slices(_ points: [ObjectiveVector]) -> Double {
    /// The points up to the slice that no other dominates in three objectives, by the third.
    var sliced: [ObjectiveVector] = []
    var (total, depth, volume) = (0.0, 0.0, 0.0)
    for point in points.sorted(by: { $0[3] < $1[3] }) {
      if volume > 0 { total += volume * (point[3] - depth) }
      depth = point[3]
      let flat = ObjectiveVector(point[0], point[1], point[2])
      guard !sliced.contains(where: { $0.weaklyDominates(flat) }) else { continue }
      sliced.removeAll { flat.weaklyDominates($0) }
      sliced.insert(flat, at: sliced.firstIndex { $0[2] > flat[2] } ?? sliced.count)
      volume = self.volume(ofSorted: sliced)
    }
    return total + (points.isEmpty ? 0 : volume * (reference[3] - depth))
  }
}

/// The area that points of two objectives dominate, while points are added.
private struct Staircase {
  private let right: Double
  private let top: Double
  /// The steps from left to right, each lower than the one before.
  private var steps: [(x: Double, y: Double)] = []
  private(set) var area = 0.0

  init(_ reference: ObjectiveVector) { (right, top) = (reference[0], reference[1]) }

  mutating func insert(_ x: Double, _ y: Double) {
    var (low, high) = (0, steps.count)
    while low < high {
      let middle = (low + high) / 2
      if steps[middle].x <= x { low = middle + 1 } else { high = middle }
    }
    guard low == 0 || steps[low - 1].y > y else { return }
    let start = low > 0 && steps[low - 1].x == x ? low - 1 : low
    var (end, left, height) = (start, x, start == 0 ? top : steps[start - 1].y)
    while end < steps.count, steps[end].y >= y {
      area += (steps[end].x - left) * (height - y)
      (left, height) = (steps[end].x, steps[end].y)
      end += 1
    }
    area += ((end < steps.count ? steps[end].x : right) - left) * (height - y)
    steps.replaceSubrange(start..<end, with: CollectionOfOne((x: x, y: y)))
  }
}
