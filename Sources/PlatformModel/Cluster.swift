/// A part of a platform that belongs together, as a cluster of cores with their memory; clusters nest.
package struct Cluster: Hashable, Sendable {
  /// The name of the cluster.
  package let name: String
  /// The elements that lie in this cluster and in no inner one.
  package let elements: [ElementID]
  /// The memories that lie in this cluster and in no inner one.
  package let memories: [MemoryID]
  /// The links that lie in this cluster and in no inner one.
  package let links: [LinkID]
  /// The clusters within this one.
  package let clusters: [Cluster]

  /// A cluster with the parts that lie in it.
  package init(
    name: String, elements: [ElementID], memories: [MemoryID], links: [LinkID] = [],
    clusters: [Cluster] = []
  ) {
    self.name = name
    self.elements = elements
    self.memories = memories
    self.links = links
    self.clusters = clusters
  }
}
