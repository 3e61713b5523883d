"""Prints what the onnx package says of a network's shapes, as JSON.

usage: shapes_and_macs.py MODEL

{"shapes": {value: [...]}, "types": {value: element type}, "macs": N}: shapes
by onnx.shape_inference with data propagation, and the multiply-accumulates of
convolutions and matrix products counted from these shapes alone. A value whose
shape onnx does not infer, such as the mask of an old Dropout, is left out.
"""
import json
import sys

import numpy as np
import onnx
from onnx import shape_inference


def known_values(model):
    graph = shape_inference.infer_shapes(
        model, check_type=True, strict_mode=True, data_prop=True).graph
    shapes, types = {}, {}
    for tensor in graph.initializer:
        shapes[tensor.name] = list(tensor.dims)
        types[tensor.name] = tensor.data_type
    for info in [*graph.input, *graph.value_info, *graph.output]:
        tensor = info.type.tensor_type
        if not tensor.HasField("shape"):
            continue
        sizes = [d.dim_value for d in tensor.shape.dim]
        if all(d.HasField("dim_value") for d in tensor.shape.dim):
            shapes[info.name] = sizes
            types[info.name] = tensor.elem_type
    return shapes, types


def product(sizes):
    return int(np.prod(sizes, dtype=np.int64))


def macs(node, shapes):
    """Multiply-accumulates of a node, from the shapes of its values."""
    if node.op_type == "Conv":
        return product(shapes[node.output[0]]) * product(
            shapes[node.input[1]][1:])
    if node.op_type == "ConvTranspose":
        return product(shapes[node.input[0]]) * product(
            shapes[node.input[1]][1:])
    if node.op_type == "MatMul":
        return product(shapes[node.output[0]]) * shapes[node.input[0]][-1]
    if node.op_type == "Gemm":
        transposed = any(a.name == "transA" and a.i for a in node.attribute)
        return product(shapes[node.output[0]]) * shapes[node.input[0]][
            0 if transposed else 1]
    return 0


def main():
    model = onnx.load(sys.argv[1])
    shapes, types = known_values(model)
    print(json.dumps({
        "shapes": shapes, "types": types,
        "macs": sum(macs(node, shapes) for node in model.graph.node)}))


if __name__ == "__main__":
    main()
