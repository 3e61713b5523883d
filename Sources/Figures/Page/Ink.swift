/// The colors of all figures and pages, each with a value for light and one for dark surroundings.
///
/// The eight series colors follow Okabe and Ito 2008, "Color Universal Design", which people with
/// any of the common color vision deficiencies can tell apart; we darken yellow and sky blue on
/// light paper and lighten blue on dark paper, so that thin lines keep their contrast.
package enum Ink: String, CaseIterable {
  case paper, surface, rule, faint, muted, ink, accent, emphasis, onEmphasis
  case blue, orange, green, purple, sky, vermilion, yellow, grey
  case navy, wine, violet, brown, forest

  /// The colors of series, in the order of their use.
  package static let series: [Ink] = [
    .blue, .orange, .green, .purple, .sky, .vermilion, .yellow, .grey,
  ]

  /// The colors of the classes of a graph: the series without the one that marks emphasis, and
  /// five more that were searched for the greatest least distance to the others in OKLab, also as
  /// people with a color vision deficiency see them (Machado, Oliveira and Fernandes 2009).
  package static let classes: [Ink] = [
    .blue, .orange, .green, .purple, .sky, .yellow, .grey, .wine, .violet, .brown, .forest, .navy,
  ]

  /// All colors that drawings use for data.
  package static let all: [Ink] = series + [.wine, .violet, .brown, .forest, .navy]

  /// The color on light paper.
  package var light: String { values.light }
  /// The color on dark paper.
  package var dark: String { values.dark }
  /// The color as a CSS variable.
  package var variable: String { "var(\(variableName))" }

  /// The declarations of all CSS variables.
  package static func declarations(_ color: (Ink) -> String) -> String {
    allCases.map { "\($0.variableName):\(color($0))" }.joined(separator: ";")
  }

  private var variableName: String { "--" + rawValue }

  private var values: (light: String, dark: String) {
    switch self {
    case .paper: ("#ffffff", "#14171c")
    case .surface: ("#f4f6f8", "#1d2229")
    case .rule: ("#d5dae1", "#363d48")
    case .faint: ("#8a94a3", "#788393")
    case .muted: ("#505a68", "#aab4c2")
    case .ink: ("#171c24", "#e8ecf2")
    case .accent: ("#0b5a8f", "#7cc0f2")
    case .emphasis: ("#c4420a", "#ff8a4c")
    case .onEmphasis: ("#ffffff", "#1d0d04")
    case .blue: ("#0072b2", "#4d94e0")
    case .orange: ("#d98c00", "#eba937")
    case .green: ("#009e73", "#22b88c")
    case .purple: ("#bd5f94", "#db8fb8")
    case .sky: ("#46a5dc", "#8ed3fb")
    case .vermilion: ("#d55e00", "#f2783a")
    case .yellow: ("#a89a00", "#e6da4a")
    case .grey: ("#6b7480", "#9aa4b1")
    case .navy: ("#0a2586", "#5671a0")
    case .wine: ("#701838", "#b04a66")
    case .violet: ("#5a1fe0", "#9d4dff")
    case .brown: ("#80501a", "#a5722e")
    case .forest: ("#0f4a33", "#c1f5d0")
    }
  }
}
