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


def report(z, part, temperature, targets, usable):
    """Everything that is said of one network, as a dict."""
    truth = fer.majority(part["votes"], part["copies"])
    shares, voted = fer.targets(part["label"], part["votes"], "ferplus")
    result = {"temperature": temperature}
    for name, t in (("before", 1.0), ("after", temperature)):
        p = measures.softmax(z / t)
        result[name] = {
            "ece_majority": measures.ece(p, truth), "ece_fer2013": measures.ece(p, part["label"]),
            "ece_votes": measures.ece(p[voted], shares[voted]),
            "nll_labels": measures.nll(p[usable], targets[usable]),
            "divergence_votes": measures.divergence(p[voted], shares[voted])}
    for name, labels in (("ferplus", truth), ("fer2013", part["label"])):
        right, count = measures.accuracy(p, labels)
        result[name] = {"right": right, "faces": count, "accuracy": right / count,
                        "interval": measures.interval(right, count),
                        "recall": dict(zip(fer.CLASSES, measures.recalls(p, labels)))}
    result["abstaining"] = abstaining(p, truth, shares, voted)
    return result


def abstaining(p, truth, shares, voted):
    """What a threshold would do: share of all faces that get an answer, how many of the answers are
    right (majority), and the votes' mean share for the refused answers."""
    first, sure, counted = p.argmax(1), p.max(1), truth != fer.LEFT_OUT
    rows = []
    for threshold in np.arange(0.30, 0.71, 0.05):
        answered, refused = sure >= threshold, (sure < threshold) & voted
        rows.append({
            "below": round(float(threshold), 2), "answered": float(answered.mean()),
            "right_of_answered": float((first == truth)[answered & counted].mean()),
            "votes_for_refused": float(shares[np.arange(len(p)), first][refused].mean()) if refused.any() else None})
    return rows


def show(r):
    for name, title in (("ferplus", "FER+ majority"), ("fer2013", "FER2013's label")):
        s = r[name]
        print(f"{title}: {s['right']} of {s['faces']} right, {s['accuracy']:.2%}"
              f" (95 %: {s['interval'][0]:.2%} to {s['interval'][1]:.2%})")
        print("  recall", *(f"{c} {right}/{faces} {right / max(faces, 1):.1%};" for c, (right, faces) in s["recall"].items()))
    print(f"temperature {r['temperature']:.4f}; before and after:")
    for key in r["before"]:
        print(f"  {key:17} {r['before'][key]:.4f}  {r['after'][key]:.4f}")
    for row in r["abstaining"]:
        refused = row["votes_for_refused"]
        print(f"  abstain below {row['below']:.2f}: {row['answered']:.1%} answered, {row['right_of_answered']:.1%}"
              f" right; votes for what is refused {refused if refused is None else round(refused, 3)}")


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
    result = report(z, part, temperature, targets, usable)
    show(result)
    if o.json:
        with open(o.json, "w", encoding="utf-8") as file:
            json.dump(result, file, indent=1, default=float)  # NumPy's numbers too
    if o.probabilities:
        np.savez(o.probabilities, names=part["names"], probabilities=measures.softmax(z / result["temperature"]))


if __name__ == "__main__":
    main()
