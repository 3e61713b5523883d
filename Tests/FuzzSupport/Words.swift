/// The words that mean something in each format.
enum Words {
  static let platform = [
    "format", "outrigger-platform-1", "name", "about", "peak_performance", "peak_power",
    "element_types", "kind", "processor", "accelerator", "operators", "pattern", "performance",
    "bits", "power", "active", "idle", "local_memory", "memories", "size", "links", "bandwidth",
    "latency", "energy", "elements", "type", "count", "data_memory", "ports", "activations",
    "weights", "output", "shared", "host", "clusters", "conv+pool+relu", "1 GiB", "10 Gop/s",
    "4 GB/s", "10 W", "-1 W", "1e400 W", "1 ns", "2 pJ", "4096", "4097",
  ]

  static let aloha = [
    "name", "version", "peak performance", "peak_performance", "peak_power", "global_memory_size",
    "kernel_memory_size", "cores", "core_types", "connections", "id", "local_memory_size",
    "max_frequency", "max_power", "gating_available", "supported_operator", "operator_mode",
    "activation_width", "data_width", "performance", "bandwidth", "ARM0toARM1through_MEM",
    "MEMtoHWCE_activations", "HWCEtomem_output", "FC", "conv",
  ]

  static let mapping = [
    "blocks", "channels", "order", "sequence", "splits", "merges", "parts", "along", "lines",
    "inputs", "memory", "capacity", "conv1",
    "HWCE", "ARM0", "conv1+relu1",
  ]

  static let times = [
    "block", "element", "seconds", "joules", "conv1", "HWCE", ",", "\"", "\"\"", "\r\n", "\n", ";",
    "\t", "\u{feff}",
  ]

  static let csdf = [
    "name", "type", "csdf", "sdf", "node_number", "edge_number", "nodes", "edges", "id", "function",
    "length", "wcet", "port_number", "ports", "in", "out", "rate", "src", "dst", "initial_tokens",
    "token_size",
  ]

  static let sdf3 = [
    "sdf3", "applicationGraph", "csdf", "sdf", "csdfProperties", "actor", "port", "channel", "name",
    "type", "in", "out", "rate", "srcActor", "srcPort", "dstActor", "dstPort", "initialTokens",
    "size", "actorProperties", "processor", "default", "executionTime", "time", "channelProperties",
    "bufferSize", "tokenSize", "sz", "<", ">", "/>", "</", "=", "\"", "&lt;", "&#0;", "&#x110000;",
    "<!DOCTYPE a [<!ENTITY b \"c\">]>", "&b;", "<![CDATA[", "]]>", "<!--", "-->", "<?xml", "?>",
    "4000000*1", "4000001*1", "9223372036854775807*1", "1*9223372036854775807", "0*5", "1,2,3",
    "encoding=\"UTF-16\"", "xmlns=\"a\"",
  ]

  static let onnx = [
    "", "x", "y", "Add", "Mul", "Div", "Mod", "Pow", "Relu", "Conv", "ConvTranspose", "Gemm",
    "MatMul",
    "MaxPool", "AveragePool", "GlobalAveragePool", "LRN", "BatchNormalization", "Concat", "Split",
    "Slice", "Pad", "Gather", "GatherND", "GatherElements", "ScatterND", "Tile", "Expand",
    "Reshape",
    "Flatten", "Squeeze", "Unsqueeze", "Transpose", "Shape", "Size", "Constant", "ConstantOfShape",
    "Range", "Cast", "Where", "Resize", "Upsample", "DepthToSpace", "SpaceToDepth", "ReduceSum",
    "ReduceMean", "ArgMax", "TopK", "OneHot", "NonZero", "Softmax", "LayerNormalization",
    "Identity",
    "Dropout", "If", "Loop", "Scan", "LSTM", "GRU", "Einsum", "CumSum", "Trilu", "EyeLike",
    "axis", "axes", "perm", "kernel_shape", "strides", "pads", "dilations", "group", "size", "to",
    "value", "starts", "ends", "keepdims", "transB", "auto_pad", "SAME_UPPER", "ceil_mode", "mode",
    "external", "location", "offset", "length", "../../etc/passwd", "ai.onnx.ml", "a\nb",
  ]

  static let piSDF = [
    "graphml", "graph", "data", "node", "edge", "port", "kind", "id", "expr", "name", "param",
    "moldable_param", "cfg_in_iface", "cfg_out_iface", "src", "snk", "actor", "broadcast", "fork",
    "join", "roundbuffer", "delay", "init", "end", "input", "output", "cfg_input", "cfg_output",
    "fifo", "dependency", "source", "sourceport", "target", "targetport", "graph_desc", "key",
    "defaultValue", "setter", "getter", "sub.pi", "../seed.pi", "a.h", "min(", "max(", "ceil(",
    "floor(", "^", "%", "*", "/", "-", "(", ")", ",", ".5", "0", "9223372036854775807", "1/0",
    "2^63", "(1", "/>", "</", "<", ">", "=", "\"", "&lt;", "&#0;", "<![CDATA[", "]]>", "<!--",
    "-->",
    "<!DOCTYPE a [<!ENTITY b \"c\">]>", "&b;", "xmlns=\"a\"",
  ]

  static let sesame = [
    "network", "node", "port", "link", "property", "doc", "name", "class", "KPN", "Pearl",
    "CPP_Process", "dir", "in", "out", "value", "innode", "inport", "outnode", "outport", "mapping",
    "map", "instruction", "side", "source", "dest", "type", "rates", "operations", "operation:a",
    "latency:a:b", "latency::", "type:", "execution_times", "initial_tokens", "token_size",
    "firings",
    "ticks_per_byte", "processor", "memory", "bus", "capacity", "1/0", "-1", "0", "32768",
    "9223372036854775807", "4000000*1", "4000001*1", "0*5", "1,2", "*", ",", "/>", "</", "<", ">",
    "=", "\"", "&lt;", "&#0;", "<![CDATA[", "]]>", "<!--", "-->",
    "<!DOCTYPE a [<!ENTITY b \"c\">]>", "&b;", "xmlns=\"a\"",
  ]
}
