import ONNXFormat

/// A network of the literature that Outrigger writes itself, with seeded random weights.
package enum GeneratedNetwork: String, CaseIterable, Sendable {
  /// Krizhevsky, Sutskever, Hinton 2012, in the shapes of the model zoo's `bvlc_alexnet`.
  case alexnet
  /// Simonyan, Zisserman 2015, configuration D.
  case vgg16
  /// Simonyan, Zisserman 2015, configuration E.
  case vgg19
  /// Two convolutions and a dense layer for 28 × 28 digits.
  case mnist
}

extension GeneratedNetwork {
  /// The network as an ONNX model.
  ///
  /// - Parameters:
  ///   - seed: The seed of the weights.
  ///   - grouped: Whether AlexNet's second, fourth and fifth convolutions have two groups.
  package func model(seed: UInt64, grouped: Bool = true) -> ONNXModel {
    switch self {
    case .alexnet: Self.alexnet(seed: seed, groups: grouped ? 2 : 1)
    case .vgg16: Self.vgg("vgg16", convolutions: [2, 2, 3, 3, 3], seed: seed)
    case .vgg19: Self.vgg("vgg19", convolutions: [2, 2, 4, 4, 4], seed: seed)
    case .mnist: Self.mnist(seed: seed)
    }
  }

  private static func alexnet(seed: UInt64, groups: Int) -> ONNXModel {
    var net = NetworkBuilder(name: "alexnet", input: "data", channels: 3, size: 224, seed: seed)
    net.convolution("conv1", kernels: 96, kernel: 11, stride: 4)
    net.relu("relu1")
    net.localResponseNormalization("norm1")
    net.maxPool("pool1", kernel: 3, stride: 2)
    net.convolution("conv2", kernels: 256, kernel: 5, padding: 2, groups: groups)
    net.relu("relu2")
    net.localResponseNormalization("norm2")
    net.maxPool("pool2", kernel: 3, stride: 2)
    net.convolution("conv3", kernels: 384, kernel: 3, padding: 1)
    net.relu("relu3")
    net.convolution("conv4", kernels: 384, kernel: 3, padding: 1, groups: groups)
    net.relu("relu4")
    net.convolution("conv5", kernels: 256, kernel: 3, padding: 1, groups: groups)
    net.relu("relu5")
    net.maxPool("pool5", kernel: 3, stride: 2, endPadding: 1)
    classifier(&net, first: 6)
    return net.model()
  }

  private static func vgg(_ name: String, convolutions: [Int], seed: UInt64) -> ONNXModel {
    var net = NetworkBuilder(name: name, input: "data", channels: 3, size: 224, seed: seed)
    for (stage, count) in convolutions.enumerated() {
      for index in 1...count {
        let suffix = "\(stage + 1)_\(index)"
        net.convolution(
          "conv\(suffix)", kernels: min(64 << stage, 512), kernel: 3, padding: 1)
        net.relu("relu\(suffix)")
      }
      net.maxPool("pool\(stage + 1)", kernel: 2, stride: 2)
    }
    classifier(&net, first: 6)
    return net.model()
  }

  private static func mnist(seed: UInt64) -> ONNXModel {
    var net = NetworkBuilder(name: "mnist", input: "image", channels: 1, size: 28, seed: seed)
    net.convolution("conv1", kernels: 8, kernel: 5, padding: 2)
    net.relu("relu1")
    net.maxPool("pool1", kernel: 2, stride: 2)
    net.convolution("conv2", kernels: 16, kernel: 5, padding: 2)
    net.relu("relu2")
    net.maxPool("pool2", kernel: 3, stride: 3)
    net.flatten("flatten")
    net.dense("fc", outputs: 10)
    return net.model()
  }

  /// The three dense layers that AlexNet and VGG end with.
  private static func classifier(_ net: inout NetworkBuilder, first: Int) {
    net.flatten("flatten")
    for number in first..<(first + 2) {
      net.dense("fc\(number)", outputs: 4096)
      net.relu("relu\(number)")
      net.dropout("drop\(number)")
    }
    net.dense("fc\(first + 2)", outputs: 1000)
    net.softmax("prob")
  }
}
