/// All genomes of a search in the order of their evaluation, each once, with their scores.
///
/// Genomes lie one behind another in one list; behind the last there is always room for one more,
/// which is made there and kept if it is new.
package struct GenomeArchive: Sendable {
  /// The number of genes of each genome.
  package let geneCount: Int
  /// The number of genomes.
  package private(set) var count = 0
  /// The scores of the first genomes; those behind are not evaluated yet.
  package internal(set) var scores: [Score] = []
  /// The genomes, and behind them the draft.
  var genes: [Allele]
  private var hashes: [UInt64] = []
  /// Open addressing: the number of a genome + 1 at the place of its hash or one of the next; else
  /// 0.
  private var slots: [UInt32]

  init(geneCount: Int) {
    self.geneCount = geneCount
    genes = Array(repeating: 0, count: geneCount)
    slots = Array(repeating: 0, count: 256)
  }
}

extension GenomeArchive {
  /// A genome.
  package subscript(index: Int) -> [Allele] { Array(genes[range(index)]) }

  /// The places of a genome in ``genes``; that of ``count`` is the draft.
  func range(_ index: Int) -> Range<Int> { index * geneCount..<(index + 1) * geneCount }

  /// Changes the draft.
  @inline(__always)
  mutating func withDraft<Result>(_ body: (inout MutableSpan<Allele>) -> Result) -> Result {
    let place = range(count)
    return genes.withUnsafeMutableBufferPointer { buffer in
      var span = UnsafeMutableBufferPointer(rebasing: buffer[place]).mutableSpan
      return body(&span)
    }
  }

  /// Changes the draft beside two genomes.
  @inline(__always)
  mutating func withDraft<Result>(
    _ one: Int, _ other: Int,
    _ body: (Span<Allele>, Span<Allele>, inout MutableSpan<Allele>) -> Result
  ) -> Result {
    let (first, second, place) = (range(one), range(other), range(count))
    return genes.withUnsafeMutableBufferPointer { buffer in
      var span = UnsafeMutableBufferPointer(rebasing: buffer[place]).mutableSpan
      return body(
        UnsafeBufferPointer(rebasing: buffer[first]).span,
        UnsafeBufferPointer(rebasing: buffer[second]).span, &span)
    }
  }

  /// Keeps the draft as a genome, unless it is one already.
  ///
  /// - Returns: The number of the genome, and whether it is new.
  mutating func keepDraft() -> (index: Int, isNew: Bool) {
    let hash = hash(count)
    if let index = find(hash) { return (index, false) }
    hashes.append(hash)
    count += 1
    if 2 * count > slots.count { grow() } else { place(count - 1) }
    genes.append(contentsOf: repeatElement(0, count: geneCount))
    return (count - 1, true)
  }

  /// Evaluates the genomes that have no score.
  mutating func evaluatePending(by evaluation: any BatchEvaluation) {
    let (done, geneCount) = (scores.count, geneCount)
    guard done < count else { return }
    scores.append(contentsOf: repeatElement(.unknown, count: count - done))
    genes.withUnsafeBufferPointer { genes in
      scores.withUnsafeMutableBufferPointer { scores in
        evaluation.evaluate(
          .init(rebasing: genes[(done * geneCount)...]), geneCount: geneCount,
          into: .init(rebasing: scores[done...]))
      }
    }
  }

  /// The number of the genome that equals the draft.
  private func find(_ hash: UInt64) -> Int? {
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot] != 0 {
      let index = Int(slots[slot]) - 1
      if hashes[index] == hash, equals(index, count) { return index }
      slot = (slot + 1) & mask
    }
    return nil
  }

  private func equals(_ one: Int, _ other: Int) -> Bool {
    let (first, second) = (range(one), range(other))
    return genes.withUnsafeBufferPointer { $0[first].elementsEqual($0[second]) }
  }

  /// Four genes at a time, multiplied and folded.
  private func hash(_ index: Int) -> UInt64 {
    let place = range(index)
    return genes.withUnsafeBufferPointer { buffer in
      var (hash, word): (UInt64, UInt64) = (0x9E37_79B9_7F4A_7C15, 0)
      for (gene, allele) in buffer[place].enumerated() {
        word = word << 16 | UInt64(allele)
        guard gene & 3 == 3 || gene == place.count - 1 else { continue }
        let product = (hash ^ word).multipliedFullWidth(by: 0xA076_1D64_78BD_642F)
        (hash, word) = ((product.high ^ product.low) &+ 0xE703_7ED1_A0B4_28DB, 0)
      }
      return hash ^ hash >> 32
    }
  }

  private mutating func place(_ index: Int) {
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: hashes[index]) & mask
    while slots[slot] != 0 { slot = (slot + 1) & mask }
    slots[slot] = UInt32(index + 1)
  }

  private mutating func grow() {
    slots = Array(repeating: 0, count: 4 * slots.count)
    for index in 0..<count { place(index) }
  }
}
