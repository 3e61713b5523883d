import ONNXFormat

/// Networks that find objects at several scales.
extension NetworkBuilder {
  /// YOLOv3-tiny: a chain of convolutions and poolings with a detecting head at 1/32 of the image's sides,
  /// and one at 1/16 that reads both the deep features, enlarged, and the shallow ones.
  mutating func buildTinyYOLO() {
    var shallow = value
    for (index, kernels) in [16, 32, 64, 128, 256, 512].enumerated() {
      leakyConvolution("conv\(index + 1)", kernels: kernels)
      if kernels == 256 { shallow = value }
      // The last pooling keeps the size of the image.
      let isLast = kernels == 512
      maxPool("pool\(index + 1)", kernel: 2, stride: isLast ? 1 : 2, endPadding: isLast ? 1 : 0)
    }
    leakyConvolution("conv7", kernels: 1024)
    leakyConvolution("conv8", kernels: 256, kernel: 1)
    let deep = value
    leakyConvolution("conv9", kernels: 512)
    // For 80 classes: 3 boxes with 4 corners, a score and the classes.
    convolution("head32", kernels: 255, kernel: 1)
    markOutput()
    value = deep
    leakyConvolution("conv11", kernels: 128, kernel: 1)
    upsampling("upsample", factor: 2)
    concatenation("route", with: [shallow])
    leakyConvolution("conv12", kernels: 256)
    convolution("head16", kernels: 255, kernel: 1)
  }

  private mutating func leakyConvolution(_ name: String, kernels: Int, kernel: Int = 3) {
    convolution(name, kernels: kernels, kernel: kernel, padding: kernel / 2, bias: false)
    batchNormalization("\(name)_norm")
    add("LeakyRelu", "\(name)_relu", [], [ONNXAttribute(name: "alpha", float: 0.1)])
  }

  /// An image enlarged by repeating its pixels.
  private mutating func upsampling(_ name: String, factor: Int) {
    let scale = Float(factor)
    let scales = constant("\(name)_scales", [4], [1, 1, scale, scale])
    add(
      "Resize", name, ["", scales],
      [
        ONNXAttribute(name: "mode", string: "nearest"),
        ONNXAttribute(name: "coordinate_transformation_mode", string: "asymmetric"),
        ONNXAttribute(name: "nearest_mode", string: "floor"),
      ], shape: [1, value.channels, factor * value.size, factor * value.size])
  }
}
