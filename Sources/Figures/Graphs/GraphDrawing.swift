/// A graph drawn in layers from top to bottom: an edge leads from a node to one further down.
///
/// Edges that close a cycle point upwards.
package struct GraphDrawing: Sendable {
  /// What stands above the drawing.
  package var title: String
  /// The nodes, drawn as boxes.
  package var nodes: [Node]
  /// The edges, drawn as lines between the boxes.
  package var edges: [Edge]
  /// The classes of nodes in the order of their colors; classes not listed follow as they appear.
  package var colorClasses: [String]
  /// What an emphasized node is, for the legend.
  package var emphasisName: String
  /// A drawing of more nodes shows groups of them.
  package var mostNodes: Int
  /// Whether boxes hold the number of their class where there are more than five.
  package var numbersClasses: Bool

  /// A drawing of nodes and the edges between them.
  ///
  /// - Precondition: each end of an edge is the index of a node.
  package init(
    title: String, nodes: [Node], edges: [Edge], colorClasses: [String] = [],
    emphasisName: String = "bottleneck", mostNodes: Int = 1_500,
    numbersClasses: Bool = false
  ) {
    for edge in edges {
      precondition(
        nodes.indices.contains(edge.source) && nodes.indices.contains(edge.target),
        "no nodes for the edge from \(edge.source) to \(edge.target)")
    }
    self.title = title
    self.nodes = nodes
    self.edges = edges
    self.colorClasses = colorClasses
    self.emphasisName = emphasisName
    self.mostNodes = mostNodes
    self.numbersClasses = numbersClasses
  }

  /// A node, drawn as a box.
  package struct Node: Hashable, Sendable {
    /// The first line in the box.
    package var label: String
    /// Further lines in the box; large graphs leave them out.
    package var details: [String]
    /// What the color of the box says, a word for the legend.
    package var colorClass: String
    /// Whether the box bears the mark that the legend calls ``emphasisName``.
    package var isEmphasized: Bool
    /// What pointing at the box tells; nil means the label and the details.
    package var tooltip: String?

    /// A node; everything but the label may be left out.
    package init(
      _ label: String, details: [String] = [], colorClass: String = "", isEmphasized: Bool = false,
      tooltip: String? = nil
    ) {
      self.label = label
      self.details = details
      self.colorClass = colorClass
      self.isEmphasized = isEmphasized
      self.tooltip = tooltip
    }
  }

  /// An edge between two nodes, given by their indices.
  package struct Edge: Hashable, Sendable {
    /// The index of the node that the line leaves.
    package var source: Int
    /// The index of the node that it leads to.
    package var target: Int
    /// A word on the line, or nil; it gives way where there is no room.
    package var label: String?
    /// What pointing at the line tells besides its label; nil adds nothing.
    package var tooltip: String?

    /// An edge between the nodes with two indices.
    package init(_ source: Int, _ target: Int, label: String? = nil, tooltip: String? = nil) {
      self.source = source
      self.target = target
      self.label = label
      self.tooltip = tooltip
    }
  }
}
