#!/usr/bin/env python3
"""Fits the balanced read-out on training faces, and measures both read-outs on validation.

  read_out.py mood_resnet_model.h5 faces.npz --temperature 0.9656

The network is what train.py saved, or a weight file with its temperature; `faces.npz` is what fer.py packed. The balanced read-out is softmax(logits /
temperature + adjustment), the adjustment -strength * ln(share of the mood in the training votes): Menon et al. 2021,
<https://arxiv.org/abs/2007.07314>. The strength with the best macro-F1 of the FER+ majority is searched on training
faces: all whose majority is fear or disgust, and --others more at random, which count for as many as there are.
It is also fitted on four fifths of them and judged on the last, five times.

Prints the adjustment for export_keras.py, then what both read-outs come to on validation, with and without mirror
averaging, and the calibration error there of temperatures fitted on other faces. Intervals hold 95 %: Wilson's for
shares, bootstrapped for macro-F1 and for differences, which compare the same faces.
"""

import argparse
import os

os.environ.setdefault("KERAS_BACKEND", "torch")

import numpy as np

import evaluate_keras
import fer
import keras_network
import measures

STRENGTHS = np.arange(0, 1.51, 0.05)
RARE = [fer.CLASSES.index(c) for c in ("disgust", "fear")]
FOLDS = 5


def prior(part):
    """[7]: the moods' shares in the votes of the faces that have them."""
    shares, usable = fer.targets(part["label"], part["votes"], "ferplus")
    return shares[usable].mean(0)


def sample(truth, others, seed):
    """Indices of the faces to fit on, and how many faces each stands for."""
    rare, common = np.isin(truth, RARE), ~np.isin(truth, [*RARE, fer.LEFT_OUT])
    random = np.random.default_rng(seed)
    drawn = random.choice(np.flatnonzero(common), min(others, common.sum()), replace=False)
    chosen = random.permutation(np.concatenate([np.flatnonzero(rare), drawn]))
    return chosen, np.where(rare[chosen], 1.0, common.sum() / len(drawn))


def fit(logs, truth, weights, shares):
    """The strength with the best macro-F1."""
    scores = [measures.macro_f1(logs - s * np.log(shares), truth, weights) for s in STRENGTHS]
    return float(STRENGTHS[int(np.argmax(scores))])


def fitted(logs, truth, weights, shares):
    """The strength fitted on all faces; prints what folds say of it."""
    folds = np.arange(len(truth)) % FOLDS
    for fold in range(FOLDS):
        out = folds == fold
        strength = fit(logs[~out], truth[~out], weights[~out], shares)
        f1 = [measures.macro_f1((logs - s * np.log(shares))[out], truth[out], weights[out]) for s in (0, strength)]
        print(f"  without fold {fold}: strength {strength:.2f}, macro-F1 on the fold {f1[0]:.3f} to {f1[1]:.3f}")
    return fit(logs, truth, weights, shares)


def share(right, count):
    low, high = measures.interval(right, count)
    return f"{right / count:.1%} ({right} of {count}; {low:.1%} to {high:.1%})"


def show(title, p, part, truth):
    """Prints what one way of answering comes to."""
    shares, voted = fer.targets(part["label"], part["votes"], "ferplus")
    f1 = measures.bootstrap(lambda i: measures.macro_f1(p[i], truth[i]), len(p))
    print(f"{title}\n  FER+ majority {share(*measures.accuracy(p, truth))}"
          f"\n  FER2013's label {share(*measures.accuracy(p, part['label']))}"
          f"\n  macro-F1 {measures.macro_f1(p, truth):.1%} ({f1[0]:.1%} to {f1[1]:.1%}), by FER2013's label"
          f" {measures.macro_f1(p, part['label']):.1%}")
    for c, (right, count) in zip(fer.CLASSES, measures.recalls(p, truth)):
        called = int(((p.argmax(1) == fer.CLASSES.index(c)) & (truth >= 0) & (truth < fer.NO_CLASS)).sum())
        print(f"  {c:9}recall {share(right, count)}, precision {share(right, max(called, 1))}")
    print(f"  calibration error against the votes {measures.ece(p[voted], shares[voted]):.3f}, against the majority"
          f" {measures.ece(p, truth):.3f}; divergence from the votes {measures.divergence(p[voted], shares[voted]):.3f};"
          f" at least 0.4: {(p.max(1) >= 0.4).mean():.1%} of the faces")


def compare(title, p, q, truth):
    """Prints by how much `q` is better than `p`, on the same faces."""
    counted = truth != fer.LEFT_OUT
    gain = ((q.argmax(1) == truth).astype("f8") - (p.argmax(1) == truth))[counted]
    low, high = measures.bootstrap(lambda i: gain[i].mean(), len(gain))
    f1 = measures.bootstrap(lambda i: measures.macro_f1(q[i], truth[i]) - measures.macro_f1(p[i], truth[i]), len(p))
    print(f"{title}: FER+ majority {gain.mean() * 100:+.2f} points ({low * 100:+.2f} to {high * 100:+.2f}), macro-F1"
          f" {(measures.macro_f1(q, truth) - measures.macro_f1(p, truth)) * 100:+.1f} points"
          f" ({f1[0] * 100:+.1f} to {f1[1] * 100:+.1f})")


def held_out(logits, adjustment, part):
    """Both read-outs' calibration error against the votes, of temperatures fitted on the other folds."""
    shares, voted = fer.targets(part["label"], part["votes"], "ferplus")
    logits, shares = logits[voted], shares[voted]
    folds = np.random.default_rng(1).permutation(len(logits)) % FOLDS
    t = np.array([measures.fit_temperature(logits[folds != f], shares[folds != f]) for f in range(FOLDS)])
    scaled = logits / t[folds][:, None]
    errors = [measures.ece(measures.softmax(z), shares) for z in (scaled, scaled + adjustment)]
    print(f"on folds that the temperature was not fitted on ({', '.join(f'{x:.4f}' for x in t)}): calibration error"
          f" {errors[0]:.3f} calibrated, {errors[1]:.3f} balanced; fitted on all: {measures.fit_temperature(logits, shares):.4f}")


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("network", help=".h5 that train.py saved, or a weight file")
    p.add_argument("faces", help="the packed file that fer.py wrote")
    p.add_argument("--temperature", type=float, help="else the weight file's")
    p.add_argument("--others", type=int, default=3000, help="training faces of common moods to fit on")
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--logits", metavar="FILE.npz", help="keep the logits there, and take them from there if it exists")
    o = p.parse_args()

    train, part = fer.load(o.faces, "train"), fer.load(o.faces, "validation")
    shares, truth = prior(train), fer.majority(train["votes"], train["copies"])
    chosen, weights = sample(truth, o.others, o.seed)
    if o.logits and os.path.exists(o.logits):
        with np.load(o.logits) as file:
            logits = dict(file)
    else:
        network, stored = keras_network.load(o.network)
        logits = {
            "train": evaluate_keras.logits(network, train["faces"][chosen], "none"),
            **{tta: evaluate_keras.logits(network, part["faces"], tta) for tta in ("none", "flip")},
            "temperature": o.temperature or stored or 1}
        if o.logits:
            np.savez(o.logits, **logits)
    temperature = float(logits["temperature"])

    print(f"fitted on {len(chosen)} training faces, {int((weights == 1).sum())} of them fear or disgust")
    strength = fitted(logits["train"] / temperature, truth[chosen], weights, shares)
    adjustment = -strength * np.log(shares)
    adjustment = np.round(adjustment - adjustment.min(), 3)
    print(f"strength {strength:.2f}: --logit-adjustment {','.join(f'{a:g}' for a in adjustment)}")

    truth = fer.majority(part["votes"], part["copies"])
    answers = {}
    for tta in ("none", "flip"):
        z = logits[tta] / temperature
        for name, summand in (("calibrated", 0), ("balanced", adjustment)):
            answers[tta, name] = measures.softmax(z + summand)
            show(f"\n--tta {tta} --read-out {name}", answers[tta, name], part, truth)
        held_out(logits[tta], adjustment, part)
    print()
    for tta in ("none", "flip"):
        compare(f"balanced instead of calibrated, --tta {tta}", answers[tta, "calibrated"], answers[tta, "balanced"], truth)
    for name in ("calibrated", "balanced"):
        compare(f"flip instead of none, {name}", answers["none", name], answers["flip", name], truth)


if __name__ == "__main__":
    main()
