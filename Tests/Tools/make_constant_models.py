"""Writes networks whose weights operators make of stored constants, one file each.

usage: make_constant_models.py FOLDER

Every file is a convolution of 6x3x3x3, a batch normalisation and a ReLU; in
plain.onnx all constants are stored. The others store them in another type, in
other factors, in blocks, cut, padded, or let operators compute them.
"""
import sys

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

node = helper.make_node
shape = (6, 3, 3, 3)
generator = np.random.default_rng(3)


def stored(name, values, element=np.float32):
    return numpy_helper.from_array(np.asarray(values).astype(element), name)


def normal(name, *sizes, element=np.float32):
    return stored(name, generator.standard_normal(sizes), element)


def save(name, nodes, constants, opset=21, norm=(), replaced=(), bias=()):
    """`nodes` make the weights `w`, `norm` those of the normalisation in
    `replaced`, `bias` a bias `b` of the convolution."""
    norms = [stored(key, generator.uniform(0.5, 1.5, 6))
             for key in ("scale", "offset", "mean", "variance")
             if key not in replaced]
    inputs = ["x", "w"] + (["b"] if bias else [])
    graph = helper.make_graph(
        list(nodes) + list(norm) + list(bias) + [
            node("Conv", inputs, ["c"], name="conv", pads=[1] * 4,
                 kernel_shape=[3, 3]),
            node("BatchNormalization",
                 ["c", "scale", "offset", "mean", "variance"], ["n"],
                 name="norm", **({} if opset > 6 else {"is_test": 1})),
            node("Relu", ["n"], ["y"], name="relu")],
        name,
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, [1, 3, 6, 6])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, [1, 6, 6, 6])],
        list(constants) + norms)
    ir = 10 if opset > 20 else 8
    onnx.save(helper.make_model(
        graph, opset_imports=[helper.make_opsetid("", opset)],
        ir_version=ir), f"{folder}/{name}.onnx")


def types():
    for name, element in (("half", np.float16), ("double", np.float64),
                          ("bytes", np.int8)):
        save(f"cast_{name}", [node("Cast", ["a"], ["w"], to=1)],
             [stored("a", generator.integers(-9, 9, shape), element)])
    values = [float(v) for v in generator.standard_normal(162)]
    save("cast_bfloat16", [node("Cast", ["a"], ["w"], to=1)],
         [helper.make_tensor("a", TensorProto.BFLOAT16, shape, values)])
    save("cast_float8", [node("Cast", ["a"], ["w"], to=1)],
         [helper.make_tensor("a", TensorProto.FLOAT8E4M3FN, shape, values)])
    save("cast_like", [node("CastLike", ["a", "x"], ["w"])],
         [normal("a", *shape, element=np.float16)])


def quantised():
    scales = stored("s", generator.uniform(0.01, 0.03, 6))
    save("quantised", [
        node("QuantizeLinear", ["a", "s", "z"], ["q"], axis=0),
        node("DequantizeLinear", ["q", "s", "z"], ["w"], axis=0)],
        [normal("a", *shape), scales, stored("z", np.zeros(6), np.int8)])
    small = helper.make_tensor(
        "q", TensorProto.INT4, shape, generator.integers(-8, 8, 162).tolist())
    save("four_bits", [node("DequantizeLinear", ["q", "s"], ["w"], axis=0)],
         [small, scales])
    save("blocks", [
        node("DequantizeLinear", ["q", "s"], ["w"], axis=2, block_size=3)],
        [stored("q", generator.integers(-99, 99, shape), np.int8),
         normal("s", 6, 3, 1, 3)])
    save("half_scale", [
        node("DequantizeLinear", ["q", "s"], ["h"]),
        node("Cast", ["h"], ["w"], to=1)],
        [stored("q", generator.integers(-99, 99, shape), np.int8),
         stored("s", 0.02, np.float16)])


def computed():
    save("low_rank", [
        node("MatMul", ["u", "v"], ["p"]),
        node("Reshape", ["p", "size"], ["w"])],
        [normal("u", 6, 2), normal("v", 2, 27),
         stored("size", shape, np.int64)])
    save("standardised", [
        node("ReduceMean", ["a", "axes"], ["m"]),
        node("Sub", ["a", "m"], ["d"]), node("Mul", ["d", "d"], ["e"]),
        node("ReduceMean", ["e", "axes"], ["v"]), node("Sqrt", ["v"], ["r"]),
        node("Div", ["d", "r"], ["w"])],
        [normal("a", *shape), stored("axes", [1, 2, 3], np.int64)])
    save("padded", [
        node("Pad", ["a", "pads"], ["p"]), node("Clip", ["p", "low"], ["w"])],
        [normal("a", 6, 3, 1, 1), stored("low", -0.5),
         stored("pads", [0, 0, 1, 1, 0, 0, 1, 1], np.int64)])
    save("scattered", [
        node("ScatterND", ["a", "at", "rows"], ["t"]),
        node("Einsum", ["t"], ["e"], equation="oikl->oilk"),
        node("Tanh", ["e"], ["w"])],
        [normal("a", *shape), stored("at", [[1], [4]], np.int64),
         normal("rows", 2, 3, 3, 3)])
    save("old", [node("Transpose", ["a"], ["t"], perm=[3, 2, 0, 1]),
                 node("Exp", ["t"], ["w"])], [normal("a", 3, 3, 3, 6)], 9)
    save("masked", [
        node("Trilu", ["a"], ["t"]), node("Softmax", ["t"], ["w"])],
        [normal("a", *shape)])


def normalised():
    half = np.float16
    plain = [normal("w", *shape)]
    save("half_norm", [], plain + [
        stored(f"{key}_h", generator.uniform(0.5, 1.5, 6), half)
        for key in ("scale", "variance")],
        norm=[node("Cast", [f"{key}_h"], [key], to=1)
              for key in ("scale", "variance")],
        replaced=("scale", "variance"))
    # Every constant is computed, by operators of which no value is known here.
    save("all_computed", [node("Erf", ["a"], ["w"])],
         [normal("a", *shape), normal("t", 6), normal("f", 6)],
         norm=[node("Softplus", ["t"], ["scale"]),
               node("Sigmoid", ["f"], ["variance"])],
         replaced=("scale", "variance"),
         bias=[node("Sin", ["t"], ["b"])])
    save("computed_bias", [], plain + [normal("t", 6)],
         bias=[node("Cos", ["t"], ["b"])])


folder = sys.argv[1]
save("plain", [], [normal("w", *shape)])
types()
quantised()
computed()
normalised()
