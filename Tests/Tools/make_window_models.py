"""Writes small networks with windows of every kind, one file each.

usage: make_window_models.py FOLDER

Each network is x (1x8x11x9) -> the operator in question -> a ReLU -> a 3x3
convolution. Padding on one side, automatic padding, dilation, strides with
and without gaps, rounding up, padding that counts, constants that differ from
line to line, values that are broadcast, dense layers of all forms.
"""
import sys

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

generator = np.random.default_rng(3)
node = helper.make_node


def weights(name, *shape):
    values = generator.standard_normal(shape).astype(np.float32) * 0.3
    return numpy_helper.from_array(values, name)


def save(name, nodes, constants, shape=(1, 8, 11, 9), opset=13):
    graph = helper.make_graph(
        nodes, name,
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, shape)],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, None)],
        constants)
    model = helper.make_model(
        graph, opset_imports=[helper.make_opsetid("", opset)], ir_version=8)
    onnx.save(model, f"{folder}/{name}.onnx")


def window(name, operator, inputs=("x",), constants=(), channels=8, opset=13,
           **attributes):
    save(name, [
        node(operator, list(inputs), ["a"], name="first", **attributes),
        node("Relu", ["a"], ["b"], name="second"),
        node("Conv", ["b", "end"], ["y"], name="third", pads=[1] * 4)],
        [*constants, weights("end", 4, channels, 3, 3)], opset=opset)


def convolutions():
    cases = {
        "above": dict(pads=[2, 0, 0, 1]),
        "below": dict(pads=[0, 1, 2, 0]),
        "strides": dict(pads=[1] * 4, strides=[2, 1]),
        "leap": dict(strides=[4, 4], pads=[1, 1, 0, 0]),
        "dilated": dict(dilations=[2, 1], pads=[2, 1, 2, 1]),
        "dilated_strides": dict(dilations=[3, 2], strides=[2, 2], pads=[3] * 4),
        "same_upper": dict(auto_pad="SAME_UPPER", strides=[2, 2]),
        "same_lower": dict(auto_pad="SAME_LOWER", strides=[2, 2]),
        "same": dict(auto_pad="SAME_UPPER"),
        "valid": dict(auto_pad="VALID"),
        "groups": dict(pads=[1] * 4, group=2),
        "depthwise": dict(pads=[1] * 4, group=8),
    }
    for name, attributes in cases.items():
        inputs = 8 // attributes.get("group", 1)
        window(f"conv_{name}", "Conv", ("x", "w", "c"),
               [weights("w", 8, inputs, 3, 3), weights("c", 8)], **attributes)
    window("conv_large", "Conv", ("x", "w"), [weights("w", 8, 8, 7, 5)],
           pads=[3, 2, 3, 2])
    window("conv_point", "Conv", ("x", "w"), [weights("w", 8, 8, 1, 1)],
           strides=[2, 2])
    window("transposed", "ConvTranspose", ("x", "w"), [weights("w", 8, 8, 3, 3)])


def poolings():
    cases = {
        "halo": dict(kernel_shape=[3, 3], strides=[2, 2]),
        "padded": dict(kernel_shape=[3, 3], strides=[1, 1], pads=[1] * 4),
        "ceil": dict(kernel_shape=[3, 3], strides=[2, 2], ceil_mode=1),
        "ceil_rest": dict(kernel_shape=[2, 2], strides=[2, 2], ceil_mode=1),
        "ceil_padded": dict(kernel_shape=[3, 3], strides=[3, 2], ceil_mode=1,
                            pads=[1, 1, 0, 1]),
        "rest": dict(kernel_shape=[2, 2], strides=[3, 3]),
        "same": dict(kernel_shape=[3, 3], strides=[2, 2],
                     auto_pad="SAME_LOWER"),
    }
    for name, attributes in cases.items():
        window(f"maxpool_{name}", "MaxPool", **attributes)
        window(f"averagepool_{name}", "AveragePool", **attributes)
        if "auto_pad" not in attributes:
            window(f"counted_{name}", "AveragePool", count_include_pad=1,
                   opset=19, **attributes)
    window("maxpool_dilated", "MaxPool", kernel_shape=[2, 3], dilations=[3, 1])
    window("lppool", "LpPool", kernel_shape=[2, 2], strides=[2, 2], p=2)
    window("global", "GlobalAveragePool")


def others():
    window("line_constant", "Add", ("x", "k"), [weights("k", 1, 8, 11, 9)])
    window("line_factor", "Mul", ("x", "k"), [weights("k", 11, 1)])
    window("channel_slope", "PRelu", ("x", "k"), [weights("k", 8, 1, 1)])
    window("neighbours", "LRN", size=5, alpha=0.5)
    window("instances", "InstanceNormalization", ("x", "s", "t"),
           [weights("s", 8), weights("t", 8)])
    save("squeeze", [
        node("GlobalAveragePool", ["x"], ["m"], name="first"),
        node("Conv", ["m", "w"], ["s"], name="second"),
        node("Mul", ["x", "s"], ["z"], name="third"),
        node("Conv", ["z", "v", "c"], ["r"], name="fourth", pads=[1] * 4),
        node("Add", ["r", "x"], ["y"], name="fifth")],
        [weights("w", 8, 8, 1, 1), weights("v", 8, 8, 3, 3), weights("c", 8)])


def dense():
    for opset in (9, 13):
        save(f"flat_gemm{opset}", [
            node("Conv", ["x", "w"], ["a"], name="first", pads=[1] * 4),
            node("Flatten", ["a"], ["f"]),
            node("Gemm", ["f", "m", "c"], ["g"], name="second", transB=1,
                 alpha=0.5, beta=2.0),
            node("Relu", ["g"], ["r"], name="third"),
            node("Gemm", ["r", "n", "d"], ["y"], name="fourth")],
            [weights("w", 6, 8, 3, 3), weights("m", 7, 6 * 11 * 9),
             weights("c", 7), weights("n", 7, 5), weights("d", 1, 5)],
            opset=opset)
    save("matmul", [
        node("MatMul", ["x", "m"], ["a"], name="first"),
        node("Relu", ["a"], ["b"], name="second"),
        node("MatMul", ["b", "n"], ["y"], name="third")],
        [weights("m", 12, 9), weights("n", 9, 4)], shape=(1, 5, 12))
    save("batch", [
        node("Conv", ["x", "w", "c"], ["a"], name="first", pads=[1] * 4),
        node("Flatten", ["a"], ["f"]),
        node("MatMul", ["f", "m"], ["y"], name="second")],
        [weights("w", 4, 3, 3, 3), weights("c", 4), weights("m", 4 * 6 * 5, 3)],
        shape=(2, 3, 6, 5))


if len(sys.argv) != 2:
    sys.exit(__doc__)
folder = sys.argv[1]
convolutions()
poolings()
others()
dense()
