package import ONNXFormat

/// Regions of constants cut into pieces, so that two regions have a piece in common or nothing of it.
package struct RegionPieces {
  /// The number of values in each piece.
  package private(set) var counts: [Int] = []
  private var lists: [TensorRegion: [Int]] = [:]

  /// What regions are boxes of.
  private struct Constant: Hashable {
    var identity: TensorIdentity
    var rank: Int
  }

  /// - Complexity: for each constant O(cells), as many as the borders of its regions cut it into, times
  ///   the regions that a cell lies in.
  package init(_ regions: some Sequence<TensorRegion>) {
    var places: [Constant: Int] = [:]
    var groups: [[TensorRegion]] = []
    for region in regions where lists.updateValue([], forKey: region) == nil {
      let constant = Constant(identity: region.identity, rank: region.box.count)
      let place = places[constant] ?? groups.count
      places[constant] = place
      if place == groups.count { groups.append([region]) } else { groups[place].append(region) }
    }
    for group in groups {
      if group.count == 1 { add(group[0].count, to: group) } else { cut(group) }
    }
  }

  /// The numbers of the pieces that make up a region.
  package subscript(_ region: TensorRegion) -> [Int] { lists[region] ?? [] }

  private mutating func add(_ count: Int, to regions: [TensorRegion]) {
    guard count > 0 else { return }
    for region in regions { lists[region]?.append(counts.count) }
    counts.append(count)
  }

  /// Cuts the regions of one constant: what lies in the same of them is one piece.
  private mutating func cut(_ regions: [TensorRegion]) {
    let borders = regions[0].box.indices.map { axis in
      Set(regions.flatMap { [$0.box[axis].lowerBound, $0.box[axis].upperBound] }).sorted()
    }
    let places = borders.map { Dictionary(uniqueKeysWithValues: zip($0, $0.indices)) }
    var owners: [[Int]: [Int]] = [:]
    for (number, region) in regions.enumerated() {
      for cell in Self.cells(of: region.box, places) { owners[cell, default: []].append(number) }
    }
    var sizes: [[Int]: Int] = [:]
    for (cell, owner) in owners {
      sizes[owner, default: 0] += zip(cell, borders).reduce(1) { size, place in
        size * (place.1[place.0 + 1] - place.1[place.0])
      }
    }
    for (owner, size) in sizes.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
      add(size, to: owner.map { regions[$0] })
    }
  }

  /// The cells between borders that a box consists of, each by its place along every axis.
  ///
  /// - Parameter places: For each axis the place of each border.
  private static func cells(of box: [Range<Int>], _ places: [[Int: Int]]) -> [[Int]] {
    zip(box, places).reduce([[]]) { cells, axis in
      guard let first = axis.1[axis.0.lowerBound], let end = axis.1[axis.0.upperBound] else {
        return []
      }
      return cells.flatMap { cell in (first..<end).map { cell + [$0] } }
    }
  }
}

extension RegionPieces {
  /// The pieces of a region with what each takes of so many bytes: together all of them.
  package func shares(of region: TensorRegion, bytes: Int) -> [(piece: Int, bytes: Int)] {
    let count = Int128(max(1, region.count))
    var (done, given) = (Int128(0), 0)
    return self[region].map { piece in
      done += Int128(counts[piece])
      let before = given
      given = Int(Int128(bytes) * done / count)
      return (piece, given - before)
    }
  }

  /// The bytes that regions take where they lie together: a piece of several once, as the widest of them
  /// has it.
  package static func bytes(_ parts: [(region: TensorRegion, bytes: Int)]) -> Int {
    guard Set(parts.map(\.region.identity)).count < parts.count else {
      return parts.reduce(0) { $0 + $1.bytes }
    }
    let pieces = RegionPieces(parts.map(\.region))
    var widest = [Int](repeating: 0, count: pieces.counts.count)
    for part in parts {
      for (piece, bytes) in pieces.shares(of: part.region, bytes: part.bytes) {
        widest[piece] = max(widest[piece], bytes)
      }
    }
    return widest.reduce(0, +)
  }
}
