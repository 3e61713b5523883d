/// The state of a search after each generation, from which it can be resumed.
///
/// A log of bytes that only grows: a beginning that says which search it is, then a record for each
/// generation with its row, its new genomes and scores, and the state of the method. Each part has
/// its length and a checksum: a last record that was being written is dropped, other damage is an
/// error.
package struct SearchCheckpoint: Sendable {
  /// Which search it is of.
  let identity: Identity
  /// The complete records.
  let records: [Record]
  /// How many bytes are complete; what follows is to be cut off before appending.
  package let completeBytes: Int

  /// Whatever makes two searches differ, by name.
  struct Identity: Hashable, Sendable {
    var fields: [String]
  }

  /// A generation.
  struct Record: Sendable {
    var row: LogbookRow
    var state: [UInt8]
    /// The new genomes, and the scores of those that had none.
    var evaluations: ArraySlice<UInt8> = []
  }

  static let magic = Array("Outrigger search 2\n".utf8)
}

// MARK: - Reading

extension SearchCheckpoint {
  /// Reads the files of a search.
  ///
  /// - Throws: ``SearchError/damagedCheckpoint(_:)``.
  package init(_ bytes: [UInt8]) throws(SearchError) {
    guard bytes.starts(with: Self.magic) else {
      if bytes.starts(with: Self.magic.dropLast(2)) {
        throw .foreignCheckpoint("another version of Outrigger wrote it")
      }
      throw .damagedCheckpoint("it does not begin as the checkpoint of a search does")
    }
    var parts = Parts(bytes: bytes, position: Self.magic.count)
    guard let beginning = try parts.next() else {
      throw .damagedCheckpoint("it ends before the first record")
    }
    identity = try Identity(beginning)
    var records: [Record] = []
    while let part = try parts.next() {
      let record = try Record(part)
      guard record.row.generation == records.count else {
        throw .damagedCheckpoint(
          "record \(records.count) is of generation \(record.row.generation)")
      }
      records.append(record)
    }
    self.records = records
    completeBytes = parts.position
  }

  /// Walks over parts.
  private struct Parts {
    let bytes: [UInt8]
    var position: Int
    private var number = 0

    init(bytes: [UInt8], position: Int) { (self.bytes, self.position) = (bytes, position) }

    /// The next part; nil at the end or where the last part is not complete.
    mutating func next() throws(SearchError) -> ArraySlice<UInt8>? {
      let rest = bytes[position...]
      // A file system may leave zeros where a write had just begun.
      if rest.allSatisfy({ $0 == 0 }) || rest.count < 8 { return nil }
      var reader = ByteReader(rest)
      let (length, check) = (try reader.integer(UInt32.self), try reader.integer(UInt32.self))
      guard check == ~length else { throw damage }
      guard reader.remaining >= Int(length) + 8 else { return nil }
      let payload = try reader.take(Int(length))
      guard try reader.integer(UInt64.self) == payload.checksum else {
        if reader.remaining == 0 { return nil }
        throw damage
      }
      position = reader.position
      number += 1
      return payload
    }

    private var damage: SearchError {
      .damagedCheckpoint(
        (number == 0 ? "its beginning" : "record \(number - 1)")
          + ", \(position) bytes from the start, "
          + "is not as it was written")
    }
  }

  /// Checks that the checkpoint is of a search.
  func check(_ expected: Identity) throws(SearchError) {
    for (own, other) in zip(identity.fields, expected.fields) where own != other {
      throw .foreignCheckpoint("it is of \(own), not of \(other)")
    }
    guard identity.fields.count == expected.fields.count else {
      throw .foreignCheckpoint("it describes another kind of search")
    }
  }

  /// Puts the genomes and scores of all records into an empty archive.
  func restore(
    _ archive: inout GenomeArchive, _ space: GenomeSpace, objectiveCount: Int
  ) throws(SearchError) {
    let size = space.bytesPerAllele * space.geneCount
    for record in records {
      var reader = ByteReader(record.evaluations)
      for _ in 0..<(try reader.count(of: size)) {
        let genes = try reader.take(size)
        guard archive.setDraft(genes, space) else {
          throw .damagedCheckpoint("genome \(archive.count) has an allele that there is not")
        }
        guard archive.keepDraft().isNew else {
          throw .damagedCheckpoint("genome \(archive.count) was there before")
        }
      }
      for _ in 0..<(try reader.count(of: 8 + 8 * objectiveCount)) {
        var score = Score(ObjectiveVector(0), violation: try reader.double())
        for objective in 0..<objectiveCount { score.objectives[objective] = try reader.double() }
        archive.scores.append(score.checked)
      }
      guard archive.scores.count == record.row.evaluations, archive.scores.count <= archive.count
      else {
        throw .damagedCheckpoint(
          "generation \(record.row.generation) counts \(record.row.evaluations) evaluations, "
            + "there are \(archive.scores.count) of \(archive.count) genomes")
      }
    }
  }
}

extension GenomeArchive {
  /// Unpacks bytes into the draft.
  ///
  /// - Returns: Whether all alleles are choices.
  fileprivate mutating func setDraft(_ bytes: ArraySlice<UInt8>, _ space: GenomeSpace) -> Bool {
    let size = space.bytesPerAllele
    return withDraft { draft in
      var (place, areChoices) = (bytes.startIndex, true)
      for gene in draft.indices {
        var allele = Allele(bytes[place])
        if size == 2 { allele |= Allele(bytes[place + 1]) << 8 }
        place += size
        draft[gene] = allele
        areChoices = areChoices && Int(allele) < space.choices[gene]
      }
      return areChoices
    }
  }
}

extension GenomeSpace {
  /// The bytes of an allele in a checkpoint.
  var bytesPerAllele: Int { (choices.max() ?? 0) <= 256 ? 1 : 2 }
}
