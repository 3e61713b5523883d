/// A trace as pieces that a picture can show: work shorter than a pixel is taken together.
struct TraceThinning {
  private(set) var pieces: [Piece] = []
  /// The pieces of work that lie in the window.
  private(set) var eventCount = 0
  /// The least duration that stands alone, in seconds.
  private(set) var resolution: Double

  /// One piece of work, or several of one kind in one row that follow each other closely.
  struct Piece {
    var lane: Int
    var kind: PointDetails.EventKind
    /// The block; -1 for work of several.
    var block: Int32
    /// The first of its events.
    var event: Int
    var count: Int
    var start: Double
    var end: Double
    /// The sum of the durations.
    var busy: Double
  }

  /// Takes the work of a window; times outside of it are cut off.
  ///
  /// - Parameters:
  ///   - rowOfLane: The row of each lane; work of lanes without one is left out.
  ///   - columns: The pixels that the window is wide.
  ///   - limit: The most pieces; the resolution grows from one pixel until that suffices.
  /// - Complexity: O(*n* + *r* *w*) for *n* events, *r* rows and *w* pixels.
  init(
    _ trace: PointDetails.Trace, window: ClosedRange<Double>, rowOfLane: [Int?], columns: Int,
    limit: Int
  ) {
    let rows = (rowOfLane.compactMap { $0 }.max() ?? -1) + 1
    resolution = (window.upperBound - window.lowerBound) / Double(max(1, columns))
    guard rows > 0, resolution > 0, resolution.isFinite else { return }
    var merger = Merger(rows: rows, columns: columns, start: window.lowerBound, resolution)
    for (index, event) in trace.events.enumerated() {
      let lane = Int(event.lane)
      guard rowOfLane.indices.contains(lane), let row = rowOfLane[lane], event.end >= event.start,
        event.end >= window.lowerBound, event.start <= window.upperBound
      else { continue }
      let start = max(event.start, window.lowerBound)
      let end = min(event.end, window.upperBound)
      // What only touches the window lies beside it.
      guard end > start || event.start == event.end else { continue }
      merger.add(
        Piece(
          lane: row, kind: event.kind, block: event.block, event: index, count: 1, start: start,
          end: end, busy: end - start))
      eventCount += 1
    }
    pieces = merger.joined()
    var columns = columns
    while pieces.count > max(1, limit) && columns > 1 {
      columns = (columns + 1) / 2
      resolution = (window.upperBound - window.lowerBound) / Double(columns)
      var merger = Merger(rows: rows, columns: columns, start: window.lowerBound, resolution)
      for piece in pieces { merger.add(piece) }
      pieces = merger.joined()
    }
    // Only work that overlaps in one row could be more than this.
    pieces = Array(pieces.prefix(max(limit, 3 * rows)))
  }
}

/// Takes short pieces of one column of pixels together.
private struct Merger {
  private var pieces: [TraceThinning.Piece] = []
  /// For each row, kind and column the place of its piece, or -1.
  private var places: [Int32]
  private let columns: Int
  private let start: Double
  private let resolution: Double

  init(rows: Int, columns: Int, start: Double, _ resolution: Double) {
    self.columns = max(1, columns)
    self.start = start
    self.resolution = resolution
    places = Array(repeating: -1, count: rows * Self.kinds * self.columns)
  }

  mutating func add(_ piece: TraceThinning.Piece) {
    guard piece.end - piece.start < resolution else { return pieces.append(piece) }
    let column = min(max(0, Int((piece.start - start) / resolution)), columns - 1)
    let cell = (piece.lane * Self.kinds + Int(piece.kind.rawValue)) * columns + column
    if places[cell] < 0 {
      places[cell] = Int32(pieces.count)
      pieces.append(piece)
    } else {
      Self.join(piece, to: &pieces[Int(places[cell])])
    }
  }

  /// The pieces, with those of neighbouring columns joined that are short or already joined and
  /// belong to one block or to several.
  func joined() -> [TraceThinning.Piece] {
    var isJoined = Array(repeating: false, count: pieces.count)
    var result = pieces
    for row in 0..<(places.count / columns) {
      var last = -1
      for column in 0..<columns {
        let place = Int(places[row * columns + column])
        if place >= 0 && last >= 0 && pieces[place].count > 1 && result[last].count > 1
          && result[last].block == pieces[place].block
        {
          Self.join(pieces[place], to: &result[last])
          isJoined[place] = true
        } else {
          last = place
        }
      }
    }
    return result.indices.filter { !isJoined[$0] }.map { result[$0] }
  }

  private static func join(_ piece: TraceThinning.Piece, to other: inout TraceThinning.Piece) {
    other.count += piece.count
    other.busy += piece.busy
    other.start = min(other.start, piece.start)
    other.end = max(other.end, piece.end)
    if other.block != piece.block { other.block = -1 }
  }

  private static let kinds = PointDetails.EventKind.allCases.count
}
