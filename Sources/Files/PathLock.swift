import Diagnostics
import Foundation
import Synchronization

/// The right to write a file or folder, which one process at a time has.
///
/// A hidden file beside it is locked with `flock` and says who has it. The system gives the lock up when its
/// process ends, however it ends, so that a file that was left behind locks nothing.
///
/// A class, because the lock must be given up exactly once.
package final class PathLock: Sendable {
  private let path: String
  private let descriptor: Mutex<Int32?>

  /// Takes the lock of a file or folder, without waiting for it.
  ///
  /// - Throws: ``FileError/inUse(path:by:)`` naming the process that has the lock, or
  ///   ``FileError/unwritable(path:reason:)``.
  package init(_ target: String) throws(FileError) {
    let folder = target.folderOfPath
    path =
      (folder.isEmpty || folder == "/" ? folder : "\(folder)/")
      + ".\(target.nameOfPath).outrigger-lock"
    descriptor = Mutex(try Self.acquire(path, of: target))
  }

  deinit { release() }

  /// Gives the lock up and removes its file.
  package func release() {
    descriptor.withLock { descriptor in
      guard let open = descriptor else { return }
      unlink(path)
      close(open)
      descriptor = nil
      Leftovers.forget(path)
    }
  }

  private static func acquire(_ path: String, of target: String) throws(FileError) -> Int32 {
    while true {
      let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o666)
      guard descriptor >= 0 else { throw failure(target) }
      guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
        let isHeld = errno == EWOULDBLOCK
        let error = isHeld ? FileError.inUse(path: target, by: holder(path)) : failure(target)
        close(descriptor)
        throw error
      }
      // Whoever had the lock may have removed the file that was opened here.
      guard isSame(descriptor, path) else {
        close(descriptor)
        continue
      }
      Leftovers.add(path)
      let own = Array(description.utf8)
      guard ftruncate(descriptor, 0) == 0, pwrite(descriptor, own, own.count, 0) == own.count else {
        let error = failure(target)
        unlink(path)
        close(descriptor)
        throw error
      }
      return descriptor
    }
  }

  private static func failure(_ target: String) -> FileError {
    .unwritable(path: target, reason: String(cString: strerror(errno)))
  }

  private static func isSame(_ descriptor: Int32, _ path: String) -> Bool {
    var (own, named) = (stat(), stat())
    return fstat(descriptor, &own) == 0 && lstat(path, &named) == 0
      && own.st_dev == named.st_dev && own.st_ino == named.st_ino
  }

  /// What the file says of this process.
  private static var description: String {
    let command = CommandLine.arguments.dropFirst().joined(separator: " ").prefix(200)
    var name = [CChar](repeating: 0, count: 256)
    let isNamed = gethostname(&name, name.count - 1) == 0
    let host = String(
      decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return "process \(getpid())\(isNamed ? " on \(host)" : "") (outrigger \(command))\n"
  }

  /// Who has the lock, in words.
  private static func holder(_ path: String) -> String {
    let text = FileManager.default.contents(atPath: path).map {
      String(decoding: $0, as: UTF8.self)
    }
    let line = text?.split(separator: "\n").first.map { String($0).singleLine } ?? ""
    return line.isEmpty ? "another process" : line
  }
}
