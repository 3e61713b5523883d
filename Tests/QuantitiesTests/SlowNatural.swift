/// A whole number of any size, slow and obvious: its decimal digits, the last one first.
struct SlowNatural: Equatable {
  private var digits: [Int]

  /// - Parameter text: Digits only.
  init(_ text: String) { digits = Self.trimmed(text.reversed().compactMap(\.wholeNumberValue)) }

  private init(digits: [Int]) { self.digits = Self.trimmed(digits) }

  private static func trimmed(_ digits: [Int]) -> [Int] {
    var digits = digits
    while digits.last == 0 { digits.removeLast() }
    return digits
  }

  /// Ten to a power.
  static func power(ofTen exponent: Int) -> SlowNatural {
    SlowNatural("1" + String(repeating: "0", count: exponent))
  }

  private static func carried(_ columns: [Int]) -> SlowNatural {
    var (digits, carry) = ([Int](), 0)
    for column in columns {
      digits.append((column + carry) % 10)
      carry = (column + carry) / 10
    }
    while carry > 0 {
      digits.append(carry % 10)
      carry /= 10
    }
    return SlowNatural(digits: digits)
  }

  static func + (left: Self, right: Self) -> Self {
    let count = max(left.digits.count, right.digits.count)
    return carried(
      (0..<count).map { place in
        (place < left.digits.count ? left.digits[place] : 0)
          + (place < right.digits.count ? right.digits[place] : 0)
      })
  }

  static func * (left: Self, right: Self) -> Self {
    var columns = [Int](repeating: 0, count: left.digits.count + right.digits.count)
    for (i, a) in left.digits.enumerated() {
      for (j, b) in right.digits.enumerated() { columns[i + j] += a * b }
    }
    return carried(columns)
  }
}

extension SlowNatural: Comparable {
  static func < (left: Self, right: Self) -> Bool {
    if left.digits.count != right.digits.count { return left.digits.count < right.digits.count }
    for (a, b) in zip(left.digits, right.digits).reversed() where a != b { return a < b }
    return false
  }
}
