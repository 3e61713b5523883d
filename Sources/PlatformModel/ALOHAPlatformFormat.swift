import Diagnostics
import Documents
package import Foundation
import Quantities

/// Reads the architecture description of the ALOHA project, a JSON file of version 1 or 2.
///
/// Units of version 1: performance in Gop/s (10⁹ operations per second), bandwidth in GB/s (10⁹
/// bytes per second), power in W, frequency in MHz, sizes in MB. The format does not define its MB;
/// we read 2²⁰ bytes, the way memories are sold, and round down to whole bytes.
///
/// The format says less than a ``Platform`` holds, so the rest is fixed: every core computes from
/// the global memory `MEM`, draws its `max_power` while it computes and nothing while it waits, and
/// costs 1; a core that lists `FC` is a processor, any other an accelerator; links have no latency
/// and no energy, and no ports are said to share one, though a processor reads activations and
/// weights over the same link. Connection identifiers repeat in published files, so a link is known
/// by its name.
package enum ALOHAPlatformFormat {
  /// Reads a platform from the bytes of a file.
  ///
  /// - Parameters:
  ///   - data: The content of the file, JSON in UTF-8.
  ///   - file: What errors call the file.
  /// - Throws: ``PlatformError`` or ``DocumentError`` naming the file and the key path.
  package static func read(_ data: Data, file: String) throws -> PlatformReading {
    let reading: PlatformReading
    if try decode(VersionProbe.self, from: data, file: file).isVersion2 {
      reading = try readVersion2(try DocumentNode(data, file: file))
    } else {
      let document = try decode(Document.self, from: data, file: file)
      reading = try Translation(document: document, file: file).reading()
    }
    return try Origin(try DocumentNode(data, file: file)).marking(reading)
  }

  private static func decode<Value: Decodable>(
    _ type: Value.Type, from data: Data, file: String
  ) throws(PlatformError) -> Value {
    do {
      return try JSONDecoder().decode(type, from: data)
    } catch let error as DecodingError {
      throw PlatformError.malformed(file: file, reason: error.message(in: data))
    } catch {
      throw PlatformError.malformed(file: file, reason: "\(error)")
    }
  }
}
