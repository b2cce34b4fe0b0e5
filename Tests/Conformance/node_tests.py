#!/usr/bin/env python3
"""ONNX's own backend tests through `mood-cli infer --model`.

The tests are those of the onnx package: the node tests, which it makes, and the simple and
PyTorch-made ones, which are files. A test counts if its operations are among those that the importer
is for and its numbers are fp32. Inputs that a network has as weights (a convolution's filters, the
shape of a Reshape) become initializers of the same values, because the importer folds them.

A test passes if the outputs are within the tolerance that ONNX gives it (1e-3 relative and 1e-7, or
its own). A test that does not must be refused, and EXCEPTIONS must name the part of ONNX that is
missing; there are no exceptions for inexact numbers.

  node_tests.py [--cli .build/release/mood-cli] [--only TEXT] [--engine vector] [--verbose]
"""

import argparse
import collections
import pathlib
import subprocess
import sys
import tempfile

import numpy as np
import onnx
from onnx import helper, numpy_helper
from onnx.backend.test.case.node import collect_testcases
from safetensors.numpy import load_file, save_file

ROOT = pathlib.Path(__file__).resolve().parents[2]
LISTED = set(
    "Conv BatchNormalization Relu LeakyRelu PRelu Clip Sigmoid HardSigmoid HardSwish Tanh Elu Gelu Softmax "
    "LogSoftmax Add Sub Mul Div MaxPool AveragePool GlobalAveragePool ReduceMean Concat Split Slice Pad Resize "
    "Upsample Gemm MatMul Flatten Reshape Transpose Squeeze Unsqueeze Identity Dropout Constant LRN "
    "LayerNormalization".split())
# What a listed operation may be written in terms of, and shape arithmetic.
HELPERS = set("Shape Size Gather Cast CastLike Floor Range ConstantOfShape Expand Where Equal Pow Sqrt Exp Log "
              "Erf Min Max Neg Abs Reciprocal Sum Swish".split())
# Which inputs a network computes; all others are weights. None is all of them.
COMPUTED = {"Add": None, "Sub": None, "Mul": None, "Div": None, "Concat": None, "MatMul": None, "Gemm": None,
            "Sum": None, "Min": None, "Max": None, "Pow": None, "CastLike": None, "Gather": ()}
# Parts of name: what of ONNX is missing.
EXCEPTIONS = [
    ("train", "training mode"),
    ("dropout_default_mask", "Dropout's mask, which only training has"),
    ("maxpool_with_argmax", "MaxPool's second output, Indices"),
    ("cubic", "Resize by bicubic interpolation"),
    ("tf_crop_and_resize", "Resize of a region"),
    ("antialias", "Resize with antialiasing"),
    ("3d", "images of three axes"),
    ("allowzero_reordered", "inputs without elements"),
    ("zero_size_splits", "inputs without elements"),
    ("test_constant", "networks without inputs"),
]


def cases():
    for case in collect_testcases():
        if case.kind != "node" or case.model is None:
            continue
        for inputs, outputs in case.data_sets[:1]:
            yield case.name, case.model, inputs, outputs, case.rtol or 1e-3, case.atol or 1e-7
    data = pathlib.Path(onnx.__file__).parent / "backend/test/data"
    for kind in ("simple", "pytorch-converted", "pytorch-operator"):
        for folder in sorted((data / kind).iterdir()):
            path = folder / "model.onnx"
            if not path.exists():
                continue
            model = onnx.load(path)
            sets = sorted(folder.glob("test_data_set_*"))
            if sets:
                yield (f"{kind}/{folder.name}", model, read(sets[0], "input"), read(sets[0], "output"), 1e-3, 1e-7)


def read(folder, kind):
    values = []
    for index in range(len(list(folder.glob(f"{kind}_*.pb")))):
        proto = onnx.TensorProto()
        try:
            proto.ParseFromString((folder / f"{kind}_{index}.pb").read_bytes())
            values.append(numpy_helper.to_array(proto))
        except Exception:
            values.append(None)
    return values


def fits(model, inputs, outputs):
    """Whether a test is of listed operations and fp32."""
    used = {n.op_type for n in model.graph.node}
    if not used & LISTED or not used <= LISTED | HELPERS or any(n.domain for n in model.graph.node):
        return False
    if not all(isinstance(v, np.ndarray) for v in [*inputs, *outputs]):
        return False
    if not all(v.dtype == np.float32 for v in outputs):
        return False
    if model.functions:
        return False
    first = {n.input[0] for n in model.graph.node if n.input}
    return all(v.dtype == np.float32 or i.name not in first for i, v in zip(model.graph.input, inputs))


def with_weights(model, inputs):
    """The model with the inputs that are weights as initializers, and what is left to feed."""
    computed, weights = set(), set()
    for node in model.graph.node:
        places = COMPUTED.get(node.op_type, (0,))
        for place, name in enumerate(node.input):
            (computed if places is None or place in places else weights).add(name)
    new = onnx.ModelProto()
    new.CopyFrom(model)
    del new.graph.input[:]
    present = {t.name for t in new.graph.initializer}
    feed = {}
    for info, value in zip([i for i in model.graph.input if i.name not in present or True], inputs):
        if info.name in computed - weights and value.dtype == np.float32:
            new.graph.input.append(info)
            feed[info.name] = np.array(value, order="C")
        else:
            new.graph.initializer.append(numpy_helper.from_array(value, info.name))
    return new, feed


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--cli", default=str(ROOT / ".build/release/mood-cli"))
    parser.add_argument("--only", default="")
    parser.add_argument("--engine", default="auto")
    parser.add_argument("--verbose", action="store_true")
    options = parser.parse_args()
    passed, excepted, failed = [], collections.defaultdict(list), []
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        for name, model, inputs, outputs, rtol, atol in cases():
            if options.only not in name or not fits(model, inputs, outputs):
                continue
            new, feed = with_weights(model, inputs)
            onnx.save(new, folder / "model.onnx")
            save_file(feed, folder / "x.safetensors")
            (folder / "y.safetensors").unlink(missing_ok=True)
            process = subprocess.run(
                [options.cli, "infer", "--model", folder / "model.onnx", "--input", folder / "x.safetensors",
                 "--output", folder / "y.safetensors", "--engine", options.engine], capture_output=True, text=True)
            problem, refused = None, process.returncode == 65
            if process.returncode:
                problem = f"exit {process.returncode}: {process.stderr.strip()}"
            else:
                found = load_file(folder / "y.safetensors")
                for info, expected in zip(new.graph.output, outputs):
                    value = found.get(info.name)
                    if value is None or value.shape != expected.shape:
                        problem = f"{info.name} is {None if value is None else value.shape}, not {expected.shape}"
                    elif not np.allclose(value, expected, rtol, atol, equal_nan=True):
                        worst = np.abs(value - expected).max()
                        problem = f"{info.name} is off by {worst:.2e}"
            reason = next((r for part, r in EXCEPTIONS if part in name.lower()), None)
            if problem is None:
                passed.append(name)
            elif refused and reason:
                excepted[reason].append(name)
            else:
                failed.append(name)
                print(f"FAILED {name}: {problem}", flush=True)
            if options.verbose and problem is None:
                print(f"passed {name}", flush=True)
    count = len(passed) + len(failed) + sum(map(len, excepted.values()))
    print(f"{len(passed)} of {count} tests of the listed operations in fp32 pass; onnx {onnx.__version__}, "
          f"operator set {onnx.defs.onnx_opset_version()}")
    for reason, names in sorted(excepted.items()):
        print(f"  {len(names):3d} need {reason}: {', '.join(names)}")
    sys.exit(bool(failed))


if __name__ == "__main__":
    main()
