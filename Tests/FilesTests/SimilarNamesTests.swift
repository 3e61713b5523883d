import Diagnostics
import Testing

@Suite("Names that somebody may have meant")
struct SimilarNamesTests {
  private static let networks = [
    "bvlc_alexnet", "densenet121", "inception_v1", "inception_v2", "resnet18", "resnet50",
    "mobilenetv2", "squeezenet", "vgg16", "vgg19", "unet",
  ]

  @Test(
    "are those with few other letters, and else those of one family",
    arguments: [
      ("squeezent", ["squeezenet"]), ("alexnet", ["bvlc_alexnet"]), ("densnet", ["densenet121"]),
      ("densenet", ["densenet121"]), ("mobilnet", ["mobilenetv2"]),
      ("mobilenet_v1", ["mobilenetv2"]),
      ("resnt18", ["resnet18"]), ("resnt50", ["resnet50"]),
      ("resnt101", ["resnet18", "resnet50"]), ("restnet", ["resnet18", "resnet50"]),
      ("VGG16", ["vgg16", "vgg19"]), ("inceptoin", ["inception_v1", "inception_v2"]),
      ("bert", []), ("d", []), ("", []), ("2024", []), ("dance", []),
    ]
  )
  func networks(name: String, similar: [String]) {
    #expect(Set(name.similar(in: Self.networks)) == Set(similar), "\(name)")
  }

  @Test(
    "come with the nearest first, and not with those that only begin alike where others are nearer")
  func order() {
    #expect("resnt18".similar(in: Self.networks).first == "resnet18")
    let blocks = (1...40).map { "conv\($0)" } + ["convolution", "fc1"]
    #expect("conv41".similar(in: blocks).allSatisfy { $0.hasPrefix("conv4") || $0.hasSuffix("1") })
    #expect("cnov1".similar(in: blocks).first == "conv1")
  }
}
