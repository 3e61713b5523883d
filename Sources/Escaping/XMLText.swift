/// Texts as they are written within an element or a quoted attribute of XML, HTML and SVG.
package enum XMLText {
  /// Who reads the text.
  package enum Reader: Hashable, Sendable {
    /// A program, which gets every character back, white space of attributes included.
    case program
    /// A person: what may not be shown is replaced by U+FFFD, and lines stay lines.
    case person
  }

  /// Appends a text with every character of meaning to XML escaped, as XML 1.0, sections 2.4 and 3.3.3, asks.
  package static func append(_ text: String, for reader: Reader, to output: inout String) {
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": output += "&amp;"
      case "<": output += "&lt;"
      case ">": output += "&gt;"
      case "\"": output += "&quot;"
      case "\t" where reader == .program, "\n" where reader == .program,
        "\r" where reader == .program:
        output += "&#\(scalar.value);"
      default:
        let isKept = reader == .program || scalar.isPrintable
        output.unicodeScalars.append(isKept ? scalar : "\u{FFFD}")
      }
    }
  }
}

extension String {
  /// The text as it is written within an element or a quoted attribute of an XML file that programs read.
  package var xmlEscaped: String {
    var escaped = ""
    XMLText.append(self, for: .program, to: &escaped)
    return escaped
  }

  /// Whether all characters are in the set that XML 1.0, section 2.2, allows.
  package var isWritableInXML: Bool {
    unicodeScalars.allSatisfy { scalar in
      switch scalar.value {
      case 0x9, 0xA, 0xD, 0x20...0xD7FF, 0xE000...0xFFFD, 0x10000...0x10FFFF: true
      default: false
      }
    }
  }
}
