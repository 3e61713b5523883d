import Diagnostics
import Foundation
import Synchronization

/// What must not stay behind when the program is ended from outside: locks, and what is written under
/// another name until it is complete.
package enum Leftovers {
  private static let paths = Mutex<Set<String>>([])

  /// Remembers a path that is about to be made.
  package static func add(_ path: String) { paths.withLock { _ = $0.insert(path) } }

  /// Forgets a path that is gone, or that may stay now.
  package static func forget(_ path: String) { paths.withLock { _ = $0.remove(path) } }

  /// Makes something below a path that is remembered; never while everything is being removed.
  static func making<Result>(_ body: () throws -> Result) rethrows -> Result {
    try paths.withLock { _ in try body() }
  }

  /// Removes everything that is remembered and ends the program. Whoever makes or writes something
  /// meanwhile waits for that end.
  package static func exit(_ status: Int32) -> Never {
    paths.withLock { paths in
      for path in paths.sorted() { remove(path) }
      _exit(status)
    }
  }

  /// The name of a path until it is complete, while this process writes it.
  package static func part(of path: String) -> String { "\(path).\(getpid())\(ending)" }

  private static let ending = ".part"

  /// What lies beside a path under such names. Whoever has the lock of the path knows that those who made
  /// it are gone.
  ///
  /// - Parameter endings: What may follow behind the name.
  static func parts(of path: String, endings: [String] = [""]) -> [String] {
    let folder = path.folderOfPath
    let names = try? FileManager.default.contentsOfDirectory(atPath: folder.isEmpty ? "." : folder)
    let prefix = path.nameOfPath + "."
    return (names ?? []).sorted().filter { name in
      name.hasPrefix(prefix)
        && endings.contains { last in
          let end = ending + last
          let number = name.dropFirst(prefix.count).dropLast(end.count)
          return name.hasSuffix(end) && !number.isEmpty
            && number.allSatisfy { "0123456789".contains($0) }
        }
    }.map { folder.isEmpty ? $0 : folder == "/" ? "/\($0)" : "\(folder)/\($0)" }
  }

  /// A folder gets another name first, under which no process writes into it.
  private static func remove(_ path: String) {
    let gone = "\(path).gone"
    guard rename(path, gone) == 0 else { return }
    try? FileManager.default.removeItem(atPath: gone)
  }
}
