#!/usr/bin/env python3
"""Makes Network/*.safetensors: layers, blocks and the shipped network as Keras computes them.

Layers and blocks: tensors `input`, `output` and the weights under `<layer>/<variable>`, all fp32;
activations `[N, H, W, C]`, kernels `[kH, kW, in, out]`. What the layer is stands in the metadata.

shipped_network: two grey images of the file's input size, `pixels` `[2, H, W]`, through
Weights/mood.safetensors. Pixel (y, x) of image i is (3·x + 2·y + 40·i + (s >> 26)) & 255, where s
runs row by row over the images through s ← (1664525·s + 1013904223) mod 2³², from s = 1 (the
first pixel uses the first new s). For each tap T: `T/mean`, `T/abs_max` `[1]`, `T/first` `[16]`,
the first values, and `T/sample` `[64]`, every (count / 64)-th value of the flattened output from
value 0.

--check makes them again and compares: inputs and weights exactly, results within 1e-5 of each
tensor's largest magnitude (Keras rounds differently on other processors).
"""

import argparse
import json
import os
import pathlib
import sys

os.environ.setdefault("KERAS_BACKEND", "tensorflow")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path[:0] = [str(ROOT / "Weights"), str(ROOT / "Tests/Fidelity")]

import keras
import numpy as np
import tensorflow
from keras import layers
from keras.src.applications.resnet import residual_block_v2
from safetensors import safe_open

import keras_models
import safetensors_writer

SEED = 20_240
EPSILON = 1.001e-5
array = keras.ops.convert_to_numpy
TAPS = keras_models.taps("ResNet50V2")


def layer_cases():
    """(name, input shape, input's mean, function of the input, metadata) of each fixture."""
    pad, conv = layers.ZeroPadding2D, layers.Conv2D

    def norm(epsilon):
        return layers.BatchNormalization(epsilon=epsilon, name="bn")

    def block(name, **settings):
        return lambda x: residual_block_v2(x, 16, name=name, **settings)

    yield ("conv2d_3x3_stride2", (2, 7, 10, 16), 0,
           lambda x: conv(32, 3, strides=2, use_bias=False, name="conv")(pad(1)(x)),
           {"padding": "1", "stride": "2"})
    yield ("conv2d_3x3", (2, 7, 6, 16), 0,
           lambda x: conv(32, 3, use_bias=False, name="conv")(pad(1)(x)),
           {"padding": "1", "stride": "1"})
    yield ("conv2d_7x7_stride2", (1, 17, 20, 3), 0.5,
           lambda x: conv(64, 7, strides=2, name="conv")(pad(3)(x)), {"padding": "3", "stride": "2"})
    yield ("conv2d_1x1", (2, 5, 3, 32), 0, conv(64, 1, name="conv"), {"padding": "0", "stride": "1"})
    yield "batch_normalization", (2, 5, 7, 32), 0.3, norm(EPSILON), {"epsilon": str(EPSILON)}
    yield "batch_normalization_head", (3, 64), 0.3, norm(0.001), {"epsilon": "0.001"}
    yield ("max_pooling_zero_pad", (2, 9, 12, 16), -1,
           lambda x: layers.MaxPooling2D(3, strides=2)(pad(1)(x)),
           {"padding": "1", "pool": "3", "stride": "2"})
    yield ("max_pooling_shortcut", (1, 7, 6, 16), 0, layers.MaxPooling2D(1, strides=2),
           {"padding": "0", "pool": "1", "stride": "2"})
    yield "global_average_pooling", (2, 3, 5, 32), 0.2, layers.GlobalAveragePooling2D(), {}
    yield ("dense_relu", (3, 48), 0, layers.Dense(64, activation="relu", name="dense"),
           {"activation": "relu"})
    yield ("dense_softmax", (5, 64), 0, layers.Dense(7, activation="softmax", name="dense"),
           {"activation": "softmax"})
    yield "block_projection", (2, 7, 6, 32), 0, block("conv2_block1", conv_shortcut=True), {}
    yield "block_identity", (2, 7, 6, 64), 0, block("conv2_block2"), {}
    yield "block_strided", (2, 7, 6, 64), 0, block("conv2_block3", stride=2), {}


def layer_fixtures():
    for index, (name, shape, mean, function, metadata) in enumerate(layer_cases()):
        random = np.random.RandomState(SEED + index)  # its stream never changes between versions
        x = keras.Input(shape[1:])
        model = keras.Model(x, function(x))
        keras_models.randomize(model, random, branch_gain=2)
        data = (random.randn(*shape) + mean).astype("f4")
        weights = {key: array(value) for key, value in keras_models.variables(model).items()}
        yield name, {"input": data, **weights, "output": array(model(data))}, metadata
    # Softmax alone: logits from moderate to so large that exp would overflow, and all equal.
    logits = np.array([[1, 2, 3, 4, 5, 6, 7], [1000, 999, -1000, 0, 998, 1000, 5],
                       [-90, -91, -92, -88, -300, -89, -90], [3] * 7], "f4")
    yield "softmax", {"input": logits, "output": array(keras.ops.softmax(logits))}, {}


def images(side):
    state, pixels = 1, np.zeros((2, side, side), "u1")
    for i, y, x in np.ndindex(pixels.shape):
        state = (1664525 * state + 1013904223) % (1 << 32)
        pixels[i, y, x] = (3 * x + 2 * y + 40 * i + (state >> 26)) & 255
    return pixels


def shipped_network():
    with safe_open(ROOT / "Weights/mood.safetensors", framework="numpy") as file:
        side = json.loads(file.metadata()["input_shape"])[0]
        network = keras_models.report_network(keras, side)
        variables = keras_models.variables(network)
        assert {name for name in file.keys() if "__pad__" not in name} == set(variables)
        for name, variable in variables.items():
            variable.assign(file.get_tensor(name).astype("f4"))
        source = file.metadata()["source_sha256"]
    pixels = images(side)
    scaled = np.repeat((pixels.astype("f4") * np.float32(1 / 255))[..., None], 3, axis=-1)
    tapped = keras_models.tapped(keras, network, "ResNet50V2")
    results = {name: array(value) for name, value in tapped(scaled).items()}
    tensors = {"pixels": pixels, "probabilities": results["probabilities"], "logits": results["logits"]}
    for tap in TAPS:
        flat = results[tap].ravel()
        tensors[f"{tap}/mean"] = flat.mean(dtype="f8", keepdims=True).astype("f4")
        tensors[f"{tap}/abs_max"] = np.abs(flat).max(keepdims=True)
        tensors[f"{tap}/first"] = flat[:16]
        tensors[f"{tap}/sample"] = flat[:: flat.size // 64][:64]
    yield "shipped_network", tensors, {"source_sha256": source, "taps": json.dumps(TAPS)}


def encode(tensors, metadata):
    kinds = {"float32": "F32", "uint8": "U8"}
    entries = [(name, kinds[str(t.dtype)], t.shape) for name, t in tensors.items()]
    data = b"".join(np.ascontiguousarray(t).tobytes() for t in tensors.values())
    return safetensors_writer.header(entries, metadata) + data


def differs(path, tensors, metadata):
    """Why the stored fixture is not the one made now, or None."""
    with safe_open(path, framework="numpy") as file:
        stored = {name: file.get_tensor(name) for name in file.keys()}
        told = file.metadata()
    if {k: v for k, v in told.items() if k != "versions"} != metadata or set(stored) != set(tensors):
        return "metadata or tensor names"
    for name, tensor in tensors.items():
        exact = name in ("input", "pixels") or (name.split("/")[-1] in (
            "kernel", "bias", "gamma", "beta", "moving_mean", "moving_variance"))
        error = np.abs(tensor.astype("f8") - stored[name]).max() / max(np.abs(tensor).max(), 1e-30)
        if tensor.shape != stored[name].shape or error > (0 if exact else 1e-5):
            return f"{name} by {error:.1e}"
    return None


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--check", action="store_true", help="compare with the stored files")
    options = parser.parse_args()
    versions = {"keras": keras.__version__, "tensorflow": tensorflow.__version__,
                "numpy": np.__version__}
    failures, count = 0, 0
    for name, tensors, extra in (*layer_fixtures(), *shipped_network()):
        path = HERE / "Network" / f"{name}.safetensors"
        metadata = {"script": "Tests/Fixtures/make_network_fixtures.py", "seed": str(SEED), **extra}
        if options.check:
            reason = differs(path, tensors, metadata) if path.exists() else "file missing"
            failures += reason is not None
            print(f"{name}: {reason or 'same'}")
        else:
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(encode(tensors, metadata | {"versions": json.dumps(versions)}))
            print(f"{name}: {path.stat().st_size:,} bytes")
        count += 1
    print(f"{count - failures} of {count} fixtures {'the same' if options.check else 'written'}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
