/// A binary heap that gives its least item first.
///
/// Source: Williams 1964, "Algorithm 232: Heapsort", Communications of the ACM 7(6).
///
/// ```swift
/// var heap = MinHeap<Int>()
/// heap.insert(3)
/// heap.insert(1)
/// heap.popMin()  // 1
/// ```
package struct MinHeap<Item: Comparable> {
  private var items: [Item] = []

  /// An empty heap.
  package init() {}

  /// Adds an item.
  ///
  /// - Complexity: O(log *n*).
  package mutating func insert(_ item: Item) {
    items.append(item)
    var child = items.count - 1
    while child > 0 {
      let parent = (child - 1) / 2
      if items[parent] <= items[child] { return }
      items.swapAt(parent, child)
      child = parent
    }
  }

  /// Takes the least item out, `nil` when there is none.
  ///
  /// - Complexity: O(log *n*).
  package mutating func popMin() -> Item? {
    guard let least = items.first, let last = items.popLast() else { return nil }
    guard !items.isEmpty else { return least }
    items[0] = last
    var parent = 0
    while 2 * parent + 1 < items.count {
      var child = 2 * parent + 1
      if child + 1 < items.count, items[child + 1] < items[child] { child += 1 }
      if items[parent] <= items[child] { break }
      items.swapAt(parent, child)
      parent = child
    }
    return least
  }
}
