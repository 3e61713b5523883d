import NetworkImport
package import Preparation

extension NetworkSource {
  /// The number of weights, as `inspect` counts them.
  package func parameterCount() throws -> Int {
    let layers = try blocks(.layers)
    return NetworkSummary(self, view: layers, layers: layers, nil).parameters
  }
}
