import Dataflow
package import DataflowFormats
import Diagnostics
import Documents
import Files
import Interchange
package import NetworkImport
package import ONNXResolution
import PiSDF
package import Preparation

/// The network or dataflow graph that a job is about, and how it is read.
package struct SubjectInput: Hashable, Sendable {
  /// The path of its file, or the name of a network of the model zoo.
  package var path = ""
  /// How the network is read where its file leaves a choice, and which part of it is used.
  package var reading = NetworkReading()
  /// Whether operators that only reshape tensors, and those that could be folded into convolutions,
  /// stay blocks.
  package var keepsOperators = false
  /// The values of parameters of a PiSDF graph, by name or path.
  package var parameters: [String: Int64] = [:]
  /// The execution times of actors of a PiSDF graph in ticks; others take one tick.
  package var executionTimes: [String: Int64] = [:]

  /// The defaults, without a path.
  package init() {}

  static let keys: [JobKey<SubjectInput>] = [
    JobKey("input", \.path, .text, isPath: true),
    JobKey("input_shape", \.reading.shapes, .shapes),
    JobKey("dim", \.reading.dimensions, .dimensions),
    JobKey("input_value", \.reading.values, .values),
    JobKey("weights", \.reading.weights, .nameSet),
    JobKey("no_weights", \.reading.inputs, .nameSet),
    JobKey("network_inputs", \.reading.first, .names),
    JobKey("network_outputs", \.reading.last, .names),
    JobKey("no_fold", \.keepsOperators, .flag),
    JobKey("parameter", \.parameters, .integers),
    JobKey("execution_time", \.executionTimes, .integers),
  ]
}

extension JobForm where Value == Set<String> {
  /// Names in any order.
  fileprivate static let nameSet = JobForm(schema: JobForm<[String]>.names.schema) {
    Set(try JobForm<[String]>.names.read($0, $1))
  } write: {
    JobForm<[String]>.names.write($0.sorted())
  }
}

extension SubjectInput {
  /// How operators become blocks.
  package var importOptions: ImportOptions { keepsOperators ? .layers : .blocks }

  /// Whether the file holds a dataflow graph.
  package var isGraph: Bool { GraphFile.looksLikeGraph(path: path) }

  /// Opens the network.
  ///
  /// - Throws: An error naming the file.
  package func network() throws -> NetworkSource { try NetworkSource(path, reading: reading) }

  /// Reads a graph file of any format with its buffer sizes.
  ///
  /// - Throws: An error naming the file and the place in it that is at fault.
  package func document() throws -> SDF3Format.Document {
    let format = GraphFile.format(ofFile: path)
    guard format == .piSDF else {
      return format == .sesame
        ? SDF3Format.Document(graph: try SesameReader.application(path: path).graph)
        : try GraphFile.readDocument(path: path)
    }
    let model = try PiSDFModel(path: path)
    let options = PiSDFFlattening.Options(valuation: parameters, executionTimes: executionTimes)
    do {
      let flat = try PiSDFFlattening(model, options: options)
      return SDF3Format.Document(
        graph: flat.graph,
        diagnostics: flat.diagnostics.map { Diagnostic("\(path): \($0.subject)", $0.message) })
    } catch {
      throw error.inFile(path)
    }
  }

  /// Reads a graph file of any format, with its warnings told to the context.
  func graph(_ context: JobContext) throws -> CSDFGraph {
    let document = try document()
    context.warn(document.diagnostics)
    return document.graph
  }
}
