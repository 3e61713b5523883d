/// Attention and its relatives, each a single operator.
let attentionRules: [String: OperatorCall.ShapeRule] = [
  "Attention": { try $0.attention() },
  "RotaryEmbedding": { [try $0.type(0)] },
  "LinearAttention": { try $0.linearAttention() },
  "CausalConvWithState": { try $0.causalConvolution() },
]

/// The extents of an attention.
package struct AttentionGeometry: Hashable, Sendable {
  /// The number of sequences.
  package let batch: Int
  /// The heads of the queries.
  package let queryHeads: Int
  /// The heads of keys and values.
  package let keyHeads: Int
  /// The length of a sequence of queries.
  package let queries: Int
  /// Keys that are attended to, those of the past included.
  package let keys: Int
  /// The size of a query or key of one head.
  package let headSize: Int
  /// The size of a value of one head.
  package let valueHeadSize: Int

  /// Multiply-accumulates of the two products: queries with keys, and weights with values.
  package var macs: Int128 { pairs * Int128(headSize + valueHeadSize) }

  /// Pairs of a query and a key in all heads.
  package var pairs: Int128 {
    Int128(batch) * Int128(queryHeads) * Int128(queries) * Int128(keys)
  }

  /// ONNX, Attention: operands of four dimensions have the heads apart, of three packed with the
  /// features; keys of the past go before the new ones.
  ///
  /// - Throws: ``ONNXError/node(name:operator:reason:)`` where the shapes do not fit.
  package init(
    _ node: ONNXNode, query: [Int], key: [Int], value: [Int], pastKey: [Int]?
  ) throws {
    guard query.count == key.count, query.count == value.count, [3, 4].contains(query.count),
      query[0] == key[0], query[0] == value[0]
    else {
      throw node.error("queries, keys and values should have 3 or 4 dimensions and one batch")
    }
    let past = pastKey.map { $0.count == 4 ? $0[2] : 0 } ?? 0
    batch = query[0]
    if query.count == 4 {
      (queryHeads, keyHeads) = (query[1], key[1])
      (queries, keys) = (query[2], past + key[2])
      (headSize, valueHeadSize) = (query[3], value[3])
    } else {
      guard let heads = try node.int("q_num_heads"), let others = try node.int("kv_num_heads"),
        heads > 0, others > 0, query[2] % heads == 0, value[2] % others == 0
      else { throw node.error("q_num_heads and kv_num_heads should divide the features") }
      (queryHeads, keyHeads) = (heads, others)
      (queries, keys) = (query[1], past + key[1])
      (headSize, valueHeadSize) = (query[2] / heads, value[2] / others)
    }
  }
}

extension OperatorCall {
  /// The result, the keys and values for the next step, and the products of queries and keys.
  fileprivate func attention() throws -> [TensorType] {
    let query = try type(0)
    let geometry = try AttentionGeometry(
      node, query: query.shape, key: type(1).shape, value: type(2).shape,
      pastKey: optionalType(4)?.shape)
    let (batch, queries, keys) = (geometry.batch, geometry.queries, geometry.keys)
    let result =
      query.shape.count == 4
      ? [batch, geometry.queryHeads, queries, geometry.valueHeadSize]
      : [batch, queries, try scaled(geometry.queryHeads, geometry.valueHeadSize)]
    let present = [batch, geometry.keyHeads, keys]
    return [
      TensorType(query.elementType, result),
      TensorType(query.elementType, present + [geometry.headSize]),
      TensorType(try type(2).elementType, present + [geometry.valueHeadSize]),
      TensorType(query.elementType, [batch, geometry.queryHeads, queries, keys]),
    ]
  }

  /// ONNX, LinearAttention: packed operands; the state is a matrix for each head of the keys.
  fileprivate func linearAttention() throws -> [TensorType] {
    let query = try type(0)
    let (key, value) = (try type(1).shape, try type(2).shape)
    guard let heads = try node.int("q_num_heads"), let others = try node.int("kv_num_heads"),
      heads > 0, others > 0, query.shape.count == 3, key.count == 3, value.count == 3,
      query.shape[2] % heads == 0, value[2] % others == 0
    else { throw node.error("its heads should divide the features of operands of 3 dimensions") }
    let valueSize = value[2] / others
    let state = [query.shape[0], others, key[2] / others, valueSize]
    return [
      TensorType(
        query.elementType, [query.shape[0], query.shape[1], try scaled(heads, valueSize)]),
      TensorType(optionalType(3)?.elementType ?? query.elementType, state),
    ]
  }

  /// ONNX, CausalConvWithState: the output as the input, and the last positions for the next step.
  fileprivate func causalConvolution() throws -> [TensorType] {
    let input = try type(0)
    let weights = try type(1).shape
    guard input.shape.count == 3, weights.count == 3, weights[2] >= 1 else {
      throw node.error("expected an input and weights of 3 dimensions")
    }
    let state = [input.shape[0], input.shape[1], weights[2] - 1]
    return [input, TensorType(input.elementType, state)]
  }
}
