import PlatformModel
import Quantities
import Testing

@Suite struct ElementSupportTests {
  private static func entry(_ pattern: String, _ rate: Double) -> OperatorSupport {
    OperatorSupport(
      pattern: OperatorPattern(pattern)!, rate: OperationsPerSecond(rate), activationBits: 16,
      weightBits: 8)
  }

  private static func element(_ kind: CoreType.Kind, _ entries: [OperatorSupport]) -> CoreType {
    CoreType(name: "e", kind: kind, operators: entries, activePower: Watts(1))
  }

  private let accelerator = element(
    .accelerator,
    [
      entry("conv", 160), entry("conv+pool", 120), entry("conv+pool+relu", 160),
      entry("dwconv", 10), entry("dwconv", 20), entry("dwconv+relu", 20),
    ])
  private let processor = element(
    .processor, [entry("conv", 4), entry("pool", 2), entry("relu", 3), entry("fc", 1)])

  @Test(
    "The fastest covering entry counts, then the shortest, then the first",
    arguments: [
      (["conv"], "conv", 160.0), (["Conv", "ReLU"], "conv+pool+relu", 160),
      (["conv", "pool"], "conv+pool+relu", 160), (["conv+relu", "pool"], "conv+pool+relu", 160),
      (["dwconv"], "dwconv", 20), (["dwconv_relu"], "dwconv+relu", 20),
    ])
  func listed(operators: [String], pattern: String, rate: Double) {
    #expect(accelerator.support(for: operators) == .listed(Self.entry(pattern, rate)))
  }

  @Test(
    "An accelerator runs only what it lists",
    arguments: [
      ["fc"], ["relu"], ["pool"], ["conv", "sigmoid"], ["dwconv", "pool"], [], [""], ["+"],
    ])
  func unsupported(operators: [String]) {
    #expect(accelerator.support(for: operators) == .unsupported)
    #expect(accelerator.support(for: operators).rate == nil)
  }

  @Test("A processor runs an unlisted operator at its slowest listed rate")
  func fallback() {
    #expect(processor.support(for: ["LRN"]) == .fallback(Self.entry("fc", 1)))
    #expect(processor.support(for: ["conv", "sigmoid"]) == .fallback(Self.entry("fc", 1)))
  }

  @Test("A processor without the pattern runs a block at the slowest rate of its operators")
  func separately() {
    #expect(processor.support(for: ["conv", "relu"]) == .separately(Self.entry("relu", 3)))
    #expect(processor.support(for: ["conv", "relu", "pool"]) == .separately(Self.entry("pool", 2)))
    #expect(processor.support(for: ["conv"]) == .listed(Self.entry("conv", 4)))
    #expect(processor.support(for: ["conv", "relu"]).rate == OperationsPerSecond(3))
  }

  @Test("An element that lists nothing supports nothing")
  func nothingListed() {
    #expect(Self.element(.processor, []).support(for: ["conv"]) == .unsupported)
  }
}
