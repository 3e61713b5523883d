package import ONNXFormat

/// A network of the literature that Outrigger writes itself, with seeded random weights.
package enum GeneratedNetwork: String, CaseIterable, Sendable {
  /// Krizhevsky, Sutskever, Hinton 2012, in the shapes of the model zoo's `bvlc_alexnet`.
  case alexnet
  /// Krizhevsky's small network for the 32 × 32 images of CIFAR-10.
  case alexcifar
  /// Simonyan, Zisserman 2015, configurations A, D and E.
  case vgg11, vgg16, vgg19
  /// He, Zhang, Ren, Sun 2016, "Deep residual learning for image recognition".
  case resnet18, resnet50
  /// Sandler et al. 2018, "MobileNetV2: inverted residuals and linear bottlenecks".
  case mobilenetv2
  /// Iandola et al. 2016, SqueezeNet 1.1.
  case squeezenet
  /// Ronneberger, Fischer, Brox 2015, "U-Net", with 16 kernels at the top and padded convolutions.
  case unet
  /// Dosovitskiy et al. 2021, "An image is worth 16×16 words", with 192 features and four layers.
  case vit
  /// Redmon, Farhadi 2018, "YOLOv3", the small configuration with two detecting heads.
  case yolov3tiny
  /// Two convolutions and a dense layer for 28 × 28 digits.
  case mnist
}

extension GeneratedNetwork {
  /// The network as an ONNX model.
  ///
  /// - Parameters:
  ///   - seed: The seed of the weights; nil writes their shapes alone.
  ///   - grouped: Whether AlexNet's second, fourth and fifth convolutions have two groups.
  package func model(seed: UInt64?, grouped: Bool = true) -> ONNXModel {
    let isSmall = self == .mnist || self == .alexcifar
    var net = NetworkBuilder(
      name: rawValue, input: isSmall ? "image" : "data", channels: self == .mnist ? 1 : 3,
      size: inputSize, seed: seed)
    switch self {
    case .alexnet: net.buildAlexNet(groups: grouped ? 2 : 1)
    case .alexcifar: net.buildAlexCIFAR()
    case .vgg11: net.buildVGG(convolutions: [1, 1, 2, 2, 2])
    case .vgg16: net.buildVGG(convolutions: [2, 2, 3, 3, 3])
    case .vgg19: net.buildVGG(convolutions: [2, 2, 4, 4, 4])
    case .resnet18: net.buildResNet(blocks: [2, 2, 2, 2], hasBottlenecks: false)
    case .resnet50: net.buildResNet(blocks: [3, 4, 6, 3], hasBottlenecks: true)
    case .mobilenetv2: net.buildMobileNetV2()
    case .squeezenet: net.buildSqueezeNet()
    case .unet: net.buildUNet(depth: 3, kernels: 16)
    case .vit: net.buildVisionTransformer(patch: 16, features: 192, heads: 3, layers: 4)
    case .yolov3tiny: net.buildTinyYOLO()
    case .mnist: net.buildMNIST()
    }
    return net.model()
  }

  /// The height and width of the input image.
  private var inputSize: Int {
    switch self {
    case .mnist: 28
    case .alexcifar: 32
    case .unet: 128
    case .yolov3tiny: 416
    default: 224
    }
  }
}
