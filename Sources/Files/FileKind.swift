import Foundation

/// What a file is that is not what was expected, as its first bytes tell.
package enum FileKind: CaseIterable {
  case empty, folder, savedModelFolder, zip, kerasArchive, numpyArchive, onnxArchive, pickle, hdf5,
    tensorFlowLite, onnxRuntime, executorch,
    gzip, otherArchive, lfsPointer, html, openVINO, xml, ncnn, caffe, onnxText, json, utf16,
    safetensors, gguf, numpy,
    tensorRT, rknn, savedModel, frozenGraph, coreML, picture, pdf, program, text
}

extension FileKind {
  private static let headLength = 4096

  /// Tells the kind of a file; nil where it may be an ONNX network.
  package init?(_ bytes: UnsafeRawBufferPointer) {
    let head = bytes.prefix(Self.headLength)
    if head.isEmpty {
      self = .empty
    } else if let kind = Self.byMagic(head) {
      self = kind == .zip ? Self.archive(bytes) : kind
    } else if Self.isSafetensors(bytes) {
      self = .safetensors
    } else if Self.isUTF16(head) {
      self = .utf16
    } else if let text = Self.text(head) {
      self = Self.byText(text)
    } else {
      return nil
    }
  }

  /// Tells the kind of a file that is encoded as ONNX is but holds no ONNX network; nil where the
  /// kind is unknown.
  package init?(message bytes: UnsafeRawBufferPointer) {
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

  /// Tells which kind of folder a path leads to; nil where it leads to none.
  package init?(folder path: String) {
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

  /// Whether text begins without a mark of its byte order: every other byte is nought, and the others are plain.
  private static func isUTF16(_ head: Slice<UnsafeRawBufferPointer>) -> Bool {
    let start = head.prefix(64)
    guard start.count >= 8 else { return false }
    return (0...1).contains { order in
      start.indices.allSatisfy { index in
        index % 2 == order
          ? start[index] == 0
          : (0x20..<0x7f).contains(start[index]) || [0x09, 0x0a, 0x0d].contains(start[index])
      }
    }
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
