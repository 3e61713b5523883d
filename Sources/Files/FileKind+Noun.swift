package import Foundation

extension FileKind {
  /// What a file is that should hold YAML, JSON or CSV but does not; nil where it may.
  ///
  /// - Parameter data: The whole file.
  package static func found(inPlaceOfText data: Data) -> String? {
    data.withUnsafeBytes { bytes in
      if let kind = FileKind(bytes) { return kind.isOwnText ? nil : kind.noun }
      return isLikeONNX(bytes) ? "it is a binary file, probably an ONNX network" : nil
    }
  }

  /// Whether a reader of text has to look at it itself.
  private var isOwnText: Bool {
    switch self {
    case .empty, .text, .json, .onnxText, .caffe, .ncnn: true
    default: false
    }
  }

  /// A message of the ONNX schema begins with the version of its format.
  private static func isLikeONNX(_ bytes: UnsafeRawBufferPointer) -> Bool {
    bytes.count > 2 && bytes[0] == 0x08 && (1...64).contains(bytes[1]) && bytes[2] & 7 == 2
  }

  /// What the file is.
  package var noun: String {
    switch self {
    case .empty: "the file is empty"
    case .folder: "it is a folder"
    case .savedModelFolder: "it is a folder, a TensorFlow SavedModel"
    case .zip, .onnxArchive: "it is a zip archive"
    case .kerasArchive: "it is a Keras archive"
    case .numpyArchive, .numpy: "it holds NumPy arrays"
    case .pickle: "it is a Python pickle"
    case .hdf5: "it is an HDF5 file"
    case .tensorFlowLite: "it is a TensorFlow Lite network"
    case .onnxRuntime: "it is a network in ONNX Runtime's own format"
    case .executorch: "it is an ExecuTorch program"
    case .gzip, .otherArchive: "it is a compressed archive, to be unpacked first"
    case .lfsPointer: "it only points to the file, which Git LFS holds (git lfs pull brings it)"
    case .html: "it is a web page, probably in the place of a download"
    case .openVINO: "it is an OpenVINO network"
    case .xml: "it is an XML file"
    case .ncnn: "it is an ncnn network"
    case .caffe: "it is a Caffe network"
    case .onnxText: "it is an ONNX network as text"
    case .json: "it is a JSON file"
    case .utf16: "it is text in UTF-16, to be saved in UTF-8"
    case .safetensors, .gguf: "it holds weights of a network"
    case .tensorRT: "it is a TensorRT engine"
    case .rknn: "it is an RKNN network"
    case .savedModel, .frozenGraph: "it is a TensorFlow graph"
    case .coreML: "it is a Core ML network"
    case .picture: "it is a picture"
    case .pdf: "it is a PDF document"
    case .program: "it is a program or library"
    case .text: "it is a text file"
    }
  }
}
