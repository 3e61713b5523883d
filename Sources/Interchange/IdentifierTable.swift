/// Gives out identifiers that are legal in C++ and differ also where capitals are not told apart, as
/// in the names of files.
struct IdentifierTable {
  private var taken: Set<String>
  /// For an identifier asked for again, the first number that may be free behind it.
  private var next: [String: Int] = [:]
  /// The endings with which other identifiers are made of those given out.
  private let endings: [String]

  /// A table in which nothing is given out yet but what is reserved.
  ///
  /// - Parameter endings: What is put behind an identifier to make others, which must be free too.
  init(reserved: [String] = [], endings: [String] = []) {
    taken = Set(reserved.map { $0.lowercased() })
    self.endings = [""] + endings
  }

  /// The identifier for a name: the name itself where that is legal and free.
  mutating func take(_ name: String) -> String {
    let stem = Self.legal(name)
    let key = stem.lowercased()
    var candidate = stem
    var number = next[key] ?? 2
    while !isFree(candidate) {
      candidate = "\(stem)_\(number)"
      number += 1
    }
    next[key] = number
    for ending in endings { taken.insert((candidate + ending).lowercased()) }
    return candidate
  }

  private func isFree(_ candidate: String) -> Bool {
    endings.allSatisfy { !taken.contains((candidate + $0).lowercased()) }
  }

  /// Letters, digits and single underscores, at most 80, with a small or capital letter in front: the
  /// other forms are reserved for the C++ library.
  static func legal(_ name: String) -> String {
    var result = ""
    for scalar in name.unicodeScalars.prefix(400) {
      switch scalar {
      case "a"..."z", "A"..."Z", "0"..."9": result.unicodeScalars.append(scalar)
      default: if result.last != "_" { result += "_" }
      }
      if result.utf8.count >= 80 { break }
    }
    while result.hasPrefix("_") { result.removeFirst() }
    if result.count > 1, result.hasSuffix("_") { result.removeLast() }
    if result.isEmpty { return "n" }
    return result.first?.isNumber == true ? "n\(result)" : result
  }
}

extension IdentifierTable {
  /// The keywords of C++ up to C++20, and the alternative spellings of its operators.
  static let keywords = """
    alignas alignof and and_eq asm auto bitand bitor bool break case catch char char8_t char16_t \
    char32_t class compl concept const consteval constexpr constinit const_cast continue co_await \
    co_return co_yield decltype default delete do double dynamic_cast else enum explicit export \
    extern false final float for friend goto if import inline int long module mutable namespace new \
    noexcept not not_eq nullptr operator or or_eq override private protected public register \
    reinterpret_cast requires return short signed sizeof static static_assert static_cast struct \
    switch template this thread_local throw true try typedef typeid typename union unsigned using \
    virtual void volatile wchar_t while xor xor_eq
    """.split(separator: " ").map(String.init)

  /// Names of the C library that may be macros, and those that compilers define.
  static let macros = """
    assert EOF errno FILE i386 linux major makedev minor NDEBUG NULL offsetof setjmp signal stderr \
    stdin stdout unix va_arg
    """.split(separator: " ").map(String.init)
}

extension IdentifierTable {
  /// Whether a text has the form of an identifier of C++ and is no keyword.
  static func isIdentifier(_ text: String) -> Bool {
    guard let first = text.utf8.first, !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first)
    else {
      return false
    }
    let isWord = text.unicodeScalars.allSatisfy { scalar in
      switch scalar {
      case "a"..."z", "A"..."Z", "0"..."9", "_": true
      default: false
      }
    }
    return isWord && !keywords.contains(text)
  }
}
