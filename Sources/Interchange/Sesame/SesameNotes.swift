package import NetworkModel
import ONNXFormat

extension SesameExport.Options {
  /// Options that tell about the blocks of a network: what is computed with weights of which shapes, and
  /// the work and the bytes of each.
  package init(network: BlockGraph, events: SesameExport.Events = .burst) {
    self.init(
      name: network.name, events: events, tokenType: .float,
      labels: network.blockIDs.map { network.operationLabel(of: $0) },
      notes: network.blockIDs.map { network.notes(of: $0) })
  }
}

extension BlockGraph {
  /// The operators with the shape of the first weights, `Conv+Relu(8_1_5_5)`.
  fileprivate func operationLabel(of id: BlockID) -> String {
    guard let shape = weightShapes(of: id).first else { return operators(of: id) }
    return "\(operators(of: id))(\(shape.map(String.init).joined(separator: "_")))"
  }

  private func weightShapes(of id: BlockID) -> [[Int]] {
    constants(id).map(\.type.shape).filter { $0.count >= 2 }
  }

  fileprivate func notes(of id: BlockID) -> [String] {
    let block = self[id]
    var notes = ["operators \(operators(of: id))"]
    let shapes = weightShapes(of: id).map { $0.map(String.init).joined(separator: "x") }
    if !shapes.isEmpty { notes.append("weights \(shapes.joined(separator: ", "))") }
    notes += block.outputs.prefix(4).map { type in
      "output \(type.shape.map(String.init).joined(separator: "x"))"
    }
    let work = self.work(id)
    if work.macs > 0 { notes.append("\(work.macs) MACs") }
    if work.operations > 0 { notes.append("\(work.operations) operations") }
    return notes
  }
}
