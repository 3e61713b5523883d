package import Diagnostics

/// Why a mapping does not fit a network and a platform.
package enum MappingError: UserFacingError {
  /// A name in the mapping means nothing.
  case unknown(
    file: String, path: String, expected: String, found: String, similar: [String] = [])
  /// A split or a merge cannot be made.
  case partition(file: String, path: String, reason: String)
  /// A block has no element.
  case unmapped(file: String, block: String, elements: [String])
  /// A block may run nowhere: nothing supports it, or the mapping forbids what does.
  case nowhere(file: String?, block: String, operators: String, platform: String)
  /// A block is on an element that does not support it.
  case unsupported(file: String, block: String, operators: String, element: String)
  /// An order or a sequence of an element has a block that may not run there.
  case elsewhere(file: String, path: String, block: String)
  /// Two keys of a mapping name one thing, and say different things of it.
  case contradiction(file: String, path: String, keys: [String], what: String)
  /// A list names a block twice.
  case twice(file: String, path: String, block: String)
  /// A list leaves out a block that runs there.
  case missing(file: String, path: String, block: String)
  /// An element has an order and a sequence.
  case orderAndSequence(file: String, element: String)
  /// A block of a sequence is too many inferences behind others.
  case shift(file: String, path: String, block: String, most: Int)
  /// A channel from a block to itself is given a memory or a capacity.
  case selfEdge(file: String, path: String, block: String)

  /// The file, the key path and block, and what was expected there.
  package var message: String {
    switch self {
    case .unknown(let file, let path, let expected, let found, let similar):
      "\(file): \(path): expected \(expected), found \"\(found)\"\(similar.asQuestion)"
    case .partition(let file, let path, let reason): "\(file): \(path): \(reason)"
    case .unmapped(let file, let block, let elements):
      "\(file): blocks: \(block) is missing"
        + (elements.isEmpty ? "" : "; it can run on \(elements.joined(separator: ", "))")
    case .nowhere(let file, let block, let operators, let platform):
      file.map {
        "\($0): forbid: \(block) may run on no element of \(platform) that supports \(operators)"
      } ?? "block \(block): no element of \(platform) supports \(operators)"
    case .unsupported(let file, let block, let operators, let element):
      "\(file): blocks.\(block): \(element) does not support \(operators)"
    case .contradiction(let file, let path, let keys, let what):
      "\(file): \(path): \(keys.joined(separator: " and ")) name one \(what), and say different things of it; "
        + "expected one of them"
    case .twice(let file, let path, let block):
      "\(file): \(path): \(block) is there twice; expected each block once"
    case .missing(let file, let path, let block):
      "\(file): \(path): \(block) runs there and is not in it; expected all blocks of the element"
    case .orderAndSequence(let file, let element):
      "\(file): order.\(element): the element has a sequence too, which says what runs when; expected one of them"
    case .shift(let file, let path, let block, let most):
      "\(file): \(path): \(block) is shifted by too many inferences; expected at most \(most) more than others"
    case .selfEdge(let file, let path, let block):
      "\(file): \(path): the channel leads from \(block) to itself: nothing is moved, and it has no limit"
    case .elsewhere(let file, let path, let block):
      "\(file): \(path): \(block) may not run there, by what else the mapping says or the platform supports"
    }
  }

  /// A block that may run nowhere is infeasible; all else is a fault of the input.
  package var fault: Fault {
    if case .nowhere = self { .infeasible } else { .input }
  }
}
