import Files

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
