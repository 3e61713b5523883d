/// Parts of paths. Foundation's own on Linux end the program for a name of one character.
extension String {
  /// The path of the folder that a file is in: empty for a name alone, `/` in the root.
  package var folderOfPath: String {
    let path = withoutSlashesAtEnd
    guard let slash = path.lastIndex(of: "/") else { return "" }
    let folder = String(path[..<slash]).withoutSlashesAtEnd
    return folder.isEmpty ? "/" : folder
  }

  /// The name of the file that a path leads to.
  package var nameOfPath: String {
    let path = withoutSlashesAtEnd
    return path.lastIndex(of: "/").map { String(path[path.index(after: $0)...]) } ?? path
  }

  /// The name of the file that a path leads to, without its ending.
  package var stemOfPath: String {
    let name = nameOfPath
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return name }
    return String(name[..<dot])
  }

  /// The ending of the name of a file, without the dot; empty where there is none.
  package var endingOfPath: String {
    let name = nameOfPath
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return "" }
    return String(name[name.index(after: dot)...])
  }

  private var withoutSlashesAtEnd: String {
    var end = endIndex
    while end != startIndex, self[index(before: end)] == "/" { end = index(before: end) }
    return String(self[..<end])
  }
}
