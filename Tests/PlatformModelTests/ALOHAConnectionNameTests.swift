import PlatformModel
import Testing

@Suite struct ALOHAConnectionNameTests {
  /// The links that lead to the activations, weights and output ports of each core.
  private func ends(_ name: String, cores: [String]) throws -> [String] {
    var document = try neuragheDocument()
    let path = JSONValue.path("cores")
    guard case .array(let templates) = document[path[...]] else { return [] }
    let renamed = cores.map { core -> JSONValue in
      var value = templates[0]
      value[JSONValue.path("name")[...]] = .string(core)
      return value
    }
    document[path[...]] = .array(renamed)
    document[JSONValue.path("connections")[...]] = .array([
      .object(["name": .string(name), "bandwidth": .number(1)])
    ])
    let platform = try read(encoded(document)).platform
    return platform.elements.map { element in
      (element.ports.activationsIn.link == nil ? "" : "a")
        + (element.ports.weightsIn.link == nil ? "" : "w")
        + (element.ports.outputOut.link == nil ? "" : "o")
    }
  }

  @Test(
    "A connection name tells its ends, whatever its case",
    arguments: [
      ("XtoYthrough_MEM", ["X", "Y"], ["o", "aw"]), ("YTOXTHROUGH_mem", ["X", "Y"], ["aw", "o"]),
      ("XtoXthrough_MEM", ["X", "Y"], ["awo", ""]), ("memtoY_WEIGHTS", ["X", "Y"], ["", "w"]),
      ("MEMtoX_Activations", ["X", "Y"], ["a", ""]), ("Ytomem_output", ["X", "Y"], ["", "o"]),
      ("YtoMEM_activations", ["x", "y"], ["", "o"]),
      ("rotortoactorthrough_MEM", ["rotor", "actor"], ["o", "aw"]),
      ("MEMtodsp_0_weights", ["dsp_0", "dsp"], ["w", ""]),
      ("atomem_btomem_output", ["atomem_b", "a"], ["o", ""]),
    ])
  func name(_ name: String, cores: [String], expected: [String]) throws {
    #expect(try ends(name, cores: cores) == expected)
  }

  @Test(
    "A connection name without a meaning is an error that says what was expected",
    arguments: [
      ("XtoZthrough_MEM", "the names of two cores in XtoYthrough_MEM"),
      ("through_MEM", "the names of two cores in XtoYthrough_MEM"),
      ("MEMtoZ_weights", "the name of a core instead of \"z\""),
      ("MEMto_weights", "the name of a core instead of \"\""),
      ("MEMtoX", "MEMtoX_activations or MEMtoX_weights"),
      ("MEMtoX_output", "MEMtoX_activations or MEMtoX_weights"),
      ("Ztomem_output", "the name of a core instead of \"z\""),
      ("XtoY", "XtoYthrough_MEM, MEMtoX_activations, MEMtoX_weights or Xtomem_output"),
      ("", "XtoYthrough_MEM, MEMtoX_activations, MEMtoX_weights or Xtomem_output"),
    ])
  func meaningless(name: String, expected: String) {
    #expect(
      throws: PlatformError.invalid(
        file: "p.json", path: "connections[0].name", expected: expected,
        found: name.debugDescription)
    ) { try ends(name, cores: ["X", "Y"]) }
  }

  @Test("A name that can be cut in two ways is an error")
  func ambiguous() {
    #expect(
      throws: PlatformError.invalid(
        file: "p.json", path: "connections[0].name",
        expected: "a name that means one pair of cores, not several",
        found: "\"atoatoathrough_MEM\"")
    ) { try ends("atoatoathrough_MEM", cores: ["a", "atoa"]) }
  }
}
