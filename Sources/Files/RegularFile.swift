import Foundation

/// Whether a path is a regular file, so that reading it ends: not a folder, a pipe or a device.
package func isRegularFile(_ path: String) -> Bool {
  var status = stat()
  return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
}
