import ArgumentParser
import Diagnostics
import Foundation

/// A command that knows what it is asked about, so that options that mean nothing there are refused.
protocol SituatedCommand: ParsableCommand {
  var situation: Situation { get }
}

extension FlowCommand: SituatedCommand {
  var situation: Situation { Situation(.flow, .network) }
}

extension PartitionCommand: SituatedCommand {
  var situation: Situation { Situation(.partition, .network) }
}

extension InspectCommand: SituatedCommand {
  var situation: Situation {
    Situation(.inspect, PlatformArgument.path(of: network.network) == nil ? .network : .platform)
  }
}

extension AnalyzeCommand: SituatedCommand {
  var situation: Situation { Situation(.analyze, Situation.subject(ofFile: network.network)) }
}

extension SimulateCommand: SituatedCommand {
  var situation: Situation { Situation(.simulate, Situation.subject(ofFile: network.network)) }
}

extension ExploreCommand: SituatedCommand {
  var situation: Situation { Situation(.explore, Situation.subject(ofFile: network.network)) }
}

extension ReportCommand: SituatedCommand {
  var situation: Situation {
    Situation(.report, runFolder == nil ? Situation.subject(ofFile: network.network) : .run)
  }
}

extension ExportCommand: SituatedCommand {
  /// A file that a format cannot be made of is opened as what it expects, and refused there.
  var situation: Situation {
    let found = Situation.subject(ofFile: network.network)
    let subjects = format.subjects
    return Situation(.export, subjects.contains(found) ? found : subjects[0], format)
  }
}

extension GenerateCommand: SituatedCommand {
  var situation: Situation { Situation(.generate, .knownNetwork) }
}
