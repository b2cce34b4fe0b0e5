#!/usr/bin/env python3
"""How good a saved network is on the validation faces, through Keras's own pipeline; fits its temperature.

  evaluate_keras.py mood_resnet_model.h5 faces.npz
  evaluate_keras.py mood.safetensors faces.npz --tta ten --json result.json

A weight file is read back into Keras's network and brings its own temperature.

Under both truths: accuracy with Wilson's 95 % interval, recall of each class, expected calibration error
(15 bins) and mean divergence from the votes, before and after one temperature. The temperature is
the one that fits --labels best, over all faces that have them.
"""

import argparse
import json
import os

os.environ.setdefault("KERAS_BACKEND", "torch")

import numpy as np

import augment
import card
import fer
import keras_network
import measures


def with_mirror(faces):
    return [faces, faces[:, :, ::-1]]


def ten_crops(faces, side):
    """The middle and the four corners of the faces at 9/8 of the size, each with its mirror image."""
    faces = augment.resize(faces, side * 9 // 8)
    end = faces.shape[1] - side
    places = [(end // 2, end // 2), (0, 0), (0, end), (end, 0), (end, end)]
    return [v for top, left in places for v in with_mirror(faces[:, top:top + side, left:left + side])]


VIEWS = {
    "none": lambda faces, side: [augment.resize(faces, side)],
    "flip": lambda faces, side: with_mirror(augment.resize(faces, side)),
    "ten": ten_crops,
}


def logits(network, faces, tta):
    """[n, 7], up to a constant in each row: the mean over the views of each face.

    Faces are prepared as for training: Pillow's bicubic, x 1/255, grey in three channels.
    """
    views, z = VIEWS[tta](faces, network.input_shape[1]), 0
    for view in views:
        x = np.repeat((view / np.float32(255)).astype("f4")[..., None], 3, axis=3)
        z = z + np.log(np.maximum(network.predict(x, batch_size=128, verbose=0), 1e-30))
    return z / len(views)


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("network", help=".h5 that train.py saved, or a weight file")
    p.add_argument("faces", help="the packed file that fer.py wrote")
    p.add_argument("--tta", choices=sorted(VIEWS), default="none", help="test-time augmentation")
    p.add_argument("--labels", choices=("fer2013", "ferplus", "mixed"), default="ferplus", help="to fit to")
    p.add_argument("--vote-weight", type=float, default=0.75)
    p.add_argument("--temperature", type=float, help="use this one, fit none")
    p.add_argument("--json", metavar="FILE", help="write all numbers there")
    p.add_argument("--probabilities", metavar="FILE.npz", help="write names and probabilities there")
    o = p.parse_args()
    part = fer.load(o.faces, "validation")
    targets, usable = fer.targets(part["label"], part["votes"], o.labels, o.vote_weight)
    network, stored = keras_network.load(o.network)
    z = logits(network, part["faces"], o.tta)
    temperature = o.temperature or stored or measures.fit_temperature(z[usable], targets[usable])
    result = card.report(z, part, temperature, targets, usable)
    card.show(result)
    if o.json:
        with open(o.json, "w", encoding="utf-8") as file:
            json.dump(result, file, indent=1, default=float)  # NumPy's numbers too
    if o.probabilities:
        np.savez(o.probabilities, names=part["names"], probabilities=measures.softmax(z / result["temperature"]))


if __name__ == "__main__":
    main()
