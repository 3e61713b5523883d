import ONNXSchema

extension GraphResolver {
  /// What the user can do about a node that cannot be planned, behind the reason: end the network before
  /// it, or say what the inputs are that decide.
  ///
  /// - Parameter values: The values that decide what the node does.
  func nextStep(for call: OperatorCall, decidedBy values: [String] = []) -> String {
    var steps: [String] = []
    if let input = smallInputs(behind: values).first {
      steps.append("\(NetworkReading.Key.value.rawValue) \(input)=VALUE says what that input is")
    }
    let ends = valuesBefore(call)
    if !ends.isEmpty {
      steps.append(
        "\(NetworkReading.Key.last.rawValue) \(ends.joined(separator: ",")) ends the network before it"
      )
    }
    return steps.isEmpty ? "" : ": \(steps.joined(separator: ", or "))"
  }

  /// The values that a node reads and nodes of the file's graph compute.
  private func valuesBefore(_ call: OperatorCall) -> [String] {
    let written = Set(graph.node.flatMap(\.output))
    var seen: Set<String> = []
    return (call.node.input + call.node.captures.sorted()).filter {
      written.contains($0) && constants[$0] == nil && types[$0] != nil && seen.insert($0).inserted
        && !(call.node.opType == "If" && $0 == call.node.input.first)
    }
  }

  /// The inputs of few elements that values hang on.
  private func smallInputs(behind values: [String]) -> [String] {
    var producers: [String: ONNXNode] = [:]
    for node in nodes { for output in node.output { producers[output] = node } }
    var reached = Set(values)
    var open = values
    while let value = open.popLast() {
      guard let node = producers[value] else { continue }
      for input in node.input where reached.insert(input).inserted { open.append(input) }
    }
    return inputs.filter { reached.contains($0.name) && $0.type.count <= 8 }.map(\.name)
  }
}
