import Search
import Synchronization

/// Remembers the networks that splits and merges were made of last.
///
/// A class, because the search and the threads that evaluate share it.
final class VariantCache: Sendable {
  private let layout: PartitionGenes
  private let network: PartitionableNetwork
  private let known = Mutex(Known())

  private let longest = Mutex(0.0)

  /// The seconds that making what is mapped of a network took at most.
  var mostSeconds: Double { longest.withLock { $0 } }

  func note(seconds: Double) { longest.withLock { $0 = max($0, seconds) } }

  private struct Known {
    var variants: [[Allele]: (variant: PartitionVariant, use: Int)] = [:]
    var clock = 0
  }

  /// The most networks that are remembered.
  private static let limit = 512

  init(_ layout: PartitionGenes, _ network: PartitionableNetwork) {
    (self.layout, self.network) = (layout, network)
  }

  /// The network of a choice of splits and merges.
  subscript(key: [Allele]) -> PartitionVariant {
    let found = known.withLock { known in
      known.clock += 1
      known.variants[key]?.use = known.clock
      return known.variants[key]?.variant
    }
    if let found { return found }
    // Without the lock: threads that evaluate would wait for one another.
    let made = PartitionVariant(key, layout, network)
    known.withLock { known in
      if known.variants.count >= Self.limit { Self.forget(&known) }
      known.variants[key] = (made, known.clock)
    }
    return made
  }

  /// Forgets the half that was used the longest ago.
  private static func forget(_ known: inout Known) {
    let middle = known.variants.values.map(\.use).sorted()[known.variants.count / 2]
    known.variants = known.variants.filter { $0.value.use >= middle }
  }
}
