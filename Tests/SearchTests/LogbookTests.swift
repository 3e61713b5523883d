import Testing

@testable import Search

@Suite struct LogbookTests {
  @Test func `rows are written with columns named after the objectives`() {
    let format = LogbookFormat(objectives: ["period", "a,\"b\""])
    let full = LogbookRow(
      generation: 3, evaluations: 400, cacheHits: 7, minimum: ObjectiveVector(0.5, 2),
      mean: ObjectiveVector(1, 1e-7), frontSize: 5, hypervolume: 0.25, seconds: 1.5)
    var bare = full
    (bare.minimum, bare.mean, bare.hypervolume, bare.frontSize) = (nil, nil, nil, 0)
    #expect(
      format.text([full, bare])
        == "generation,evaluations,cache_hits,period_min,period_mean,\"a,\"\"b\"\"_min\","
        + "\"a,\"\"b\"\"_mean\",front_size,hypervolume,seconds\n"
        + "3,400,7,0.5,1.0,2.0,1e-07,5,0.25,1.5\n" + "3,400,7,,,,,0,,1.5\n")
  }
}
