"""The report's network as Keras builds it, and its weights by name."""

import json

import keras
import numpy as np

import input_size


def report_network(side, classes=7, weights=None):
    """ResNet50V2 without top, and the report's head; `weights` of the first as keras.applications takes them."""
    base = keras.applications.ResNet50V2(include_top=False, weights=weights, input_shape=(side, side, 3))
    network = keras.Sequential([
        base,
        keras.layers.Dropout(0.25, name="dropout"),
        keras.layers.BatchNormalization(name="batch_normalization"),
        keras.layers.Flatten(name="flatten"),
        keras.layers.Dense(64, activation="relu", name="dense"),
        keras.layers.BatchNormalization(name="batch_normalization_1"),
        keras.layers.Dropout(0.5, name="dropout_1"),
        keras.layers.Dense(classes, activation="softmax", name="dense_1")])
    network.build((None, side, side, 3))
    return network


def variables(network):
    """`<layer>/<variable>` to Keras variable."""
    found = {}
    for layer in network.layers:
        inner = variables(layer) if hasattr(layer, "layers") else {
            f"{layer.name}/{v.path.split('/')[-1]}": v for v in layer.weights}
        found |= inner
    return found


def arrays(network):
    return {name: keras.ops.convert_to_numpy(v) for name, v in variables(network).items()}


def assign(network, values):
    own = variables(network)
    assert set(own) == set(values), set(own) ^ set(values)
    for name, variable in own.items():
        variable.assign(values[name])


def logit_adjustment(path):
    """[7]: what a weight file's balanced read-out adds; raises KeyError if it has none."""
    from safetensors import safe_open

    with safe_open(path, framework="numpy") as file:
        return np.array(json.loads(file.metadata()["logit_adjustment"]))


def load(path):
    """(network, temperature or None) of the .h5 that train.py saved or the weight file that export_keras.py wrote."""
    if not str(path).endswith(".safetensors"):
        return keras.models.load_model(path, compile=False), None
    from safetensors import safe_open

    with safe_open(path, framework="numpy") as file:
        metadata = file.metadata()
        values = {n: file.get_tensor(n).astype("f4") for n in file.keys() if not n.startswith("__pad__/")}
    network = report_network(json.loads(metadata["input_shape"])[0])
    assign(network, values)
    return network, float(metadata["temperature"]) if "temperature" in metadata else None


def read(path, side):
    """The arrays of a saved network, fitted to the input size `side`."""
    return input_size.refit(arrays(load(path)[0]), side)
