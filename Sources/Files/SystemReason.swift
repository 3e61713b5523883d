import Foundation

extension Error {
  /// Why a file could not be read or written, in the system's own words where it has given some.
  package var systemReason: String {
    let error = self as NSError
    if error.domain == NSPOSIXErrorDomain { return String(cString: strerror(Int32(error.code))) }
    if let cause = error.userInfo[NSUnderlyingErrorKey] as? any Error { return cause.systemReason }
    if error.domain == NSCocoaErrorDomain, error.code == CocoaError.fileWriteOutOfSpace.rawValue {
      return String(cString: strerror(ENOSPC))
    }
    return localizedDescription
  }
}
