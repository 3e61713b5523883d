/// Networks whose layers follow each other in one line.
extension NetworkBuilder {
  mutating func buildAlexNet(groups: Int) {
    convolution("conv1", kernels: 96, kernel: 11, stride: 4)
    relu("relu1")
    localResponseNormalization("norm1")
    maxPool("pool1", kernel: 3, stride: 2)
    convolution("conv2", kernels: 256, kernel: 5, padding: 2, groups: groups)
    relu("relu2")
    localResponseNormalization("norm2")
    maxPool("pool2", kernel: 3, stride: 2)
    convolution("conv3", kernels: 384, kernel: 3, padding: 1)
    relu("relu3")
    convolution("conv4", kernels: 384, kernel: 3, padding: 1, groups: groups)
    relu("relu4")
    convolution("conv5", kernels: 256, kernel: 3, padding: 1, groups: groups)
    relu("relu5")
    maxPool("pool5", kernel: 3, stride: 2, endPadding: 1)
    buildClassifier()
  }

  mutating func buildAlexCIFAR() {
    for (index, kernels) in [32, 32, 64].enumerated() {
      convolution("conv\(index + 1)", kernels: kernels, kernel: 5, padding: 2)
      relu("relu\(index + 1)")
      maxPool("pool\(index + 1)", kernel: 3, stride: 2, endPadding: 1)
    }
    flatten("flatten")
    dense("fc1", outputs: 64)
    relu("relu4")
    dense("fc2", outputs: 10)
  }

  mutating func buildVGG(convolutions: [Int]) {
    for (stage, count) in convolutions.enumerated() {
      for index in 1...count {
        let suffix = "\(stage + 1)_\(index)"
        convolution("conv\(suffix)", kernels: min(64 << stage, 512), kernel: 3, padding: 1)
        relu("relu\(suffix)")
      }
      maxPool("pool\(stage + 1)", kernel: 2, stride: 2)
    }
    buildClassifier()
  }

  mutating func buildMNIST() {
    convolution("conv1", kernels: 8, kernel: 5, padding: 2)
    relu("relu1")
    maxPool("pool1", kernel: 2, stride: 2)
    convolution("conv2", kernels: 16, kernel: 5, padding: 2)
    relu("relu2")
    maxPool("pool2", kernel: 3, stride: 3)
    flatten("flatten")
    dense("fc", outputs: 10)
  }

  /// The three dense layers that AlexNet and VGG end with.
  private mutating func buildClassifier() {
    flatten("flatten")
    for number in 6...7 {
      dense("fc\(number)", outputs: 4096)
      relu("relu\(number)")
      dropout("drop\(number)")
    }
    dense("fc8", outputs: 1000)
    softmax("prob")
  }
}
