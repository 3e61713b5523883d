/// Who is busy when: one row per resource, one bar per piece of work.
package struct GanttChart: Sendable {
  /// A piece of work.
  package struct Bar: Hashable, Sendable {
    /// The index of its row.
    package var row: Int
    /// Where it begins on the axis of time.
    package var start: Double
    /// Where it ends there.
    package var end: Double
    /// What pointing at it tells.
    package var label: String
    /// Which color it has; bars of one color belong together.
    package var color: Int

    /// A bar in one row.
    package init(row: Int, start: Double, end: Double, label: String, color: Int) {
      self.row = row
      self.start = start
      self.end = end
      self.label = label
      self.color = color
    }
  }

  /// What stands above the chart.
  package var title: String
  /// The names of the rows, from top to bottom.
  package var rows: [String]
  /// What is drawn in the rows.
  package var bars: [Bar]
  /// Work of many pieces, beside the bars.
  package var works: [Work]
  /// What the numbers of the pieces of work are.
  package var pieceKeys: [String]
  /// The axis of time.
  package var horizontal: ChartAxis
  /// Spans that the ground of the chart shows.
  package var spans: [Span]
  /// What is said below the drawing.
  package var note: String
  /// The width of the drawing, in pixels.
  package var width: Double
  /// The height of a row, in pixels.
  package var rowHeight: Double

  /// A chart with a row for each name.
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
    /// What it is called.
    package var name: String
    /// The place of its color; nil for work of several purposes, which is gray.
    package var color: Int?
    /// What it consists of.
    package var parts: [Part]

    /// Work with the place of its color; nil means gray.
    package init(_ name: String, color: Int?, parts: [Part]) {
      self.name = name
      self.color = color
      self.parts = parts
    }
  }

  /// Pieces of work of one kind.
  package struct Part: Hashable, Sendable {
    /// What it is called.
    package var name: String
    /// Where in its row it stands.
    package var place: Place
    /// What the numbers of each piece are, where it is not what they are in the whole chart.
    package var keys: [String]?
    /// How much of their time the pieces are busy, from 0 to 1; less is drawn fainter.
    package var density: Double
    /// The stretches of time that it takes.
    package var pieces: [Piece]

    /// A part with its pieces.
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

  /// A stretch of time in one row.
  package struct Piece: Hashable, Sendable {
    /// The index of its row.
    package var row: Int
    /// Where it begins on the axis of time.
    package var start: Double
    /// Where it ends there.
    package var end: Double
    /// The numbers that pointing at it tells, as many as ``pieceKeys``.
    package var numbers: [Double]

    /// A stretch from one time to another.
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
    /// What it is called.
    package var name: String
    /// Where it begins on the axis of time.
    package var start: Double
    /// Where it ends there.
    package var end: Double

    /// A named stretch of the axis.
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
