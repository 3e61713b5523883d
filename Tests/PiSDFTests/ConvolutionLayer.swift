import PiSDF

/// A convolution layer whose filters are computed in groups, within a graph that feeds it images.
enum ConvolutionLayer {
  static func top() throws -> PiSDFGraph {
    try PiSDFGraph(
      name: "network",
      parameters: [
        .init("numOfFilters", 12), .init("aggregationFactor", 1), .init("image", 48),
      ],
      nodes: [
        .init("Camera", ports: [.output("out", RateExpression("image"))]),
        .init(
          "layer1", .actor(.graph("Algo/layer.pi")),
          ports: [
            .input("in", RateExpression("image")),
            .output("out", RateExpression("numOfFilters * 4")),
          ],
          configurationInputs: [
            .init("filters", parameter: "numOfFilters"), .init("aggregationFactor"),
          ]),
        .init("Show", ports: [.input("in", RateExpression("numOfFilters * 4"))]),
      ],
      channels: [
        .init(from: .init("Camera", "out"), to: .init("layer1", "in"), type: "float"),
        .init(from: .init("layer1", "out"), to: .init("Show", "in"), type: "float"),
      ])
  }

  /// 3 channels of 4 × 4 pixels, kernels of 3 × 3, 2 × 2 results for each filter.
  static func layer() throws -> PiSDFGraph {
    let agg = "aggregationFactor"
    return try PiSDFGraph(
      name: "layer",
      parameters: [
        .init(name: "filters", origin: .interface(defaultValue: nil)),
        .init(name: agg, origin: .interface(defaultValue: 1)),
        .init("firings", RateExpression("filters / \(agg)")), .init("ih", 4), .init("iw", 4),
        .init("Cin", 3), .init("k", 3), .init("oh", 2), .init("ow", 2),
      ],
      nodes: [
        .input("in", rate: RateExpression("ih * iw * Cin")),
        .output("out", rate: RateExpression("filters * oh * ow")),
        .init(
          "Broadcast", .broadcast,
          ports: [
            .input("in", RateExpression("ih * iw * Cin")),
            .output("out", RateExpression("ih * iw * Cin * firings")),
          ]),
        .init(
          "ReadWeights", .actor(.code("Code/include/weights.h")),
          ports: [.output("out", RateExpression("\(agg) * k ^ 2 * Cin"))]),
        .init(
          "CalculateLayer", .actor(.code("Code/include/layer.h")),
          ports: [
            .input("image", RateExpression("ih * iw * Cin")),
            .input("weights", RateExpression("\(agg) * k * k * Cin")),
            .output("out", RateExpression("\(agg) * oh * ow")),
          ]),
      ],
      channels: [
        .init(from: .init("in", "in"), to: .init("Broadcast", "in"), type: "float"),
        .init(from: .init("Broadcast", "out"), to: .init("CalculateLayer", "image")),
        .init(from: .init("ReadWeights", "out"), to: .init("CalculateLayer", "weights")),
        .init(from: .init("CalculateLayer", "out"), to: .init("out", "out")),
      ])
  }

  static func model() throws -> PiSDFModel {
    try PiSDFModel(
      graphs: ["Algo/top.pi": try top(), "Algo/layer.pi": try layer()], top: "Algo/top.pi")
  }
}
