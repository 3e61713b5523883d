import ONNXFormat

/// Networks with residual sums, expansions, or branches that meet again.
extension NetworkBuilder {
  /// A ResNet; with bottlenecks the 3 × 3 convolution takes the stride.
  mutating func buildResNet(blocks: [Int], hasBottlenecks: Bool) {
    normalizedConvolution("conv1", kernels: 64, kernel: 7, stride: 2, padding: 3)
    relu("relu1")
    maxPool("pool1", kernel: 3, stride: 2, padding: 1)
    for (stage, count) in blocks.enumerated() {
      for index in 0..<count {
        let stride = stage > 0 && index == 0 ? 2 : 1
        buildResidual(
          "res\(stage + 2)_\(index + 1)", kernels: 64 << stage, stride: stride, hasBottlenecks)
      }
    }
    globalAveragePool("pool5")
    flatten("flatten")
    dense("fc", outputs: 1000)
  }

  private mutating func buildResidual(
    _ name: String, kernels: Int, stride: Int, _ hasBottleneck: Bool
  ) {
    let input = value
    let outputs = hasBottleneck ? 4 * kernels : kernels
    if hasBottleneck {
      normalizedConvolution("\(name)_a", kernels: kernels, kernel: 1)
      relu("\(name)_a_relu")
      normalizedConvolution("\(name)_b", kernels: kernels, kernel: 3, stride: stride, padding: 1)
      relu("\(name)_b_relu")
      normalizedConvolution("\(name)_c", kernels: outputs, kernel: 1)
    } else {
      normalizedConvolution("\(name)_a", kernels: kernels, kernel: 3, stride: stride, padding: 1)
      relu("\(name)_a_relu")
      normalizedConvolution("\(name)_b", kernels: kernels, kernel: 3, padding: 1)
    }
    let branch = value
    value = input
    if stride > 1 || input.channels != outputs {
      normalizedConvolution("\(name)_shortcut", kernels: outputs, kernel: 1, stride: stride)
    }
    sum("\(name)_sum", with: branch)
    relu("\(name)_relu")
  }

  mutating func buildMobileNetV2() {
    normalizedConvolution("conv1", kernels: 32, kernel: 3, stride: 2, padding: 1)
    relu6("conv1_relu")
    // Sandler et al. 2018, table 2: expansion, channels, repetitions, stride.
    let stages = [
      (1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2),
      (6, 320, 1, 1),
    ]
    for (stage, (expansion, kernels, count, stride)) in stages.enumerated() {
      for index in 0..<count {
        buildInvertedResidual(
          "block\(stage + 1)_\(index + 1)", expansion, kernels, stride: index == 0 ? stride : 1)
      }
    }
    normalizedConvolution("conv2", kernels: 1280, kernel: 1)
    relu6("conv2_relu")
    globalAveragePool("pool")
    flatten("flatten")
    dense("fc", outputs: 1000)
  }

  private mutating func buildInvertedResidual(
    _ name: String, _ expansion: Int, _ kernels: Int, stride: Int
  ) {
    let input = value
    let wide = input.channels * expansion
    if expansion > 1 {
      normalizedConvolution("\(name)_expand", kernels: wide, kernel: 1)
      relu6("\(name)_expand_relu")
    }
    normalizedConvolution(
      "\(name)_depthwise", kernels: wide, kernel: 3, stride: stride, padding: 1, groups: wide)
    relu6("\(name)_depthwise_relu")
    normalizedConvolution("\(name)_project", kernels: kernels, kernel: 1)
    if stride == 1, input.channels == kernels { sum("\(name)_sum", with: input) }
  }

  mutating func buildSqueezeNet() {
    convolution("conv1", kernels: 64, kernel: 3, stride: 2)
    relu("relu1")
    maxPool("pool1", kernel: 3, stride: 2)
    let widths = [16, 16, 32, 32, 48, 48, 64, 64]
    for (index, squeezed) in widths.enumerated() {
      buildFire("fire\(index + 2)", squeezed: squeezed, expanded: 4 * squeezed)
      if index == 1 || index == 3 { maxPool("pool\(index + 2)", kernel: 3, stride: 2) }
    }
    dropout("drop9")
    convolution("conv10", kernels: 1000, kernel: 1)
    relu("relu10")
    globalAveragePool("pool10")
    flatten("flatten")
  }

  private mutating func buildFire(_ name: String, squeezed: Int, expanded: Int) {
    convolution("\(name)_squeeze", kernels: squeezed, kernel: 1)
    relu("\(name)_squeeze_relu")
    let input = value
    convolution("\(name)_expand3", kernels: expanded, kernel: 3, padding: 1)
    relu("\(name)_expand3_relu")
    let wide = value
    value = input
    convolution("\(name)_expand1", kernels: expanded, kernel: 1)
    relu("\(name)_expand1_relu")
    concatenation("\(name)_concat", with: [wide])
  }

  /// A U-Net whose image halves `depth` times.
  mutating func buildUNet(depth: Int, kernels: Int) {
    var skipped: [Value] = []
    for level in 0..<depth {
      buildDouble("down\(level + 1)", kernels: kernels << level)
      skipped.append(value)
      maxPool("pool\(level + 1)", kernel: 2, stride: 2)
    }
    buildDouble("bottom", kernels: kernels << depth)
    for level in (0..<depth).reversed() {
      doubling("up\(level + 1)", kernels: kernels << level)
      concatenation("skip\(level + 1)", with: [skipped[level]])
      buildDouble("up\(level + 1)", kernels: kernels << level)
    }
    convolution("classes", kernels: 2, kernel: 1)
  }

  private mutating func buildDouble(_ name: String, kernels: Int) {
    for part in ["a", "b"] {
      convolution("\(name)_\(part)", kernels: kernels, kernel: 3, padding: 1)
      relu("\(name)_\(part)_relu")
    }
  }

  mutating func buildVisionTransformer(patch: Int, features: Int, heads: Int, layers: Int) {
    convolution("patches", kernels: features, kernel: patch, stride: patch)
    let tokens = value.size * value.size
    reshape("tokens", [1, features, tokens])
    transpose("tokens_first", [0, 2, 1])
    let positions = weights("position_values", [1, tokens, features], deviation: 0.02)
    add("Add", "positions", [positions])
    for layer in 1...layers {
      let input = value
      layerNormalization("layer\(layer)_norm1")
      attention("layer\(layer)_attention", heads: heads)
      sum("layer\(layer)_sum1", with: input)
      let middle = value
      layerNormalization("layer\(layer)_norm2")
      projection("layer\(layer)_mlp1", outputs: 4 * features)
      add("Gelu", "layer\(layer)_gelu")
      projection("layer\(layer)_mlp2", outputs: features)
      sum("layer\(layer)_sum2", with: middle)
    }
    layerNormalization("norm")
    let axes = integers("mean_axes", [1])
    add(
      "ReduceMean", "mean", [axes], [ONNXAttribute(name: "keepdims", int: 0)], shape: [1, features])
    dense("head", outputs: 1000)
  }

  /// A convolution without a bias, and a batch normalization.
  private mutating func normalizedConvolution(
    _ name: String, kernels: Int, kernel: Int, stride: Int = 1, padding: Int = 0, groups: Int = 1
  ) {
    convolution(
      name, kernels: kernels, kernel: kernel, stride: stride, padding: padding, groups: groups,
      bias: false)
    batchNormalization("\(name)_bn")
  }
}
