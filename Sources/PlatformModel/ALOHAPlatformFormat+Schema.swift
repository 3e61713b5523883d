import Documents
import Quantities

extension ALOHAPlatformFormat {
  /// Finds out which version of the format a file is in: only version 2 has core types.
  struct VersionProbe: Decodable {
    let isVersion2: Bool

    init(from decoder: any Decoder) throws {
      isVersion2 = try decoder.container(keyedBy: AnyKey.self).contains(AnyKey("core_types"))
    }
  }

  /// The top level of a version 1 file, in the units of the file.
  ///
  /// Here and below, keys that nothing uses (identifiers, frequencies, gating, the memory of the
  /// operating system's kernel) are decoded so that a wrong type in them does not go unnoticed.
  struct Document: Decodable {
    let name: String
    let peakPerformance: DecimalNumber?
    /// The spelling of the key in this file: published files have a space, others an underscore.
    let peakPerformanceKey: String
    let peakPower: Double?
    let globalMemorySize: DecimalNumber
    let cores: [Core]
    let connections: [Connection]

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: AnyKey.self)
      name = try container.decode(String.self, forKey: "name")
      _ = try container.decodeUnlessAbsent(Double.self, forKey: "version")
      let peakKey: AnyKey =
        container.contains("peak performance") ? "peak performance" : "peak_performance"
      peakPerformance = try container.decodeUnlessAbsent(DecimalNumber.self, forKey: peakKey)
      peakPerformanceKey = peakKey.stringValue
      peakPower = try container.decodeUnlessAbsent(Double.self, forKey: "peak_power")
      globalMemorySize = try container.decode(DecimalNumber.self, forKey: "global_memory_size")
      _ = try container.decodeUnlessAbsent(Double.self, forKey: "kernel_memory_size")
      cores = try container.decode([Core].self, forKey: "cores")
      connections = try container.decodeUnlessAbsent([Connection].self, forKey: "connections") ?? []
    }
  }

  /// An entry of `cores`.
  struct Core: Decodable {
    let name: String
    let localMemorySize: DecimalNumber?
    let maxPower: Double
    let operators: [Operator]

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: AnyKey.self)
      name = try container.decode(String.self, forKey: "name")
      _ = try container.decodeUnlessAbsent(Int.self, forKey: "id")
      localMemorySize = try container.decodeUnlessAbsent(
        DecimalNumber.self, forKey: "local_memory_size")
      _ = try container.decodeUnlessAbsent(Double.self, forKey: "max_frequency")
      maxPower = try container.decode(Double.self, forKey: "max_power")
      _ = try container.decodeUnlessAbsent(String.self, forKey: "gating_available")
      operators = try container.decode([Operator].self, forKey: "supported_operator")
    }
  }

  /// An entry of `supported_operator`.
  struct Operator: Decodable {
    let name: String
    let modes: [Mode]

    enum CodingKeys: String, CodingKey {
      case name
      case modes = "operator_mode"
    }
  }

  /// An entry of `operator_mode`.
  struct Mode: Decodable {
    let activationWidth: Int
    let dataWidth: Int
    let performance: DecimalNumber

    enum CodingKeys: String, CodingKey {
      case activationWidth = "activation_width"
      case dataWidth = "data_width"
      case performance
    }
  }

  /// An entry of `connections`.
  struct Connection: Decodable {
    let name: String
    let bandwidth: DecimalNumber

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: AnyKey.self)
      name = try container.decode(String.self, forKey: "name")
      _ = try container.decodeUnlessAbsent(Int.self, forKey: "id")
      bandwidth = try container.decode(DecimalNumber.self, forKey: "bandwidth")
    }
  }
}

/// A key spelled out where it is used, for objects with keys that only need a look.
struct AnyKey: CodingKey, ExpressibleByStringLiteral {
  let stringValue: String
  var intValue: Int? { nil }

  init(_ name: String) { stringValue = name }
  init(stringLiteral name: String) { stringValue = name }
  init?(stringValue: String) { self.init(stringValue) }
  init?(intValue: Int) { nil }
}

extension KeyedDecodingContainer {
  /// Decodes a value that may be absent but, unlike with `decodeIfPresent`, not null.
  func decodeUnlessAbsent<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value? {
    contains(key) ? try decode(type, forKey: key) : nil
  }
}
