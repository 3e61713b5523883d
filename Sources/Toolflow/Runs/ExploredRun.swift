import Diagnostics
import Documents
package import Figures
import Files
import Foundation
import MappingModel
import ONNXFormat
package import Reporting
import Search

/// The run directory of a search, read again.
package struct ExploredRun: Sendable {
  /// The path of the run directory.
  package let path: String
  /// The job of the search, with all its options.
  package let job: ExploreJob
  /// The command that was run.
  package let command: String
  /// The data of the search for a report.
  package let record: SearchRecord
  /// The number of points.
  package let pointCount: Int
  /// The files that the search has read, with the digests that they had.
  private let inputs: [(path: String, digest: String)]

  /// Reads a run directory.
  ///
  /// - Throws: ``DocumentError`` or ``FileError`` naming the file.
  package init(path: String) throws {
    self.path = path
    let run = try DocumentNode(path: "\(path)/run.json").fields()
    job = try Self.job(run, path)
    command = try run.required("command").text()
    let files = [try run.required("input"), try run.required("platform")]
    inputs = try (files + [run["times"], run["mapping"]].compactMap(\.self)).map { file in
      let fields = try file.fields()
      return (try fields.required("path").text(), try fields.required("sha256").text())
    }
    let front = try DocumentNode(path: "\(path)/pareto.json").fields()
    pointCount = try front.required("front").list().count
    record = try SearchRecord(path, run, front)
  }

  private static func job(_ run: DocumentFields, _ path: String) throws -> ExploreJob {
    guard let request = run["request"] else {
      throw FileError.malformed(
        path: "\(path)/run.json",
        reason: "it has no request; expected the run of an explore command of this version")
    }
    do {
      return try ExploreJob(checking: try JobDocument(request))
    } catch let error as RequestError {
      throw JobFileError(
        "\(path)/run.json", RequestError("request.\(error.key)", error.reason))
    }
  }

  /// The path of a point's mapping.
  package func mapping(_ index: Int) -> String { "\(path)/\(folder(index))/mapping.json" }

  private func folder(_ index: Int) -> String { ExplorationFolder.name(index) }

  /// The files of a point, as a page in the run directory names them.
  package func files(_ index: Int) -> [HTMLReport.File] {
    ExplorationFolder.files.map { "\(folder(index))/\($0)" }
      .filter { FileManager.default.fileExists(atPath: "\(path)/\($0)") }
      .map { .init($0.stemOfPath, path: $0) }
  }

  /// A warning for each input file that has changed since the search.
  package func changes() -> [String] {
    inputs.compactMap { path, digest in
      let found = try? RecordedFile(path)
      guard found?.sha256 != digest else { return nil }
      return "\(path) is not what it was when the search ran; the points are executed anew"
    }
  }
}

extension SearchRecord {
  /// Reads the files of a search.
  fileprivate init(_ path: String, _ run: DocumentFields, _ front: DocumentFields) throws {
    let any = -Double.infinity
    let objectives = try run.required("objectives").list().map { try $0.word(Objective.self) }
    guard (1...ObjectiveVector.limit).contains(objectives.count) else {
      throw try run.required("objectives").invalid("one to four objectives")
    }
    let method = try run.required("method").text()
    let stopReason = try front.required("stop_reason").text()
    let corner = try front.required("reference_point").fields()
    let count = objectives.count
    self.init(
      objectives: objectives, method: method,
      seed: UInt64(try run.required("seed").number(atLeast: 0).clamped(to: 0...1.8e19)),
      evaluations: try run.required("evaluations").integer(in: 0...Int.max),
      evaluated: ObjectiveVectors(
        dimension: count,
        values: try EvaluatedFile.read("\(path)/\(EvaluatedFile.name)", objectives)
          .flatMap { $0.values(count: count) }),
      isWhole: method == "exhaustive" && stopReason == "exhausted",
      reference: try objectives.map { try corner.required($0.rawValue).number(atLeast: any) },
      hypervolume: try front.required("hypervolume").number(atLeast: any),
      generations: try Self.generations("\(path)/logbook.csv", objectives),
      requirements: try run.list("requirements").map { try $0.text() },
      ending: ExploreText.ended(
        stopReason,
        unsettled: try front["unsettled"].map { try $0.integer(in: 0...Int.max) } ?? 0,
        of: try front.required("front").list().count))
  }

  private static func generations(
    _ path: String, _ objectives: [Objective]
  ) throws -> [ExplorationReport.Generation] {
    let table = try NumberTable(path: path)
    let best = try objectives.map { try table.column("\($0.rawValue)_min") }
    func counts(_ name: String) throws -> [Int] {
      try table.numbers(name).map { Int($0.clamped(to: 0...9e15)) }
    }
    let (numbers, evaluations) = (try counts("generation"), try counts("evaluations"))
    let seconds = try table.numbers("seconds")
    let hypervolumes = try table.column("hypervolume")
    return table.rows.indices.map { row in
      .init(
        index: numbers[row], evaluations: evaluations[row],
        best: best.map { $0[row] ?? .infinity }, hypervolume: hypervolumes[row],
        seconds: seconds[row])
    }
  }
}

extension Double {
  /// The whole number nearest to a finite one.
  fileprivate func clamped(to range: ClosedRange<Double>) -> Double {
    Swift.max(range.lowerBound, Swift.min(range.upperBound, rounded()))
  }
}
