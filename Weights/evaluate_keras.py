#!/usr/bin/env python3
"""How good a saved network is on the validation faces, through Keras's own pipeline; fits its temperature.

  evaluate_keras.py mood_resnet_model.h5 faces.npz
  evaluate_keras.py mood_resnet_model.h5 faces.npz --tta ten --labels fer2013 --json result.json

Under both truths: accuracy with Wilson's 95 % interval, recall of each class, expected calibration error
(15 bins) and mean divergence from the votes, before and after one temperature. The temperature is
the one that fits --labels best, over all faces that have them.
"""

import argparse
import json
import os

os.environ.setdefault("KERAS_BACKEND", "torch")

import keras
import numpy as np

import augment
import fer
import measures

TEN_CROP = 43  # of 48 pixels: what each of the ten crops keeps, about nine tenths


def mirrored(faces):
    return [faces, faces[:, :, ::-1]]


def ten_crops(faces):
    """The four corners' and the centre's crops, each also mirrored, in the faces' own resolution."""
    side = faces.shape[1]
    keep = round(side * TEN_CROP / 48)
    ends, middle = (0, side - keep), (side - keep) // 2
    corners = [(top, left) for top in ends for left in ends] + [(middle, middle)]
    return [m for top, left in corners for m in mirrored(faces[:, top:top + keep, left:left + keep])]


VIEWS = {"none": lambda faces: [faces], "flip": mirrored, "ten": ten_crops}


def inputs(faces, side):
    """[n, side, side, 3] in 0...1, as training prepared it: Pillow's bicubic, grey in three channels."""
    faces = augment.resize(np.ascontiguousarray(faces), side)
    return np.repeat((faces / np.float32(255)).astype("f4")[..., None], 3, axis=3)


def logits(network, faces, tta):
    """[n, 7]: the logarithm of the probabilities' mean over the views."""
    side = network.input_shape[1]
    p = [network.predict(inputs(view, side), batch_size=128, verbose=0) for view in VIEWS[tta](faces)]
    return np.log(np.maximum(np.mean(p, axis=0, dtype="f8"), 1e-12))


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
    p.add_argument("network", help=".h5 that train.py saved")
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
    z = logits(keras.models.load_model(o.network, compile=False), part["faces"], o.tta)
    result = report(z, part, o.temperature or measures.fit_temperature(z[usable], targets[usable]), targets, usable)
    show(result)
    if o.json:
        with open(o.json, "w", encoding="utf-8") as file:
            json.dump(result, file, indent=1)
    if o.probabilities:
        np.savez(o.probabilities, names=part["names"], probabilities=measures.softmax(z / result["temperature"]))


if __name__ == "__main__":
    main()
