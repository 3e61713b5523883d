import Testing

@testable import Search

@Suite struct GenomeSpaceTests {
  static let elements = [[1], [4], [2, 1], [2, 2], [3, 1, 2], [1, 1, 1]]

  private func canonical(_ genome: [Allele], _ space: GenomeSpace) -> [Allele] {
    var genome = genome
    var span = genome.mutableSpan
    space.canonicalize(&span)
    return genome
  }

  @Test(arguments: elements, 0..<4)
  func `symmetric genomes, and only these, have one canonical form`(
    elements: [Int], seed: UInt64
  ) throws {
    let problem = try ToyProblem(tasks: 4, elements: elements, seed: seed)
    let groups = Dictionary(grouping: problem.allGenomes, by: problem.partition)
    for group in groups.values {
      let forms = Set(group.map { canonical($0, problem.space) })
      #expect(forms.count == 1)
      #expect(forms.allSatisfy { group.contains($0) && canonical($0, problem.space) == $0 })
    }
    #expect(problem.space.canonicalCount == Int128(groups.count))
    #expect(problem.space.genomeCount == Double(problem.allGenomes.count))
  }

  @Test(arguments: elements, 0..<4)
  func `the enumeration gives each canonical genome once and in order`(
    elements: [Int], seed: UInt64
  ) throws {
    let problem = try ToyProblem(tasks: 5, elements: elements, seed: seed)
    var (found, enumeration) = ([[Allele]](), CanonicalEnumeration(problem.space))
    while !enumeration.isAtEnd {
      found.append(enumeration.genome)
      enumeration.advance()
    }
    #expect(found == problem.allGenomes.filter { canonical($0, problem.space) == $0 })
  }

  /// Sums of Stirling numbers of the second kind: ways to part n tasks over k elements of one type.
  @Test(arguments: [(7, 4, 715), (10, 10, 115_975), (23, 2, 4_194_304), (1, 5, 1)])
  func `identical elements are counted as set partitions`(tasks: Int, count: Int, ways: Int) throws
  {
    let space = try ToyProblem(tasks: tasks, elements: [count]).space
    #expect(space.canonicalCount == Int128(ways))
  }

  @Test func `a space that is too large to count says so`() throws {
    let plain = try GenomeSpace(choices: Array(repeating: 4, count: 100))
    #expect(plain.canonicalCount == nil)
    #expect(plain.leastMagnitude == 60)
    let symmetric = try ToyProblem(tasks: 2000, elements: [16, 16]).space
    #expect(symmetric.canonicalCount == nil)
    #expect(try GenomeSpace(choices: Array(repeating: 1, count: 2000)).canonicalCount == 1)
    #expect(try GenomeSpace(choices: Array(repeating: 2, count: 126)).canonicalCount == 1 << 126)
  }

  @Test func `spaces that contradict themselves are refused`() {
    let wrong: [(domains: [[Int]], classes: [[Int]])] = [
      ([[]], []), ([[1, 2, 1]], []), ([[0, 1], [0]], [[0, 1]]), ([[0, 1, 2]], [[0, 1], [1, 2]]),
      ([[0, 1]], [[0, 0]]), ([Array(0..<40_000)], []),
    ]
    for (domains, classes) in wrong {
      #expect(throws: SearchError.self) {
        try GenomeSpace(domains: domains, interchangeable: classes)
      }
    }
    #expect(throws: SearchError.self) { try GenomeSpace(choices: [2, 0]) }
    #expect(throws: SearchError.self) { try GenomeSpace(choices: [1 << 20]) }
  }

  @Test func `labels lead to alleles and back`() throws {
    let space = try GenomeSpace(domains: [[7, 3, 100], [100, 7]], interchangeable: [])
    #expect(space.label(gene: 0, allele: 2) == 100)
    #expect(space.allele(gene: 1, label: 100) == 0)
    #expect(space.allele(gene: 1, label: 3) == nil)
    #expect(space.allele(gene: 0, label: 4) == nil)
    #expect(space.allele(of: 1, like: 0, with: 0) == 1)
    #expect(space.allele(of: 1, like: 0, with: 1) == nil)
    #expect(space.uniformGenomes(limit: 9) == [[1, 0], [0, 1], [2, 0]])
    #expect(space.contains([2, 1]) && !space.contains([2, 2]) && !space.contains([0]))
  }
}
