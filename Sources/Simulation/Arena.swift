/// Memory that lives as long as the tables in it are used; a class, so that it can free what it gave.
final class Arena {
  private var blocks: [UnsafeMutableRawPointer] = []

  /// Room for values that all begin as one.
  func make<Value: BitwiseCopyable>(_ count: Int, of value: Value) -> UnsafeMutablePointer<Value> {
    let pointer = UnsafeMutablePointer<Value>.allocate(capacity: max(1, count))
    pointer.initialize(repeating: value, count: max(1, count))
    blocks.append(UnsafeMutableRawPointer(pointer))
    return pointer
  }

  /// A copy of a list.
  func make<Value: BitwiseCopyable>(_ values: [Value]) -> UnsafeMutablePointer<Value> {
    let pointer = UnsafeMutablePointer<Value>.allocate(capacity: max(1, values.count))
    pointer.initialize(from: values, count: values.count)
    blocks.append(UnsafeMutableRawPointer(pointer))
    return pointer
  }

  deinit {
    for block in blocks { block.deallocate() }
  }
}
