import Foundation

/// The marks of an axis.
package struct Ticks: Hashable, Sendable {
  /// The marked values, ascending.
  package let values: [Double]
  /// The range of the axis, which encloses the data.
  package let range: ClosedRange<Double>
}

extension Ticks {
  /// Marks at multiples of 1, 2, 2.5 or 5 times a power of ten that enclose the data.
  ///
  /// Method: Heckbert 1990, "Nice numbers for graph labels", Graphics Gems, pp. 61–63, with 2.5
  /// added.
  ///
  /// - Parameter count: About how many marks there are.
  package init(linear data: ClosedRange<Double>, count: Int = 6) {
    let data = Self.widened(data)
    let step = Self.niceStep(atLeast: (data.upperBound - data.lowerBound) / Double(max(1, count)))
    let first = (data.lowerBound / step + 1e-9).rounded(.down)
    let last = (data.upperBound / step - 1e-9).rounded(.up)
    values = (0...Int(last - first)).map {
      DecimalText.rounded((first + Double($0)) * step, digits: 12)
    }
    range = first * step...last * step
  }

  /// Marks at powers of ten, and at 2 and 5 times those when the data span few of them.
  ///
  /// - Precondition: the data are positive.
  package init(logarithmic data: ClosedRange<Double>, count: Int = 6) {
    precondition(data.lowerBound > 0, "a logarithmic axis cannot show \(data.lowerBound)")
    let first = Int(log10(data.lowerBound).rounded(.down)) - 1
    let last = Int(log10(data.upperBound).rounded(.up)) + 1
    let marks = (first...last).flatMap { exponent in
      [1, 2, 5].map { $0 * pow(10, Double(exponent)) }
    }
    // A mark may differ from the data by a rounding error.
    let low = marks.lastIndex { $0 <= data.lowerBound * (1 + 1e-9) } ?? 0
    let high = marks.firstIndex { $0 >= data.upperBound * (1 - 1e-9) } ?? marks.count - 1
    let inside = Array(low...max(high, low + 1))
    let decades = inside.filter { $0.isMultiple(of: 3) }
    let stride = (decades.count + count - 1) / max(1, count)
    let shown =
      inside.count <= count + 3 || decades.count < 2
      ? inside : decades.enumerated().filter { $0.offset.isMultiple(of: stride) }.map(\.element)
    values = shown.map { marks[$0] }
    range = marks[inside[0]]...marks[inside[inside.count - 1]]
  }

  /// The marks up to a value, at which the range ends; a range that would be empty stays.
  func ending(at value: Double) -> Ticks {
    guard value > range.lowerBound else { return self }
    return Ticks(values: values.filter { $0 <= value }, range: range.lowerBound...value)
  }

  /// A range of a width that a step can divide, around data that have nearly none.
  private static func widened(_ data: ClosedRange<Double>) -> ClosedRange<Double> {
    let magnitude = max(abs(data.lowerBound), abs(data.upperBound))
    guard data.upperBound - data.lowerBound <= magnitude * 1e-9 else { return data }
    if magnitude == 0 { return 0...1 }
    let center = (data.lowerBound + data.upperBound) / 2
    return (center - magnitude / 10)...(center + magnitude / 10)
  }

  private static func niceStep(atLeast raw: Double) -> Double {
    let power = pow(10, log10(raw).rounded(.down))
    let nice = [1, 2, 2.5, 5, 10].first { $0 * power >= raw * 0.999 } ?? 10
    return nice * power
  }
}
