import Foundation

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
  func range(_ index: Int) -> Range<Int> { places(index..<index + 1) }

  /// The places of several genomes in ``genes``.
  func places(_ genomes: Range<Int>) -> Range<Int> {
    genomes.lowerBound * geneCount..<genomes.upperBound * geneCount
  }

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
    if 2 * count > slots.count { fillSlots(4 * slots.count) } else { place(count - 1) }
    genes.append(contentsOf: repeatElement(0, count: geneCount))
    return (count - 1, true)
  }

  /// The genomes that have no score.
  var pending: Range<Int> { scores.count..<count }

  /// Removes the genomes that have no score.
  mutating func removePending() {
    guard !pending.isEmpty else { return }
    genes.removeLast(pending.count * geneCount)
    hashes.removeLast(pending.count)
    count = scores.count
    fillSlots(slots.count)
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
    return genes.withUnsafeBufferPointer { genes in
      guard let start = genes.baseAddress else { return true }
      return memcmp(
        start + first.lowerBound, start + second.lowerBound,
        geneCount * MemoryLayout<Allele>.stride) == 0
    }
  }

  /// Four genes at a time, multiplied and folded as in wyhash (Wang 2019), with two of its constants.
  private func hash(_ index: Int) -> UInt64 {
    let places = range(index)
    return genes.withUnsafeBytes { bytes in
      var hash: UInt64 = 0x9E37_79B9_7F4A_7C15
      func fold(_ word: UInt64) {
        let product = (hash ^ word).multipliedFullWidth(by: 0xA076_1D64_78BD_642F)
        hash = (product.high ^ product.low) &+ 0xE703_7ED1_A0B4_28DB
      }
      let size = MemoryLayout<Allele>.stride
      for gene in stride(from: places.lowerBound, to: places.upperBound - 3, by: 4) {
        fold(bytes.loadUnaligned(fromByteOffset: gene * size, as: UInt64.self))
      }
      for gene in places.suffix(geneCount & 3) {
        fold(UInt64(bytes.load(fromByteOffset: gene * size, as: Allele.self)))
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

  private mutating func fillSlots(_ size: Int) {
    slots = Array(repeating: 0, count: size)
    for index in 0..<count { place(index) }
  }
}
