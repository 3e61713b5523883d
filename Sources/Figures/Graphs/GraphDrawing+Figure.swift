extension GraphDrawing {
  /// Draws the graph.
  ///
  /// Method: Sugiyama, Tagawa and Toda 1981, "Methods for visual understanding of hierarchical
  /// system structures", IEEE Transactions on Systems, Man, and Cybernetics 11(2), DOI
  /// 10.1109/TSMC.1981.4308636: layers by longest paths, long edges cut by bends, barycenter sweeps
  /// against crossings. We place the nodes of a layer by isotonic regression, and draw three or
  /// more nodes that all feed the same three or more through one junction.
  ///
  /// - Complexity: O(*n* log *n*) for *n* nodes, edges and bends, times a bounded number of sweeps.
  package func figure() -> Figure {
    guard nodes.count > mostNodes else {
      return GraphPainter(drawing: self, layout: layout(), note: "").figure()
    }
    let coarse = coarsened()
    let note =
      "\(QuantityText.count(nodes.count)) nodes, drawn as \(coarse.nodes.count) groups: nodes of one "
      + "colour that lie at about the same depth stand together."
    return GraphPainter(drawing: coarse, layout: coarse.layout(), note: note).figure()
  }

  func layout() -> GraphLayout {
    let layered = LayeredGraph(self)
    return GraphLayout(layered, order: LayerOrder(layered).layers)
  }
}
