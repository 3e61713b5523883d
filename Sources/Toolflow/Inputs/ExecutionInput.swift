package import DataflowConversion
import Diagnostics
import MappingModel
package import Preparation
package import Simulation

/// How a mapping is executed, and which limits it has to keep.
package struct ExecutionInput: Hashable, Sendable {
  /// What a firing of a network's block works on.
  package var granularity = Granularity.tensor
  /// How much channels hold.
  package var buffers = BufferPolicy.periodic
  /// The limits that a mapping has to keep, as they are written.
  package var requirements: [String] = []
  /// Whether the weights on an element are limited by its own memory.
  package var localMemory = false

  /// The defaults: firings of whole tensors, periodic buffers and no limits.
  package init() {}

  /// How many inferences an execution or a channel may have.
  static let inferences = 1...1_000_000

  /// The keys of how a mapping is executed.
  static let executionKeys: [JobKey<ExecutionInput>] = [
    JobKey("granularity", \.granularity, .word), JobKey("buffers", \.buffers, .buffers),
  ]

  /// The keys of the limits that a mapping has to keep.
  static let requirementKeys: [JobKey<ExecutionInput>] = [
    JobKey("require", \.requirements, .texts(check))
  ]

  @Sendable private static func check(_ text: String, _ key: String) throws {
    do {
      _ = try Requirement.list(text)
    } catch {
      throw RequestError(key, error.message)
    }
  }

  /// The keys of all limits on a mapping.
  static let limitKeys =
    requirementKeys + [JobKey<ExecutionInput>("local_memory", \.localMemory, .flag)]

  /// The limits that mappings have to keep.
  ///
  /// - Throws: The error of a requirement that cannot be read.
  package func limits() throws -> MappingEvaluator.Limits {
    MappingEvaluator.Limits(
      requirements: try requirements.flatMap { try Requirement.list($0) }, localMemory: localMemory)
  }
}

extension JobForm where Value == BufferPolicy {
  fileprivate static let buffers = parsed { text, key in
    if text == "periodic" { return BufferPolicy.periodic }
    guard let count = Int(text), ExecutionInput.inferences.contains(count) else {
      throw RequestError(
        key, "expected periodic or a number of inferences from 1 to 1000000, found \"\(text)\"")
    }
    return .inferences(count)
  } write: {
    switch $0 {
    case .periodic: "periodic"
    case .inferences(let count): "\(count)"
    }
  }
}
