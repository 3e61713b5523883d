/// Lists of numbers in which `n*v` stands for *n* times *v*, as in SDF3 files.
enum RateList {
  /// The most entries that the lists of a file may have in all.
  static let limit = 4_000_000

  static func text(_ values: some Collection<Int64>) -> String {
    var items: [String] = []
    var run: (value: Int64, count: Int)?
    func end() {
      guard let run else { return }
      items.append(run.count > 1 ? "\(run.count)*\(run.value)" : "\(run.value)")
    }
    for value in values {
      if run?.value == value {
        run?.count += 1
      } else {
        end()
        run = (value, 1)
      }
    }
    end()
    return items.joined(separator: ",")
  }

  /// The values; nil for a text that is no list, or one beyond a number of entries.
  static func values(_ text: String, atMost limit: Int) -> [Int64]? {
    var values: [Int64] = []
    for item in text.split(separator: ",", omittingEmptySubsequences: false) {
      let factors = item.split(separator: "*", omittingEmptySubsequences: false).map { Int64($0) }
      guard factors.count <= 2, let value = factors.last ?? nil, let first = factors[0] else {
        return nil
      }
      let count = factors.count == 2 ? first : 1
      guard count > 0, count <= Int64(limit - values.count) else { return nil }
      values += repeatElement(value, count: Int(count))
    }
    return values
  }
}
