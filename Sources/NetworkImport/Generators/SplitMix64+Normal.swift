import Foundation
package import RandomNumbers

extension SplitMix64 {
  /// A number between 0, left out, and 1.
  private mutating func nextUnit() -> Double { (Double(next() >> 11) + 1) * 0x1p-53 }

  /// `count` independent normal numbers with mean 0 and the given standard deviation.
  ///
  /// Source: Box, Muller 1958, DOI 10.1214/aoms/1177706645.
  package mutating func normal(count: Int, deviation: Double) -> [Float] {
    var values: [Float] = []
    values.reserveCapacity(count + 1)
    while values.count < count {
      let radius = deviation * (-2 * log(nextUnit())).squareRoot()
      let angle = 2 * Double.pi * nextUnit()
      values.append(Float(radius * cos(angle)))
      values.append(Float(radius * sin(angle)))
    }
    values.removeLast(values.count - count)
    return values
  }
}
