#!/usr/bin/env python3
"""Fuzzes the Keras exporter with Atheris (requirements: atheris, h5py, numpy).

    python Tests/Fuzz/exporter.py CORPUS -max_total_time=60     libFuzzer's options

An input is JSON: the layers in `front` of a ResNet50V2 and those of its `head`, the shapes of their
`tensors`, and the command line's `options`; or a whole `config`. What the exporter does not take it
must refuse with a DataError or a UsageError. Anything else, or more than five seconds of the
processor's time, is a finding.
"""

import json
import pathlib
import random
import sys
import time

import atheris

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "Weights"))
with atheris.instrument_imports(include=["export_keras", "front", "head", "network", "weights_only", "keras_file"]):
    import export_keras
    import network
    from keras_file import DataError, KerasFile
    from weights_only import UsageError

import numpy as np

export_keras.Parser.exit = lambda self, code, message="": sys.exit(code)  # without a word
export_keras.note = export_keras.weights_only.note = lambda message: None
BACKBONE = {name: np.broadcast_to(np.float32(0), shape)
            for name, shape in network.backbone_tensors("ResNet50V2").items()}
FIRST = [{"class_name": "InputLayer", "config": {"name": "input", "batch_shape": [None, 64, 64, 3]}}]
MIDDLE = [{"class_name": "ZeroPadding2D", "config": {"name": "conv1_pad", "padding": [[3, 3], [3, 3]]}},
          {"class_name": "Activation", "config": {"name": "post_relu", "activation": "relu"}}]


def tensors(given):
    """Tensors of zeros of the shapes given; those of the backbone besides."""
    found = dict(BACKBONE)
    for name, shape in list(given.items())[:50]:
        if all(isinstance(n, int) and 0 <= n < 1 << 20 for n in shape) and len(shape) < 9:
            found[name] = np.broadcast_to(np.float32(1), shape)
    return found


def one_input(data):
    try:
        value = json.loads(data)
        config, words = None, [str(word) for word in value.get("options", [])]
        found = tensors(value.get("tensors", {}))
        if "config" in value:
            config = value["config"]
        elif "head" in value:
            config = {"class_name": "Sequential", "config": {
                "name": "model", "layers": FIRST + value.get("front", []) + MIDDLE + value["head"]}}
        options = export_keras.parser().parse_args(["model.h5", "--output", "out", *words])
    except (ValueError, AttributeError, TypeError, RecursionError, OSError, SystemExit):
        return  # no input of this form
    if config is not None and not isinstance(config, dict):
        return  # what keras_file.parse refuses
    start = time.process_time()
    try:
        keras = KerasFile("fuzz", "3", config, found, "0" * 64)
        architecture, sides, head, in_front, expected = export_keras.describe(keras, options)
        numbers = export_keras.pixels(keras, options, in_front)
        export_keras.make_metadata(keras, options, architecture, sides, head.layers, numbers)
        for name, shape in expected.items():
            if name not in BACKBONE and np.prod(shape) < 1 << 20:
                export_keras.read_tensor(keras, head, name, "F32", shape)
    except (DataError, UsageError) as error:
        assert str(error), "an error without a word"
    assert time.process_time() - start < 5, "took over five seconds"


ODD = [None, True, False, 0, 1, -1, 2048, 1e308, -0.5, 1 << 40, "", "linear", "softmax", "relu", "nan", [], {}, [0],
       [None], [1, 2, 3], [[1, 1], [2, 2]], "Dense", "BatchNormalization", "Flatten", "GlobalAveragePooling2D",
       "Rescaling", "Normalization", "Add", "GetItem", "Stack", "TFOpLambda", "ReLU", "Dropout", "RandomCrop",
       {"class_name": "__tensor__", "config": {"value": [1.0, 2.0, 3.0]}}]


def places(value, found):
    """Every container of a JSON value with each of its keys."""
    for key in list(value) if isinstance(value, dict) else range(len(value)):
        found.append((value, key))
        if isinstance(value[key], (dict, list)):
            places(value[key], found)
    return found


def mutate(data, max_size, seed):
    """Changes the JSON's tree, as bytes alone seldom do; now and then its bytes."""
    draw = random.Random(seed)
    try:
        tree = json.loads(data)
        found = places(tree, [])
        if not found or draw.random() < 0.2:
            raise ValueError
        for _ in range(draw.randint(1, 3)):
            place, key = draw.choice(found)
            other, name = draw.choice(found)
            kind = draw.random()
            if kind < 0.4:
                place[key] = draw.choice(ODD)
            elif kind < 0.6:
                place[key] = json.loads(json.dumps(other[name]))
            elif kind < 0.75 and isinstance(place, list):
                place.insert(key, json.loads(json.dumps(draw.choice([place[key], other[name]]))))
            elif kind < 0.85 and isinstance(place, dict):
                place[str(draw.choice([name, key, "name", "axis"]))] = draw.choice(ODD)
            else:
                del place[key]
            found = places(tree, [])
            if not found:
                break
        changed = json.dumps(tree).encode()
        return changed if len(changed) <= max_size else data
    except (ValueError, LookupError, TypeError, RecursionError):
        return atheris.Mutate(data, max_size)


if __name__ == "__main__":
    atheris.Setup(sys.argv, one_input, custom_mutator=mutate)
    atheris.Fuzz()
