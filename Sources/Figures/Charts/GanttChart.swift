/// Who is busy when: one row per resource, one bar per piece of work.
package struct GanttChart: Sendable {
  /// A piece of work.
  package struct Bar: Hashable, Sendable {
    package var row: Int
    package var start: Double
    package var end: Double
    /// What a reader is told who points at it.
    package var label: String
    /// Which colour it has; bars of one colour belong together.
    package var color: Int

    package init(row: Int, start: Double, end: Double, label: String, color: Int) {
      self.row = row
      self.start = start
      self.end = end
      self.label = label
      self.color = color
    }
  }

  package var title: String
  package var rows: [String]
  package var bars: [Bar]
  /// Work of many pieces, beside the bars.
  package var works: [Work]
  /// What the numbers of the pieces of work are.
  package var pieceKeys: [String]
  /// The axis of time.
  package var horizontal: ChartAxis
  /// Spans that the ground of the chart shows.
  package var spans: [Span]
  package var note: String
  package var width: Double
  package var rowHeight: Double

  package init(
    title: String, rows: [String], bars: [Bar] = [], works: [Work] = [], pieceKeys: [String] = [],
    horizontal: ChartAxis, spans: [Span] = [], note: String = "", width: Double = 960,
    rowHeight: Double = 20
  ) {
    self.title = title
    self.rows = rows
    self.bars = bars
    self.works = works
    self.pieceKeys = pieceKeys
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
  /// Everything that is done for one purpose, for instance all work of a block.
  ///
  /// It lights up together, and tells in numbers what its pieces are, so that thousands of them
  /// take little room.
  package struct Work: Hashable, Sendable {
    package var name: String
    /// Which colour it has; nothing means work of several purposes.
    package var color: Int?
    package var parts: [Part]

    package init(_ name: String, color: Int?, parts: [Part]) {
      self.name = name
      self.color = color
      self.parts = parts
    }
  }

  /// Pieces of work of one kind.
  package struct Part: Hashable, Sendable {
    package var name: String
    package var place: Place
    /// What the numbers of each piece are, where it is not what they are in the whole chart.
    package var keys: [String]?
    /// How much of their time the pieces are busy, from 0 to 1; less is drawn fainter.
    package var density: Double
    package var pieces: [Piece]

    package init(
      _ name: String, place: Place, keys: [String]? = nil, density: Double = 1,
      pieces: [Piece] = []
    ) {
      self.name = name
      self.place = place
      self.keys = keys
      self.density = density
      self.pieces = pieces
    }
  }

  package struct Piece: Hashable, Sendable {
    package var row: Int
    package var start: Double
    package var end: Double
    package var numbers: [Double]

    package init(row: Int, start: Double, end: Double, numbers: [Double] = []) {
      self.row = row
      self.start = start
      self.end = end
      self.numbers = numbers
    }
  }

  /// The part of its row that a piece takes.
  package enum Place: Hashable, Sendable { case whole, upper, lower }

  /// A span of time with a name.
  package struct Span: Hashable, Sendable {
    package var name: String
    package var start: Double
    package var end: Double

    package init(_ name: String, start: Double, end: Double) {
      self.name = name
      self.start = start
      self.end = end
    }
  }
}

extension GanttChart {
  /// Draws the chart; work without duration is a thin line.
  ///
  /// - Complexity: O(*n*) in the number of rows and pieces of work.
  package func figure() -> Figure {
    let painter = GanttPainter(self)
    let count = bars.count + works.reduce(0) { $0 + $1.parts.reduce(0) { $0 + $1.pieces.count } }
    return Figure(
      summary: "\(title): \(count) pieces of work of \(rows.count) rows", width: width,
      height: painter.height, content: painter.content())
  }

  /// The pixels between the beginning and the end of its time.
  package var plotWidth: Double { GanttPainter.plot(of: self).width }
}
