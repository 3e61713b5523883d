"""Prints single-node cases with the outputs that the onnx package gives for them, as JSON.

usage: operator_cases.py suite OPERATOR...
       operator_cases.py windows|rearrangements|values COUNT SEED

suite is the node tests that come with onnx, for the operators that are named.
The others are random: windows are convolutions and poolings, rearrangements are
operators that read shapes, axes or sizes, in all versions of the operator set
that change how; both are judged by onnx.shape_inference. values are small
constants, judged by onnx.reference. A case is

{"name", "operator", "opset", "node": NodeProto, "inputs": [VALUE or null],
 "outputs": [VALUE or null], or null where onnx refuses the node}

with VALUE = {"elementType", "shape", "tensor": TensorProto or null}; messages are
in base64. An output is null where it is left out or its shape is not known.
"""
import base64
import json
import random
import sys
import warnings

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper, shape_inference

LARGEST_VALUE = 4096
FLOAT = TensorProto.FLOAT


def text(message):
    return base64.b64encode(message.SerializeToString()).decode()


def value(array):
    """What a case says of an array or of a message of one."""
    tensor = array if isinstance(array, TensorProto) else numpy_helper.from_array(
        np.asarray(array))
    keeps = (np.prod(tensor.dims, dtype=np.float64) <= LARGEST_VALUE
             and tensor.data_type != TensorProto.STRING)
    return {"elementType": tensor.data_type, "shape": list(tensor.dims),
            "tensor": text(tensor) if keeps else None}


def case(name, node, opset, inputs, outputs):
    return {"name": name, "operator": node.op_type, "opset": opset, "node": text(node),
            "inputs": inputs, "outputs": outputs}


# The suite of onnx.

def is_tensor(item):
    return isinstance(item, (np.ndarray, np.generic, TensorProto))


def suite(operators):
    from onnx.backend.test.case.node import collect_testcases
    for test in collect_testcases(None):
        graph = test.model.graph
        if len(graph.node) != 1 or graph.node[0].op_type not in operators:
            continue
        node = graph.node[0]
        inputs, outputs = test.data_sets[0]
        if node.domain or not all(map(is_tensor, [*inputs, *outputs])):
            continue
        known = dict(zip([i.name for i in graph.input], inputs))
        made = dict(zip([o.name for o in graph.output], outputs))
        yield case(
            test.name, node, test.model.opset_import[0].version,
            [value(known[name]) if name else None for name in node.input],
            [value(made[name]) if name else None for name in node.output])


# Random nodes.

def model(node, opset, inputs):
    """A model of one node; an input is an array or, for one that is computed, a shape."""
    infos, constants = [], []
    for name, item in zip(node.input, inputs):
        if isinstance(item, np.ndarray):
            constants.append(numpy_helper.from_array(item, name))
        elif item is not None:
            infos.append(helper.make_tensor_value_info(name, FLOAT, item))
    outputs = [onnx.ValueInfoProto(name=name) for name in node.output]
    graph = helper.make_graph([node], "case", infos, outputs, constants)
    return helper.make_model(
        graph, opset_imports=[helper.make_opsetid("", opset)], ir_version=8)


def inferred(node, opset, inputs):
    """The types of the outputs by onnx.shape_inference, None where it refuses."""
    try:
        graph = shape_inference.infer_shapes(
            model(node, opset, inputs), check_type=True, strict_mode=True,
            data_prop=True).graph
    except (shape_inference.InferenceError, onnx.checker.ValidationError, ValueError):
        return None
    outputs = []
    for info in graph.output:
        tensor = info.type.tensor_type
        sizes = [d.dim_value for d in tensor.shape.dim]
        if not tensor.HasField("shape") or not all(
                d.HasField("dim_value") for d in tensor.shape.dim):
            outputs.append(None)
        elif min(sizes, default=1) < 0:
            # Inference lets sizes below zero pass, which no runtime does.
            return None
        else:
            outputs.append({"elementType": tensor.elem_type, "shape": sizes, "tensor": None})
    return outputs


def judged(number, draw, judge):
    operator, opset, attributes, inputs, outputs = draw
    names = ["" if item is None else f"x{i}" for i, item in enumerate(inputs)]
    node = helper.make_node(
        operator, names, [f"y{i}" for i in range(outputs)], name=f"case{number}", **attributes)
    described = [
        None if item is None else value(item) if isinstance(item, np.ndarray)
        else {"elementType": FLOAT, "shape": item, "tensor": None} for item in inputs]
    return case(
        f"{operator} {number}", node, opset, described, judge(node, opset, inputs))


def some(r, attributes):
    """Each attribute in half of the cases."""
    return {k: v for k, v in attributes.items() if r.random() < 0.5}


def integers(*items):
    return np.array(items, np.int64).reshape(-1)


# Convolutions and poolings.

def too_large(node, inputs):
    """Whether a window passes the padded input: inference counts one output, runtimes refuse."""
    a = {x.name: helper.get_attribute_value(x) for x in node.attribute}
    if node.op_type == "ConvTranspose" or a.get("auto_pad", b"").startswith(b"SAME"):
        return False
    spatial = inputs[0][2:]
    rank = len(spatial)
    kernel = a.get("kernel_shape") or inputs[1][2:]
    dilations, pads = a.get("dilations", [1] * rank), a.get("pads", [0] * 2 * rank)
    return any(spatial[i] + pads[i] + pads[rank + i] < (kernel[i] - 1) * dilations[i] + 1
               for i in range(rank))


def inferred_window(node, opset, inputs):
    outputs = None if too_large(node, inputs) else inferred(node, opset, inputs)
    is_empty = outputs is not None and any(0 in output["shape"] for output in outputs)
    return None if is_empty else outputs


def window(r):
    rank = r.randint(1, 3)
    operator = r.choice(["Conv", "ConvTranspose", "MaxPool", "AveragePool", "LpPool"])
    kernel = [r.randint(1, 5) for _ in range(rank)]
    spatial = [r.randint(1, 14) for _ in range(rank)]
    groups = r.choice([1, 1, 2, 3])
    mode = r.choice(["NOTSET", "NOTSET", "NOTSET", "SAME_UPPER", "SAME_LOWER", "VALID"])
    attributes = some(r, {
        "strides": [r.randint(1, 4) for _ in range(rank)],
        "dilations": [r.randint(1, 3) for _ in range(rank)]})
    if mode != "NOTSET" or r.random() < 0.2:
        attributes["auto_pad"] = mode
    elif r.random() < 0.7:
        attributes["pads"] = [r.randint(0, 3) for _ in range(2 * rank)]
    shape = [r.randint(1, 2), 2 * groups] + spatial
    if operator in ("Conv", "ConvTranspose"):
        attributes |= some(r, {"kernel_shape": kernel})
        if groups > 1:
            attributes["group"] = groups
        weights = [groups * 3, 2] if operator == "Conv" else [groups * 2, 3]
        if operator == "ConvTranspose" and mode == "NOTSET":
            attributes |= some(r, {"output_padding": [r.randint(0, 1) for _ in range(rank)]})
        inputs = [shape, weights + kernel]
        if r.random() < 0.3:
            inputs.append([groups * 3])
        return operator, r.choice([11, 22]), attributes, inputs, 1
    attributes["kernel_shape"] = kernel
    opset = r.choice([10, 12, 22]) if operator == "MaxPool" else 22
    if not mode.startswith("SAME") and opset == 22:
        # With SAME, inference counts more outputs than the ⌈input / stride⌉ of the specification;
        # before version 22, it counts windows that start behind the input, which runtimes do not.
        attributes |= some(r, {"ceil_mode": r.randint(0, 1)})
    outputs = r.randint(1, 2) if operator == "MaxPool" else 1
    return operator, opset, attributes, [shape], outputs


# Operators that read shapes, axes or sizes.

def inferred_rearrangement(node, opset, inputs):
    """Inference lets some nodes pass that do not keep the number of elements, as they must."""
    outputs = inferred(node, opset, inputs)
    if outputs is None or node.op_type not in ("Reshape", "DepthToSpace", "SpaceToDepth"):
        return outputs
    if outputs[0] is None:
        return outputs
    return outputs if np.prod(outputs[0]["shape"]) == np.prod(inputs[0]) else None


def split_size(r, size, parts):
    cuts = sorted(r.randint(0, size) for _ in range(parts - 1))
    return [b - a for a, b in zip([0] + cuts, cuts + [size])]


def slices(r, shape):
    axes = r.sample(range(len(shape)), r.randint(1, len(shape)))
    starts = [r.choice([r.randint(-9, 9), -2**63, 2**63 - 1]) for _ in axes]
    ends = [r.choice([r.randint(-9, 9), -2**63, 2**63 - 1]) for _ in axes]
    # Steps from 2^31 on crash the data propagation of onnx 1.23.2.
    steps = [r.choice([-2**30, -3, -1, 1, 1, 2, 2**30]) for _ in axes]
    axes = [axis - r.choice([0, len(shape)]) for axis in axes]
    if r.random() < 0.4:
        return 9, {"starts": starts, "ends": ends, "axes": axes}, []
    given = [integers(*starts), integers(*ends), integers(*axes), integers(*steps)]
    return r.choice([10, 13]), {}, given


def with_list(r, name, numbers, change, old):
    """A list that is an attribute before the version `change` and an input since."""
    opset = r.choice([old, change])
    if opset < change:
        return opset, {name: numbers}, []
    return opset, {}, [integers(*numbers)]


def reduction(r, operator, shape):
    change = 13 if operator == "ReduceSum" else 18
    axes = [axis - r.choice([0, len(shape)])
            for axis in r.sample(range(len(shape)), r.randint(0, len(shape)))]
    opset, attributes, inputs = with_list(r, "axes", axes, change, 11)
    if not axes and opset < change:
        attributes = {}
    attributes |= some(r, {"keepdims": r.randint(0, 1)})
    if opset >= change:
        attributes |= some(r, {"noop_with_empty_axes": 1})
        if not axes and r.random() < 0.5:
            inputs = []
    return opset, attributes, inputs


def reshape(r, shape):
    sizes = shape[:]
    r.shuffle(sizes)
    if len(sizes) > 1 and r.random() < 0.5:
        sizes = [sizes[0] * sizes[1]] + sizes[2:]
    if r.random() < 0.5:
        sizes[r.randrange(len(sizes))] = -1
    if r.random() < 0.3:
        sizes[r.randrange(len(sizes))] = 0
    return 14, some(r, {"allowzero": r.randint(0, 1)}), [integers(*sizes)]


def resize(r, shape):
    scales = np.array([r.choice([0.5, 0.6, 2, 2.3, 1.7, 1 / 3]) for _ in shape], np.float32)
    kind = r.randrange(4)
    if kind == 0:
        return "Upsample", 7, {"scales": [max(1, float(s)) for s in scales]}, []
    if kind == 1:
        return "Upsample", 9, {}, [np.maximum(scales, 1)]
    if kind == 2:
        return "Resize", r.choice([11, 13, 19]), {}, [None, scales]
    axes = r.sample(range(len(shape)), r.randint(1, len(shape)))
    policy = r.choice(["stretch", "not_larger", "not_smaller"])
    sizes = [r.randint(1, 20) for _ in axes]
    return "Resize", 19, {"axes": axes, "keep_aspect_ratio_policy": policy}, [
        None, None, integers(*sizes)]


def split(r, shape):
    axis = r.randrange(len(shape))
    parts = r.randint(1, 4)
    sizes = split_size(r, shape[axis], parts)
    attributes = {"axis": axis - r.choice([0, len(shape)])}
    kind = r.randrange(4)
    if kind == 0:
        return 11, attributes | some(r, {"split": sizes}), [], parts
    if kind == 1:
        return 13, attributes, [integers(*sizes)], parts
    if kind == 2:
        return 13, attributes, [], parts
    return 18, attributes | {"num_outputs": parts}, [], parts


def padding(r, shape):
    pads = [r.randint(-1, 4) for _ in range(2 * len(shape))]
    if r.random() < 0.3:
        axes = r.sample(range(len(shape)), r.randint(1, len(shape)))
        return 18, {}, [integers(*pads[:2 * len(axes)]), None, integers(*axes)]
    return with_list(r, "pads", pads, 11, 7)


def placed(r, operator, shape):
    """Axes of an Unsqueeze, which lie in the output, or a Squeeze."""
    rank = len(shape)
    if operator == "Unsqueeze":
        rank += 2
        axes = r.sample(range(rank), 2)
    else:
        axes = [axis for axis in range(rank) if shape[axis] == 1]
        if not axes or r.random() < 0.1:
            return 13, {}, []
    axes = [axis - r.choice([0, rank]) if operator == "Squeeze" else axis for axis in axes]
    return with_list(r, "axes", axes, 13, 11)


def broadcastable(r, shape):
    return [r.choice([1, size]) for size in shape[r.randrange(len(shape)):]]


def rearrangement(r):
    shape = [r.randint(1, 6) for _ in range(r.randint(1, 4))]
    rank = len(shape)
    axis = r.randint(-rank, rank - 1)
    family = r.choice([
        "Slice", "Pad", "Split", "Resize", "Reduce", "Reduce", "Reshape", "Place", "Flatten",
        "Transpose", "Expand", "Tile", "Gather", "Concat", "ArgMax", "TopK", "MatMul", "Gemm",
        "Softmax", "Shape", "Binary", "Blocks", "Normalization"])
    outputs = 1
    if family == "Slice":
        opset, attributes, inputs = slices(r, shape)
    elif family == "Pad":
        opset, attributes, inputs = padding(r, shape)
    elif family == "Split":
        opset, attributes, inputs, outputs = split(r, shape)
    elif family == "Resize":
        family, opset, attributes, inputs = resize(r, shape)
    elif family == "Reduce":
        family += r.choice(["Sum", "Mean", "Max", "L2", "Prod", "LogSumExp", "SumSquare"])
        opset, attributes, inputs = reduction(r, family, shape)
    elif family == "Reshape":
        opset, attributes, inputs = reshape(r, shape)
    elif family == "Place":
        family = r.choice(["Squeeze", "Unsqueeze"])
        opset, attributes, inputs = placed(r, family, shape)
    else:
        return simple(r, family, shape, axis)
    return family, opset, attributes, [shape] + inputs, outputs


def simple(r, family, shape, axis):
    """Operators that have not changed what they read."""
    rank = len(shape)
    opset = r.choice([13, 18])
    if family == "Flatten":
        return family, opset, some(r, {"axis": r.choice([axis, rank])}), [shape], 1
    if family == "Transpose":
        return family, opset, some(r, {"perm": r.sample(range(rank), rank)}), [shape], 1
    if family == "Expand":
        wanted = [size if size > 1 else r.randint(1, 4) for size in shape]
        return family, opset, {}, [shape, integers(*broadcastable(r, wanted))], 1
    if family == "Tile":
        repeats = integers(*[r.randint(0, 3) for _ in shape])
        return family, opset, {}, [shape, repeats], 1
    if family == "Gather":
        indices = np.zeros([r.randint(1, 3) for _ in range(r.randint(0, 2))], np.int64)
        return family, opset, some(r, {"axis": axis}), [shape, indices], 1
    if family == "Concat":
        others = [[r.randint(0, 3) if i == axis % rank else size
                   for i, size in enumerate(shape)] for _ in range(r.randint(1, 3))]
        return family, opset, {"axis": axis}, [shape] + others, 1
    if family == "ArgMax":
        return family, opset, {"axis": axis, "keepdims": r.randint(0, 1)}, [shape], 1
    if family == "TopK":
        return family, 11, {"axis": axis}, [shape, integers(r.randint(1, 6))], 2
    if family == "Softmax":
        axis += r.choice([0, 0, 9])
        return r.choice(["Softmax", "LogSoftmax", "Hardmax"]), opset, {"axis": axis}, [shape], 1
    if family == "Shape":
        bounds = {"start": r.randint(-6, 6), "end": r.randint(-6, 6)}
        return family, 15, some(r, bounds), [shape], 1
    if family == "Binary":
        operator = r.choice(["Add", "Sub", "Mul", "Div", "Pow", "Less", "Max", "Mean"])
        pair = [shape, broadcastable(r, shape)]
        r.shuffle(pair)
        return operator, opset, {}, pair, 1
    return product(r, family, shape, opset)


def product(r, family, shape, opset):
    inner = r.randint(1, 4)
    if family == "MatMul":
        right = [inner, r.randint(1, 4)]
        if r.random() < 0.3:
            right = [inner]
        elif r.random() < 0.5:
            right = broadcastable(r, shape[:-1] or [1]) + right
        return family, opset, {}, [shape[:-1] + [inner], right], 1
    if family == "Gemm":
        sizes = [r.randint(1, 4), inner], [inner, r.randint(1, 4)]
        transposed = [r.randint(0, 1) for _ in sizes]
        inputs = [s[::-1] if t else s for s, t in zip(sizes, transposed)]
        return family, opset, dict(zip(["transA", "transB"], transposed)), inputs, 1
    if family == "Blocks":
        size = r.randint(1, 3)
        shape = [2, 4, 6, 12]
        return r.choice(["DepthToSpace", "SpaceToDepth"]), opset, {"blocksize": size}, [shape], 1
    if r.random() < 0.5:
        channels = shape[1] if len(shape) > 1 else 1
        return "BatchNormalization", r.choice([9, 15]), {}, [shape] + [[channels]] * 4, 1
    axis = r.randint(-len(shape), len(shape) - 1)
    return "LayerNormalization", 17, {"axis": axis}, [shape, shape[axis % len(shape):]], 3


# Values.

def numbers(r, shape, kind):
    if kind in (np.float32, np.float64):
        return np.array([r.uniform(-4, 4) for _ in range(int(np.prod(shape)))],
                        kind).reshape(shape)
    return np.array([r.choice([-7, -1, 1, 2, 3, 9]) for _ in range(int(np.prod(shape)))],
                    kind).reshape(shape)


def constants(r):
    """A node whose inputs are all constant."""
    kind = r.choice([np.float32, np.int64, np.int64, np.int32])
    if r.random() < 0.4:
        return arithmetic(r, kind)
    while True:
        operator, opset, attributes, inputs, outputs = rearrangement(r)
        if operator in (
                "Slice", "Split", "Reshape", "Squeeze", "Unsqueeze", "Flatten", "Transpose",
                "Expand", "Tile", "Gather", "Concat", "Shape", "ReduceSum", "ReduceProd",
                "ReduceMax"):
            break
    inputs = [numbers(r, i, kind) if isinstance(i, list) else i for i in inputs]
    if operator == "Gather":
        size = inputs[0].shape[attributes.get("axis", 0)]
        inputs[1] = np.array(
            [r.randint(-size, size - 1) for _ in range(inputs[1].size)], np.int64
        ).reshape(inputs[1].shape)
    return operator, opset, attributes, inputs, outputs


def arithmetic(r, kind):
    shape = [r.randint(1, 4) for _ in range(r.randint(1, 3))]
    left, right = numbers(r, shape, kind), numbers(r, broadcastable(r, shape), kind)
    operator = r.choice([
        "Add", "Sub", "Mul", "Div", "Min", "Max", "Pow", "Equal", "Greater", "Less", "Neg", "Abs",
        "Floor", "Ceil", "Sqrt", "Cast", "Where", "Range", "Dropout"])
    if operator == "Div" and kind is not np.float32:
        # The reference rounds towards minus infinity, ONNX towards zero.
        left, right = np.abs(left), np.abs(right)
    if operator == "Pow":
        left, right = np.abs(left), np.clip(right, 0, 3)
    if operator in ("Neg", "Abs", "Dropout"):
        return operator, 13, {}, [left], 1
    if operator in ("Floor", "Ceil", "Sqrt"):
        return operator, 13, {}, [np.abs(left.astype(np.float32))], 1
    if operator == "Cast":
        to = r.choice([TensorProto.INT64, TensorProto.INT32, TensorProto.FLOAT, TensorProto.BOOL])
        return operator, 13, {"to": to}, [left], 1
    if operator == "Where":
        return operator, 16, {}, [left > 0, left, right], 1
    if operator == "Range":
        step = r.choice([-2, -1, 1, 3])
        limits = [kind(r.randint(-5, 5)), kind(r.randint(-5, 5)), kind(step)]
        return operator, 11, {}, [np.array(limit) for limit in limits], 1
    return operator, 15, {}, [left, right], 1


def evaluated(node, opset, inputs):
    """The outputs by onnx.reference, None where it refuses or its shapes are not the inferred."""
    types = inferred(node, opset, inputs)
    if types is None:
        return None
    try:
        from onnx.reference import ReferenceEvaluator
        outputs = [value(array) for array in ReferenceEvaluator(model(node, opset, inputs)).run(
            None, {})]
    except Exception:  # The evaluator has no error type of its own.
        return None
    agrees = all(t is None or t["shape"] == o["shape"] for t, o in zip(types, outputs))
    return outputs if agrees else None


SWEEPS = {
    "windows": (window, inferred_window), "rearrangements": (rearrangement, inferred_rearrangement),
    "values": (constants, evaluated)}


def main():
    warnings.simplefilter("ignore")
    if sys.argv[1] == "suite":
        cases = suite(set(sys.argv[2:]))
    else:
        draw, judge = SWEEPS[sys.argv[1]]
        r = random.Random(int(sys.argv[3]))
        cases = (judged(i, draw(r), judge) for i in range(int(sys.argv[2])))
    json.dump(list(cases), sys.stdout)


if __name__ == "__main__":
    main()
