/// The points that no other point seen so far dominates, each with what it stands for.
///
/// Of points with equal objectives the first one inserted is kept. The points are in the order of
/// their objectives, whatever the order of insertion; with this order a point can only be dominated
/// by points before it.
///
/// ```swift
/// var front = ParetoFront<String>(objectiveCount: 2)
/// front.insert(ObjectiveVector(3, 1), "kept")  // true
/// front.insert(ObjectiveVector(4, 2), "dominated")  // false
/// ```
public struct ParetoFront<Payload> {
  /// A point of the front.
  @frozen
  public struct Point {
    public let objectives: ObjectiveVector
    public let payload: Payload

    @inlinable
    public init(objectives: ObjectiveVector, payload: Payload) {
      self.objectives = objectives
      self.payload = payload
    }
  }

  /// The points, in the order of their objectives.
  public var points: [Point] { storage }
  /// How many numbers of the vectors are objectives.
  public let objectiveCount: Int
  @usableFromInline var storage: [Point] = []

  /// An empty front.
  ///
  /// - Precondition: One to four objectives.
  public init(objectiveCount: Int) {
    precondition((1...ObjectiveVector.limit).contains(objectiveCount))
    self.objectiveCount = objectiveCount
  }
}

extension ParetoFront.Point: Sendable where Payload: Sendable {}
extension ParetoFront: Sendable where Payload: Sendable {}

extension ParetoFront {
  /// The number of points.
  @inlinable
  public var count: Int { storage.count }

  /// Whether there are no points.
  @inlinable
  public var isEmpty: Bool { storage.isEmpty }

  /// What a point stands for.
  @inlinable
  public func payload(at place: Int) -> Payload { storage[place].payload }

  /// Whether a point of the front is as good in every objective.
  ///
  /// - Complexity: O(log *n*) for one or two objectives, else O(*n*).
  @inlinable
  public func covers(_ objectives: ObjectiveVector) -> Bool {
    covers(objectives, before: place(of: objectives))
  }

  /// Adds a point and removes those that it dominates, unless the front covers it or an objective
  /// is not a number.
  ///
  /// - Returns: Whether the point was added.
  /// - Complexity: O(log *n*) for a point that is not added and O(*n*) for one that is, where there
  ///   are one or two objectives; else O(*n*).
  @inlinable
  @discardableResult
  public mutating func insert(
    _ objectives: ObjectiveVector, _ payload: @autoclosure () -> Payload
  ) -> Bool {
    // Only what is not a number differs from itself.
    guard objectives == objectives else { return false }
    let place = place(of: objectives)
    guard !covers(objectives, before: place) else { return false }
    let point = Point(objectives: objectives, payload: payload())
    guard objectiveCount <= 2 else {
      var kept = place
      for index in place..<storage.count
      where !objectives.weaklyDominates(storage[index].objectives) {
        storage[kept] = storage[index]
        kept += 1
      }
      storage.removeSubrange(kept...)
      storage.insert(point, at: place)
      return true
    }
    // The second objective falls along the front: the dominated points are neighbours.
    var end = place
    while end < storage.count, objectives.second <= storage[end].objectives.second { end += 1 }
    storage.replaceSubrange(place..<end, with: CollectionOfOne(point))
    return true
  }

  /// The same points, each standing for something else.
  public func map<Other>(_ transform: (Payload) -> Other) -> ParetoFront<Other> {
    var other = ParetoFront<Other>(objectiveCount: objectiveCount)
    other.storage = storage.map {
      .init(objectives: $0.objectives, payload: transform($0.payload))
    }
    return other
  }

  /// The number of points that come before a vector or are equal to it.
  @inlinable
  func place(of objectives: ObjectiveVector) -> Int {
    var (low, high) = (0, storage.count)
    while low < high {
      let middle = (low + high) / 2
      if objectives.precedes(storage[middle].objectives) { high = middle } else { low = middle + 1 }
    }
    return low
  }

  /// Whether one of the points before a place is as good in every objective.
  @inlinable
  func covers(_ objectives: ObjectiveVector, before place: Int) -> Bool {
    if objectiveCount <= 2 {
      return place > 0 && storage[place - 1].objectives.weaklyDominates(objectives)
    }
    for index in 0..<place where storage[index].objectives.weaklyDominates(objectives) {
      return true
    }
    return false
  }
}
