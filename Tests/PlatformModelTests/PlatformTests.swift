import PlatformModel
import Quantities
import Testing

@Suite struct PlatformTests {
  private static func element(_ name: String, memory: Int = 0, link: Int? = nil) -> Element {
    Element(
      name: name,
      type: CoreType(name: "t", kind: .processor, operators: [], activePower: Watts(1)),
      dataMemory: MemoryID(memory),
      ports: Element.Ports(outputOut: Element.Port(link: link.map { LinkID($0) })))
  }

  private static let memory = Memory(name: "m", capacity: 1)
  private static let link = Link(name: "l", bandwidth: BytesPerSecond(1))

  @Test("Parts are found by name and by identifier")
  func lookups() throws {
    let platform = try Platform(
      name: "p", elements: [Self.element("a"), Self.element("b", link: 0)],
      memories: [Self.memory], links: [Self.link])
    let b = try #require(platform.element(named: "b"))
    #expect(b == ElementID(1))
    #expect(platform[b].ports.outputOut.link == platform.link(named: "l"))
    #expect(platform[platform[b].dataMemory] == Self.memory)
    #expect(platform.memory(named: "m") == MemoryID(0))
    #expect(platform[LinkID(0)] == Self.link)
    #expect(platform.element(named: "B") == nil)
    #expect(platform.elementIDs == [ElementID(0), ElementID(1)])
    #expect(platform.memoryIDs == [MemoryID(0)])
    #expect(platform.linkIDs == [LinkID(0)])
  }

  @Test(
    "A platform that contradicts itself is refused",
    arguments: [
      ([], [memory], [link], "it has no elements"),
      ([element("a"), element("a")], [memory], [link], "two elements are named a"),
      ([element("a")], [memory, memory], [link], "two memories are named m"),
      ([element("a")], [memory], [link, link], "two links are named l"),
      (
        [element("a", memory: 1)], [memory], [link],
        "element a computes from a memory that does not exist"
      ),
      (
        [element("a", link: 1)], [memory], [link],
        "element a has a port on a link that does not exist"
      ),
    ])
  func refused(elements: [Element], memories: [Memory], links: [Link], reason: String) {
    #expect(throws: PlatformError.inconsistent(platform: "p", reason: reason)) {
      try Platform(name: "p", elements: elements, memories: memories, links: links)
    }
  }
}
