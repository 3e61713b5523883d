"""Compares what ONNX models compute.

usage: compare_models.py ORIGINAL CANDIDATE... [+ ORIGINAL CANDIDATE...]...
                         [--seed N] [--tolerance T]

Each candidate passes onnx.checker, and its outputs for a seeded random input
are those of the original: max|a - b| / max|a| <= tolerance. Prints one JSON
line per candidate; ends with 0 when all agree. An error that is not a finite
number (another shape, NaN) is null there, with the reason in "error".
"""
import argparse
import json
import math
import sys

import numpy as np
import onnx
import onnxruntime

TYPES = {"tensor(float)": np.float32, "tensor(double)": np.float64}


def session(path):
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    options.intra_op_num_threads = 2
    return onnxruntime.InferenceSession(
        path, options, providers=["CPUExecutionProvider"])


def random_inputs(model, seed):
    generator = np.random.default_rng(seed)
    return {
        value.name: generator.standard_normal(value.shape).astype(
            TYPES[value.type])
        for value in model.get_inputs()
    }


def relative_error(expected, found):
    """The largest of all outputs' differences, relative to their scales."""
    if len(expected) != len(found):
        return float("inf")
    worst = 0.0
    for a, b in zip(expected, found):
        if a.shape != b.shape or not np.isfinite(a).all():
            return float("inf")
        if a.size == 0:
            continue
        difference = np.abs(a.astype(np.float64) - b.astype(np.float64)).max()
        scale = np.abs(a).max()
        error = float(difference / scale) if scale > 0 else float(difference)
        worst = max(worst, error if np.isfinite(error) else float("inf"))
    return worst


def finite(number):
    """The number, or None for what JSON cannot write."""
    return number if math.isfinite(number) else None


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("original")
    parser.add_argument("candidates", nargs="+")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--tolerance", type=float, default=1e-4)
    options = parser.parse_args()

    groups = [[options.original]]
    for path in options.candidates:
        if path == "+":
            groups.append([])
        else:
            groups[-1].append(path)
    agree = [compare(group[0], group[1:], options) for group in groups]
    sys.exit(0 if all(agree) else 1)


def compare(path, candidates, options):
    """Prints a line per candidate; whether all agree with the original."""
    original = session(path)
    inputs = random_inputs(original, options.seed)
    expected = original.run(None, inputs)
    other = original.run(None, random_inputs(original, options.seed + 1))
    sensitivity = finite(relative_error(expected, other))
    del original

    all_agree = True
    for candidate in candidates:
        error, reason = None, None
        try:
            onnx.checker.check_model(candidate)
            error = finite(relative_error(
                expected, session(candidate).run(None, inputs)))
            if error is None:
                reason = "outputs of another number or shape, or not finite"
        except Exception as problem:
            # A candidate that does not load or run is not ok.
            reason = str(problem)
        agrees = error is not None and error <= options.tolerance
        all_agree = all_agree and agrees
        print(json.dumps({
            "candidate": candidate, "ok": agrees, "relative_error": error,
            "input_sensitivity": sensitivity, "error": reason}), flush=True)
    return all_agree


if __name__ == "__main__":
    main()
