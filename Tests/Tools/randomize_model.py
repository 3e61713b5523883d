"""Gives a network of the model zoo seeded random weights.

usage: randomize_model.py IN OUT [--seed N] [--verify]

The zoo's light files make every weight with a ConstantOfShape node. Here each
becomes an initialiser: He-scaled for convolutions and dense layers, positive
variances and scales near 1 for batch normalisations and factors, small biases.
The final Softmax is taken off, so that outputs tell inputs apart.
"""
import argparse
import sys

import numpy as np
import onnx
from onnx import numpy_helper


def uses_of(graph):
    """For each value the (node, position) pairs that read it."""
    uses = {}
    for node in graph.node:
        for position, name in enumerate(node.input):
            uses.setdefault(name, []).append((node, position))
    return uses


def role(name, uses):
    """What a weight is for, looking through operators that only reshape it."""
    for node, position in uses.get(name, []):
        if node.op_type in ("Unsqueeze", "Reshape") and position == 0:
            return role(node.output[0], uses)
        return node.op_type, position
    return "", 0


def values(shape, kind, position, generator):
    if kind in ("Conv", "Gemm", "MatMul") and position == 1:
        fan_in = int(np.prod(shape[1:])) or 1
        return generator.standard_normal(shape) * np.sqrt(2 / fan_in)
    if kind == "BatchNormalization":
        if position == 1:
            return generator.uniform(0.8, 1.2, shape)
        if position == 4:
            return generator.uniform(0.5, 1.5, shape)
        return generator.standard_normal(shape) * 0.02
    if kind == "Mul":
        return generator.uniform(0.9, 1.1, shape)
    return generator.standard_normal(shape) * 0.02


def randomize(model, seed):
    graph = model.graph
    generator = np.random.default_rng(seed)
    uses = uses_of(graph)
    shapes = {i.name: numpy_helper.to_array(i) for i in graph.initializer}
    nodes, weights, gone = [], [], set()
    for node in graph.node:
        if node.op_type != "ConstantOfShape":
            nodes.append(node)
            continue
        shape = [int(size) for size in shapes[node.input[0]]]
        kind, position = role(node.output[0], uses)
        array = values(shape, kind, position, generator).astype(np.float32)
        weights.append(numpy_helper.from_array(array, node.output[0]))
        gone.add(node.input[0])
    if nodes[-1].op_type == "Softmax":
        softmax = nodes.pop()
        graph.output[0].name = softmax.input[0]
    kept = [i for i in graph.initializer if i.name not in gone]
    constants = set(shapes)
    inputs = [i for i in graph.input if i.name not in constants]
    del graph.node[:], graph.initializer[:], graph.input[:]
    graph.node.extend(nodes)
    graph.initializer.extend(kept + weights)
    graph.input.extend(inputs)
    model.ir_version = 8


def sensitivity(path):
    """How far the outputs of two random inputs lie apart, relatively."""
    import onnxruntime
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(
        path, options, providers=["CPUExecutionProvider"])
    value = session.get_inputs()[0]
    generator = np.random.default_rng(1)
    a, b = (session.run(None, {value.name: generator.standard_normal(
        value.shape).astype(np.float32)})[0] for _ in range(2))
    return float(np.abs(a - b).max() / np.abs(a).max())


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("input")
    parser.add_argument("output")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--verify", action="store_true")
    options = parser.parse_args()
    model = onnx.load(options.input)
    randomize(model, options.seed)
    onnx.save(model, options.output)
    if options.verify:
        found = sensitivity(options.output)
        print(f"{found:.3g}")
        sys.exit(0 if found >= 5e-4 else 1)


if __name__ == "__main__":
    main()
