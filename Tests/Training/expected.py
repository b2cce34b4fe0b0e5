#!/usr/bin/env python3
"""Draws labels from probabilities that hang on the votes, and looks whether expected.py finds them again.

  pip install -r Weights/requirements.txt
  python Tests/Training/expected.py

What it finds must lie as near to the true probabilities as the votes' shares, put through the true confusion of
classes, and be right in sum for each class: labels differ from votes in FER2013 in just such a way.
"""

import os
import pathlib
import sys

os.environ.setdefault("KERAS_BACKEND", "torch")

import numpy as np

sys.path.insert(0, str(pathlib.Path(__file__).parents[2] / "Weights"))
import expected
import fer

FACES, VOTERS = 8000, 10


def main():
    random = np.random.default_rng(1)
    seen = random.dirichlet(np.full(7, 0.4), FACES)  # what people see, in the order of fer.CLASSES
    votes = np.zeros((FACES, len(fer.VOTES)), "f4")
    votes[:, fer.OF_CLASSES] = random.multinomial(VOTERS, seen)
    confusion = 0.7 * np.eye(7) + 0.3 * np.roll(np.eye(7), 1, axis=1)  # labels are often the next class
    truth = seen @ confusion
    label = (truth.cumsum(1) > random.random((FACES, 1))).argmax(1)
    found = expected.from_votes(votes, label)
    shares = fer.shares(votes)
    error, plain, best = (float(np.abs(p - truth).mean()) for p in (found, shares, shares @ confusion))
    sums = float(np.abs(found.mean(0) - np.bincount(label, minlength=7) / FACES).max())
    print(f"mean error {error:.4f}, the votes' own {plain:.4f}, by the true confusion {best:.4f}; a class's sum is off by {sums:.4f} at most")
    return not (error <= best < plain and sums < 0.005)


if __name__ == "__main__":
    sys.exit(main())
