/// A name that only messages tell: whatever it is, it makes no two things differ.
package struct MessageName: Hashable, Sendable {
  package let text: String?

  package init(_ text: String?) { self.text = text }

  package static func == (left: MessageName, right: MessageName) -> Bool { true }

  package func hash(into hasher: inout Hasher) {}
}
