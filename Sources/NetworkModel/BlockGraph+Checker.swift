import ONNXFormat

extension BlockGraph {
  /// What breaks the rules of a block graph, one sentence each; empty for a sound one.
  ///
  /// Blocks lie in topological order, slices lie within what they read, ports have as many elements as
  /// their slices, names are unique, and every kernel of every layer is computed exactly once: each of
  /// its lines and inputs too, but for what parts of a merged block compute within it.
  ///
  /// - Complexity: O(blocks + slices), and sorting the parts of each layer; layers with parts by lines
  ///   or inputs take the square of their parts.
  package func violations() -> [String] {
    var found: [String] = []
    var names: Set<String> = []
    for (index, block) in blocks.enumerated() {
      if !names.insert(block.name).inserted { found.append("two blocks are called \(block.name)") }
      for (number, port) in block.ports.enumerated() {
        for problem in portViolations(port, before: index) {
          found.append("block \(block.name), port \(number): \(problem)")
        }
      }
      for problem in stepViolations(block) { found.append("block \(block.name): \(problem)") }
    }
    return found + coverageViolations()
  }

  private func portViolations(_ port: BlockPort, before index: Int) -> [String] {
    var found: [String] = []
    var elements = 0
    for slice in port.slices {
      guard slice.source.index < index else {
        found.append("it reads block \(slice.source.index), which does not come before it")
        continue
      }
      guard self[slice.source].outputs.indices.contains(slice.output) else {
        found.append("it reads output \(slice.output), which is not there")
        continue
      }
      let whole = whole(slice.source, output: slice.output).channels
      if slice.channels.isEmpty || slice.channels.clamped(to: whole) != slice.channels {
        found.append("it reads channels \(slice.channels) of \(whole)")
      }
      if let lines = slice.lines {
        let all = 0..<lineCount(ofOutput: slice.output, of: slice.source)
        if lines.isEmpty || lines == all || lines.clamped(to: all) != lines {
          found.append("it reads lines \(lines) of \(all)")
        }
      }
      elements += self.elements(slice)
    }
    if port.isByLines, port.slices.count < 2 || !seesLines(port) {
      found.append("its slices do not lie one below the other")
    }
    if port.slices.isEmpty { found.append("it reads nothing") }
    if found.isEmpty, elements != port.type.count {
      found.append("it sees \(port.type.count) elements and reads \(elements)")
    }
    return found
  }

  private func stepViolations(_ block: Block) -> [String] {
    guard case .steps(let steps) = block.content else { return [] }
    var found: [String] = []
    if steps.isEmpty { found.append("it computes nothing") }
    for (index, step) in steps.enumerated() {
      let layer = self[step.layer]
      if step.channels.isEmpty || step.channels.clamped(to: layer.allChannels) != step.channels {
        found.append("it computes kernels \(step.channels) of \(layer.allChannels)")
      }
      found += rangeViolations(step)
      for source in step.sources {
        switch source {
        case .port(let port) where !block.ports.indices.contains(port):
          found.append("step \(index) reads port \(port), which is not there")
        case .step(let earlier) where earlier >= index:
          found.append("step \(index) reads step \(earlier)")
        default: break
        }
      }
    }
    if let last = steps.last, self[last.layer].outputs.count == 1 {
      let type = self[last.layer].outputType(of: last.part)
      if block.outputs != [type] { found.append("its output is not that of its last step") }
    }
    if steps.contains(where: { $0.part.lines != nil }) { found += lineViolations(block) }
    return found
  }

  private func rangeViolations(_ step: Block.Step) -> [String] {
    let layer = self[step.layer]
    var found: [String] = []
    for (name, range, count) in [
      ("lines", step.part.lines, layer.lineCount), ("inputs", step.part.inputs, layer.inputCount),
    ] {
      guard let range else { continue }
      let all = 0..<(count ?? 0)
      if range.isEmpty || range == all || range.clamped(to: all) != range {
        found.append("it computes \(name) \(range) of \(all)")
      }
    }
    return found
  }

  /// What is wrong with the lines that a block's steps compute and its ports see.
  private func lineViolations(_ block: Block) -> [String] {
    guard let lines = lines(of: block) else {
      return ["its steps cannot compute the lines they do"]
    }
    var found: [String] = []
    for (step, range) in zip(block.steps, lines.steps)
    where step.part.lines ?? 0..<(self[step.layer].lineCount ?? 0) != range {
      found.append("\(self[step.layer].name) computes other lines than \(range)")
    }
    for (port, range) in zip(block.ports, lines.ports) {
      guard let range else { continue }
      if !seesLines(port) || port.type.shape[LayerPart.lineAxis] != range.count {
        found.append("a port does not see the lines \(range)")
      }
    }
    return found
  }

  /// Layers whose kernels are not computed exactly once.
  private func coverageViolations() -> [String] {
    var parts: [LayerID: [LayerPart]] = [:]
    // Layers within merged blocks that are cut by lines, of which others say what is needed.
    var within: Set<LayerID> = []
    for block in blocks {
      for (index, step) in block.steps.enumerated() {
        parts[step.layer, default: []].append(step.part)
        if index < block.steps.count - 1, block.steps.last?.part.lines != nil {
          within.insert(step.layer)
        }
      }
    }
    return layers.indices.compactMap { index -> String? in
      guard let parts = parts[LayerID(index)] else { return nil }
      guard parts.allSatisfy({ $0.lines == nil && $0.inputs == nil }), !layers[index].addsParts
      else {
        return within.contains(LayerID(index)) ? nil : boxViolation(parts, of: layers[index])
      }
      let ranges = parts.map(\.channels)
      let sorted = ranges.sorted { $0.lowerBound < $1.lowerBound }
      var next = 0
      for range in sorted {
        guard range.lowerBound == next else { break }
        next = range.upperBound
      }
      let layer = layers[index]
      let total = sorted.reduce(0) { $0 + $1.count }
      guard next == layer.channelCount, total == next else {
        return "layer \(layer.name): kernels \(sorted) instead of \(layer.allChannels)"
      }
      return nil
    }
  }

  /// Why parts by several axes are not the whole layer, each element once; nil where they are.
  private func boxViolation(_ parts: [LayerPart], of layer: Layer) -> String? {
    func volume(_ part: LayerPart) -> Int {
      part.channels.count * (part.lines?.count ?? layer.lineCount ?? 1)
        * (part.inputs?.count ?? layer.inputCount ?? 1)
    }
    func meet(_ left: Range<Int>?, _ right: Range<Int>?) -> Bool {
      guard let left, let right else { return true }
      return left.overlaps(right)
    }
    for (index, part) in parts.enumerated() {
      for other in parts[..<index]
      where part.channels.overlaps(other.channels) && meet(part.inputs, other.inputs)
        && meet(part.lines, other.lines)
      {
        return "layer \(layer.name): \(part) and \(other) overlap"
      }
    }
    let computed = parts.reduce(0) { $0 + volume($1) }
    let all = volume(layer.whole)
    if layer.addsParts || computed == all { return nil }
    return "layer \(layer.name): \(parts) are not all of it"
  }
}
