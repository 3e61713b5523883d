extension Unicode.Scalar {
  /// Whether the scalar may be shown: false for what XML forbids, for the control characters that
  /// steer a terminal, and for the direction overrides that make a name look like another one.
  package var isPrintable: Bool {
    switch value {
    case 0x09, 0x0A: true
    case 0..<0x20, 0x7F...0x9F, 0x202A...0x202E, 0x2066...0x2069, 0xFFFE...0xFFFF: false
    default: true
    }
  }
}
