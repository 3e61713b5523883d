import Dataflow

/// When inferences ended, and the states in which they did.
///
/// A state is found again by its hash, and then compared number by number. States are kept up to a limit, of
/// later ones only the hash. Where the hash of a state that was not kept comes again, that state is kept, and the
/// execution goes on for as long again: the repetition is one if the state is there once more. So memory is
/// bounded, and what is found is exact, as with the saved values of Brent 1980, "An improved Monte Carlo
/// factorization algorithm", DOI 10.1007/BF01933190; we differ in keeping all values while there is room.
struct InferenceLog {
  /// The ticks at which each inference ended.
  private(set) var ends: [Int] = []
  private var known: [Known] = []
  /// Where a hash leads: numbers of known states, counted from 1; 0 for none. Only as many places are in use
  /// as the mask says.
  private var places: [Int32]
  private var mask = 0
  /// The kept states, each with its turns behind it.
  private var states: [Int] = []
  private let mostKept: Int
  /// A state that came again by its hash alone.
  private var suspect: Known?
  private var suspectEnd = 0
  private var suspectState: [Int] = []

  /// Room for a state with its turns.
  private let scratch: UnsafeMutablePointer<Int>

  /// A state that was seen.
  private struct Known {
    var hash: UInt64
    /// Where it is kept; -1 where only its hash is.
    var start: Int
    /// The inferences that had ended.
    var inferences: Int
  }

  /// That the state of now was seen before.
  struct Sighting {
    /// The inferences that had ended when it was seen first, and when again.
    var first: Int
    var again: Int
    fileprivate var known: Int
    fileprivate var turns: Int
  }

  /// - Parameters:
  ///   - scratch: Room for a state with its turns.
  ///   - mostKept: The most numbers of states that are kept.
  init(scratch: UnsafeMutablePointer<Int>, mostKept: Int) {
    (self.scratch, self.mostKept) = (scratch, mostKept)
    places = Array(repeating: 0, count: Self.fewPlaces)
    mask = Self.fewPlaces - 1
  }

  private static let fewPlaces = 64

  mutating func clear() {
    ends.removeAll(keepingCapacity: true)
    known.removeAll(keepingCapacity: true)
    states.removeAll(keepingCapacity: true)
    suspect = nil
    empty(Self.fewPlaces)
  }

  mutating func endInference(at tick: Int) { ends.append(tick) }

  /// The tick at which an inference ended, counted from 1; that of none is 0.
  func end(of inference: Int) -> Int { inference == 0 ? 0 : ends[inference - 1] }

  /// The mean time of the inferences between two numbers that had ended.
  func mean(_ first: Int, _ last: Int) -> Fraction? {
    Fraction(Int64(end(of: last) - end(of: first)), Int64(last - first))
  }
}

// MARK: - States

extension InferenceLog {
  /// Notes the first numbers of the scratch as the state after a number of inferences.
  ///
  /// - Parameter turns: How many numbers behind the state are kept with it, but need not be the same.
  mutating func note(_ count: Int, turns: Int, inferences: Int) -> Sighting? {
    if let suspect, let due = confirm(suspect, count, inferences) { return due }
    let hash = Self.hash(scratch, count)
    var place = Int(truncatingIfNeeded: hash) & mask
    while places[place] > 0 {
      let number = Int(places[place]) - 1
      place = (place + 1) & mask
      guard known[number].hash == hash else { continue }
      let (start, first) = (known[number].start, known[number].inferences)
      guard start >= 0 else {
        if suspect == nil { keepSuspect(known[number], count + turns, inferences) }
        return nil
      }
      if isSame(states, start, count) {
        return Sighting(
          first: first, again: inferences, known: number, turns: start + count)
      }
    }
    add(hash, at: place, count + turns, inferences)
    return nil
  }

  /// A number that was kept behind the state of a sighting.
  func turn(_ sighting: Sighting, _ index: Int) -> Int {
    sighting.known < 0
      ? suspectState[sighting.turns + index] : states[sighting.turns + index]
  }

  /// Lets a state that came again, but repeats nothing yet, begin anew with what the scratch says of it now.
  mutating func renew(_ sighting: Sighting, turns: Int, behind count: Int, inferences: Int) {
    guard sighting.known >= 0 else { return }
    known[sighting.known].inferences = inferences
    for index in 0..<turns { states[sighting.turns + index] = scratch[count + index] }
  }

  private static func hash(_ numbers: UnsafeMutablePointer<Int>, _ count: Int) -> UInt64 {
    var hash: UInt64 = 0x9E37_79B9_7F4A_7C15
    for index in 0..<count {
      hash = (hash ^ UInt64(bitPattern: Int64(numbers[index]))) &* 0xBF58_476D_1CE4_E5B9
      hash ^= hash >> 29
    }
    return hash
  }

  /// Whether a state is the scratch; equally long where it begins with the same numbers.
  private func isSame(_ list: [Int], _ start: Int, _ count: Int) -> Bool {
    guard start + count <= list.count else { return false }
    return (0..<count).allSatisfy { list[start + $0] == scratch[$0] }
  }

  private mutating func add(_ hash: UInt64, at place: Int, _ count: Int, _ inferences: Int) {
    let isKept = states.count + count <= mostKept
    known.append(
      Known(hash: hash, start: isKept ? states.count : -1, inferences: inferences))
    if isKept {
      states.append(contentsOf: UnsafeBufferPointer(start: scratch, count: count))
    }
    places[place] = Int32(truncatingIfNeeded: known.count)
    guard known.count * 2 > mask else { return }
    empty((mask + 1) * 2)
    for (number, state) in known.enumerated() {
      var place = Int(truncatingIfNeeded: state.hash) & mask
      while places[place] > 0 { place = (place + 1) & mask }
      places[place] = Int32(truncatingIfNeeded: number + 1)
    }
  }

  private mutating func empty(_ count: Int) {
    if places.count < count {
      places.append(contentsOf: repeatElement(0, count: count - places.count))
    }
    for place in 0..<count { places[place] = 0 }
    mask = count - 1
  }
}

// MARK: - States that were not kept

extension InferenceLog {
  private mutating func keepSuspect(_ state: Known, _ count: Int, _ inferences: Int) {
    (suspect, suspectEnd) = (state, inferences)
    suspectState.removeAll(keepingCapacity: true)
    suspectState.append(contentsOf: UnsafeBufferPointer(start: scratch, count: count))
  }

  /// Whether a suspected repetition has repeated once more, where now is the time to see.
  private mutating func confirm(_ state: Known, _ count: Int, _ inferences: Int) -> Sighting? {
    let (first, again) = (state.inferences, suspectEnd)
    let due = again + (again - first)
    guard inferences >= due else { return nil }
    suspect = nil
    guard inferences == due, isSame(suspectState, 0, count) else { return nil }
    return Sighting(first: again, again: due, known: -1, turns: count)
  }
}
