import Diagnostics
import Foundation
import TestSupport
import Testing

@testable import ONNXFormat

@Suite("Files that are no ONNX network are called what they probably are")
struct FileKindTests {
  private static func file(_ head: [UInt8], _ text: String = "", _ tail: [UInt8] = []) -> [UInt8] {
    head + Array(text.utf8) + tail
  }

  private static let zip: [UInt8] = [0x50, 0x4b, 3, 4]

  private static let examples: [(name: String, bytes: [UInt8], words: String)] = [
    ("nothing", file([]), "empty"),
    ("a PyTorch archive", file(zip, "xxarchive/data.pkl"), "torch.onnx.export"),
    ("a Keras archive", file(zip, "model.weights.h5"), "Keras"),
    ("an archive of arrays", file(zip, "a.npy"), "NumPy"),
    ("a zipped network", file(zip, "net.onnx"), "unpack it"),
    ("a pickle", file([0x80, 0x02, 0x8a, 0x0a]), "torch.onnx.export"),
    ("HDF5", file([0x89], "HDF\r\n\u{1a}\n", [0, 0]), "Keras"),
    ("TensorFlow Lite", file([0x1c, 0, 0, 0], "TFL3", [0, 0]), "TensorFlow Lite"),
    ("ONNX Runtime's format", file([0x1c, 0, 0, 0], "ORTM"), ".ort"),
    ("gzip", file([0x1f, 0x8b, 8, 0]), "unpack"),
    ("UTF-16", file([0xff, 0xfe, 0x3c, 0]), "UTF-16"),
    ("UTF-16 of the other order", file([0xfe, 0xff, 0, 0x3c]), "UTF-16"),
    (
      "a pointer of Git LFS", file([], "version https://git-lfs.github.com/spec/v1\noid sha256:1"),
      "git lfs pull"
    ),
    ("a web page", file([], "\n<!DOCTYPE html>\n<html><body>404</body></html>"), "web page"),
    ("OpenVINO", file([], "<?xml version=\"1.0\"?>\n<net name=\"m\" version=\"11\">"), "OpenVINO"),
    ("other XML", file([], "<sdf3></sdf3>"), "XML"),
    ("ncnn", file([], "7767517\n75 83\nInput data 0 1 data"), "ncnn"),
    ("Caffe", file([], "name: \"net\"\nlayer {\n  name: \"data\"\n}"), "Caffe"),
    (
      "ONNX as text", file([], "ir_version: 8\nopset_import { version: 13 }\ngraph { }"),
      "onnx.save"
    ),
    ("JSON", file([], "{\"a\": 1}"), "JSON"),
    ("safetensors", file([10, 0, 0, 0, 0, 0, 0, 0], "{\"a\":{}}  "), "safetensors"),
    ("text", file([], "grüße\n"), "text file"),
    ("a SavedModel", file([0x08, 0x01, 0x12, 0x04, 0x0a, 0x02, 0x2a, 0x00]), "SavedModel"),
    (
      "a frozen graph", file([0x0a, 0x18, 0x0a, 0x05], "input\u{12}\u{0b}Placeholder", [0, 0]),
      "TensorFlow graph"
    ),
    ("a picture", file([0x89], "PNG\r\n"), "picture"),
  ]

  @Test("one line says what it is and what to do", arguments: examples)
  func said(name: String, bytes: [UInt8], words: String) throws {
    let folder = try TemporaryFolder()
    let path = folder.file("network.onnx")
    try Data(bytes).write(to: URL(filePath: path))
    let error = #expect(throws: ONNXError.self) { try ONNXModel(path: path) }
    let message = error?.description ?? ""
    #expect(message.hasPrefix(path) && message.contains(words), "\(message)")
    #expect(!message.contains("\n"))
  }

  @Test("a folder is one, and a TensorFlow SavedModel where it holds one")
  func folders() throws {
    let folder = try TemporaryFolder()
    func message() -> String {
      let error = #expect(throws: ONNXError.self) { try ONNXModel(path: folder.path) }
      return error?.description ?? ""
    }
    #expect(message().contains("it is a folder"))
    try Data([8, 1]).write(to: URL(filePath: folder.file("saved_model.pb")))
    #expect(message().contains("tf2onnx"))
  }
}
