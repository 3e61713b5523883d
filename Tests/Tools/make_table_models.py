"""Writes networks in which constants are moved, one file each.

usage: make_table_models.py FOLDER

Tables of which rows are taken, tokens put beside values, rows put into a table,
and a table that two layers share, as the words of a language model.
"""
import sys

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

node = helper.make_node
generator = np.random.default_rng(4)


def stored(name, values, element=np.float32):
    return numpy_helper.from_array(np.asarray(values).astype(element), name)


def table(element=np.float32, name="table"):
    return stored(name, generator.integers(-99, 99, (500, 16)), element)


def save(name, nodes, inputs, constants):
    def info(key, shape, element):
        return helper.make_tensor_value_info(key, element, shape)

    def kind(key):
        return TensorProto.INT64 if key == "ids" else TensorProto.FLOAT

    graph = helper.make_graph(
        nodes, name, [info(key, shape, kind(key)) for key, shape in inputs],
        [info("y", None, TensorProto.FLOAT)], constants)
    onnx.save(helper.make_model(
        graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8),
        f"{folder}/{name}.onnx")


def moved():
    save("gather", [node("Gather", ["table", "ids"], ["y"], name="look")],
         [("ids", [1, 5])], [table()])
    save("gather_nd", [node("GatherND", ["table", "ids"], ["y"])],
         [("ids", [1, 5, 1])], [table()])
    save("gather_elements", [node("GatherElements", ["table", "ids"], ["y"])],
         [("ids", [5, 16])], [table()])
    save("narrow", [node("Gather", ["table", "ids"], ["g"]),
                    node("DequantizeLinear", ["g", "s"], ["y"])],
         [("ids", [1, 5])], [table(np.int8), stored("s", 0.1)])
    save("token", [node("Concat", ["t", "x"], ["y"], axis=1)],
         [("x", [1, 4, 16])], [stored("t", np.ones((1, 1, 16)))])
    save("scatter_nd", [node("ScatterND", ["table", "at", "x"], ["y"])],
         [("x", [1, 16])], [table(), stored("at", [[3]], np.int64)])
    save("scatter_elements",
         [node("ScatterElements", ["table", "at", "x"], ["y"])],
         [("x", [1, 16])], [table(), stored("at", [range(16)], np.int64)])
    save("resize", [node("Resize", ["x", "", "scales"], ["y"])],
         [("x", [1, 2, 4, 4])], [stored("scales", [1, 1, 2, 2])])
    save("pad", [node("Pad", ["x", "pads"], ["y"])],
         [("x", [1, 16])], [stored("pads", [0, 1, 0, 1], np.int64)])


def shared():
    words = [node("Gather", ["table", "ids"], ["e"], name="look")]
    inputs = [("ids", [1, 5])]
    save("tied", words + [
        node("Transpose", ["table"], ["turned"]),
        node("MatMul", ["e", "turned"], ["y"], name="words")],
        inputs, [table()])
    save("tied_bias", words + [
        node("Reshape", ["e", "rows"], ["r"]),
        node("Gemm", ["r", "table", "b"], ["y"], name="words", transB=1)],
        inputs, [table(), stored("rows", [5, 16], np.int64),
                 stored("b", np.ones(500))])
    save("tied_half", [
        node("Cast", ["table"], ["wide"], to=1),
        node("Gather", ["wide", "ids"], ["e"]),
        node("Transpose", ["table"], ["turned"]),
        node("Cast", ["turned"], ["columns"], to=1),
        node("MatMul", ["e", "columns"], ["y"])], inputs, [table(np.float16)])


folder = sys.argv[1]
moved()
shared()
