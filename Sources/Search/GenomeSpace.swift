/// The genes of a search, the choices of each, and which choices are interchangeable.
///
/// Choices carry labels: the same label in two genes means the same thing, such as one element.
/// Labels of a class are interchangeable: exchanging two of them in a whole genome changes no
/// objective, as with elements of one type. The canonical genome of those that can be exchanged
/// into one another uses the labels of each class in order of first appearance: a restricted growth
/// string within each class.
///
/// A class, because it never changes and is handed over for every genome.
package final class GenomeSpace: Sendable {
  /// The number of choices of each gene.
  package let choices: [Int]
  /// For each gene the place of its first choice in ``labels``, and at last the number of choices.
  let starts: [Int]
  /// The labels of the choices, gene after gene, counted from 0.
  let labels: [UInt16]
  /// For each gene and label the allele, ``missing`` where the gene has no such choice.
  let alleles: [Allele]
  /// For each label its class, ``missing`` for none, and its place within the class.
  let classes: [UInt16]
  let ranks: [UInt16]
  /// The labels of each class in the order in which canonical genomes use them.
  let members: [[UInt16]]
  /// The labels as the maker of the space calls them.
  private let names: [Int]

  static let missing = UInt16.max
  /// The most choices, labels and genes × labels that are taken.
  static let choiceLimit = 1 << 15
  static let tableLimit = 1 << 27

  /// A space in which nothing is interchangeable and no two genes have to do with each other.
  ///
  /// - Throws: ``SearchError/space(_:)`` for a gene without choices or far too many.
  package convenience init(choices: [Int]) throws(SearchError) {
    for (gene, count) in choices.enumerated() where !(1...Self.choiceLimit).contains(count) {
      throw .space("gene \(gene) has \(count) choices; from 1 to \(Self.choiceLimit) are expected")
    }
    try self.init(domains: choices.map { Array(0..<$0) }, interchangeable: [])
  }

  /// A space of genes whose choices have labels.
  ///
  /// - Parameters:
  ///   - domains: For each gene the labels of its choices; the place in the list is the allele.
  ///   - interchangeable: Classes of labels. Every gene has all labels of a class or none.
  /// - Throws: ``SearchError/space(_:)`` where that does not hold.
  package init(domains: [[Int]], interchangeable: [[Int]]) throws(SearchError) {
    let names = Set(domains.joined()).sorted()
    guard names.count <= Self.choiceLimit, names.count * domains.count <= Self.tableLimit else {
      throw .space("\(domains.count) genes with \(names.count) different labels are too many")
    }
    let places = Dictionary(uniqueKeysWithValues: zip(names, 0...))
    var (starts, labels) = ([0], [UInt16]())
    var alleles = [Allele](repeating: Self.missing, count: names.count * domains.count)
    for (gene, domain) in domains.enumerated() {
      for (allele, label) in domain.enumerated() {
        let slot = gene * names.count + (places[label] ?? 0)
        guard alleles[slot] == Self.missing else {
          throw .space("gene \(gene) has the label \(label) twice")
        }
        alleles[slot] = Allele(allele)
        labels.append(UInt16(places[label] ?? 0))
      }
      guard !domain.isEmpty else { throw .space("gene \(gene) has no choices") }
      starts.append(labels.count)
    }
    var classes = [UInt16](repeating: Self.missing, count: names.count)
    var (ranks, members) = (classes, [[UInt16]]())
    for labels in interchangeable where labels.count > 1 {
      let known = labels.compactMap { places[$0] }
      guard !known.isEmpty else { continue }
      for (rank, label) in known.enumerated() {
        guard classes[label] == Self.missing else {
          throw .space("label \(names[label]) is in two classes")
        }
        (classes[label], ranks[label]) = (UInt16(members.count), UInt16(rank))
      }
      members.append(known.map { UInt16($0) })
      for gene in domains.indices {
        let found = known.count { alleles[gene * names.count + $0] != Self.missing }
        guard found == 0 || found == labels.count else {
          throw .space("gene \(gene) has \(found) of \(labels.count) interchangeable labels")
        }
      }
    }
    (choices, self.starts, self.labels) = (domains.map(\.count), starts, labels)
    (self.alleles, self.classes, self.ranks) = (alleles, classes, ranks)
    (self.members, self.names) = (members, names)
  }
}

extension GenomeSpace {
  /// The number of genes.
  package var geneCount: Int { choices.count }

  /// The label of a choice, as it was given to `init`.
  package func label(gene: Int, allele: Allele) -> Int {
    names[Int(labels[starts[gene] + Int(allele)])]
  }

  /// The allele of a gene that has a label, nil where it has no such choice.
  package func allele(gene: Int, label: Int) -> Allele? {
    guard let place = names.firstIndex(of: label) else { return nil }
    let allele = alleles[gene * names.count + place]
    return allele == Self.missing ? nil : allele
  }

  /// Whether a list of alleles is a genome of this space.
  package func contains(_ genome: [Allele]) -> Bool {
    genome.count == geneCount && zip(genome, choices).allSatisfy { Int($0) < $1 }
  }

  /// Uses the labels of each class in order of their first appearance.
  ///
  /// - Complexity: O(genes + labels), nothing where no labels are interchangeable.
  package func canonicalize(_ genome: inout MutableSpan<Allele>) {
    guard !members.isEmpty else { return }
    withUnsafeTemporaryAllocation(of: UInt16.self, capacity: names.count + members.count) {
      memory in
      memory.initialize(repeating: Self.missing)
      for index in members.indices { memory[names.count + index] = 0 }
      for gene in genome.indices {
        let label = Int(labels[starts[gene] + Int(genome[gene])])
        let group = Int(classes[label])
        guard group != Int(Self.missing) else { continue }
        if memory[label] == Self.missing {
          let used = names.count + group
          memory[label] = members[group][Int(memory[used])]
          memory[used] += 1
        }
        genome[gene] = alleles[gene * names.count + Int(memory[label])]
      }
    }
  }

  /// For each label the genome that has it in every gene that can, and the first choice elsewhere.
  package func uniformGenomes(limit: Int) -> [[Allele]] {
    names.indices.prefix(max(0, limit)).map { label in
      choices.indices.map { gene in
        let allele = alleles[gene * names.count + label]
        return allele == Self.missing ? 0 : allele
      }
    }
  }

  /// The allele with which one gene has the label that another one has, nil where it has no such
  /// choice.
  package func allele(of gene: Int, like other: Int, with allele: Allele) -> Allele? {
    let same = alleles[gene * names.count + Int(labels[starts[other] + Int(allele)])]
    return same == Self.missing ? nil : same
  }
}
