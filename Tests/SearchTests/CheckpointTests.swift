import Foundation
import RandomNumbers
import Testing

@testable import Search

@Suite struct CheckpointTests {
  private static func configuration(evaluations: Int = 400, jobs: Int = 1) -> SearchConfiguration {
    var configuration = SearchConfiguration()
    (configuration.evaluations, configuration.jobs) = (evaluations, jobs)
    configuration.reference = ObjectiveVector(200, 200)
    configuration.identity = ["toy"]
    return configuration
  }

  private static var methods: [any SearchMethod] {
    var (genetic, random) = (GeneticSearch(), RandomSearch())
    (genetic.population, genetic.offspring, random.batch) = (24, 16, 30)
    return [genetic, random]
  }

  /// A search and what its checkpoint held after each generation, the beginning first.
  private static func record(
    _ method: any SearchMethod, _ problem: some SearchProblem
  ) throws -> (result: SearchResult, bytes: [[UInt8]]) {
    var (bytes, hooks) = ([[UInt8]](), SearchHooks())
    hooks.onCheckpoint = { bytes.append((bytes.last ?? []) + $0) }
    let result = try method.run(problem, configuration(), hooks: hooks)
    return (result, bytes)
  }

  private static func problem() throws -> ToyProblem {
    try ToyProblem(tasks: 12, elements: [2, 3], capacity: 6)
  }

  /// A large space, one as large as the budget, and one that is exhausted before.
  @Test(arguments: [0, 1], [(12, [2, 3]), (2, Array(repeating: 1, count: 20)), (6, [1, 2])])
  func `a search goes on from each generation as if it had not been interrupted`(
    method: Int, size: (tasks: Int, elements: [Int])
  ) throws {
    let method = Self.methods[method]
    let problem = try ToyProblem(tasks: size.tasks, elements: size.elements, capacity: 6)
    let (result, bytes) = try Self.record(method, problem)
    #expect(bytes.count == result.generations + 1)
    for (place, prefix) in bytes.enumerated() {
      var (appended, hooks) = ([UInt8](), SearchHooks())
      hooks.onCheckpoint = { appended += $0 }
      let resumed = try method.run(
        problem, Self.configuration(jobs: 1 + place % 3), hooks: hooks,
        resuming: try SearchCheckpoint(prefix))
      #expect(resumed.comparable == result.comparable)
      #expect(resumed.front == result.front)
      // Only times differ.
      #expect(appended.count == (bytes.last?.count ?? 0) - prefix.count)
      #expect(try SearchCheckpoint(prefix + appended).records.count == result.generations)
    }
  }

  @Test func `more evaluations can be asked for`() throws {
    let (method, problem) = (Self.methods[0], try Self.problem())
    let (result, bytes) = try Self.record(method, problem)
    let resumed = try method.run(
      problem, Self.configuration(evaluations: 600), hooks: SearchHooks(),
      resuming: try SearchCheckpoint(bytes.last ?? []))
    #expect(resumed.evaluations == 600)
    #expect(resumed.evaluated.scores.starts(with: result.evaluated.scores))
  }

  @Test func `fewer evaluations than there are, and another version, are refused`() throws {
    let (method, problem) = (Self.methods[0], try Self.problem())
    let bytes = try #require(try Self.record(method, problem).bytes.last)
    let fewer = #expect(throws: SearchError.self) {
      try method.run(
        problem, Self.configuration(evaluations: 100), hooks: SearchHooks(),
        resuming: try SearchCheckpoint(bytes))
    }
    #expect(fewer?.message.contains("400 evaluations, more than the 100 asked for") == true)
    let older = #expect(throws: SearchError.self) {
      try SearchCheckpoint(Array("Outrigger search 1\n".utf8) + bytes)
    }
    #expect(older?.message.contains("another version") == true)
  }

  @Test func `what was being written when a process died is dropped`() throws {
    let (result, bytes) = try Self.record(Self.methods[0], try Self.problem())
    let whole = bytes[3]
    for end in bytes[2].count..<whole.count {
      for tail in [[], [UInt8](repeating: 0, count: 100)]
      where end == bytes[2].count || tail.isEmpty {
        let checkpoint = try SearchCheckpoint(Array(whole[..<end]) + tail)
        #expect(checkpoint.records.count == 2)
        #expect(checkpoint.completeBytes == bytes[2].count)
      }
    }
    #expect(result.generations > 3)
  }

  @Test func `altered bytes are noticed`() throws {
    let (_, bytes) = try Self.record(Self.methods[0], try Self.problem())
    let whole = bytes[2]
    for place in stride(from: 0, to: bytes[1].count, by: 7) {
      var damaged = whole
      damaged[place] ^= 0x10
      #expect(throws: SearchError.self) { try SearchCheckpoint(damaged) }
    }
  }

  /// Bytes that pass the checksums and still say nonsense.
  @Test func `records that contradict the search are errors`() throws {
    let (method, problem) = (Self.methods[0], try Self.problem())
    let (_, bytes) = try Self.record(method, problem)
    var (random, refused) = (RandomSource(seed: 5), 0)
    for _ in 0..<40 {
      var damaged = bytes[2]
      let record = bytes[1].count - bytes[0].count - 16
      damaged[bytes[0].count + 8 + random.below(record)] = UInt8(truncatingIfNeeded: random.next())
      let payload = damaged[bytes[0].count + 8..<bytes[1].count - 8]
      for (byte, place) in (bytes[1].count - 8..<bytes[1].count).enumerated() {
        damaged[place] = UInt8(truncatingIfNeeded: payload.checksum >> (8 * UInt64(byte)))
      }
      do {
        let checkpoint = try SearchCheckpoint(damaged)
        let result = try method.run(
          problem, Self.configuration(), hooks: SearchHooks(), resuming: checkpoint)
        #expect(result.evaluations == 400)
      } catch is SearchError { refused += 1 }
    }
    #expect(refused > 3)
  }

  @Test func `garbage is not a checkpoint`() {
    var random = RandomSource(seed: 3)
    for length in 0..<200 {
      let bytes = (0..<length).map { _ in UInt8(truncatingIfNeeded: random.next()) }
      #expect(throws: SearchError.self) { try SearchCheckpoint(bytes) }
      #expect(throws: SearchError.self) { try SearchCheckpoint(SearchCheckpoint.magic + bytes) }
    }
  }

  @Test func `the checkpoint of another search is refused`() throws {
    let (method, problem) = (Self.methods[0], try Self.problem())
    let (_, bytes) = try Self.record(method, problem)
    let checkpoint = try SearchCheckpoint(bytes.last ?? [])
    func expectRefused(_ method: any SearchMethod, _ configuration: SearchConfiguration) {
      let error = #expect(throws: SearchError.self) {
        try method.run(problem, configuration, hooks: SearchHooks(), resuming: checkpoint)
      }
      #expect(error?.message.contains("another search") == true)
    }
    var other = Self.configuration()
    other.seed = 2
    expectRefused(method, other)
    other = Self.configuration()
    other.identity = ["another"]
    expectRefused(method, other)
    expectRefused(Self.methods[1], Self.configuration())
    expectRefused(GeneticSearch(), Self.configuration())
    let larger = try ToyProblem(tasks: 12, elements: [3, 3])
    #expect(throws: SearchError.self) {
      try method.run(
        larger, Self.configuration(), hooks: SearchHooks(), resuming: checkpoint)
    }
  }

  @Test func `a file grows with the search and is cut where it is torn`() throws {
    let (method, problem) = (Self.methods[0], try Self.problem())
    let path = FileManager.default.temporaryDirectory
      .appendingPathComponent("checkpoint-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    var file = try CheckpointFile.create(path: path, beginning: [])
    var (rows, hooks) = (0, SearchHooks())
    hooks.onCheckpoint = { [file] in try file.append($0) }
    hooks.onGeneration = { _ in rows += 1 }
    hooks.shouldStop = { rows == 4 }
    _ = try method.run(problem, Self.configuration(), hooks: hooks)
    try file.append([1, 2, 3])
    let checkpoint: SearchCheckpoint
    (file, checkpoint) = try CheckpointFile.resume(path: path)
    hooks = SearchHooks()
    hooks.onCheckpoint = { [file] in try file.append($0) }
    let resumed = try method.run(
      problem, Self.configuration(), hooks: hooks, resuming: checkpoint)
    #expect(resumed.comparable == (try Self.record(method, problem)).result.comparable)
    #expect(try CheckpointFile.resume(path: path).checkpoint.records.count == resumed.generations)
    #expect(throws: SearchError.self) { try CheckpointFile.resume(path: path + "-none") }
    #expect(throws: SearchError.self) {
      try CheckpointFile.create(path: path + "/below", beginning: [])
    }
  }

  @Test func `a checkpoint takes little more than its genomes`() throws {
    let problem = try ToyProblem(tasks: 100, elements: [4, 4])
    var (size, hooks) = (0, SearchHooks())
    hooks.onCheckpoint = { size += $0.count }
    var configuration = SearchConfiguration()
    configuration.evaluations = 600
    _ = try GeneticSearch().run(problem, configuration, hooks: hooks)
    #expect(size < 600 * 200)
  }
}
