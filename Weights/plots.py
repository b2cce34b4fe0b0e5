#!/usr/bin/env python3
"""Draws what the report's notebook draws: class counts, samples, learning curves, confusion matrix.

  plots.py faces.npz --output plots --metrics run/metrics.csv --network run/mood_resnet_model.h5

The pictures show faces of the set: keep samples.png to yourself.
"""

import argparse
import csv
import os
import pathlib

os.environ.setdefault("KERAS_BACKEND", "torch")

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np

import fer
import measures


def class_counts(parts, path):
    figure, axes = plt.subplots(1, 2, figsize=(10, 3.2), sharey=True)
    for axis, (name, part) in zip(axes, parts.items()):
        truth = fer.majority(part["votes"], part["copies"])
        places = np.arange(len(fer.CLASSES))
        axis.barh(places + 0.2, np.bincount(part["label"], minlength=7), 0.4, label="FER2013's label")
        axis.barh(places - 0.2, [(truth == c).sum() for c in places], 0.4, label="FER+ majority")
        axis.set(title=name, xlabel="faces", yticks=places, yticklabels=fer.CLASSES)
    axes[0].legend()
    figure.savefig(path, bbox_inches="tight", dpi=120)


def samples(part, path):
    figure, axes = plt.subplots(1, len(fer.CLASSES), figsize=(14, 2.4))
    for c, axis in enumerate(axes):
        axis.imshow(part["faces"][np.flatnonzero(part["label"] == c)[1]], cmap="gray", vmin=0, vmax=255)
        axis.set_title(fer.CLASSES[c])
        axis.axis("off")
    figure.savefig(path, bbox_inches="tight", dpi=120)


def learning_curves(metrics, path):
    with open(metrics, newline="") as file:
        rows = list(csv.DictReader(file))
    column = lambda name: [float(row[name]) for row in rows]
    figure, (left, right) = plt.subplots(1, 2, figsize=(10, 3.4))
    left.plot(column("epoch"), column("train_loss"), label="training (augmented)")
    left.plot(column("epoch"), column("loss"), label="validation (averaged weights)")
    left.set(xlabel="epoch", ylabel="cross-entropy, nats")
    right.plot(column("epoch"), column("train_accuracy"), label="training (augmented)")
    right.plot(column("epoch"), column("ferplus_accuracy"), label="validation, FER+ majority")
    right.plot(column("epoch"), column("fer2013_accuracy"), label="validation, FER2013's label")
    right.set(xlabel="epoch", ylabel="right")
    left.legend()
    right.legend()
    figure.savefig(path, bbox_inches="tight", dpi=120)


def confusion(network, part, path):
    import evaluate_keras
    import keras_network

    z = evaluate_keras.logits(keras_network.load(network)[0], part["faces"], "none")
    figure, axes = plt.subplots(1, 2, figsize=(12, 5))
    truths = {"FER+ majority": fer.majority(part["votes"], part["copies"]), "FER2013's label": part["label"]}
    for axis, (name, truth) in zip(axes, truths.items()):
        table = np.array(measures.confusion(z, truth))
        axis.imshow(table / np.maximum(table.sum(1, keepdims=True), 1), cmap="Blues", vmin=0, vmax=1)
        for t, p in np.ndindex(7, 7):
            axis.text(p, t, table[t, p], ha="center", va="center", fontsize=8)
        axis.set(title=name, xlabel="the network's first choice", ylabel="truth", xticks=range(7), yticks=range(7),
                 yticklabels=fer.CLASSES)
        axis.set_xticklabels(fer.CLASSES, rotation=45)
    figure.savefig(path, bbox_inches="tight", dpi=120)


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("faces", help="the packed file that fer.py wrote")
    p.add_argument("--output", required=True, type=pathlib.Path, help="folder")
    p.add_argument("--metrics", help="metrics.csv of a run")
    p.add_argument("--network", help=".h5 of a run")
    o = p.parse_args()
    o.output.mkdir(parents=True, exist_ok=True)
    parts = {name: fer.load(o.faces, name) for name in ("train", "validation")}
    class_counts(parts, o.output / "class_counts.png")
    samples(parts["train"], o.output / "samples.png")
    if o.metrics:
        learning_curves(o.metrics, o.output / "learning_curves.png")
    if o.network:
        confusion(o.network, parts["validation"], o.output / "confusion.png")


if __name__ == "__main__":
    main()
