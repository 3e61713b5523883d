import CostModel
import DataflowFormats
import Diagnostics
import Documents
import Foundation
import Interchange
import MappingModel
import PiSDF
import PlatformModel

extension FuzzReader {
  /// Every reader of files; a new one is a row here.
  package static let all: [FuzzReader] = [
    onnx,
    FuzzReader(
      name: "platform-yaml", ending: "yaml", grammar: yaml(Words.platform),
      seeds: { try Seeds.platforms(".yaml") }, read: readPlatform),
    FuzzReader(
      name: "platform-json", ending: "json", grammar: json(Words.platform),
      seeds: Seeds.platformsAsJSON, read: readPlatform),
    FuzzReader(
      name: "platform-aloha", ending: "json", grammar: json(Words.aloha),
      seeds: { try Seeds.platforms(".json") }, read: readPlatform),
    FuzzReader(
      name: "mapping-json", ending: "json", grammar: json(Words.mapping),
      seeds: Seeds.mappings, read: readMapping),
    FuzzReader(
      name: "mapping-yaml", ending: "yaml", grammar: yaml(Words.mapping),
      seeds: Seeds.mappingsAsYAML, read: readMapping),
    FuzzReader(
      name: "times-csv", ending: "csv",
      grammar: .text(
        words: Words.times, nests: [("\"", "\""), (",", ""), ("\"\"", ""), ("\n", "")]),
      seeds: { Seeds.times },
      read: readTimes),
    FuzzReader(
      name: "csdf-json", ending: "json", grammar: json(Words.csdf),
      seeds: Seeds.csdf, read: readGraph),
    FuzzReader(
      name: "sdf3-xml", ending: "xml",
      grammar: .text(
        words: Words.sdf3,
        nests: [
          ("<a>", "</a>"), ("<actor name=\"a\">", "</actor>"), ("<!--", "-->"), ("&amp;", ""),
        ]),
      seeds: Seeds.sdf3, read: readGraph),
    FuzzReader(
      name: "pisdf", ending: "pi",
      grammar: .text(
        words: Words.piSDF,
        nests: [
          ("<node id=\"a\" kind=\"actor\">", "</node>"), ("<graph>", "</graph>"), ("(", ")"),
          ("max(", ")"), ("2^", ""), ("<!--", "-->"),
        ]),
      seeds: Seeds.piSDF, read: readHierarchy),
    FuzzReader(
      name: "sesame-application", ending: "yml", grammar: yml,
      seeds: { try Seeds.sesame("_app.yml") }, read: readSesameApplication),
    FuzzReader(
      name: "sesame-mapping", ending: "yml", grammar: yml,
      seeds: { try Seeds.sesame("_map.yml") }, read: readSesameMapping),
    FuzzReader(
      name: "sesame-architecture", ending: "yml", grammar: yml,
      seeds: { try Seeds.sesame("_arch.yml") }, read: readSesameArchitecture),
  ]

  private static let yml = Grammar.text(
    words: Words.sesame,
    nests: [
      ("<network>", "</network>"), ("<mapping side=\"dest\">", "</mapping>"),
      ("<node name=\"a\">", "</node>"), ("<!--", "-->"), ("&amp;", ""),
    ])

  private static func json(_ words: [String]) -> Grammar {
    .text(
      words: words + [
        "{", "}", "[", "]", ":", ",", "\"", "null", "true", "false", "\\u0000", "\\ud800",
      ],
      nests: [("[", "]"), ("{\"a\":", "}"), ("[{\"name\":", "}]")])
  }

  private static func yaml(_ words: [String]) -> Grammar {
    .text(
      words: words + [
        ": ", "- ", "&a ", "*a", "<<: *a", "!!binary ", "!!set ", "|\n", ">\n", "---\n", "...\n",
        "? ",
        "~", "yes", "2001-12-14", "1:30:00", "0o17", "\t", "#", "%YAML 9.9\n", "{", "}", "[", "]",
      ],
      nests: [("[", "]"), ("{a: ", "}"), ("- ", ""), ("? ", ""), ("&a ", ""), ("!!a ", "")])
  }

  private static func readPlatform(_ path: String) throws -> Use {
    let reading = try PlatformLibrary(folders: []).read(path)
    return {
      _ = reading.diagnostics.map(\.description)
      let document = PlatformFormat.document(of: reading.platform)
      _ = document.json()
      _ = try document.yaml()
    }
  }

  private static func readMapping(_ path: String) throws -> Use {
    _ = try Mapping(try DocumentNode(path: path))
    return {}
  }

  private static func readTimes(_ path: String) throws -> Use {
    _ = try MeasuredTimes(try Data(contentsOf: URL(fileURLWithPath: path)), file: path)
    return {}
  }

  private static func readGraph(_ path: String) throws -> Use {
    let graph = try GraphFile.read(path: path)
    return {
      _ = try SDF3Format.write(SDF3Format.Document(graph: graph))
      _ = try CSDFJSONFormat.write(graph)
    }
  }

  private static func readHierarchy(_ path: String) throws -> Use {
    let model = try PiSDFModel(path: path)
    return {
      _ = try model.files()
      _ = try PiSDFFlattening(model)
    }
  }

  private static func readSesameApplication(_ path: String) throws -> Use {
    let application = try SesameReader.application(
      try Data(contentsOf: URL(fileURLWithPath: path)), file: path)
    return { _ = try SesameExport(application.graph).files() }
  }

  private static func readSesameMapping(_ path: String) throws -> Use {
    _ = try SesameReader.mapping(try Data(contentsOf: URL(fileURLWithPath: path)), file: path)
    return {}
  }

  private static func readSesameArchitecture(_ path: String) throws -> Use {
    _ = try SesameReader.architecture(
      try Data(contentsOf: URL(fileURLWithPath: path)), file: path)
    return {}
  }
}
