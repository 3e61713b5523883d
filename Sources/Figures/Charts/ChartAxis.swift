import Foundation

/// What an axis of a chart shows.
package struct ChartAxis: Hashable, Sendable {
  /// What is measured, for instance `Period`.
  package var label: String
  /// The unit of the values, or nothing; a prefix is chosen by the chart.
  package var unit: String
  /// How values become places.
  package var scale: Scale
  /// Whether a linear axis starts at zero.
  package var includesZero: Bool
  /// Whether a linear axis ends where the data end, not at the next round number.
  package var isTight: Bool

  /// How values become places: evenly, or by their logarithms.
  package enum Scale: Hashable, Sendable { case linear, logarithmic }

  /// An axis with a title.
  package init(
    _ label: String, unit: String = "", scale: Scale = .linear, includesZero: Bool = false,
    isTight: Bool = false
  ) {
    self.label = label
    self.unit = unit
    self.scale = scale
    self.includesZero = includesZero
    self.isTight = isTight
  }
}

extension ChartAxis {
  /// Whether the axis has a place for a value.
  func shows(_ value: Double) -> Bool {
    // Beyond these bounds the arithmetic of ticks fails, and no measurement lies there.
    let isOrdinary = value == 0 || (1e-150..<1e150).contains(abs(value))
    return isOrdinary && (scale == .linear || value > 0)
  }
}

/// An axis laid out: its ticks, their texts and the way from values to pixels.
struct AxisLayout {
  let axis: ChartAxis
  let ticks: Ticks
  /// The words at the axis with the unit of its numbers.
  let caption: String

  private let factor: Double

  init(_ axis: ChartAxis, values: [Double], tickCount: Int) {
    self.axis = axis
    var (low, high) = (values.min(), values.max())
    if axis.includesZero && axis.scale == .linear {
      low = min(low ?? 0, 0)
      high = max(high ?? 0, 0)
    }
    let data = (low ?? 1)...(high ?? 1)
    switch axis.scale {
    case .linear:
      let round = Ticks(linear: data, count: tickCount)
      ticks = axis.isTight ? round.ending(at: data.upperBound) : round
    case .logarithmic: ticks = Ticks(logarithmic: data, count: tickCount)
    }
    let magnitude = max(abs(ticks.range.lowerBound), abs(ticks.range.upperBound))
    (factor, caption) = Self.numbers(of: axis, magnitude: magnitude)
  }

  /// The text of a tick.
  func text(_ value: Double) -> String {
    axis.scale == .logarithmic
      ? EngineeringNumber.text(value, unit: axis.unit)
      : DecimalText.significant(value / factor, digits: 6)
  }

  /// Where a value lies on the axis: 0 at its beginning, 1 at its end.
  func position(_ value: Double) -> Double {
    let (low, high) = (ticks.range.lowerBound, ticks.range.upperBound)
    switch axis.scale {
    case .linear: return (value - low) / (high - low)
    case .logarithmic: return log10(value / low) / log10(high / low)
    }
  }

  private static func numbers(of axis: ChartAxis, magnitude: Double) -> (Double, String) {
    if axis.scale == .logarithmic { return (1, axis.label) }
    if axis.unit.isEmpty {
      let exponent = DecimalText.decimalExponent(of: magnitude, digits: 6)
      if (-3...5).contains(exponent) { return (1, axis.label) }
      return (pow(10, Double(exponent)), "\(axis.label) (×10^\(exponent))")
    }
    let prefix = EngineeringNumber.Prefix(for: magnitude, unit: axis.unit)
    return (prefix.factor, "\(axis.label) (\(prefix.symbol)\(axis.unit))")
  }
}
