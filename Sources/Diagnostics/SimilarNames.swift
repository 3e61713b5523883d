extension String {
  /// The names that may have been meant by this one, the likeliest first.
  ///
  /// A name is alike where it begins as this text does, or this text as it; where the text is a part of it;
  /// where few letters differ, a third of them at most; or where as few differ from what the name begins with,
  /// numbers at the end left out, as of `densnet` and `densenet121`.
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
    let sorted = ranked.sorted { ($0.0, $0.1) < ($1.0, $1.1) }
    let isNear = sorted.first.map { $0.0 < Self.ofFamily } ?? false
    return sorted.filter { !isNear || $0.0 < Self.ofFamily }.prefix(limit).map(\.2)
  }

  /// How far another word is, both in small letters; nil where the two are too different.
  private func distance(toAlike other: String) -> Int? {
    if other == self { return 0 }
    let edits = self.edits(to: other).last ?? 0
    let most = Swift.max(1, Swift.min(count, other.count) / 3)
    let isPart = count >= 3 && other.contains(self) || other.count >= 3 && hasPrefix(other)
    if edits <= most { return edits }
    if isPart { return 100 + edits }
    return familyEdits(to: other).map { Self.ofFamily + $0 }
  }

  /// The distance of names that only begin alike; they are asked about where nothing is nearer.
  private static let ofFamily = 200

  /// How many letters differ between this word without the number at its end and the beginning of another.
  private func familyEdits(to other: String) -> Int? {
    let family = String(self[...(lastIndex { !$0.isNumber } ?? startIndex)])
    guard family.count >= 4, family.first == other.first,
      let fewest = family.edits(to: other).min(), fewest <= family.count / 3
    else { return nil }
    return fewest
  }

  /// For each beginning of another word, the shortest first, the fewest letters to insert, delete, replace or
  /// swap with their neighbor, each once.
  ///
  /// Source: the optimal string alignment distance (Boytsov 2011, "Indexing methods for approximate
  /// dictionary searching", section 2.1, doi:10.1145/1963190.1963191).
  private func edits(to other: String) -> [Int] {
    let (own, other) = (Array(self), Array(other))
    guard !own.isEmpty else { return Array(0...other.count) }
    guard !other.isEmpty else { return [own.count] }
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
    return last
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
