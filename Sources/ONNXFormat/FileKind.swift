import Foundation

/// What a file is that is no ONNX network, as its first bytes tell.
enum FileKind: CaseIterable {
  case empty, folder, savedModelFolder, zip, kerasArchive, numpyArchive, onnxArchive, pickle, hdf5,
    tensorFlowLite, onnxRuntime, executorch,
    gzip, otherArchive, lfsPointer, html, openVINO, xml, ncnn, caffe, onnxText, json, utf16,
    safetensors, gguf, numpy,
    tensorRT, rknn, savedModel, frozenGraph, coreML, picture, pdf, program, text
}

extension FileKind {
  private static let headLength = 4096

  /// Tells the kind of a file; nil where it may be an ONNX network.
  init?(_ bytes: UnsafeRawBufferPointer) {
    let head = bytes.prefix(Self.headLength)
    if head.isEmpty {
      self = .empty
    } else if let kind = Self.byMagic(head) {
      self = kind == .zip ? Self.archive(bytes) : kind
    } else if Self.isSafetensors(bytes) {
      self = .safetensors
    } else if let text = Self.text(head) {
      self = Self.byText(text)
    } else {
      return nil
    }
  }

  /// Tells the kind of a file that was tried and is no ONNX network, in the encoding that ONNX has too.
  init?(message bytes: UnsafeRawBufferPointer) {
    let head = bytes.prefix(Self.headLength)
    func holds(_ text: String) -> Bool { head.firstRange(of: Array(text.utf8)) != nil }
    // SavedModel: a version, then a graph with tags; a graph begins with a node: its name, its operator.
    if head.starts(with: [0x08, 0x01, 0x12]) {
      self = .savedModel
    } else if head.first == 0x0a, holds("Placeholder") || holds("Const") {
      self = .frozenGraph
    } else if holds("com.github.apple.coremltools") {
      self = .coreML
    } else {
      return nil
    }
  }

  /// Tells whether a path leads to a folder, and which.
  init?(folder path: String) {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue
    else { return nil }
    let isModel = FileManager.default.fileExists(atPath: "\(path)/saved_model.pb")
    self = isModel ? .savedModelFolder : .folder
  }

  /// The length of a JSON header, then the header.
  private static func isSafetensors(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard bytes.count > 10, bytes[8] == UInt8(ascii: "{") else { return false }
    let length = UInt64(littleEndian: bytes.loadUnaligned(as: UInt64.self))
    return length > 1 && length <= UInt64(bytes.count - 8)
  }

  /// Bytes at a place of the file that no other kind has there.
  private static let magics: [(offset: Int, bytes: [UInt8], kind: FileKind)] = [
    (0, [0x50, 0x4b, 0x03, 0x04], .zip), (0, [0x50, 0x4b, 0x05, 0x06], .zip),
    (0, [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a], .hdf5),
    (4, Array("TFL3".utf8), .tensorFlowLite), (4, Array("ORTM".utf8), .onnxRuntime),
    (4, Array("ET12".utf8), .executorch), (0, [0x1f, 0x8b], .gzip),
    (0, Array("BZh".utf8), .otherArchive), (0, [0xfd, 0x37, 0x7a, 0x58, 0x5a], .otherArchive),
    (0, [0x28, 0xb5, 0x2f, 0xfd], .otherArchive), (0, [0x37, 0x7a, 0xbc, 0xaf], .otherArchive),
    (257, Array("ustar".utf8), .otherArchive), (0, Array("Rar!".utf8), .otherArchive),
    (0, [0xff, 0xfe], .utf16), (0, [0xfe, 0xff], .utf16), (0, Array("GGUF".utf8), .gguf),
    (0, [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59], .numpy), (0, Array("ptrt".utf8), .tensorRT),
    (0, Array("ftrt".utf8), .tensorRT), (0, Array("RKNN".utf8), .rknn),
    (0, [0x89, 0x50, 0x4e, 0x47], .picture), (0, [0xff, 0xd8, 0xff], .picture),
    (0, Array("GIF8".utf8), .picture), (0, Array("%PDF".utf8), .pdf),
    (0, [0x7f, 0x45, 0x4c, 0x46], .program),
  ]

  private static func byMagic(_ head: Slice<UnsafeRawBufferPointer>) -> FileKind? {
    // A pickle names its protocol first.
    if head.count > 2, head[0] == 0x80, (2...5).contains(head[1]) { return .pickle }
    return magics.first { head.dropFirst($0.offset).starts(with: $0.bytes) }?.kind
  }

  /// What an archive holds, by the names of its members at the beginning and the end.
  private static func archive(_ bytes: UnsafeRawBufferPointer) -> FileKind {
    let ends = [bytes.prefix(1 << 16), bytes.suffix(1 << 16)]
    func holds(_ name: String) -> Bool {
      ends.contains { $0.firstRange(of: Array(name.utf8)) != nil }
    }
    if holds("data.pkl") || holds("constants.pkl") { return .zip }
    if holds("model.weights.h5") { return .kerasArchive }
    if holds(".onnx") { return .onnxArchive }
    return holds(".npy") ? .numpyArchive : .zip
  }

  /// The beginning of a file as text; nil where it has bytes that texts do not have.
  private static func text(_ head: Slice<UnsafeRawBufferPointer>) -> String? {
    let isPlain = head.allSatisfy { $0 >= 0x20 || [0x09, 0x0a, 0x0d, 0x0c].contains($0) }
    guard isPlain else { return nil }
    // The end may cut a character in two.
    return (0..<4).lazy.compactMap { String(validating: head.dropLast($0), as: UTF8.self) }.first
  }

  private static func byText(_ text: String) -> FileKind {
    let lines = text.drop { $0.isWhitespace || $0 == "\u{feff}" }.lowercased()
    if lines.hasPrefix("version https://git-lfs") { return .lfsPointer }
    if lines.hasPrefix("<!doctype html") || lines.hasPrefix("<html") { return .html }
    if lines.hasPrefix("<") {
      return lines.contains("<net ") ? .openVINO : lines.contains("<html") ? .html : .xml
    }
    if lines.hasPrefix("7767517") { return .ncnn }
    if lines.hasPrefix("{") || lines.hasPrefix("[") { return .json }
    let isMessage = lines.contains("{") && lines.contains(":")
    if isMessage, lines.contains("opset_import") || lines.contains("op_type") { return .onnxText }
    if isMessage,
      lines.contains("layer {") || lines.contains("layers {") || lines.contains("layer{")
    {
      return .caffe
    }
    return .text
  }
}

extension FileKind {
  /// What the file probably is, and what to do.
  var advice: String {
    switch self {
    case .empty: "the file is empty"
    case .folder: "it is a folder; expected an ONNX file"
    case .savedModelFolder:
      "it is a TensorFlow SavedModel: write it as ONNX with tf2onnx (--saved-model and this folder)"
    case .zip:
      "it is a zip archive, probably PyTorch: write the network with torch.onnx.export and give that file"
    case .kerasArchive:
      "it is a Keras archive: write the network with model.export(…, format=\"onnx\") or tf2onnx"
    case .numpyArchive: "it is an archive of NumPy arrays, weights without a network"
    case .onnxArchive: "it is a zip archive with an ONNX file in it: unpack it"
    case .pickle:
      "it is a Python pickle, probably PyTorch: write the network with torch.onnx.export and give that file"
    case .hdf5:
      "it is an HDF5 file, probably Keras: write the network with model.export(…, format=\"onnx\") or tf2onnx"
    case .tensorFlowLite: "it is TensorFlow Lite: write it as ONNX with tf2onnx (--tflite)"
    case .onnxRuntime:
      "it is in ONNX Runtime's own format (.ort): give the .onnx file that it was made of"
    case .executorch: "it is an ExecuTorch program: write the network with torch.onnx.export"
    case .gzip, .otherArchive: "it is a compressed archive: unpack it first"
    case .lfsPointer: "it only points to the network, which Git LFS holds: git lfs pull brings it"
    case .html: "it is a web page, probably in the place of a download: fetch the file itself"
    case .openVINO: "it is an OpenVINO network: give the ONNX file that it was made of"
    case .xml:
      "it is an XML file and no network; dataflow graphs are read by analyze, simulate, explore and export"
    case .ncnn: "it is an ncnn network: give the ONNX file that it was made of"
    case .caffe: "it is a Caffe network as text: write it as ONNX with a converter"
    case .onnxText: "it is an ONNX network as text: write it in the binary form, as onnx.save does"
    case .json: "it is a JSON file and no network: expected an ONNX file"
    case .utf16:
      "it is text in UTF-16, and an ONNX file is binary; graphs and platforms are read in UTF-8: save it so"
    case .safetensors, .gguf:
      "it holds weights without a network (\(self == .gguf ? "GGUF" : "safetensors")): write the network as ONNX"
    case .numpy: "it is a NumPy array and no network"
    case .tensorRT:
      "it is a TensorRT engine, built for one GPU: give the ONNX file that it was made of"
    case .rknn: "it is an RKNN network, built for one NPU: give the ONNX file that it was made of"
    case .savedModel:
      "it is a TensorFlow SavedModel: write it as ONNX with tf2onnx (--saved-model and its folder)"
    case .frozenGraph: "it is a TensorFlow graph: write it as ONNX with tf2onnx (--graphdef)"
    case .coreML: "it is a Core ML network: write the network it was made of as ONNX"
    case .picture: "it is a picture"
    case .pdf: "it is a PDF document"
    case .program: "it is a program or library"
    case .text: "it is a text file: expected an ONNX file, which is binary"
    }
  }
}
