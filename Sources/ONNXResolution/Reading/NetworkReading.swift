import ONNXFormat

/// How a network is read where its file leaves a choice, or where only a part of it is wanted.
package struct NetworkReading: Hashable, Sendable {
  /// The shapes of inputs, in place of those in the file.
  package var shapes: [String: [Int]]
  /// The sizes of named dimensions.
  package var dimensions: [String: Int]
  /// The values of inputs that are the same at every inference, as they are written; one stands for
  /// all elements.
  package var values: [String: [String]]
  /// Inputs that are weights without values, whatever the file says of them.
  package var weights: Set<String>
  /// Inputs that are none.
  package var inputs: Set<String>
  /// The values at which the network begins; empty for the inputs of its graph.
  package var first: [String]
  /// The values at which it ends; empty for the outputs of its graph.
  package var last: [String]

  /// A reading that says nothing but what is given; without anything the file alone decides.
  package init(
    shapes: [String: [Int]] = [:], dimensions: [String: Int] = [:],
    values: [String: [String]] = [:], weights: Set<String> = [], inputs: Set<String> = [],
    first: [String] = [], last: [String] = []
  ) {
    self.shapes = shapes
    self.dimensions = dimensions
    self.values = values
    self.weights = weights
    self.inputs = inputs
    self.first = first
    self.last = last
  }
}

extension NetworkReading {
  /// The keys of a request that say it, by which errors name what is wrong.
  package enum Key: String, Sendable {
    case shape = "input_shape"
    case dimension = "dim"
    case value = "input_value"
    case weights = "weights"
    case noWeights = "no_weights"
    case first = "network_inputs"
    case last = "network_outputs"

    /// The key as messages name it, from which an edge makes its own word for it.
    var reference: String { "`\(rawValue)`" }

    /// An error in what the option says.
    func error(_ reason: String) -> ONNXError { .reading(key: rawValue, reason: reason) }
  }

  /// The inputs that are named, each with the option that names it, in a fixed order.
  var namedInputs: [(name: String, option: Key)] {
    let lists: [([String], Key)] = [
      (shapes.keys.sorted(), .shape), (values.keys.sorted(), .value),
      (weights.sorted(), .weights), (inputs.sorted(), .noWeights),
    ]
    return lists.flatMap { names, option in names.map { ($0, option) } }
  }

  /// Checks that no input is said to be two things.
  func checkContradictions() throws {
    for name in weights.sorted() where inputs.contains(name) {
      throw Key.weights.error("\(name) is also named by \(Key.noWeights.reference)")
    }
    for name in values.keys.sorted() {
      if weights.contains(name) {
        throw Key.weights.error("\(name) has a value by \(Key.value.reference)")
      }
      if inputs.contains(name) {
        throw Key.noWeights.error("\(name) has a value by \(Key.value.reference)")
      }
    }
    for name in weights.sorted() where first.contains(name) {
      throw Key.weights.error("\(name) is also named by \(Key.first.reference)")
    }
  }
}
