import Documents

/// Documents with one value each that is of another type than it should be, or one key too many.
enum Corruption {
  static func all(of value: DocumentValue) -> [DocumentValue] {
    switch value {
    case .object(let members):
      let inner = members.indices.flatMap { index in
        (all(of: members[index].value) + [replacement(members[index].value)]).map { changed in
          var copy = members
          copy[index].value = changed
          return DocumentValue.object(copy)
        }
      }
      return inner + [.object(members + [.init("no such key", .integer(1))])]
    case .list(let items):
      return items.indices.flatMap { index in
        (all(of: items[index]) + [replacement(items[index])]).map { changed in
          var copy = items
          copy[index] = changed
          return DocumentValue.list(copy)
        }
      }
    default: return []
    }
  }

  private static func replacement(_ value: DocumentValue) -> DocumentValue {
    switch value {
    case .text, .integer, .number: .list([])
    default: .text("of another type")
    }
  }
}
