"""FER2013's label as it may be expected from the votes: a target with less noise than the one label.

The label is one draw: faces that look the same have several. What ten people see in a face says how likely each
label is, and a trained network adds what the votes do not hold. Both are fitted to the training faces alone.
Distillation: Hinton et al. 2015, <https://arxiv.org/abs/1503.02531>.
"""

import numpy as np
from sklearn.linear_model import LogisticRegression

import evaluate_keras
import fer
import keras_network
import measures

SHARE = 0.7  # of the target; the rest is the label itself, one-hot


def features(votes):
    """[n, 130]: the ten choices' shares of the votes, their roots, logarithms and products in pairs."""
    shares = votes / np.maximum(votes.sum(1, keepdims=True), 1)
    pairs = (shares[:, :, None] * shares[:, None, :]).reshape(len(votes), -1)
    return np.concatenate([shares, np.sqrt(shares), np.log(shares + 0.03), pairs], 1)


def from_votes(votes, label):
    """[n, 7]: how likely each label is for a face with these votes, by logistic regression."""
    x = features(votes)
    x = (x - x.mean(0)) / (x.std(0) + 1e-4)
    return LogisticRegression(C=500 / len(x), max_iter=1000).fit(x, label).predict_proba(x)


def from_network(path, faces):
    """[n, 7]: the logits of the saved network `path`, up to a constant in each row."""
    network, _ = keras_network.load(path)
    parts = np.array_split(faces, -(-len(faces) // 1024))  # all at once would take gigabytes
    return np.concatenate([evaluate_keras.logits(network, part, "none") for part in parts])


def targets(part, teacher):
    """[n, 7]: `SHARE` of the geometric mean of both estimates, and the label for the rest."""
    votes = np.log(from_votes(part["votes"], part["label"]))
    likely = measures.softmax((votes + from_network(teacher, part["faces"])) / 2)
    one_hot, _ = fer.targets(part["label"], part["votes"], "fer2013")
    return (SHARE * likely + (1 - SHARE) * one_hot).astype("f4")
