package import Foundation

extension DecodingError {
  /// The message of ``keyPathMessage``; where the bytes are no JSON at all, with the line at which
  /// they stop to be.
  package func message(in data: Data) -> String {
    guard case .dataCorrupted(let context) = self, context.codingPath.isEmpty else {
      return keyPathMessage
    }
    do {
      _ = try JSONSerialization.jsonObject(with: data, options: .fragmentsAllowed)
      return keyPathMessage
    } catch {
      let detail = (error as NSError).userInfo[NSDebugDescriptionErrorKey] as? String ?? ""
      let digits = detail.split(whereSeparator: { !$0.isASCII || !$0.isNumber })
      guard let position = digits.last.flatMap({ Int($0) }), position <= data.count else {
        return "the file is not valid JSON"
      }
      let line = data.prefix(position).count { $0 == UInt8(ascii: "\n") } + 1
      return "line \(line): the file is not valid JSON"
    }
  }

  /// What went wrong in one line with the key path of the offending element,
  /// as `cores[2].max_power: expected a number`.
  package var keyPathMessage: String {
    switch self {
    case .typeMismatch(let type, let context):
      return "\(Self.path(context.codingPath)): expected \(Self.noun(type))"
    case .valueNotFound(let type, let context):
      return "\(Self.path(context.codingPath)): expected \(Self.noun(type)), found null"
    case .keyNotFound(let key, let context):
      return "\(Self.path(context.codingPath)): the key \"\(key.stringValue)\" is missing"
    case .dataCorrupted(let context):
      let detail = context.underlyingError.map { "\($0)" } ?? ""
      let reason = Self.oneLine(context.debugDescription + (detail.isEmpty ? "" : " (\(detail))"))
      return context.codingPath.isEmpty ? reason : "\(Self.path(context.codingPath)): \(reason)"
    @unknown default:
      return Self.oneLine("\(self)")
    }
  }

  /// Writes a coding path as `a.b[2].c`; the empty path is the top level.
  private static func path(_ keys: [any CodingKey]) -> String {
    var text = ""
    for key in keys {
      if let index = key.intValue {
        text += "[\(index)]"
      } else {
        text += text.isEmpty ? key.stringValue : ".\(key.stringValue)"
      }
    }
    return text.isEmpty ? "top level" : text
  }

  private static func noun(_ type: any Any.Type) -> String {
    switch type {
    case is String.Type: return "a string"
    case is Bool.Type: return "true or false"
    case is any BinaryInteger.Type: return "an integer"
    case is any BinaryFloatingPoint.Type, is Decimal.Type: return "a number"
    default:
      let name = "\(type)"
      if name.hasPrefix("Array") || name.hasPrefix("[") { return "an array" }
      return "an object"
    }
  }

  private static func oneLine(_ text: String) -> String {
    text.split(whereSeparator: \.isNewline).joined(separator: " ")
  }
}
