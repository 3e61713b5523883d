"""Writes small networks that use what real ones use, one file each.

usage: make_small_models.py FOLDER

Residual sums, groups and dilation, concatenations along other axes, operators
whose attributes became inputs in later operator sets, shared weights, several
inputs and outputs, views that lead to outputs, shape arithmetic, functions,
branches, quantised weights and values, recurrent layers.
"""
import sys

import numpy as np
import onnx
import onnx.parser
from onnx import TensorProto, helper, numpy_helper

generator = np.random.default_rng(0)
node = helper.make_node


def weights(name, *shape):
    values = generator.standard_normal(shape).astype(np.float32) * 0.3
    return numpy_helper.from_array(values, name)


def positive(name, *shape):
    values = generator.uniform(0.5, 1.5, shape).astype(np.float32)
    return numpy_helper.from_array(values, name)


def scalar(name, value):
    return numpy_helper.from_array(np.float32(value), name)


def integers(name, values):
    return numpy_helper.from_array(np.array(values, dtype=np.int64), name)


def save(name, nodes, constants, inputs=None, outputs=("y",), opset=13,
         ir_version=8, more_inputs=()):
    inputs = inputs or {"x": [1, 8, 10, 10]}
    values = [helper.make_tensor_value_info(key, TensorProto.FLOAT, shape)
              for key, shape in inputs.items()]
    graph = helper.make_graph(
        nodes, name, values + list(more_inputs),
        [helper.make_tensor_value_info(key, TensorProto.FLOAT, None)
         for key in outputs], constants)
    model = helper.make_model(
        graph, opset_imports=[helper.make_opsetid("", opset)],
        ir_version=ir_version)
    onnx.save(model, f"{folder}/{name}.onnx")
    return model


def convolutions():
    model = save("residual", [
        node("Conv", ["x", "w"], ["a"], pads=[1] * 4),
        node("Relu", ["a"], ["b"]), node("Add", ["b", "x"], ["c"]),
        node("Conv", ["c", "w2"], ["d"], pads=[1] * 4),
        node("Relu", ["d"], ["y"])],
        [weights("w", 8, 8, 3, 3), weights("w2", 6, 8, 3, 3)])
    onnx.save_model(
        model, f"{folder}/external.onnx", save_as_external_data=True,
        location="external.bin", size_threshold=0)
    save("groups_dilation", [
        node("Conv", ["x", "w", "b"], ["a"], group=4, dilations=[2, 2],
             pads=[2] * 4),
        node("Conv", ["a", "w2"], ["c"], group=16, pads=[1] * 4),
        node("Conv", ["c", "w3"], ["y"], strides=[2, 2],
             auto_pad="SAME_UPPER")],
        [weights("w", 16, 2, 3, 3), weights("b", 16),
         weights("w2", 16, 1, 3, 3), weights("w3", 5, 16, 3, 3)])
    save("sequence", [
        node("Conv", ["x", "w"], ["a"], pads=[1, 1]),
        node("Relu", ["a"], ["r"]),
        node("MaxPool", ["r"], ["p"], kernel_shape=[2], strides=[2]),
        node("Conv", ["p", "w2"], ["y"])],
        [weights("w", 8, 4, 3), weights("w2", 5, 8, 3)],
        inputs={"x": [1, 4, 20]})
    save("batch", [
        node("Conv", ["x", "w"], ["a"]), node("Relu", ["a"], ["r"]),
        node("Flatten", ["r"], ["f"]), node("Gemm", ["f", "w2"], ["y"])],
        [weights("w", 8, 8, 1, 1), weights("w2", 800, 5)],
        inputs={"x": [4, 8, 10, 10]})
    save("initializers_as_inputs", [
        node("Conv", ["x", "w"], ["a"]), node("Relu", ["a"], ["y"])],
        [weights("w", 8, 8, 1, 1)], ir_version=3, opset=9,
        more_inputs=[helper.make_tensor_value_info(
            "w", TensorProto.FLOAT, [8, 8, 1, 1])])


def sharing():
    save("shared_weights", [
        node("Conv", ["x", "w", "b"], ["a"], pads=[1] * 4),
        node("BatchNormalization", ["a", "s", "b2", "m", "v"], ["n"]),
        node("Relu", ["n"], ["r"]),
        node("Conv", ["r", "w", "b"], ["c"], pads=[1] * 4),
        node("Conv", ["c", "w"], ["y"], pads=[1] * 4)],
        [weights("w", 8, 8, 3, 3), weights("b", 8), weights("s", 8),
         weights("b2", 8), weights("m", 8), positive("v", 8)])
    save("two_readers", [
        node("Conv", ["x", "w"], ["a"], pads=[1] * 4),
        node("Relu", ["a"], ["r"]), node("Sigmoid", ["a"], ["s"]),
        node("Mul", ["r", "s"], ["m"]),
        node("Conv", ["m", "w2"], ["y2"], pads=[1] * 4),
        node("Conv", ["y2", "w3"], ["y"])],
        [weights("w", 8, 8, 3, 3), weights("w2", 8, 8, 3, 3),
         weights("w3", 4, 8, 1, 1)], outputs=("y", "y2", "a"))
    save("two_inputs", [
        node("Conv", ["x", "w"], ["a"]), node("Conv", ["z", "w2"], ["b"]),
        node("Add", ["a", "b"], ["c"]), node("Identity", ["c"], ["y"]),
        node("Reshape", ["a", "shape"], ["y3"])],
        [weights("w", 6, 8, 1, 1), weights("w2", 6, 3, 1, 1),
         integers("shape", [1, -1])],
        inputs={"x": [1, 8, 10, 10], "z": [1, 3, 10, 10]},
        outputs=("y", "y3"))
    save("concatenations", [
        node("Conv", ["x", "w"], ["a"], pads=[1] * 4),
        node("Concat", ["a", "x"], ["b"], axis=2),
        node("Conv", ["b", "w2"], ["c"]),
        node("Concat", ["c", "c"], ["d"], axis=1),
        node("Conv", ["d", "w3"], ["y"])],
        [weights("w", 8, 8, 3, 3), weights("w2", 6, 8, 1, 1),
         weights("w3", 4, 12, 1, 1)])


def normalizations():
    save("batch_normalization_first", [
        node("BatchNormalization", ["x", "s", "b", "m", "v"], ["n"]),
        node("PRelu", ["n", "slope"], ["p"]),
        node("MaxPool", ["p"], ["q"], kernel_shape=[2, 2], strides=[2, 2]),
        node("Conv", ["q", "w"], ["y"])],
        [weights("s", 8), weights("b", 8), weights("m", 8), positive("v", 8),
         weights("slope", 8, 1, 1), weights("w", 4, 8, 3, 3)])
    save("neighbours", [
        node("LRN", ["x"], ["l"], size=3), node("Conv", ["l", "w"], ["a"]),
        node("LRN", ["a"], ["b"], size=5, alpha=0.5),
        node("LRN", ["b"], ["c"], size=3, alpha=0.5),
        node("Relu", ["c"], ["d"]),
        node("LRN", ["d"], ["e"], size=7, alpha=0.9),
        node("Conv", ["e", "w2"], ["y"])],
        [weights("w", 12, 8, 1, 1), weights("w2", 6, 12, 1, 1)])
    save("constants", [
        node("Conv", ["x", "w"], ["a"]), node("Mul", ["a", "two"], ["b"]),
        node("Add", ["one", "b"], ["c"]), node("Div", ["c", "three"], ["d"]),
        node("Sub", ["d", "ch"], ["e"]), node("Pow", ["e", "two"], ["f"]),
        node("ReduceMean", ["f"], ["g"], axes=[2, 3], keepdims=0),
        node("Gemm", ["g", "w2"], ["y"])],
        [weights("w", 8, 8, 1, 1), scalar("two", 2), positive("one", 1),
         positive("three", 1, 8, 1, 1), weights("ch", 1, 8, 1, 1),
         weights("w2", 8, 5)])


def matrices():
    save("attention", [
        node("MatMul", ["x", "w"], ["a"]), node("Add", ["a", "b"], ["c"]),
        node("Relu", ["c"], ["d"]), node("MatMul", ["d", "w2"], ["e"]),
        node("Transpose", ["e"], ["t"], perm=[0, 2, 1]),
        node("MatMul", ["e", "t"], ["q"]),
        node("Softmax", ["q"], ["r"], axis=-1),
        node("MatMul", ["r", "e"], ["y"])],
        [weights("w", 16, 24), weights("b", 24), weights("w2", 24, 10)],
        inputs={"x": [1, 7, 16]})
    save("shape_arithmetic", [
        node("Conv", ["x", "w"], ["a"]), node("Shape", ["a"], ["s"]),
        node("Gather", ["s", "first"], ["b"]),
        node("Unsqueeze", ["b", "axes"], ["u"]),
        node("Concat", ["u", "rest"], ["c"], axis=0),
        node("Reshape", ["a", "c"], ["f"]),
        node("Gemm", ["f", "w2"], ["y"], transB=1)],
        [weights("w", 6, 8, 1, 1),
         numpy_helper.from_array(np.array(0, dtype=np.int64), "first"),
         integers("axes", [0]), integers("rest", [-1]),
         weights("w2", 9, 600)])


def operator_sets():
    """The same network in operator sets in which attributes became inputs."""
    for opset in (7, 11, 13, 18):
        nodes = [node("Conv", ["x", "w"], ["a"])]
        constants = [
            weights("w", 8, 8, 1, 1), weights("w2", 4, 5, 1, 1),
            weights("w3", 3, 6), weights("w4", 480, 6), weights("w5", 6)]
        if opset < 13:
            nodes += [
                node("Split", ["a"], ["b", "c"], axis=1, split=[3, 5]),
                node("GlobalAveragePool", ["b"], ["p"]),
                node("Squeeze", ["p"], ["q"], axes=[2, 3])]
        else:
            constants += [integers("parts", [3, 5]), integers("ax", [2, 3])]
            nodes += [
                node("Split", ["a", "parts"], ["b", "c"], axis=1),
                node("GlobalAveragePool", ["b"], ["p"]),
                node("Squeeze", ["p", "ax"], ["q"])]
        if opset < 10:
            nodes.append(
                node("Slice", ["c"], ["s"], axes=[2], starts=[1], ends=[9]))
        else:
            constants += [integers("starts", [1]), integers("ends", [9]),
                          integers("sliced", [2])]
            nodes.append(
                node("Slice", ["c", "starts", "ends", "sliced"], ["s"]))
        pads = [0, 0, 1, 1, 0, 0, 1, 1]
        if opset < 11:
            nodes += [node("Pad", ["s"], ["d"], pads=pads),
                      node("Clip", ["d"], ["l"], min=0.0, max=1.0)]
        else:
            constants += [integers("pads", pads), scalar("low", 0),
                          scalar("high", 1)]
            nodes += [node("Pad", ["s", "pads"], ["d"]),
                      node("Clip", ["d", "low", "high"], ["l"])]
        nodes += [
            node("Transpose", ["l"], ["t"], perm=[0, 1, 3, 2]),
            node("Conv", ["t", "w2"], ["u"]),
            node("Gemm", ["q", "w3", "w5"], ["v"]),
            node("Flatten", ["u"], ["f"]),
            node("Gemm", ["f", "w4", "w5"], ["z"], alpha=0.5, beta=2.0),
            node("Sum", ["v", "z", "z"], ["y"])]
        save(f"operator_set_{opset}", nodes, constants, opset=opset,
             ir_version=8)


FUNCTIONS = """
<ir_version: 10, opset_import: ["" : 18, "local" : 1, "other" : 1]>
agraph (float[1,8,10,10] x) => (float[N,M,K,L] y, float[N,M,K,L] z)
<float[8,8,3,3] w, float[8] b, float[6,8,1,1] w2>
{
  a = local.Block <slope = 0.25> (x, w, b)
  b1, unused = other.Twice (a)
  c = local.Block (b1, w)
  y = Conv (c, w2)
  d, z = other.Twice (c)
}
<domain: "local", opset_import: ["" : 18, "other" : 1]>
Block <slope: float = 0.1> (x, w, b) => (t)
{
  t0 = Conv <pads = [1, 1, 1, 1]> (x, w, b)
  t1 = LeakyRelu <alpha: float = @slope> (t0)
  t, a = other.Twice (t1)
}
<domain: "other", opset_import: ["" : 18]>
Twice (t) => (a, b)
{
  a = Add (t, t)
  b = Identity (t)
}
"""

BRANCHES = """
<ir_version: 10, opset_import: ["" : 18]>
agraph (float[1,8,10,10] x) => (float[N,M,K,L] y)
<float[8,8,3,3] w, float[6,8,1,1] w2, int64[1] eight = {8}>
{
  a = Conv (x, w)
  size = Shape <start = 1, end = 2> (a)
  is_eight = Equal (size, eight)
  b, same = If (is_eight) <
    then_branch = g1 () => (t, u) { t0 = Relu (a) t = Add (t0, a) u = Identity (a) },
    else_branch = g2 () => (t0, t) { t0 = Neg (a) t = Relu (t0) }
  >
  not_eight = Not (is_eight)
  c = If (not_eight) <
    then_branch = g1 () => (t) { t = Relu (b) },
    else_branch = g2 () => (k)
      <float[6,8,1,1] k0 = {KERNEL}>
      {
        k = If (is_eight) <
          then_branch = g3 () => (t) { t = Conv (b, k0) },
          else_branch = g4 () => (t) { t = Neg (b) }
        >
      }
  >
  d = Conv (same, w2)
  y = Add (c, d)
}
"""


def with_weights(model):
    """Makes initialisers of the values that are only declared."""
    graph = model.graph
    for info in graph.value_info:
        sizes = [d.dim_value for d in info.type.tensor_type.shape.dim]
        graph.initializer.append(weights(info.name, *sizes))
    del graph.value_info[:]
    return model


def functions():
    onnx.save(with_weights(onnx.parser.parse_model(FUNCTIONS)),
              f"{folder}/functions.onnx")


def branches():
    kernel = ", ".join(f"{v:.3f}" for v in generator.standard_normal(48))
    onnx.save(with_weights(onnx.parser.parse_model(
        BRANCHES.replace("KERNEL", kernel))), f"{folder}/branches.onnx")


def quantized():
    """Weights and values of 8 bits: quantised, and as operators on integers."""
    def bytes_of(name, *shape):
        return numpy_helper.from_array(generator.integers(
            -100, 100, shape).astype(np.int8), name)

    zero = numpy_helper.from_array(np.int8(3), "zero")
    zeros = numpy_helper.from_array(np.zeros(8, np.int8), "zeros")
    save("quantized", [
        node("QuantizeLinear", ["x", "scale", "zero"], ["a"]),
        node("DequantizeLinear", ["a", "scale", "zero"], ["b"]),
        node("DequantizeLinear", ["w", "scales", "zeros"], ["c"], axis=0),
        node("Conv", ["b", "c"], ["d"], pads=[1] * 4),
        node("QuantizeLinear", ["d", "scales", "zeros"], ["e"], axis=1),
        node("DequantizeLinear", ["e", "scales", "zeros"], ["f"], axis=1),
        node("Relu", ["f"], ["g"]),
        node("QuantizeLinear", ["g", "scale", "zero"], ["h"]),
        node("QLinearConv", ["h", "scale", "zero", "w2", "scale", "none",
                             "scale", "zero"], ["i"]),
        node("DequantizeLinear", ["i", "scale", "zero"], ["j"]),
        node("Conv", ["j", "w3"], ["y"])],
        [scalar("scale", 0.05), zero, zeros, positive("scales", 8),
         bytes_of("w", 8, 8, 3, 3), bytes_of("w2", 6, 8, 1, 1),
         numpy_helper.from_array(np.int8(0), "none"), weights("w3", 4, 6, 1, 1)])


def recurrent():
    save("recurrent", [
        node("LSTM", ["x", "w", "r", "b"], ["", "h", "c"], hidden_size=12),
        node("GRU", ["x", "w2", "r2"], ["s"], hidden_size=6,
             direction="bidirectional"),
        node("Transpose", ["s"], ["t"], perm=[2, 0, 1, 3]),
        node("Reshape", ["t", "flat"], ["u"]),
        node("Squeeze", ["h", "first"], ["v"]),
        node("Concat", ["u", "v"], ["q"], axis=1),
        node("Gemm", ["q", "w3"], ["y"])],
        [weights("w", 1, 48, 10), weights("r", 1, 48, 12),
         weights("b", 1, 96), weights("w2", 2, 18, 10),
         weights("r2", 2, 18, 6), integers("flat", [1, -1]),
         integers("first", [0]), weights("w3", 96, 9)],
        inputs={"x": [7, 1, 10]}, outputs=("y", "c"), opset=14)


if __name__ == "__main__":
    folder = sys.argv[1]
    convolutions()
    sharing()
    normalizations()
    matrices()
    operator_sets()
    functions()
    branches()
    quantized()
    recurrent()
