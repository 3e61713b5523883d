import Foundation

/// The browser of the tests.
package enum Chromium {
  /// Where it is, by the names that Debian and Ubuntu give it.
  package static let path: String? = {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    return ["chromium", "chromium-browser"].flatMap { name in folders.map { "\($0)/\(name)" } }
      .first(where: FileManager.default.isExecutableFile)
  }()

  /// Whether the tests must not do without, as in continuous integration.
  package static let isRequired =
    ProcessInfo.processInfo.environment["OUTRIGGER_BROWSER"] == "required"
}

/// What a browser says of a report that it has opened, all of it, by day, by night and on a phone.
package struct OpenedReport: Decodable {
  package var title: String
  /// The drawings.
  package var figures: Int
  /// The width of the page on a phone, and that of the phone.
  package var phone: [Int]
  /// Errors and warnings of the console.
  package var complaints: [String]
  package var requests: [String]

  /// Opens a report.
  ///
  /// - Parameter pictures: The folder for what it looks like.
  /// - Throws: ``PythonTool/Failure`` where there is no browser or it does not answer.
  package init(_ page: String, pictures: String) throws {
    guard let chromium = Chromium.path else {
      throw PythonTool.Failure(description: "Chromium is not there: run ./setup --tests")
    }
    let output = try PythonTool("browse_report.py").succeed([chromium, page, pictures, "look"])
    self = try JSONDecoder().decode(Self.self, from: Data(output.utf8))
  }
}
