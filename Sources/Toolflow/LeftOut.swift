/// The parts of a front's files that the time limit left out.
struct LeftOut {
  /// The points whose executions ended before their means had settled.
  var executions = 0
  /// The blocks whose splits and merges were not looked for.
  var blocks = 0
  /// The points that a report would show in detail, and does not.
  var details = 0
  /// The points that were not executed with roomier buffers too.
  var buffers = 0

  /// What is missing, in a line; nil for nothing. Shorter executions are told with why the search ended.
  var warning: String? {
    let parts = [
      blocks > 0 ? "the splits and merges of \(blocks) blocks" : nil,
      details > 0 ? "the details of \(Self.points(details))" : nil,
      buffers > 0 ? "the roomier buffers of \(Self.points(buffers))" : nil,
    ].compactMap(\.self)
    guard !parts.isEmpty else { return nil }
    return "the time limit leaves no time for \(parts.joined(separator: ", and for "))"
  }

  private static func points(_ count: Int) -> String { count == 1 ? "a point" : "\(count) points" }
}
