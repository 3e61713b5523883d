"""Runs models that were exported from the onnx suite, and compares what they compute with the suite.

usage: run_suite.py FOLDER

FOLDER has N_exported.onnx for the models N of suite_models.py that could be imported. Prints
{"equal": COUNT, "different": [NAME, ...], "notRun": [NAME, ...]}: the last cannot be run by
onnx.reference or give something else on each run.
"""
import json
import os
import sys
import warnings

import numpy as np
import onnx
from onnx import TensorProto, numpy_helper
from onnx.backend.test.case.node import collect_testcases
from onnx.reference import ReferenceEvaluator

RANDOM = ("bernoulli", "training_dropout")


def outputs(path, feeds):
    """The outputs by name, or None where the reference cannot run the model."""
    try:
        evaluator = ReferenceEvaluator(path)
        values = evaluator.run(None, {name: feeds[name] for name in evaluator.input_names})
        return dict(zip(evaluator.output_names, values))
    except Exception:
        return None


def is_close(found, expected):
    found, expected = np.asarray(found), np.asarray(expected)
    if found.dtype != expected.dtype or found.shape != expected.shape:
        return False
    if found.dtype.kind in "OUSb":
        return bool((found == expected).all())
    if found.dtype.kind == "c":
        return bool(np.allclose(found, expected, rtol=1e-3, atol=1e-5))
    return bool(np.allclose(found.astype(np.float64), expected.astype(np.float64),
                            rtol=1e-3, atol=1e-5, equal_nan=True))


def main(folder):
    warnings.simplefilter("ignore")
    equal, different, not_run = 0, [], []
    for number, test in enumerate(collect_testcases(None)):
        path = os.path.join(folder, f"{number}_exported.onnx")
        if not os.path.exists(path):
            continue
        inputs, _ = test.data_sets[0]
        inputs = [numpy_helper.to_array(item) if isinstance(item, TensorProto) else item
                  for item in inputs]
        feeds = dict(zip([i.name for i in test.model.graph.input], inputs))
        # What the reference makes of the original: the suite's own outputs come from other code.
        wanted = outputs(test.model, feeds)
        if wanted is None or any(word in test.name for word in RANDOM):
            not_run.append(test.name)
            continue
        found = outputs(path, feeds)
        # Outputs that are constant are left out of what is exported.
        if found and all(is_close(found[name], wanted[name]) for name in found):
            equal += 1
        else:
            different.append(test.name)
    print(json.dumps({"equal": equal, "different": different, "notRun": not_run}))


main(sys.argv[1])
