"""How good probabilities are: accuracy with its interval, calibration, divergence from the votes."""

import numpy as np

import fer


def softmax(logits):
    e = np.exp(logits - logits.max(1, keepdims=True))
    return e / e.sum(1, keepdims=True)


def interval(right, count):
    """Wilson's 95 % interval of a share, as (low, high)."""
    z, share = 1.96, right / count
    middle = (share + z * z / (2 * count)) / (1 + z * z / count)
    half = z / (1 + z * z / count) * (share * (1 - share) / count + z * z / (4 * count * count)) ** 0.5
    return middle - half, middle + half


def accuracy(p, truth):
    """(right, faces) among the faces that have a truth; NO_CLASS counts as wrong."""
    counted = truth != fer.LEFT_OUT
    return int((p.argmax(1) == truth)[counted].sum()), int(counted.sum())


def recalls(p, truth):
    """Of the faces of each class, how many were called so: [(right, faces)] in class order."""
    return [(int((p.argmax(1) == c)[truth == c].sum()), int((truth == c).sum())) for c in range(p.shape[1])]


def macro_f1(p, truth, weights=None):
    """Mean F1 over the classes, of the faces that have one, each counting as often as its weight says.

    A class's F1 is 2 · right / (called so + there are), 0 where it has none.
    """
    counted = (truth != fer.LEFT_OUT) & (truth != fer.NO_CLASS)
    w = (np.ones(len(truth)) if weights is None else weights)[counted]
    first, truth = p.argmax(1)[counted], truth[counted]
    scores = [2 * w[(first == c) & (truth == c)].sum() / max(w[first == c].sum() + w[truth == c].sum(), 1e-12)
              for c in range(p.shape[1])]
    return float(np.mean(scores))


def bootstrap(statistic, count, seed=1, times=2000):
    """The 95 % interval of `statistic(chosen)`, `chosen` being indices of faces drawn with replacement."""
    random = np.random.default_rng(seed)
    values = [statistic(random.integers(0, count, count)) for _ in range(times)]
    return tuple(np.percentile(values, [2.5, 97.5]))


def confusion(p, truth):
    """How many faces of each class (rows) were called what (columns)."""
    first = p.argmax(1)
    return [[int(((truth == row) & (first == column)).sum()) for column in range(p.shape[1])]
            for row in range(p.shape[1])]


def nll(p, targets):
    """Mean cross-entropy, nats, from targets [n, 7] that sum to 1."""
    return float(-(targets * np.log(np.maximum(p, 1e-12))).sum(1).mean())


def divergence(p, targets):
    """Mean Kullback-Leibler divergence of `p` from the targets, nats."""
    return float(nll(p, targets) + (targets * np.log(np.maximum(targets, 1e-12))).sum(1).mean())


def ece(p, truth, bins=15):
    """Expected calibration error over equal-width bins of the largest probability.

    `truth` is a class index per face (NO_CLASS is never right) or a share per class, [n, 7]: then the
    share of votes for the answer stands for right or wrong.
    """
    first, confidence = p.argmax(1), p.max(1)
    if truth.ndim == 1:
        counted = truth != fer.LEFT_OUT
        right = (first == truth).astype("f8")[counted]
        confidence = confidence[counted]
    else:
        right = truth[np.arange(len(truth)), first]
    which = np.minimum((confidence * bins).astype(int), bins - 1)
    return sum(abs(right[which == b].sum() - confidence[which == b].sum()) for b in range(bins)) / len(right)


def fit_temperature(logits, targets):
    """The T > 0 that makes softmax(logits / T) fit the targets best: golden section on log T."""
    low, high, ratio = np.log(0.2), np.log(5.0), (5 ** 0.5 - 1) / 2
    for _ in range(60):
        a, b = high - ratio * (high - low), low + ratio * (high - low)
        if nll(softmax(logits / np.exp(a)), targets) < nll(softmax(logits / np.exp(b)), targets):
            high = b
        else:
            low = a
    return float(np.exp((low + high) / 2))
