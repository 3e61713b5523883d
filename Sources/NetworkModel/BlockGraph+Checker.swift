import ONNXFormat

extension BlockGraph {
  /// What breaks the rules of a block graph, one sentence each; empty for a sound one.
  ///
  /// Blocks lie in topological order, slices lie within what they read, ports have as many elements as
  /// their slices, names are unique, and every kernel of every layer is computed exactly once.
  ///
  /// - Complexity: O(blocks + slices), and sorting the parts of each layer.
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
      elements += self.elements(slice)
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
      let type = self[last.layer].outputType(channels: last.channels)
      if block.outputs != [type] { found.append("its output is not that of its last step") }
    }
    return found
  }

  /// Layers whose kernels are not computed exactly once.
  private func coverageViolations() -> [String] {
    var parts: [LayerID: [Range<Int>]] = [:]
    for block in blocks {
      for step in block.steps { parts[step.layer, default: []].append(step.channels) }
    }
    return layers.indices.compactMap { index -> String? in
      guard let ranges = parts[LayerID(index)] else { return nil }
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
}
