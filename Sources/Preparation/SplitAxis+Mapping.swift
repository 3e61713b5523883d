package import MappingModel
package import Partitioning

extension SplitAxis {
  /// The axis that a mapping names.
  package init(_ axis: Mapping.Split.Axis) {
    self =
      switch axis {
      case .kernels: .kernels
      case .lines: .lines
      case .inputs: .inputs
      }
  }

  /// The axis as mappings name it.
  package var inMappings: Mapping.Split.Axis {
    switch self {
    case .kernels: .kernels
    case .lines: .lines
    case .inputs: .inputs
    }
  }
}
