/// How wide a text is when it is drawn, estimated without knowing the font.
enum TextWidth {
  /// The width in pixels at a font size, on the generous side for the sans-serif fonts of today's
  /// systems.
  static func of(_ text: String, size: Double) -> Double {
    text.unicodeScalars.reduce(0) { $0 + ems($1) } * size
  }

  /// The text, its middle left out where it would be wider than the limit.
  static func shortened(_ text: String, size: Double, limit: Double) -> String {
    guard of(text, size: size) > limit else { return text }
    let characters = Array(text.prefix(400))
    // No character is narrower than a third of the font size.
    var kept = min(characters.count - 1, Int(limit / size * 3) + 1)
    while kept > 2 {
      let candidate = joined(characters, keeping: kept)
      if of(candidate, size: size) <= limit { return candidate }
      kept -= 1
    }
    return joined(characters, keeping: kept)
  }

  /// The text cut into lines between its words; a word that is too long is shortened.
  static func lines(_ text: String, size: Double, limit: Double) -> [String] {
    var lines: [String] = []
    for word in text.prefix(2_000).split(separator: " ") {
      let longer = (lines.last.map { $0 + " " } ?? "") + word
      if !lines.isEmpty && of(longer, size: size) <= limit {
        lines[lines.count - 1] = longer
      } else {
        lines.append(shortened(String(word), size: size, limit: limit))
      }
    }
    return lines
  }

  /// The end says more than the middle: parts of a layer differ in their last characters.
  private static func joined(_ characters: [Character], keeping count: Int) -> String {
    String(characters.prefix((count + 1) / 2)) + "…" + String(characters.suffix(count / 2))
  }

  private static func ems(_ scalar: Unicode.Scalar) -> Double {
    switch scalar {
    case "i", "j", "l", "t", "f", "r", "I", ".", ",", ":", ";", "'", "|", "!", "(", ")", "[", "]",
      "/", " ":
      0.36
    case "m", "w", "M", "W", "@", "%", "…", "�": 0.95
    case "<", ">", "=", "+", "~", "#", "×": 0.82
    case "A"..."Z": 0.7
    default: scalar.value < 0x2E80 ? 0.6 : 1.05
    }
  }
}
