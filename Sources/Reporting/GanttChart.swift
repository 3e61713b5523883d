/// Who is busy when: one row per resource, one bar per piece of work.
package struct GanttChart: Sendable {
  /// A piece of work.
  package struct Bar: Hashable, Sendable {
    package var row: Int
    package var start: Double
    package var end: Double
    /// What a reader is told who points at it.
    package var label: String
    /// Which colour it has; bars of one colour belong together. Nothing means several things at
    /// once.
    package var color: Int?
    /// A word in the bar where there is room.
    package var caption: String
    package var place: Place
    /// Bars with one number light up together; they are those of one block, say.
    package var group: Int?

    package init(
      row: Int, start: Double, end: Double, label: String, color: Int?, caption: String = "",
      place: Place = .whole, group: Int? = nil
    ) {
      self.row = row
      self.start = start
      self.end = end
      self.label = label
      self.color = color
      self.caption = caption
      self.place = place
      self.group = group
    }
  }

  /// The part of its row that a bar takes.
  package enum Place: Hashable, Sendable { case whole, upper, lower }

  /// A span of time with a name.
  package struct Span: Hashable, Sendable {
    package var start: Double
    package var end: Double
    package var name: String

    package init(_ name: String, start: Double, end: Double) {
      self.start = start
      self.end = end
      self.name = name
    }
  }

  package var title: String
  package var rows: [String]
  package var bars: [Bar]
  /// The axis of time.
  package var horizontal: ChartAxis
  /// Spans that the ground of the chart shows.
  package var spans: [Span]
  package var note: String
  package var width: Double
  package var rowHeight: Double

  package init(
    title: String, rows: [String], bars: [Bar], horizontal: ChartAxis, spans: [Span] = [],
    note: String = "", width: Double = 960, rowHeight: Double = 20
  ) {
    self.title = title
    self.rows = rows
    self.bars = bars
    self.horizontal = horizontal
    self.horizontal.scale = .linear
    self.horizontal.includesZero = true
    self.spans = spans
    self.note = note
    self.width = max(320, width)
    self.rowHeight = max(12, rowHeight)
  }
}

extension GanttChart {
  /// Draws the chart; work without duration is a thin line.
  ///
  /// - Complexity: O(*n* log *n*) in the number of rows and bars.
  package func figure() -> Figure {
    let painter = GanttPainter(self)
    return Figure(
      summary: "\(title): \(bars.count) pieces of work of \(rows.count) rows", width: width,
      height: painter.height, content: painter.content())
  }

  /// The pixels between the beginning and the end of its time.
  var plotWidth: Double { GanttPainter.plot(of: self).width }
}
