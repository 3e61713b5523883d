import ONNXFormat
import ONNXSchema

extension GraphResolver {
  /// What the user can do about a node that cannot be planned, behind the reason: end the network before
  /// it, or say what the inputs are that decide.
  ///
  /// - Parameter values: The values that decide what the node does.
  func nextStep(for call: OperatorCall, decidedBy values: [String] = []) -> String {
    var steps: [String] = []
    let inputs = decidingInputs(behind: values)
    if !inputs.isEmpty {
      let settings = inputs.map { "\(NetworkReading.Key.value.reference) \($0)=VALUE" }
      steps.append(
        "\(settings.joined(separator: " and ")) "
          + (inputs.count == 1 ? "says what that input is" : "say what those inputs are"))
    }
    let ends = valuesBefore(call)
    if !ends.isEmpty {
      steps.append(
        "\(NetworkReading.Key.last.reference) \(ends.joined(separator: ",")) ends the network before it"
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

  /// The inputs that decide values: all that these hang on, where they are few, of few elements, and what
  /// is between is computed here.
  private func decidingInputs(behind values: [String]) -> [String] {
    var producers: [String: ONNXNode] = [:]
    for node in nodes { for output in node.output { producers[output] = node } }
    var reached = Set(values)
    var open = values
    while let value = open.popLast() {
      guard let node = producers[value] else { continue }
      guard node.isFoldable else { return [] }
      for input in node.input where reached.insert(input).inserted { open.append(input) }
    }
    let found = inputs.filter { reached.contains($0.name) }
    return found.count <= 4 && found.allSatisfy { $0.type.count <= 8 } ? found.map(\.name) : []
  }
}
