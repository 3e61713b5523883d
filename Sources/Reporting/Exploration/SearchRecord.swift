import CostModel
import Diagnostics
package import Exploration
import Figures
package import MappingModel
import PlatformModel
package import Preparation
package import Search
import Simulation

/// What a report says of a search, beside the points that it shows.
package struct SearchRecord: Sendable {
  /// The objectives, in the order of the vectors.
  package var objectives: [Objective]
  /// The method of the search: `nsga2`, `exhaustive` or `random`.
  package var method: String
  /// The seed of the search.
  package var seed: UInt64
  /// The number of distinct candidates that were evaluated.
  package var evaluations: Int
  /// The objectives of the feasible evaluated mappings; of all there are where ``isWhole``.
  package var evaluated: ObjectiveVectors
  /// Whether the search evaluated all mappings there are.
  package var isWhole: Bool
  /// The reference point of the hypervolume, a value per objective.
  package var reference: [Double]
  /// The hypervolume of the front.
  package var hypervolume: Double
  /// The generations of the search.
  package var generations: [ExplorationReport.Generation]
  /// The limits that mappings had to keep, as they are written.
  package var requirements: [String]
  /// Why the search ended, in words.
  package var ending: String

  /// A record from its parts, as a run directory holds them.
  package init(
    objectives: [Objective], method: String, seed: UInt64, evaluations: Int,
    evaluated: ObjectiveVectors, isWhole: Bool, reference: [Double], hypervolume: Double,
    generations: [ExplorationReport.Generation], requirements: [String], ending: String
  ) {
    (self.objectives, self.method, self.seed) = (objectives, method, seed)
    (self.evaluations, self.evaluated, self.isWhole) = (evaluations, evaluated, isWhole)
    (self.reference, self.hypervolume) = (reference, hypervolume)
    (self.generations, self.requirements, self.ending) = (generations, requirements, ending)
  }
}

extension SearchRecord {
  /// The record of a search that just ended.
  package init(_ outcome: ExploreOutcome) {
    let request = outcome.request
    let kinds = request.objectives
    objectives = kinds
    method = request.method.rawValue
    seed = request.configuration.seed
    evaluations = outcome.evaluations
    evaluated = ObjectiveVectors(
      dimension: kinds.count,
      values: outcome.evaluated.flatMap { vector in kinds.indices.map { vector[$0] } })
    isWhole = request.method == .exhaustive && outcome.stopReason == .exhausted
    reference = kinds.indices.map { outcome.reference[$0] }
    hypervolume = outcome.hypervolume
    generations = outcome.logbook.map { .init($0, objectives: kinds.count) }
    requirements = request.limits.requirements.map(\.description)
    ending = ExploreText.ended(
      outcome.stopReason.rawValue, unsettled: outcome.unsettled, of: outcome.front.count)
  }

  /// The report on points of the search's front.
  ///
  /// - Parameters:
  ///   - name: What was mapped.
  ///   - shapes: What was mapped, of each point.
  ///   - earlier: Other searches to show beside this one.
  package func report(
    name: String, _ platform: OpenedPlatform, _ shapes: [MappingSubject.Shape],
    beside earlier: [EarlierExploration], command: String, warnings: [String],
    points: [ReportedPoint]
  ) -> ExplorationReport {
    var facts = PointReport.facts(platform, shapes)
    facts.append(.init("method", "\(method), seed \(seed)"))
    facts.append(.init("evaluated", "\(evaluations) mappings"))
    facts.append(.init("the search", ending))
    if !requirements.isEmpty {
      facts.append(.init("required", requirements.joined(separator: ", ")))
    }
    facts += earlier.map { fact(beside: $0) }
    var report = ExplorationReport(
      title: "\(name) on \(platform.model.platform.name)", command: command,
      tool: "Outrigger \(outriggerVersion)", facts: facts, warnings: warnings,
      objectives: objectives.map { .init($0.rawValue, unit: $0.unit) },
      evaluated: isWhole ? nil : evaluated, exhaustive: isWhole ? evaluated : nil,
      referencePoint: reference, hypervolume: hypervolume, generations: generations,
      points: points.namingTheBest(in: objectives))
    report.earlier = earlier.map { $0.shown(dimension: objectives.count) }
    return report
  }

  /// The hypervolume of the search as a share of that of an earlier one.
  private func fact(beside run: EarlierExploration) -> HTMLReport.Fact {
    let volume = Hypervolume(
      reference: ObjectiveVector(reference), objectiveCount: objectives.count)
    let other = volume(run.front)
    let share = "\(DecimalText.significant(hypervolume / other, digits: 6)) × its hypervolume"
    return .init("beside \(run.name)", other > 0 ? share : "it has no hypervolume here")
  }
}

extension [ReportedPoint] {
  /// The points, those that are the best in an objective named after it, as `least period`.
  fileprivate func namingTheBest(in objectives: [Objective]) -> [ReportedPoint] {
    var named = self
    for (place, objective) in objectives.enumerated() {
      let best = indices.min {
        (self[$0].objectives[place], $0) < (self[$1].objectives[place], $1)
      }
      guard let best else { continue }
      named[best].name += (named[best].name.isEmpty ? "least " : ", ") + objective.rawValue
    }
    return named
  }
}

extension EarlierExploration {
  /// The search as a report shows it: all its points only where they are all there are.
  fileprivate func shown(dimension: Int) -> ExplorationReport.Earlier {
    func vectors(_ list: [ObjectiveVector]) -> ObjectiveVectors {
      ObjectiveVectors(
        dimension: dimension, values: list.flatMap { $0.values(count: dimension) })
    }
    return .init(name, all: vectors(isWhole ? evaluated : []), front: vectors(front))
  }
}

extension ExplorationReport.Generation {
  /// The generation that a row of the logbook describes, with as many objectives.
  package init(_ row: LogbookRow, objectives: Int) {
    self.init(
      index: row.generation, evaluations: row.evaluations,
      best: (0..<objectives).map { row.minimum?[$0] ?? .infinity },
      hypervolume: row.hypervolume, seconds: row.seconds)
  }
}
