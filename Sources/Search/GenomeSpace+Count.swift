import Foundation

/// How many genomes a space has.
extension GenomeSpace {
  /// The number of genomes that differ, interchangeable labels told apart.
  package var genomeCount: Double { choices.reduce(1) { $0 * Double($1) } }

  /// The order of magnitude of a number that canonical genomes are not fewer than, as a power of
  /// ten.
  package var leastMagnitude: Int {
    let all = choices.reduce(0) { $0 + log10(Double($1)) }
    let orders = members.reduce(0) { $0 + lgamma(Double($1.count + 1)) / log(10) }
    return Int(max(0, all - orders))
  }

  /// The number of canonical genomes; nil where it cannot be counted, which takes more than 2¹²⁷
  /// genomes or a great many classes.
  ///
  /// Counts the ways to continue gene by gene; all that matters of the genes before is how many
  /// labels of each class have appeared.
  package var canonicalCount: Int128? {
    var ways: [[UInt16]: Int128] = [[UInt16](repeating: 0, count: members.count): 1]
    for gene in choices.indices where choices[gene] > 1 {
      var next: [[UInt16]: Int128] = [:]
      let own = starts[gene]..<starts[gene + 1]
      let groups = Set(own.map { classes[Int(labels[$0])] }).subtracting([Self.missing]).sorted()
      let single = Int128(own.count { classes[Int(labels[$0])] == Self.missing })
      for (used, count) in ways {
        let known = groups.reduce(single) { $0 + Int128(used[Int($1)]) }
        if known > 0, !next.add(count, times: known, to: used) { return nil }
        for group in groups.map(Int.init) where Int(used[group]) < members[group].count {
          var more = used
          more[group] += 1
          if !next.add(count, times: 1, to: more) { return nil }
        }
      }
      ways = next
      if ways.count > Self.stateLimit { return nil }
    }
    return ways.values.reduce(Int128?(0)) { sum, count in
      sum.flatMap { $0.addingReportingOverflow(count).overflow ? nil : $0 + count }
    }
  }

  private static var stateLimit: Int { 20_000 }
}

extension [[UInt16]: Int128] {
  /// Whether the sum could be made.
  fileprivate mutating func add(_ count: Int128, times factor: Int128, to key: Key) -> Bool {
    let (product, isTooLarge) = count.multipliedReportingOverflow(by: factor)
    let (sum, isTooMuch) = self[key, default: 0].addingReportingOverflow(product)
    self[key] = sum
    return !isTooLarge && !isTooMuch
  }
}
