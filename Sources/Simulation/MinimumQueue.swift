/// A binary heap of integers, the least on top.
struct MinimumQueue {
  private var heap: [Int] = []

  /// A heap of the elements of an ascending list.
  init(_ ascending: [Int]) { heap = ascending }

  mutating func insert(_ value: Int) {
    heap.append(value)
    var place = heap.count - 1
    while place > 0, heap[place] < heap[(place - 1) / 2] {
      heap.swapAt(place, (place - 1) / 2)
      place = (place - 1) / 2
    }
  }

  mutating func popMinimum() -> Int? {
    guard let last = heap.popLast() else { return nil }
    guard let least = heap.first else { return last }
    heap[0] = last
    var place = 0
    while true {
      let left = 2 * place + 1
      guard left < heap.count else { return least }
      let child = left + 1 < heap.count && heap[left + 1] < heap[left] ? left + 1 : left
      if heap[place] <= heap[child] { return least }
      heap.swapAt(place, child)
      place = child
    }
  }
}
