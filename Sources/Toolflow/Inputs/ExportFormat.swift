/// The formats that are exported.
package enum ExportFormat: String, CaseIterable, Sendable {
  case onnx, dot, csv, sdf3, times, platform, sesame, preesm, perfetto
  case csdfJSON = "csdf-json"
}

extension ExportFormat {
  /// The inputs that the format can be exported from.
  package var subjects: [Situation.Subject] {
    switch self {
    case .onnx, .csv, .times: [.network]
    case .platform: [.platform]
    case .dot, .sdf3, .csdfJSON, .sesame, .preesm, .perfetto: Situation.anyGraph
    }
  }

  /// Whether it takes a mapping on a platform.
  var isOfMappings: Bool { [.sesame, .preesm, .perfetto].contains(self) }

  /// Whether it is a folder of files.
  var isFolder: Bool { self == .sesame || self == .preesm }
}
