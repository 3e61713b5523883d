/// A name for messages alone: values that differ in nothing else are equal.
package struct MessageName: Hashable, Sendable {
  /// The name; nil where there is none.
  package let text: String?

  /// A name for messages, or none.
  package init(_ text: String?) { self.text = text }

  /// Always true: names make no difference.
  package static func == (left: MessageName, right: MessageName) -> Bool { true }

  /// Hashes nothing, in keeping with `==`.
  package func hash(into hasher: inout Hasher) {}
}
