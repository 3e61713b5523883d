package import Dataflow
import NetworkModel

/// The CSDF graph of a graph of blocks, and which slice each of its channels carries.
package struct BlockDataflow: Sendable {
  /// An actor for each block, a channel for each slice, and behind these the overlaps.
  package let graph: CSDFGraph
  /// For each channel its place among the slices that blocks read (``BlockGraph/edges``).
  package let edges: [Int]
}
