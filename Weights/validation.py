"""How good a network in training is, on the faces that it is never trained on."""

import numpy as np

import augment
import fer
import measures


class Validation:
    """`part` as fer.py packs it, its faces resized once for each side."""

    def __init__(self, part, labels, vote_weight):
        self.part, self.sides = part, {}
        self.truth = fer.majority(part["votes"], part["copies"])
        self.shares, self.voted = fer.targets(part["label"], part["votes"], "ferplus")
        self.targets, _ = fer.targets(part["label"], part["votes"], labels, vote_weight)

    def faces(self, side):
        if side not in self.sides:
            self.sides[side] = augment.resize(self.part["faces"], side).astype("f4") / np.float32(255)
        return self.sides[side]

    def row(self, logits):
        p = measures.softmax(logits)
        right, count = measures.accuracy(p, self.truth)
        return {"ferplus_accuracy": right / count,
                "fer2013_accuracy": float((p.argmax(1) == self.part["label"]).mean()),
                "loss": measures.nll(p[self.voted], self.targets[self.voted]),
                "votes_divergence": measures.divergence(p[self.voted], self.shares[self.voted])}
