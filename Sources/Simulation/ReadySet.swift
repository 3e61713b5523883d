/// For each element the blocks that could start, as bits at the places of their priorities, with a bit above
/// for every word that is not 0.
struct ReadySet {
  private let arena = Arena()
  private let words: UnsafeMutablePointer<UInt64>
  private let summaries: UnsafeMutablePointer<UInt64>
  private let wordCount: Int
  private let summaryCount: Int
  private let elementCount: Int

  init(blocks: Int, elements: Int) {
    wordCount = max(1, (blocks + 63) / 64)
    summaryCount = (wordCount + 63) / 64
    elementCount = elements
    words = arena.make(wordCount * elements, of: 0)
    summaries = arena.make(summaryCount * elements, of: 0)
  }

  func clear() {
    words.update(repeating: 0, count: wordCount * elementCount)
    summaries.update(repeating: 0, count: summaryCount * elementCount)
  }

  @inline(__always)
  func insert(_ place: Int, _ element: Int) {
    let word = place >> 6
    words[element * wordCount + word] |= 1 << UInt64(place & 63)
    summaries[element * summaryCount + word >> 6] |= 1 << UInt64(word & 63)
  }

  @inline(__always)
  func remove(_ place: Int, _ element: Int) {
    let word = place >> 6
    let index = element * wordCount + word
    words[index] &= ~(1 << UInt64(place & 63))
    if words[index] == 0 {
      summaries[element * summaryCount + word >> 6] &= ~(1 << UInt64(word & 63))
    }
  }

  /// The highest place of an element, -1 for none.
  @inline(__always)
  func highest(_ element: Int) -> Int {
    var summary = summaryCount - 1
    while summary >= 0 {
      let bits = summaries[element * summaryCount + summary]
      if bits != 0 {
        let word = summary << 6 + (63 - bits.leadingZeroBitCount)
        let places = words[element * wordCount + word]
        return word << 6 + (63 - places.leadingZeroBitCount)
      }
      summary -= 1
    }
    return -1
  }
}
