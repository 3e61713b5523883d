"""Gives a network of the model zoo seeded random weights.

usage: randomize_model.py IN OUT [--seed N] [--verify]

The zoo's light files make every weight with a ConstantOfShape node. Here each
becomes an initialiser: He-scaled for convolutions and dense layers, positive
variances and scales near 1 for batch normalisations and factors, small biases.
The few small weights that the files do store get random values too: they
belong to other weights and drown the input (Inception v2's first variances
reach 5e4).
The final Softmax is taken off, so that outputs tell inputs apart.
"""
import argparse
import sys

import numpy as np
import onnx
from onnx import numpy_helper

BIAS = 0.1  # standard deviation of biases outside batch normalisations


def uses_of(graph):
    """For each value the (node, position) pairs that read it."""
    uses = {}
    for node in graph.node:
        for position, name in enumerate(node.input):
            uses.setdefault(name, []).append((node, position))
    return uses


def role(name, uses):
    """The node and position a weight is for, through what only reshapes it."""
    for node, position in uses.get(name, []):
        if node.op_type in ("Unsqueeze", "Reshape") and position == 0:
            return role(node.output[0], uses)
        return node, position
    return None, 0


def fan_in(shape, node):
    """How many inputs each output sums."""
    if node.op_type == "Conv" or any(
            a.name == "transB" and a.i for a in node.attribute):
        return max(1, int(np.prod(shape[1:])))
    return max(1, shape[-2] if len(shape) > 1 else shape[0])


def values(shape, node, position, generator):
    """Random values for a weight that `node` reads at `position`."""
    kind = node.op_type if node else ""
    if kind in ("Conv", "Gemm", "MatMul") and position == 1:
        return generator.standard_normal(shape) * np.sqrt(
            2 / fan_in(shape, node))
    if kind == "BatchNormalization" and position == 1:
        return generator.uniform(0.8, 1.2, shape)
    if kind == "BatchNormalization" and position == 4:
        return generator.uniform(0.5, 1.5, shape)
    if kind == "Mul":
        return generator.uniform(0.9, 1.1, shape)
    small = 0.02 if kind == "BatchNormalization" else BIAS
    return generator.standard_normal(shape) * small


def randomize(model, seed):
    graph = model.graph
    generator = np.random.default_rng(seed)
    uses = uses_of(graph)
    stored = {i.name: i for i in graph.initializer}

    def weight(name, shape):
        array = values(shape, *role(name, uses), generator)
        return numpy_helper.from_array(array.astype(np.float32), name)

    nodes, weights, shapes = [], [], set()
    for node in graph.node:
        if node.op_type == "ConstantOfShape" and node.input[0] in stored:
            shape = numpy_helper.to_array(stored[node.input[0]]).tolist()
            weights.append(weight(node.output[0], shape))
            shapes.add(node.input[0])
        else:
            nodes.append(node)
    if nodes[-1].op_type == "Softmax":
        softmax = nodes.pop()
        graph.output[0].name = softmax.input[0]
    read = {name for node in nodes for name in node.input}
    for name, tensor in stored.items():
        if name in shapes and name not in read:
            continue
        real = tensor.data_type == onnx.TensorProto.FLOAT
        weights.append(weight(name, list(tensor.dims)) if real else tensor)
    inputs = [i for i in graph.input if i.name not in stored]
    del graph.node[:], graph.initializer[:], graph.input[:]
    graph.node.extend(nodes)
    graph.initializer.extend(weights)
    graph.input.extend(inputs)
    model.ir_version = 8


def sensitivity(path):
    """How far the outputs of two random inputs lie apart, relatively."""
    import onnxruntime
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    options.intra_op_num_threads = 2
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
