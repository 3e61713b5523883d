/// A JSON document that tests take apart and change.
enum JSONValue: Codable, Equatable {
  case null
  case bool(Bool)
  case number(Double)
  case string(String)
  case array([JSONValue])
  case object([String: JSONValue])

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let value = try? container.decode(Bool.self) {
      self = .bool(value)
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else if let value = try? container.decode(String.self) {
      self = .string(value)
    } else if let value = try? container.decode([JSONValue].self) {
      self = .array(value)
    } else {
      self = .object(try container.decode([String: JSONValue].self))
    }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .null: try container.encodeNil()
    case .bool(let value): try container.encode(value)
    case .number(let value): try container.encode(value)
    case .string(let value): try container.encode(value)
    case .array(let value): try container.encode(value)
    case .object(let value): try container.encode(value)
    }
  }
}

extension JSONValue {
  /// A step into a document.
  enum Step: Equatable {
    case key(String)
    case index(Int)
  }

  /// The paths of all values that are neither arrays nor objects, in a fixed order.
  var leaves: [[Step]] {
    switch self {
    case .array(let values):
      values.enumerated().flatMap { index, value in value.leaves.map { [.index(index)] + $0 } }
    case .object(let values):
      values.sorted { $0.key < $1.key }.flatMap { key, value in
        value.leaves.map { [.key(key)] + $0 }
      }
    default: [[]]
    }
  }

  /// The paths of all arrays and objects but the document itself.
  var branches: [[Step]] {
    let prefixes = leaves.flatMap { leaf in (1..<max(1, leaf.count)).map { Array(leaf.prefix($0)) }
    }
    return prefixes.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  /// The value at a path; writing nil removes a key.
  subscript(path: ArraySlice<Step>) -> JSONValue? {
    get {
      switch (self, path.first) {
      case (_, nil): self
      case (.array(let values), .index(let index)): values[index][path.dropFirst()]
      case (.object(let values), .key(let key)): values[key]?[path.dropFirst()]
      default: nil
      }
    }
    set {
      switch (self, path.first) {
      case (_, nil): self = newValue ?? .null
      case (.array(var values), .index(let index)):
        values[index][path.dropFirst()] = newValue
        self = .array(values)
      case (.object(var values), .key(let key)):
        if path.count == 1 {
          values[key] = newValue
        } else {
          values[key]?[path.dropFirst()] = newValue
        }
        self = .object(values)
      default: break
      }
    }
  }

  /// Reads `cores[2].name` as a path.
  static func path(_ text: String) -> [Step] {
    text.split(separator: ".").flatMap { part -> [Step] in
      let pieces = part.split(separator: "[")
      return [.key(String(pieces[0]))] + pieces.dropFirst().map { .index(Int($0.dropLast())!) }
    }
  }

  /// Writes a path as `cores[2].name`.
  static func text(_ path: [Step]) -> String {
    path.reduce(into: "") { text, step in
      switch step {
      case .key(let key): text += text.isEmpty ? key : ".\(key)"
      case .index(let index): text += "[\(index)]"
      }
    }
  }
}
