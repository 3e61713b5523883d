"""Writes the node tests that come with onnx as models, with what is known of their outputs.

usage: suite_models.py FOLDER

Each model is written three times: N.onnx as it is; N_bare.onnx without the shapes of its outputs, and with
the values of those inputs that say how large an output is as initialisers; and N_weights.onnx with all
inputs but the first as initialisers. manifest.json is a list of

{"name", "operators": [OPERATOR, ...], "inputs": {NAME: [ELEMENT TYPE, SHAPE]},
 "outputs": {NAME: [ELEMENT TYPE, SHAPE] or null}}

with null for what is no tensor.
"""
import json
import os
import sys

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from onnx.backend.test.case.node import collect_testcases

# The operands that say how large an output is, by operator.
SHAPE_OPERANDS = {
    "AffineGrid": [1], "BlackmanWindow": [0], "CenterCropPad": [1], "Col2Im": [1, 2],
    "ConstantOfShape": [0], "DFT": [1, 2], "Expand": [1], "HammingWindow": [0], "HannWindow": [0],
    "MaxUnpool": [2], "MelWeightMatrix": [0, 1, 2, 3, 4], "OneHot": [1], "Pad": [1, 3],
    "Range": [0, 1, 2], "Reshape": [1], "Resize": [1, 2, 3], "STFT": [1, 3], "Slice": [1, 2, 3, 4],
    "Split": [1], "Squeeze": [1], "Tile": [1], "TopK": [1], "Unsqueeze": [1], "Upsample": [1],
    "GatherND": [], "SplitToSequence": [1], "ConcatFromSequence": [], "Loop": [0, 1],
    "If": [0], "RandomNormal": [], "CumSum": [1],
} | {f"Reduce{name}": [1] for name in [
    "L1", "L2", "LogSum", "LogSumExp", "Max", "Mean", "Min", "Prod", "Sum", "SumSquare"]}


def is_tensor(item):
    return isinstance(item, (np.ndarray, np.generic, TensorProto))


def tensor(item, name):
    if isinstance(item, TensorProto):
        copy = TensorProto()
        copy.CopyFrom(item)
        copy.name = name
        return copy
    return numpy_helper.from_array(np.asarray(item), name)


def described(item):
    if not is_tensor(item):
        return None
    made = tensor(item, "x")
    return [made.data_type, list(made.dims)]


def shape_inputs(graph, operands):
    """The inputs that become initialisers: shape operands, in what is expanded all that look like one."""
    if len(graph.node) == 1:
        names = operands.get(graph.node[0].op_type, [])
        given = list(graph.node[0].input)
        return {given[i] for i in names if i < len(given) and given[i]}
    return None


def bare(model, known):
    copy = onnx.ModelProto()
    copy.CopyFrom(model)
    graph = copy.graph
    for output in graph.output:
        if output.type.HasField("tensor_type"):
            output.type.tensor_type.ClearField("shape")
    del graph.value_info[:]
    wanted = shape_inputs(graph, SHAPE_OPERANDS)
    for value in list(graph.input):
        item = known.get(value.name)
        if not is_tensor(item):
            continue
        made = tensor(item, value.name)
        small = len(made.dims) <= 1 and np.prod(made.dims) <= 16
        is_integer = made.data_type in (
            TensorProto.INT64, TensorProto.INT32, TensorProto.BOOL)
        takes = value.name in wanted if wanted is not None else small and (
            is_integer or value.name in ("roi", "scales", "sizes", "start", "limit", "delta"))
        if takes and len(graph.input) > 0:
            graph.initializer.append(made)
            graph.input.remove(value)
        elif not value.type.tensor_type.HasField("shape") or any(
                not d.HasField("dim_value") for d in value.type.tensor_type.shape.dim):
            value.CopyFrom(helper.make_tensor_value_info(
                value.name, made.data_type, list(made.dims)))
    return copy


def with_weights(model, known):
    copy = onnx.ModelProto()
    copy.CopyFrom(model)
    for value in list(copy.graph.input)[1:]:
        if is_tensor(known.get(value.name)):
            copy.graph.initializer.append(tensor(known[value.name], value.name))
            copy.graph.input.remove(value)
    return copy


def main(folder):
    manifest = []
    for number, test in enumerate(collect_testcases(None)):
        model = test.model
        inputs, outputs = test.data_sets[0]
        known = dict(zip([i.name for i in model.graph.input], inputs))
        made = dict(zip([o.name for o in model.graph.output], outputs))
        path = os.path.join(folder, f"{number}")
        for ending, message in [("", model), ("_bare", bare(model, known)),
                                ("_weights", with_weights(model, known))]:
            with open(f"{path}{ending}.onnx", "wb") as file:
                file.write(message.SerializeToString())
        manifest.append({
            "name": test.name, "operators": [node.op_type for node in model.graph.node],
            "inputs": {name: described(item) for name, item in known.items()},
            "outputs": {name: described(item) for name, item in made.items()}})
    with open(os.path.join(folder, "manifest.json"), "w", encoding="utf-8") as file:
        json.dump(manifest, file)
    print(len(manifest))


main(sys.argv[1])
