import Foundation

extension CSDFJSONFormat {
  /// The file as it is nested; the key names are those of the format.
  struct Document: Codable {
    var name: String
    var type: String?
    var nodeCount: Int?
    var edgeCount: Int?
    var nodes: [Node]
    var edges: [Edge]

    enum CodingKeys: String, CodingKey {
      case name, type, nodes, edges
      case nodeCount = "node_number"
      case edgeCount = "edge_number"
    }
  }

  /// An actor.
  struct Node: Codable {
    var id: Int
    var name: String
    var function: String?
    var length: Int64?
    var times: [Time]
    var portCount: Int?
    var ports: [Port]

    enum CodingKeys: String, CodingKey {
      case id, name, function, length, ports
      case times = "wcet"
      case portCount = "port_number"
    }
  }

  /// A time, exactly as it is written.
  enum Time: Codable {
    case whole(Int64)
    case decimal(Decimal)

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      // Whole numbers are read many times faster.
      if let whole = try? container.decode(Int64.self) {
        self = .whole(whole)
      } else {
        self = .decimal(try container.decode(Decimal.self))
      }
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      switch self {
      case .whole(let time): try container.encode(time)
      case .decimal(let time): try container.encode(time)
      }
    }
  }

  /// One end of a channel.
  struct Port: Codable {
    var id: Int
    var type: String
    var rate: [Int64]
  }

  /// A channel; each end is the id of an actor and the id of one of its ports.
  struct Edge: Codable {
    var id: Int?
    var name: String
    var source: [Int]
    var destination: [Int]
    var initialTokens: Int64?
    var tokenSize: Int64?
    var bufferSize: Int64?

    enum CodingKeys: String, CodingKey {
      case id, name
      case source = "src"
      case destination = "dst"
      case initialTokens = "initial_tokens"
      case tokenSize = "token_size"
      case bufferSize = "buffer_size"
    }
  }
}
