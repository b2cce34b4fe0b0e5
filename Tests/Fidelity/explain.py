"""Compares `mood-cli explain` with Keras: gradient times activation at post_relu by GradientTape."""

import argparse
import json
import os
import pathlib
import subprocess
import sys
import tempfile

import numpy as np
from safetensors import safe_open
from safetensors.numpy import load_file

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")
import keras  # noqa: E402
import tensorflow as tf  # noqa: E402


def head(path, shape):
    """The layers behind post_relu as a Keras model that gives logits, and the classes."""
    with safe_open(path, framework="numpy") as file:
        metadata = file.metadata()
        x = inputs = keras.Input(shape)
        weights = []
        for layer in json.loads(metadata["head_layers"]):
            name = layer["name"]
            if layer["type"] == "BatchNormalization":
                made = keras.layers.BatchNormalization(name=name, epsilon=layer["epsilon"])
                names = ["gamma", "beta", "moving_mean", "moving_variance"]
            elif layer["type"] == "Dense":
                activation = "relu" if layer["activation"] == "relu" else None  # softmax left out
                made = keras.layers.Dense(layer["units"], activation=activation, name=name)
                names = ["kernel", "bias"]
            else:
                made, names = getattr(keras.layers, layer["type"])(name=name), []
            x = made(x)
            weights.append((made, [file.get_tensor(f"{name}/{n}").astype("f4") for n in names]))
    for made, values in weights:
        made.set_weights(values)
    return keras.Model(inputs, x), json.loads(metadata["class_names"])


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cli", default=".build/release/mood-cli")
    parser.add_argument("--weights", default="Weights/mood.safetensors")
    parser.add_argument("photos", nargs="*",
                        default=["Examples/eileen_collins.jpg", "Examples/grace_hopper.jpg"])  # fmt: skip
    arguments = parser.parse_args()

    def run(*words):
        return subprocess.run([arguments.cli, *words, "--weights", arguments.weights],
                              stdout=subprocess.PIPE, text=True, check=True).stdout  # fmt: skip

    ours, theirs = [], []
    with tempfile.TemporaryDirectory() as folder:
        for photo in arguments.photos:
            pixels, taps = (str(pathlib.Path(folder, n)) for n in ("x.safetensors", "y.safetensors"))
            run("preprocess", photo, "--output", pixels)
            run("infer", "--input", pixels, "--output", taps, "--tap", "post_relu")
            features = tf.constant(load_file(taps)["post_relu"])
            model, moods = head(arguments.weights, features.shape[1:])
            for index, mood in enumerate(moods):
                with tf.GradientTape() as tape:
                    tape.watch(features)
                    logit = model(features, training=False)[0, index]
                gradient = tape.gradient(logit, features)
                theirs.append(np.sum(features * gradient, axis=-1)[0])
                line = json.loads(run("explain", photo, "--json", "--face", "none", "--mood", mood))
                ours.append(np.array(line["heat"]))
    ours, theirs = np.ravel(ours), np.ravel(theirs)
    correlation = np.corrcoef(ours, theirs)[0, 1]
    difference = np.abs(ours - theirs).max() / np.abs(theirs).max()
    print(f"{len(arguments.photos)} photos × {len(moods)} moods, {ours.size} cells: correlation "
          f"{correlation:.7f}, worst difference {difference:.1e} of the strongest cell")  # fmt: skip
    sys.exit(int(correlation < 0.999))


if __name__ == "__main__":
    main()
