/// Sets of integers that are united step by step, each called by its least member.
///
/// Source: Galler and Fischer 1964, "An improved equivalence algorithm", Communications of the ACM 7(5),
/// with paths halved while they are followed, as Tarjan and van Leeuwen 1984, "Worst-case analysis of set
/// union algorithms", Journal of the ACM 31(2). We differ in making the lesser root the root of a union.
package struct DisjointSets {
  private var parents: [Int]

  /// Each integer from 0 on in a set of its own.
  package init(count: Int) { parents = Array(0..<count) }

  /// The least member of the set that an integer is in.
  package mutating func least(with member: Int) -> Int {
    var member = member
    while parents[member] != member {
      parents[member] = parents[parents[member]]
      member = parents[member]
    }
    return member
  }

  /// Makes two sets one.
  package mutating func unite(_ one: Int, _ other: Int) {
    let (first, second) = (least(with: one), least(with: other))
    parents[max(first, second)] = min(first, second)
  }

  /// For each integer the least member of its set.
  package mutating func leastMembers() -> [Int] { parents.indices.map { least(with: $0) } }
}
