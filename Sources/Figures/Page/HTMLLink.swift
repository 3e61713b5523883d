/// Where a link of a page or a drawing leads: to an anchor of the page or to a file beside it.
///
/// Whatever the text is, it cannot lead anywhere else: characters that would start a scheme or
/// another host are escaped.
struct HTMLLink {
  /// The value of the `href` attribute.
  let address: String

  /// - Parameter target: `#anchor`, or the path of a file relative to that of the page.
  init(_ target: String) {
    let isAnchor = target.hasPrefix("#")
    let text = isAnchor ? target.dropFirst() : target[...]
    var escaped = ""
    for byte in text.utf8 {
      if Self.isPlain(byte) {
        escaped.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        escaped += "%" + Self.hex(byte >> 4) + Self.hex(byte & 15)
      }
    }
    address = (isAnchor ? "#" : text.hasPrefix("/") ? "." : "") + escaped
  }

  /// Whether the character stands for itself (RFC 3986, section 2.3), or parts folders.
  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
      UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: "/"):
      true
    default: false
    }
  }

  private static func hex(_ digit: UInt8) -> String { String(digit, radix: 16, uppercase: true) }
}
