extension SearchCheckpoint.Identity {
  /// What makes a search differ from others: all that its result depends on but how long it runs.
  init(
    _ problem: some SearchProblem, _ configuration: SearchConfiguration, method: String,
    settings: [String]
  ) {
    fields =
      ["method \(method)"] + configuration.identity + ["seed \(configuration.seed)"]
      + ["objectives \(problem.objectives.joined(separator: ", "))"]
      + ["\(problem.space.geneCount) genes", "a space with checksum \(problem.space.checksum)"]
      + [configuration.reference.map { "reference \($0.values(count: 4))" } ?? "no reference"]
      + settings
    fields = fields.map { $0.replacing("\n", with: " ") }
  }

  init(_ bytes: ArraySlice<UInt8>) throws(SearchError) {
    fields = String(decoding: bytes, as: UTF8.self).split(
      separator: "\n", omittingEmptySubsequences: false
    ).map(String.init)
  }

  /// The beginning of a checkpoint.
  var encoded: [UInt8] {
    SearchCheckpoint.magic + SearchCheckpoint.part(Array(fields.joined(separator: "\n").utf8))
  }
}

extension SearchCheckpoint {
  /// A part with its length and its checksum.
  fileprivate static func part(_ payload: [UInt8]) -> [UInt8] {
    var writer = ByteWriter()
    let length = UInt32(truncatingIfNeeded: payload.count)
    writer.append(length)
    writer.append(~length)
    return writer.bytes + payload + payload.checksum.littleEndianBytes
  }
}

extension SearchCheckpoint.Record {
  init(_ bytes: ArraySlice<UInt8>) throws(SearchError) {
    var reader = ByteReader(bytes)
    let count = Int(try reader.integer(UInt8.self))
    guard count <= ObjectiveVector.limit else {
      throw .damagedCheckpoint("a record has \(count) objectives")
    }
    row = LogbookRow(
      generation: Int(try reader.integer(UInt32.self)),
      evaluations: Int(try reader.integer(UInt32.self)),
      cacheHits: Int(try reader.integer(UInt32.self)),
      minimum: try reader.vector(count: count), mean: try reader.vector(count: count),
      frontSize: Int(try reader.integer(UInt32.self)),
      hypervolume: try reader.vector(count: 1)?[0], seconds: try reader.double())
    state = Array(try reader.list())
    evaluations = try reader.take(reader.remaining)
  }

  /// The record of a generation with the genomes and the scores of an archive that earlier records
  /// do not hold.
  func encoded(
    _ archive: GenomeArchive, from recorded: (genomes: Int, scores: Int), _ space: GenomeSpace,
    objectiveCount: Int
  ) -> [UInt8] {
    var writer = ByteWriter()
    writer.append(UInt8(objectiveCount))
    for number in [row.generation, row.evaluations, row.cacheHits] {
      writer.append(UInt32(clamping: number))
    }
    writer.append(row.minimum, count: objectiveCount)
    writer.append(row.mean, count: objectiveCount)
    writer.append(UInt32(clamping: row.frontSize))
    writer.append(row.hypervolume.map { ObjectiveVector($0) }, count: 1)
    writer.append(row.seconds)
    writer.append(list: state)
    writer.append(UInt32(clamping: archive.count - recorded.genomes))
    let isByte = space.bytesPerAllele == 1
    for allele in archive.genes[archive.places(recorded.genomes..<archive.count)] {
      if isByte { writer.append(UInt8(allele)) } else { writer.append(allele) }
    }
    writer.append(UInt32(clamping: archive.scores.count - recorded.scores))
    for score in archive.scores[recorded.scores...] {
      writer.append(score.violation)
      for objective in 0..<objectiveCount { writer.append(score.objectives[objective]) }
    }
    return SearchCheckpoint.part(writer.bytes)
  }
}

extension GenomeSpace {
  /// A checksum of the genes, their choices and what is interchangeable.
  fileprivate var checksum: UInt64 {
    var writer = ByteWriter()
    for table in [choices.map { UInt16($0) }, labels, classes, ranks] {
      writer.append(list: table.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] })
    }
    return writer.bytes.checksum
  }
}

extension UInt64 {
  fileprivate var littleEndianBytes: [UInt8] { (0..<8).map { UInt8(self >> (8 * $0) & 255) } }
}
