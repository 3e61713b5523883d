package import Figures
import MappingModel

/// What a report of an exploration says: names and numbers, in SI units, of what a search found.
package struct ExplorationReport: Sendable {
  /// The title of the page, for instance `alexnet on neuraghe-v1`.
  package var title: String
  /// The command that made the report.
  package var command: String
  /// The program and its version.
  package var tool: String
  /// What was explored, for instance the network, the platform and the seed.
  package var facts: [HTMLReport.Fact]
  /// Remarks on the results, shown at the top of the page.
  package var warnings: [String]
  /// The quantities that the search minimized, one to four.
  package var objectives: [Objective]
  /// All points that the search evaluated; those of the front may be among them.
  package var evaluated: ObjectiveVectors
  /// All points there are, where an exhaustive search knows them.
  package var exhaustive: ObjectiveVectors
  /// Earlier explorations to show beside this one.
  package var earlier: [Earlier] = []
  /// The corner of the hypervolume.
  package var referencePoint: [Double]?
  /// The hypervolume of the front up to ``referencePoint``; nil where it is not known.
  package var hypervolume: Double?
  /// The generations of the search, for the charts of its progress; empty for given mappings.
  package var generations: [Generation]
  /// The design points, in the order of the report.
  package var points: [ReportedPoint]
  /// Where the design points come from.
  package var origin: Origin

  /// A report; vectors that are left out are empty.
  ///
  /// - Precondition: vectors have a value per objective.
  package init(
    title: String, command: String, tool: String, facts: [HTMLReport.Fact] = [],
    warnings: [String] = [], objectives: [Objective], evaluated: ObjectiveVectors? = nil,
    exhaustive: ObjectiveVectors? = nil, referencePoint: [Double]? = nil,
    hypervolume: Double? = nil, generations: [Generation] = [], points: [ReportedPoint],
    origin: Origin = .search
  ) {
    let none = ObjectiveVectors(dimension: objectives.count)
    self.title = title
    self.command = command
    self.tool = tool
    self.facts = facts
    self.warnings = warnings
    self.objectives = objectives
    self.evaluated = evaluated ?? none
    self.exhaustive = exhaustive ?? none
    self.referencePoint = referencePoint
    self.hypervolume = hypervolume
    self.generations = generations
    self.points = points
    self.origin = origin
    precondition(
      self.evaluated.dimension == objectives.count && self.exhaustive.dimension == objectives.count
        && (referencePoint?.count ?? objectives.count) == objectives.count
        && points.allSatisfy { $0.objectives.count == objectives.count }
        && generations.allSatisfy { $0.best.count == objectives.count },
      "vectors that do not have \(objectives.count) objectives")
  }
}

extension ExplorationReport {
  /// Where design points come from.
  package enum Origin: Hashable, Sendable {
    /// They are the front that a search has found.
    case search
    /// Somebody gave them, and some may be better than others in everything.
    case given
  }

  /// A quantity that the search minimized.
  package struct Objective: Hashable, Sendable {
    /// The name of the objective, for instance `period`.
    package var name: String
    /// Its SI unit; nothing for a plain number.
    package var unit: String

    /// An objective whose values are in an SI unit.
    package init(_ name: String, unit: String = "") {
      self.name = name
      self.unit = unit
    }
  }

  /// The result of another search.
  package struct Earlier: Hashable, Sendable {
    /// The name of the earlier run directory.
    package var name: String
    /// All points there are; none where they are not known.
    package var all: ObjectiveVectors
    /// The points of its front.
    package var front: ObjectiveVectors

    /// The points of an earlier exploration, under the name of its run directory.
    package init(_ name: String, all: ObjectiveVectors, front: ObjectiveVectors) {
      (self.name, self.all, self.front) = (name, all, front)
    }
  }

  /// A generation of a search.
  package struct Generation: Hashable, Sendable {
    /// The number of the generation, from 0.
    package var index: Int
    /// The evaluations up to its end.
    package var evaluations: Int
    /// The least value of each objective so far; infinite as long as there is none.
    package var best: [Double]
    /// The hypervolume of the front so far, where it is known.
    package var hypervolume: Double?
    /// The seconds since the start of the search.
    package var seconds: Double

    /// A generation with the best values up to its end.
    package init(
      index: Int, evaluations: Int, best: [Double], hypervolume: Double?, seconds: Double
    ) {
      self.index = index
      self.evaluations = evaluations
      self.best = best
      self.hypervolume = hypervolume
      self.seconds = seconds
    }
  }
}

/// Points in the space of objectives, one after the other.
package struct ObjectiveVectors: Hashable, Sendable {
  /// The number of objectives of each point.
  package let dimension: Int
  /// The values of the first point, of the second, and so on.
  package let values: [Double]

  /// Points from their values, one point after the other.
  ///
  /// - Precondition: there is a value per point and dimension.
  package init(dimension: Int, values: [Double] = []) {
    precondition(
      dimension > 0 && values.count.isMultiple(of: dimension),
      "\(values.count) values in \(dimension) dimensions")
    self.dimension = dimension
    self.values = values
  }

  /// The number of points.
  package var count: Int { values.count / dimension }

  /// The value of an objective of a point, both counted from 0.
  package subscript(point: Int, objective: Int) -> Double {
    values[point * dimension + objective]
  }
}
