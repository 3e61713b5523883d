/// The classes of the nodes of a graph and how each of them looks.
///
/// Up to twelve have a color of their own, the next twelve the same colors with dashed outlines,
/// and so on with dotted ones. Beyond the colors, and on demand beyond the few that everybody can
/// tell apart, each class has a number, too.
struct GraphClasses {
  /// The names in the order of their colors.
  let names: [String]
  private let places: [String: Int]
  /// Whether boxes hold the numbers of their classes.
  let areNumbered: Bool

  init(_ drawing: GraphDrawing) {
    var names: [String] = []
    var places: [String: Int] = [:]
    for name in drawing.colorClasses + drawing.nodes.map(\.colorClass)
    where !name.isEmpty && places[name] == nil {
      places[name] = names.count
      names.append(name)
    }
    self.names = names
    self.places = places
    let mostWithout = drawing.numbersClasses ? Self.mostWithoutNumbers : Ink.classes.count
    areNumbered = names.count > mostWithout
  }

  /// The look of a node.
  struct Look {
    var ink: Ink
    /// The CSS classes of its ground and outline.
    var tint: String
    var number: Int?
  }

  /// The look of a class; nodes of none are gray.
  func look(of name: String) -> Look {
    guard let place = places[name] else { return Look(ink: .grey, tint: "tint-grey") }
    let ink = Ink.classes[place % Ink.classes.count]
    let outlines = ["", " dashed", " dotted"]
    let outline = outlines[place / Ink.classes.count % outlines.count]
    return Look(
      ink: ink, tint: "tint-\(ink.rawValue)\(outline)", number: areNumbered ? place + 1 : nil)
  }

  private static let mostWithoutNumbers = 5
}
