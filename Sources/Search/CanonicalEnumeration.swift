/// The canonical genomes of a space one after another, the last gene changing fastest.
///
/// Walks restricted growth strings (Knuth, The Art of Computer Programming 4A, section 7.2.1.5)
/// with a class of labels in place of one alphabet; genomes that are not canonical are never proposed.
///
/// ## Symbols
/// | paper | here |
/// |---|---|
/// | *a_j* | `genome`, as the rank of its label within the class |
/// | *b_j*, one more than the greatest *a* before | `used` |
struct CanonicalEnumeration {
  private let space: GenomeSpace
  /// The next genome.
  private(set) var genome: [Allele]
  /// Before each gene, how many labels of each class have appeared.
  private var used: [UInt16]
  private(set) var isAtEnd = false

  init(_ space: GenomeSpace) {
    self.space = space
    genome = Array(repeating: 0, count: space.geneCount)
    used = Array(repeating: 0, count: (space.geneCount + 1) * space.members.count)
    complete(from: 0)
  }

  /// Advances to the next genome.
  mutating func advance() {
    for gene in genome.indices.reversed() {
      guard let next = allele(of: gene, from: Int(genome[gene]) + 1) else { continue }
      set(gene, next)
      complete(from: gene + 1)
      return
    }
    isAtEnd = true
  }

  /// Gives genes their first choices.
  private mutating func complete(from gene: Int) {
    for gene in gene..<space.geneCount { set(gene, allele(of: gene, from: 0) ?? 0) }
  }

  /// The first choice from a place on that may come next: a label that has appeared, the first of
  /// its class that has not, or one that has no class.
  private func allele(of gene: Int, from first: Int) -> Allele? {
    var allele = first
    while allele < space.choices[gene] {
      let label = Int(space.labels[space.starts[gene] + allele])
      let group = Int(space.classes[label])
      if group == Int(GenomeSpace.missing)
        || space.ranks[label] <= used[gene * space.members.count + group]
      {
        return Allele(allele)
      }
      allele += 1
    }
    return nil
  }

  private mutating func set(_ gene: Int, _ allele: Allele) {
    genome[gene] = allele
    let count = space.members.count
    guard count > 0 else { return }
    for group in 0..<count { used[(gene + 1) * count + group] = used[gene * count + group] }
    let label = Int(space.labels[space.starts[gene] + Int(allele)])
    let group = Int(space.classes[label])
    guard group != Int(GenomeSpace.missing) else { return }
    if space.ranks[label] == used[gene * count + group] { used[(gene + 1) * count + group] += 1 }
  }
}
