extension Platform {
  /// The links over which a copy between two memories goes: as few as possible, of equally short routes
  /// the one whose links come first in the platform. Empty for a memory itself, nil where there is none.
  ///
  /// - Complexity: O(memories · links).
  package func route(from source: MemoryID, to target: MemoryID) -> [LinkID]? {
    var arrival: [MemoryID: (link: LinkID, from: MemoryID)] = [:]
    var frontier = [source]
    while !frontier.isEmpty, source != target, arrival[target] == nil {
      var next: [MemoryID] = []
      for memory in frontier {
        for link in linkIDs where self[link].memories.contains(memory) {
          for reached in self[link].memories
          where reached != source && arrival[reached] == nil {
            arrival[reached] = (link, memory)
            next.append(reached)
          }
        }
      }
      frontier = next
    }
    var links: [LinkID] = []
    var place = target
    while place != source {
      guard let step = arrival[place] else { return nil }
      links.append(step.link)
      place = step.from
    }
    return links.reversed()
  }
}
