import NetworkModel
import ONNXFormat

/// The phases of a block in line mode, and the lines of its ports that each takes.
struct BlockPhases {
  /// The lines of a port that have been taken, and the first that is still used, phase by phase.
  struct PortLines {
    /// The lines of the port.
    var count: Int
    var taken: [Int]
    var first: [Int]

    /// How many of some lines a phase leaves for the next.
    func carried(behind phase: Int, of lines: Range<Int>) -> Int {
      guard phase + 1 < taken.count else { return 0 }
      return max(
        0, min(taken[phase], lines.upperBound) - max(first[phase + 1], lines.lowerBound))
    }
  }

  /// The number of phases.
  let count: Int
  /// For each port its lines.
  let ports: [PortLines]

  private init(count: Int, ports: [PortLines]) {
    (self.count, self.ports) = (count, ports)
  }

  /// One phase that takes everything, as if it were one line.
  init(whole block: Block) {
    self.init(
      count: 1, ports: block.ports.map { _ in PortLines(count: 1, taken: [1], first: [0]) })
  }

  /// The phases of a block.
  ///
  /// - Parameter isByLine: For each port whether its lines come one by one, or all at once.
  init(_ block: Block, in graph: BlockGraph, isByLine: [Bool], padding: LinePadding) {
    switch block.content {
    case .input:
      self.init(count: block.outputs[0].lines ?? 1, ports: [])
    case .output: self.init(whole: block)
    case .concatenation:
      guard let lines = block.outputs[0].lines, block.channelAxis == 1,
        zip(block.ports, isByLine).allSatisfy({ $0.type.lines == lines && $1 })
      else {
        self.init(whole: block)
        return
      }
      let all = PortLines(count: lines, taken: Array(1...lines), first: Array(0..<lines))
      self.init(count: lines, ports: block.ports.map { _ in all })
    case .steps(let steps):
      guard let needs = Self.needs(steps, graph, padding),
        let lines = block.outputs[0].lines
      else {
        self.init(whole: block)
        return
      }
      self.init(
        count: lines,
        ports: Self.portLines(block, steps, needs, lines, isByLine, graph, padding))
    }
  }

  /// For each step and each of its values what lines need; nil where a step works on whole tensors.
  private static func needs(
    _ steps: [Block.Step], _ graph: BlockGraph, _ padding: LinePadding
  ) -> [[LineNeed]]? {
    let opset = graph.header.opset(of: "")
    var needs: [[LineNeed]] = []
    for step in steps {
      let layer = graph[step.layer]
      var list: [LineNeed] = []
      for index in step.sources.indices {
        guard let need = layer.lineNeed(ofValue: index, padding, opset: opset) else { return nil }
        list.append(
          step.part.lines.map { layer.lineNeed(need, computing: $0, ofValue: index) } ?? need)
      }
      guard !list.isEmpty else { return nil }
      needs.append(list)
    }
    return needs
  }

  /// Follows each line of the last step back to the ports.
  ///
  /// What comes all at once is taken by the first phase, and its lines are kept as long as others.
  private static func portLines(
    _ block: Block, _ steps: [Block.Step], _ needs: [[LineNeed]], _ lines: Int, _ isByLine: [Bool],
    _ graph: BlockGraph, _ padding: LinePadding
  ) -> [PortLines] {
    var result = block.ports.map { port in
      PortLines(count: port.type.lines ?? 1, taken: [], first: [])
    }
    for line in 0..<lines {
      // Of each step the lines that are needed so far, and the first that still is.
      var taken = steps.map { _ in 0 }
      var first = steps.map { _ in Int.max }
      (taken[steps.count - 1], first[steps.count - 1]) = (line + 1, line)
      var portTaken = block.ports.map { _ in 0 }
      var portFirst = block.ports.map { _ in Int.max }
      for index in steps.indices.reversed() where taken[index] > 0 {
        for (source, need) in zip(steps[index].sources, needs[index]) {
          let (lower, upper): (Int, Int)
          switch need {
          case .same: (lower, upper) = (first[index], taken[index])
          case .window(let window):
            (lower, upper) = (window.first(at: first[index]), window.needed(at: taken[index] - 1))
          // The converter that ignores padding keeps nothing of what is broadcast.
          case .all: (lower, upper) = (padding == .exact ? 0 : Int.max, Int.max)
          }
          switch source {
          case .step(let earlier):
            let all = graph[steps[earlier].layer].outputType(of: steps[earlier].part).lines ?? 1
            taken[earlier] = max(taken[earlier], min(upper, all))
            first[earlier] = min(first[earlier], lower)
          case .port(let port):
            portTaken[port] = max(portTaken[port], min(upper, block.ports[port].type.lines ?? 1))
            portFirst[port] = min(portFirst[port], lower)
          }
        }
      }
      for port in result.indices {
        let count = result[port].count
        let before = result[port].taken.last ?? 0
        let takesRest = line == lines - 1 || !isByLine[port]
        result[port].taken.append(takesRest ? count : max(before, portTaken[port]))
        result[port].first.append(min(portFirst[port], count))
      }
    }
    return result
  }
}
