import Dataflow
import PiSDF
import TestSupport
import Testing

@Suite("Random hierarchies")
struct RandomHierarchyTests {
  @Test("fire as often as the repetitions of all levels together, and lose no tokens")
  func flattening() throws {
    var (actors, multiples) = (0, 0)
    for seed in 1...300 {
      let hierarchy = try RandomHierarchy(seed: UInt64(seed))
      let model = try PiSDFModel(graphs: hierarchy.graphs, top: "top.pi")
      let flat = try PiSDFFlattening(model)
      var leaves: [String: Int64] = [:]
      for (actor, count) in zip(flat.graph.actors, flat.repetitions)
      where actor.name.split(separator: "/").last?.first == "a" {
        leaves[actor.name] = count
      }
      #expect(leaves == hierarchy.firings, "seed \(seed)")
      let cycles = try RepetitionVector(of: flat.graph).cycles
      for channel in flat.graph.channels {
        let (a, b) = (channel.source.index, channel.destination.index)
        let written = channel.production.reduce(0, +)
        let read = channel.consumption.reduce(0, +)
        #expect(flat.repetitions[a] * written == flat.repetitions[b] * read, "seed \(seed)")
        #expect(
          flat.repetitions[a] * cycles[b] == flat.repetitions[b] * cycles[a], "seed \(seed)")
      }
      for (repetitions, cycles) in zip(flat.repetitions, cycles) {
        #expect(repetitions % cycles == 0, "seed \(seed)")
        if repetitions != cycles { multiples += 1 }
      }
      let tokens = flat.graph.channels.map(\.initialTokens).reduce(0, +)
      #expect(tokens == hierarchy.tokens, "seed \(seed)")
      actors += flat.graph.actors.count
    }
    #expect(actors > 2000)
    #expect(multiples == 0)
  }

  @Test("are the same after writing and reading, and flatten to the same graph")
  func roundTrip() throws {
    for seed in 1...40 {
      let hierarchy = try RandomHierarchy(seed: UInt64(seed))
      let model = try PiSDFModel(graphs: hierarchy.graphs, top: "top.pi")
      let folder = try TemporaryFolder()
      try model.write(toFolder: folder.path)
      let read = try PiSDFModel(path: folder.file("top.pi"))
      #expect(read == model, "seed \(seed)")
      #expect(try PiSDFFlattening(read) == PiSDFFlattening(model), "seed \(seed)")
      #expect(try read.files() == model.files(), "seed \(seed)")
    }
  }
}
