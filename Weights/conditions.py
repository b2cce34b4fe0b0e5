#!/usr/bin/env python3
"""How right the network is by the brightness, contrast, size and tilt of the face, and with parts of it covered.

  conditions.py mood.safetensors faces.npz

`faces.npz` is what fer.py packed; the faces are those of validation that have an FER+ majority, answered as the
product does unless options say otherwise: one view, balanced. Brightness and contrast are the faces' own: mean and
standard deviation of their grey levels. Sizes, tilts and bars are made here, on --count faces at random: the face made
smaller by averaging (and enlarged again, as the network wants it), turned left or right by turns, or under a bar of
grey level 16. Intervals are Wilson's 95 %. Prints a table in Markdown.
"""

import argparse
import os

os.environ.setdefault("KERAS_BACKEND", "torch")

import numpy as np
from PIL import Image

import augment
import evaluate_keras
import fer
import keras_network
import measures

BRIGHTNESS = (0, 80, 110, 140, 170, 256)
CONTRAST = (0, 35, 50, 65, 256)
SIZES = (24, 16, 12)
TILTS = (15, 30, 45)
DARK = 16
BARS = {  # rows and columns of the 48×48 face
    "eyes (rows 12 to 23)": (slice(12, 24), slice(None)),
    "mouth (rows 32 to 43)": (slice(32, 44), slice(None)),
    "the left half": (slice(None), slice(0, 24)),
    "the right half": (slice(None), slice(24, 48)),
}


def smaller(face, size):
    return np.asarray(Image.fromarray(face).resize((size, size), Image.BOX))


def tilted(face, degrees):
    return augment.moved(face, augment.Change(degrees, 1.0, (0.0, 0.0), False, 1.0, None))


def covered(face, place):
    face = face.copy()
    face[place] = DARK
    return face


def changes():
    """(group, name, function of a face and its number) of every change."""
    for size in SIZES:
        yield "size", f"{size}×{size} pixels", lambda face, _, size=size: smaller(face, size)
    for degrees in TILTS:
        yield "tilt", f"by {degrees}°", lambda face, i, d=degrees: tilted(face, d if i % 2 else -d)
    for name, place in BARS.items():
        yield "covered", name, lambda face, _, place=place: covered(face, place)


class Answers:
    """What a weight file answers."""

    def __init__(self, path, tta, read_out):
        self.network, self.temperature = keras_network.load(path)
        self.tta = tta
        self.adjustment = keras_network.logit_adjustment(path) if read_out == "balanced" else 0

    def __call__(self, faces):
        """[n, 7] probabilities."""
        z = evaluate_keras.logits(self.network, np.stack(faces), self.tta)
        return measures.softmax(z / (self.temperature or 1) + self.adjustment)


def row(group, name, p, truth, threshold=0.4):
    right, count = measures.accuracy(p, truth)
    low, high = measures.interval(right, count)
    print(f"| {group} | {name} | {count:,} | {right / count * 100:.1f} % | {low * 100:.1f} to {high * 100:.1f} |"
          f" {(p.max(1) < threshold).mean() * 100:.1f} % |", flush=True)  # fmt: skip


def bins(group, values, edges, p, truth):
    for low, high in zip(edges, edges[1:]):
        inside = (values >= low) & (values < high)
        name = f"under {high}" if low == 0 else f"{low} and more" if high == 256 else f"{low} to {high}"
        if inside.any():
            row(group, name, p[inside], truth[inside])


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("network", help="a weight file")
    p.add_argument("faces", help="the packed file that fer.py wrote")
    p.add_argument("--tta", choices=("none", "flip"), default="none")
    p.add_argument("--read-out", choices=("calibrated", "balanced"), default="balanced")
    p.add_argument("--count", type=int, default=600, help="faces that sizes, tilts and bars are tried on")
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--only", choices=("brightness", "contrast", "size", "tilt", "covered"), help="one group")
    o = p.parse_args()
    part = fer.load(o.faces, "validation")
    truth = fer.majority(part["votes"], part["copies"])
    faces, truth = part["faces"][truth != fer.LEFT_OUT], truth[truth != fer.LEFT_OUT]
    print("| | the face | faces | right | 95 % | not sure |\n| --- | --- | --: | --: | --- | --: |")
    answers = Answers(o.network, o.tta, o.read_out)
    own = answers(faces)
    row("as it is", "all", own, truth)
    if o.only in (None, "brightness"):
        bins("brightness", faces.mean((1, 2)), BRIGHTNESS, own, truth)
    if o.only in (None, "contrast"):
        bins("contrast", faces.std((1, 2)), CONTRAST, own, truth)
    chosen = np.random.default_rng(o.seed).choice(len(faces), min(o.count, len(faces)), replace=False)
    row("as it is", "those that are changed below", own[chosen], truth[chosen])
    for group, name, change in changes():
        if o.only in (None, group):
            row(group, name, answers([change(face, i) for i, face in enumerate(faces[chosen])]), truth[chosen])


if __name__ == "__main__":
    main()
