#!/usr/bin/env python3
"""Draws networks at random from Keras's layers and compares what the exporter makes of them with Keras.

Each has something in front of the backbone and something behind it. Whatever the exporter takes must
give the same numbers as Keras, within 1e-5; whatever it refuses it must refuse with a layer's name.
The backbone stands in the config alone: Keras computes the two ends of it, on random pixels and
random features; the exported head is computed in NumPy, in double precision.

    python Tests/Fidelity/heads.py --count 1000
"""

import argparse
import collections
import json
import os
import pathlib
import sys

os.environ.setdefault("KERAS_BACKEND", "tensorflow")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "Weights"))

import keras
import numpy as np
import tf_keras

import export_keras
import network
import reference
from keras_file import DataError, KerasFile

SIDE, CELLS, TOLERANCE = 64, 2, 1e-5
BACKBONE = network.backbone_tensors("ResNet50V2")


class Draw:
    """Random layers of one Keras, 2 or 3."""

    def __init__(self, library, random):
        self.K, self.random = library, random
        self.L = library.layers

    def one(self, *choices):
        return choices[self.random.randint(len(choices))]

    def inert(self, is_picture):
        """A layer that does nothing at inference."""
        L, kinds = self.L, [
            lambda: L.Dropout(0.3), lambda: L.AlphaDropout(0.2), lambda: L.GaussianDropout(0.2),
            lambda: L.GaussianNoise(0.1), lambda: L.ActivityRegularization(l2=0.1),
            lambda: L.Activation("linear"), lambda: L.Identity()]
        if is_picture:
            kinds += [lambda: L.SpatialDropout2D(0.2), lambda: L.RandomFlip("horizontal"),
                      lambda: L.RandomRotation(0.1), lambda: L.RandomZoom(0.1),
                      lambda: L.RandomContrast(0.1), lambda: L.RandomTranslation(0.1, 0.1),
                      lambda: L.RandomBrightness(0.1)]
            kinds += [(lambda name=name: getattr(L, name)()) for name in (
                "RandomErasing", "RandomGrayscale", "RandomShear", "RandomInvert", "MixUp", "AugMix",
                "RandomPerspective", "RandomElasticTransform") if hasattr(L, name)]
        return self.one(*kinds)()

    def in_front(self):
        """A layer, or a function of a tensor, that pixels pass through first."""
        L, number = self.L, lambda: float(np.round(self.random.uniform(0.1, 3), 3))
        normal = {"mean": [number()] * 3, "variance": [number()] * 3}
        return self.one(
            lambda: L.Rescaling(1 / 255), lambda: L.Rescaling(1 / 127.5, offset=-1),
            lambda: L.Rescaling([1.0, 2.0, 3.0]), lambda: L.Rescaling([0.5] * 3, offset=number()),
            lambda: L.Normalization(**normal), lambda: self.adapted(False), lambda: self.adapted(True),
            lambda: L.Normalization(mean=[1.0, 2.0, 3.0], variance=[1.0, 1.0, 2.0]),
            lambda: L.Normalization(axis=None, mean=number(), variance=number()),
            lambda: L.Normalization(**normal, invert=True),
            lambda: self.K.applications.resnet_v2.preprocess_input,
            lambda: self.K.applications.resnet.preprocess_input, lambda: lambda x: x[..., ::-1],
            lambda: lambda x: self.K.applications.imagenet_utils.preprocess_input(x, mode="torch"),
            lambda: lambda x: 1.0 - x, lambda n=number(): lambda x: x * n,
            lambda n=number(): lambda x: x + n, lambda n=number(): lambda x: n / x,
            lambda: lambda x: x - x, lambda n=number(): lambda x: n * x,
            lambda: L.Resizing(SIDE, SIDE), lambda: L.RandomCrop(SIDE, SIDE))()

    def adapted(self, is_uniform):
        layer = self.L.Normalization(axis=None if is_uniform else -1)
        layer.adapt(self.random.uniform(0, 255, (4, 4, 4, 3)).astype("f4"))
        return layer

    def behind(self):
        """A layer of the head."""
        L = self.L
        activation = lambda: self.one(None, None, "relu", "relu", "softmax", "tanh", "elu", "sigmoid")
        return self.one(
            *[lambda: L.Dense(int(self.random.randint(3, 40)), activation=activation(),
                              use_bias=self.random.rand() < 0.8)] * 5,
            *[lambda: L.BatchNormalization(center=self.random.rand() < 0.8, scale=self.random.rand() < 0.8,
                                           epsilon=float(self.one(1e-3, 1e-5)))] * 4,
            *[lambda: L.Activation(self.one("relu", "linear", "softmax", "tanh", "gelu"))] * 3,
            *[lambda: L.ReLU(max_value=self.one(None, None, 6.0), threshold=self.one(0.0, 0.0, 0.1),
                             negative_slope=self.one(0.0, 0.0, 0.2))] * 3,
            L.Softmax, L.LeakyReLU, L.PReLU, L.Flatten, L.Flatten, L.GlobalAveragePooling2D,
            lambda: L.GlobalAveragePooling2D(keepdims=True), L.GlobalMaxPooling2D,
            lambda: L.AveragePooling2D(2), lambda: L.MaxPooling2D(2), lambda: L.Rescaling(2.0),
            lambda: L.LayerNormalization())()

    def layers(self):
        """(front, head) of a network."""
        rand = self.random.rand
        front = [self.inert(True) if rand() < 0.5 else self.in_front()
                 for _ in range(self.random.randint(0, 4))]
        head, flat = [], False
        if rand() < 0.85:  # most begin and end as usual
            head.append(self.one(self.L.Flatten, self.L.GlobalAveragePooling2D)())
            flat = True
        for _ in range(self.random.randint(0, 5)):
            head.append(self.inert(not flat) if rand() < 0.3 else self.behind())
        if rand() < 0.85:
            head.append(self.L.Dense(7, activation="softmax"))
        return front, head


def ends(draw, front, head):
    """Keras's models in front of and behind the backbone, and the config of the whole."""
    K = draw.K
    picture = K.Input((SIDE, SIDE, 3), name="picture")
    x = picture
    for layer in front:
        x = layer(x)
    first = K.Model(picture, x)
    features = K.Input((CELLS, CELLS, network.FEATURES), name="features")
    y = features
    for layer in head:
        y = layer(y)
    last = K.Model(features, y)
    # The whole, with a stand-in for the backbone, whose config then takes its place.
    stub = K.Sequential([K.Input((SIDE, SIDE, 3)), K.layers.AveragePooling2D(32),
                         K.layers.Conv2D(network.FEATURES, 1)], name="backbone")
    picture = K.Input((SIDE, SIDE, 3), name="picture")
    x = picture
    for layer in front:
        x = layer(x)
    x = stub(x)
    for layer in head:
        x = layer(x)
    config = json.loads(K.Model(picture, x).to_json())
    layers = config["config"]["layers"]
    place = next(i for i, layer in enumerate(layers) if layer["config"]["name"] == "backbone")
    backbone = json.loads(backbones[K].to_json())
    backbone["config"]["name"] = "backbone"
    layers[place] |= {"class_name": backbone["class_name"], "config": backbone["config"]}
    return first, last, config


def randomize(model, random):
    """Batch norms that are far from the identity, biases that are not 0."""
    for layer in model.layers:
        for variable in layer.weights:
            name = getattr(variable, "path", variable.name).split("/")[-1].removesuffix(":0")
            if name in ("moving_variance", "gamma"):
                variable.assign(random.uniform(0.5, 1.5, variable.shape).astype("f4"))
            elif name in ("moving_mean", "beta", "bias"):
                variable.assign(random.uniform(-0.5, 0.5, variable.shape).astype("f4"))


def tensors(models):
    found = {name: np.broadcast_to(np.float32(0), shape) for name, shape in BACKBONE.items()}
    for model in models:
        for layer in model.layers:
            for variable in layer.weights:
                name = getattr(variable, "path", variable.name).split("/")[-1].removesuffix(":0")
                if name not in ("count", "seed_generator_state") and "seed" not in name:
                    found[f"{layer.name}/{name}"] = np.asarray(variable)
    return found


class Exported(reference.Network):
    """The exported head, on features."""

    def __init__(self, head, tensors):
        self.weights, self.head, self.metadata = tensors, head, {}

    def __call__(self, x):
        for layer in self.head:
            name = layer["name"]
            if layer["type"] == "BatchNormalization":
                x = self.norm(x, name, layer["epsilon"])
            elif layer["type"] == "Flatten":
                x = x.reshape(len(x), -1)
            elif layer["type"] == "GlobalAveragePooling2D":
                x = x.mean(axis=(1, 2))
            else:
                x = x @ self.weights[f"{name}/kernel"] + self.weights[f"{name}/bias"]
                x = {"linear": lambda x: x, "relu": reference.relu, "softmax": reference.softmax}[
                    layer["activation"]](x)
        return x


def off(found, expected):
    """The largest difference, as a share of the largest value if that is over 1."""
    if found.shape != expected.shape:
        return float("inf")
    return float(np.abs(found - expected).max() / max(1, np.abs(expected).max()))


def check(draw, number):
    """What became of one network: `exported`, `refused`, or a complaint."""
    random = draw.random
    while True:
        try:
            front, head = draw.layers()
            first, last, config = ends(draw, front, head)
            break
        except (ValueError, TypeError):  # no network at all, such as pooling behind a dense layer
            continue
    randomize(last, random)
    keras_file = KerasFile("drawn", "", config, tensors([first, last]), "")
    options = export_keras.parser().parse_args(["drawn"])
    names = [layer["config"]["name"] for layer in config["config"]["layers"]]
    try:
        _, _, found, in_front, expected = export_keras.describe(keras_file, options)
        scale, offset, is_reversed = export_keras.pixels(keras_file, options, in_front)
    except (DataError, export_keras.UsageError) as error:
        return "refused" if any(name in str(error) for name in names) else f"refused without a name: {error}"
    exported = Exported(found.layers, {
        name: export_keras.read_tensor(keras_file, found, name, "F32", shape).astype("f8")
        for name, shape in expected.items() if name not in BACKBONE})
    picture = random.randint(0, 256, (2, SIDE, SIDE, 3)).astype("f4")
    if not in_front.layers:
        scale, offset = 1.0, 0.0  # outside of the model, as the options say
    fed = picture.astype("f8") * scale + offset
    if is_reversed:
        fed = fed[..., ::-1]  # the first kernel reads them so
    errors = {"front": off(fed, np.asarray(first.predict(picture, verbose=0)))}
    features = np.maximum(0, random.normal(0.2, 1, (4, CELLS, CELLS, network.FEATURES))).astype("f4")
    errors["head"] = off(exported(features.astype("f8")), np.asarray(last.predict(features, verbose=0)))
    if max(errors.values()) <= TOLERANCE:
        return "exported"
    return f"{errors} by {[(getattr(layer, 'name', 'a function'), type(layer).__name__) for layer in front + head]}"


parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("--count", type=int, default=200)
parser.add_argument("--seed", type=int, default=1)
options = parser.parse_args()
backbones = {library: library.applications.ResNet50V2(
    include_top=False, weights=None, input_shape=(SIDE, SIDE, 3)) for library in (keras, tf_keras)}
export_keras.note = lambda message: None
results = collections.Counter()
for number in range(options.count):
    draw = Draw((keras, tf_keras)[number % 2], np.random.RandomState(options.seed * 100_003 + number))
    if number % 50 == 0:
        keras.utils.clear_session()
        tf_keras.backend.clear_session()
    result = check(draw, number)
    results[result if result in ("exported", "refused") else "WRONG"] += 1
    if result not in ("exported", "refused"):
        print(f"network {number}: {result}", flush=True)
print(f"{options.count} networks: {results['exported']} exported as Keras computes them, "
      f"{results['refused']} refused by name, {results['WRONG']} wrong")
sys.exit(1 if results["WRONG"] else 0)
