"""FER2013's label as it may be expected from the votes: a target with less noise than the one label.

The label is one draw: faces that look the same have several. What ten people see in a face says how likely each
label is, and a trained network adds what the votes do not hold. Both are fitted to the training faces alone.
Distillation: Hinton et al. 2015, <https://arxiv.org/abs/1503.02531>.
"""

import numpy as np
from sklearn.linear_model import LogisticRegression

import augment
import keras_network

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
    """[n, 7]: the probabilities of the saved network `path`."""
    network, _ = keras_network.load(path)
    side = network.input_shape[1]
    return np.concatenate([network.predict(
        np.repeat((augment.resize(f, side) / np.float32(255)).astype("f4")[..., None], 3, axis=3),
        batch_size=128, verbose=0) for f in np.array_split(faces, -(-len(faces) // 1024))])


def targets(part, teacher):
    """[n, 7]: `SHARE` of the geometric mean of both estimates, and the label for the rest."""
    mean = np.sqrt(from_votes(part["votes"], part["label"]) * np.maximum(from_network(teacher, part["faces"]), 1e-9))
    likely = mean / mean.sum(1, keepdims=True)
    return (SHARE * likely + (1 - SHARE) * np.eye(likely.shape[1])[part["label"]]).astype("f4")
