import Figures

/// How far a search is, as one line for a terminal.
package struct ProgressLine: Hashable, Sendable {
  /// The evaluations that are done.
  package var done: Int
  /// The evaluations in total; nil where only time limits the search.
  package var total: Int?
  /// The time since the start, in seconds.
  package var seconds: Double
  /// The seconds that the search may take, where that is limited.
  package var timeLimit: Double?
  /// The best value of each objective.
  package var best: [Best]

  /// A line about a search that runs.
  package init(
    done: Int, total: Int?, seconds: Double, timeLimit: Double? = nil, best: [Best] = []
  ) {
    self.done = done
    self.total = total
    self.seconds = seconds
    self.timeLimit = timeLimit
    self.best = best
  }

  /// The best value of an objective; an infinite one is not known yet.
  package struct Best: Hashable, Sendable {
    /// The name of the objective, for instance `period`.
    package var name: String
    /// The least value so far, in ``unit``; infinite where there is none yet.
    package var value: Double
    /// The SI unit of the value; empty for a plain number.
    package var unit: String

    /// The best value of an objective so far.
    package init(_ name: String, _ value: Double, unit: String = "") {
      self.name = name
      self.value = value
      self.unit = unit
    }
  }
}

extension ProgressLine {
  /// The line in at most so many columns: a bar, the share, the evaluations and their rate, the
  /// time left, the best values. Where room is short, the best values go first, the bar last.
  ///
  /// - Parameter isPlain: Whether only characters of ASCII are used.
  package func text(width: Int, isPlain: Bool = false) -> String {
    let share = self.share
    var parts: [String] = []
    if let share { parts.append("\(Self.padded(Int((share * 100).rounded(.down)), to: 3)) %") }
    parts += [counts, rate]
    if let left = secondsLeft { parts.append("ETA \(Self.duration(left))") }
    if share == nil { parts.append(Self.duration(seconds)) }
    let texts = best.filter(\.value.isFinite).map {
      let value = EngineeringNumber.text($0.value, unit: $0.unit)
      return Table.singleLine($0.name) + " " + (isPlain ? value.replacing("µ", with: "u") : value)
    }
    while parts.count > 1 && Self.joined(parts).count > width { parts.removeLast() }
    let leastBar = share == nil ? 0 : Self.leastBar + 2
    for text in texts where Self.joined(parts + [text]).count + leastBar <= width {
      parts.append(text)
    }
    let line = Self.joined(parts)
    let room = min(Self.mostBar, width - line.count - 2)
    if let share, room >= Self.leastBar {
      return Self.bar(share, columns: room, isPlain: isPlain) + "  " + line
    }
    return String(line.prefix(max(0, width)))
  }

  /// The part of the work that is done, from 0 to 1, by count or by time.
  package var share: Double? {
    let byCount = total.map { $0 > 0 ? Double(done) / Double($0) : 1 }
    let byTime = timeLimit.map { $0 > 0 ? seconds / $0 : 1 }
    guard byCount != nil || byTime != nil else { return nil }
    let share = max(byCount ?? 0, byTime ?? 0)
    return share.isFinite ? min(1, max(0, share)) : 0
  }

  /// The estimated seconds that are left at the present rate; nil where they cannot be told.
  package var secondsLeft: Double? {
    let byTime = timeLimit.map { max(0, $0 - seconds) }
    let byCount = total.flatMap { total in
      done > 0 ? max(0, Double(total - done)) * seconds / Double(done) : nil
    }
    guard let least = [byTime, byCount].compactMap({ $0 }).min(), least.isFinite else { return nil }
    return least
  }

  /// A time for people: `0:07`, `12:34`, `3 h 05`, `2 d 04 h`.
  package static func duration(_ seconds: Double) -> String {
    guard seconds.isFinite, seconds < 1e9 else { return "long" }
    let whole = Int(max(0, seconds).rounded())
    switch whole {
    case ..<3_600: return "\(whole / 60):\(padded(whole % 60, to: 2, with: "0"))"
    case ..<86_400: return "\(whole / 3_600) h \(padded(whole / 60 % 60, to: 2, with: "0"))"
    default: return "\(whole / 86_400) d \(padded(whole / 3_600 % 24, to: 2, with: "0")) h"
    }
  }

  private var counts: String {
    total.map { "\(QuantityText.count(done))/\(QuantityText.count($0))" }
      ?? QuantityText.count(done)
  }

  private var rate: String {
    let rate = seconds > 0 ? Double(done) / seconds : 0
    guard rate < 1 else { return EngineeringNumber.text(rate, unit: "/s", digits: 3) }
    return DecimalText.fixed(rate, digits: 3) + " /s"
  }

  /// The bar; outside of ASCII it grows by eighths of a column.
  private static func bar(_ share: Double, columns: Int, isPlain: Bool) -> String {
    if isPlain {
      let full = Int(share * Double(columns - 2))
      return "[" + String(repeating: "#", count: full)
        + String(repeating: ".", count: columns - 2 - full) + "]"
    }
    let eighths = Int(share * Double(columns) * 8)
    let parts = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]
    let full = String(repeating: "█", count: eighths / 8) + parts[eighths % 8]
    return full + String(repeating: "░", count: columns - full.count)
  }

  private static func joined(_ parts: [String]) -> String { parts.joined(separator: "  ") }

  private static func padded(_ value: Int, to width: Int, with filler: String = " ") -> String {
    let digits = "\(value)"
    return String(repeating: filler, count: max(0, width - digits.count)) + digits
  }

  private static let leastBar = 8
  private static let mostBar = 28
}
