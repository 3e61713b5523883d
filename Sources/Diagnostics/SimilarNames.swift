extension String {
  /// The names that somebody may have meant who wrote this one, the likeliest first.
  ///
  /// A name is alike where it begins as this text does, or this text as it; where the text is a part of it; or
  /// where few letters differ, a third of them at most.
  ///
  /// - Complexity: O(*n* · *m*) for *n* names and words of *m* letters, squared.
  package func similar(in names: some Sequence<String>, atMost limit: Int = 3) -> [String] {
    let own = lowercased()
    guard own.count >= 2 else { return [] }
    var seen: Set<String> = []
    let ranked = names.enumerated().compactMap { place, name -> (Int, Int, String)? in
      guard seen.insert(name).inserted, let rank = own.distance(toAlike: name.lowercased()) else {
        return nil
      }
      return (rank, place, name)
    }
    return ranked.sorted { ($0.0, $0.1) < ($1.0, $1.1) }.prefix(limit).map(\.2)
  }

  /// How far another word is, both in small letters; nil where nobody would take one for the other.
  private func distance(toAlike other: String) -> Int? {
    if other == self { return 0 }
    let edits = edits(to: other)
    let most = max(1, min(count, other.count) / 3)
    let isPart = count >= 3 && other.contains(self) || other.count >= 3 && hasPrefix(other)
    guard edits <= most || isPart else { return nil }
    return edits <= most ? edits : 100 + edits
  }

  /// The fewest letters to insert, delete, replace or swap with their neighbour, each once.
  ///
  /// Source: the optimal string alignment distance (Boytsov 2011, "Indexing methods for approximate
  /// dictionary searching", section 2.1, doi:10.1145/1963190.1963191).
  private func edits(to other: String) -> Int {
    let (own, other) = (Array(self), Array(other))
    guard !own.isEmpty, !other.isEmpty else { return max(own.count, other.count) }
    var (before, last) = ([Int](), Array(0...other.count))
    for row in 1...own.count {
      var line = [row]
      for column in 1...other.count {
        let isSame = own[row - 1] == other[column - 1]
        var least = Swift.min(
          line[column - 1] + 1, last[column] + 1, last[column - 1] + (isSame ? 0 : 1))
        if row > 1, column > 1, own[row - 1] == other[column - 2],
          own[row - 2] == other[column - 1]
        {
          least = Swift.min(least, before[column - 2] + 1)
        }
        line.append(least)
      }
      (before, last) = (last, line)
    }
    return last[other.count]
  }
}

extension [String] {
  /// The names as a question behind an error, `; did you mean a or b?`; empty without any.
  package var asQuestion: String {
    guard let last else { return "" }
    let rest = dropLast().joined(separator: ", ")
    return "; did you mean \(rest.isEmpty ? last : "\(rest) or \(last)")?"
  }
}
