"""Trains the model that reads a mood from a sentence, from GoEmotions' TSV files.

    python Weights/train_text.py GOEMOTIONS_FOLDER Weights/text.moodtext [--check]

Needs Python 3.10 or later, numpy 1.26 or later and scipy 1.11 or later; no randomness: every tenth
comment is held out. Softmax regression on the hashed features of text_features.py, each
group divided by the root of its size and each feature times its inverse document frequency, by
L-BFGS. A comment with several labels counts in part for each. Rare moods count more (the root of
the inverse share), so that macro-F1 is good; a temperature, fitted on the tenth held out,
makes the probabilities honest without looking at the development part, on which all is measured. Weights are rounded to whole numbers of
-127...127 times one step per mood.
"""

import json
import os
import struct
import sys

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np
import scipy.sparse as sp
from scipy.optimize import minimize

from text_features import BUCKETS, features

MOODS = ["angry", "disgust", "fear", "happy", "neutral", "sad", "surprise"]
COUNT = len(MOODS)
STRENGTH = 1.0
RARITY = 0.5
LEAST_COMMENTS = 2
STEPS = 60
FOLDS = 10  # of which one is held out for the temperature


def load(path):
    texts, labels = [], []
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            text, numbers, _ = line.rstrip("\n").split("\t")
            texts.append(text)
            labels.append([int(number) for number in numbers.split(",")])
    return texts, labels


def matrix(texts):
    indices, starts, values = [], [0], []
    for text in texts:
        for group in features(text):
            if not group:
                continue
            indices.extend(sorted(group))
            values.extend([1 / np.sqrt(len(group))] * len(group))
        starts.append(len(indices))
    rows = sp.csr_matrix(
        (np.array(values, np.float32), np.array(indices, np.int32), np.array(starts)),
        shape=(len(texts), BUCKETS))
    rows.sum_duplicates()
    return rows


def softmax(logits):
    powers = np.exp(logits - logits.max(1, keepdims=True))
    return powers / powers.sum(1, keepdims=True)


def train(rows, shares):
    width = rows.shape[1]
    columns = rows.T.tocsr()
    prior = shares.mean(0)
    class_weights = prior ** -RARITY
    class_weights /= (prior * class_weights).sum()
    weight = (shares @ class_weights)[:, None].astype(np.float32)

    def loss(vector):
        weights = vector[:width * COUNT].reshape(width, COUNT).astype(np.float32)
        found = softmax(rows @ weights + vector[width * COUNT:].astype(np.float32))
        slope = weight * (found - shares)
        value = -(weight * shares * np.log(found + 1e-12)).sum(dtype=np.float64)
        gradient = (STRENGTH * (columns @ slope) + weights).ravel()
        return (STRENGTH * value + 0.5 * float((weights.astype(np.float64) ** 2).sum()),
                np.concatenate([gradient, STRENGTH * slope.sum(0)]).astype(np.float64))

    start = np.zeros(width * COUNT + COUNT)
    found = minimize(loss, start, jac=True, method="L-BFGS-B",
                     options=dict(maxiter=STEPS, maxcor=6)).x
    return found[:width * COUNT].reshape(width, COUNT), found[width * COUNT:]


def calibration(logits, shares):
    """What to multiply held-out logits by, so that they are most likely."""
    def loss(vector):
        return -(shares * np.log(softmax(logits * np.exp(vector[0])) + 1e-12)).sum()
    return np.exp(minimize(loss, np.zeros(1), method="L-BFGS-B").x[0])


def measures(found, truth):
    guess = found.argmax(1)
    scores = []
    for mood in range(COUNT):
        hit = ((guess == mood) & (truth == mood)).sum()
        scores.append(2 * hit / max(1, (guess == mood).sum() + (truth == mood).sum()))
    sure, right, error = found.max(1), guess == truth, 0.0
    for low in np.arange(15) / 15:
        inside = (sure > low) & (sure <= low + 1 / 15)
        if inside.any():
            error += inside.mean() * abs(sure[inside].mean() - right[inside].mean())
    return dict(accuracy=float(right.mean()), macro_f1=float(np.mean(scores)),
                expected_calibration_error=float(error), f1=dict(zip(MOODS, map(float, scores))))


def main():
    folder, path = sys.argv[1], sys.argv[2]
    texts, labels = load(os.path.join(folder, "train.tsv"))
    dev_texts, dev_labels = load(os.path.join(folder, "dev.tsv"))
    shares = np.zeros((len(labels), COUNT), np.float32)
    for row, numbers in zip(shares, labels):
        row[numbers] = 1 / len(numbers)
    raw = matrix(texts)
    documents = np.bincount(raw.indices, minlength=BUCKETS)
    kept = np.flatnonzero(documents >= LEAST_COMMENTS)
    scale = np.log(len(texts) / documents[kept]) / 3
    rows = (raw[:, kept] @ sp.diags(scale.astype(np.float32))).tocsr()

    fold = np.arange(len(texts)) % FOLDS
    weights, bias = train(rows[fold != 0], shares[fold != 0])
    single = (fold == 0) & np.array([len(numbers) == 1 for numbers in labels])
    slope = calibration(rows[single] @ weights + bias, shares[single])
    table = np.zeros((BUCKETS, COUNT))
    table[kept] = weights * scale[:, None] * slope
    bias = (bias * slope).astype(np.float32)
    # A few outliers do not set the step: the largest are cut.
    step = np.array([np.abs(table[kept, mood]).max() for mood in range(COUNT)]) / 127
    step = step.astype(np.float32)
    whole = np.clip(np.rint(table / step), -127, 127).astype(np.int8)

    dev = np.array([len(numbers) == 1 for numbers in dev_labels])
    truth = np.array([numbers[0] for numbers, one in zip(dev_labels, dev) if one])
    dev_rows = matrix([text for text, one in zip(dev_texts, dev) if one])
    # The small copy decides, as it does in Swift.
    found = softmax((dev_rows @ whole.astype(np.float64)) * step + bias)
    facts = measures(found, truth)
    print(json.dumps(facts, indent=1))

    metadata = json.dumps(dict(
        format="mood text 1", moods=MOODS, buckets=BUCKETS, temperature=float(1 / slope),
        step=[float(value) for value in step], bias=[float(value) for value in bias],
        measured=dict(on="GoEmotions dev, single labels", count=int(dev.sum()), **facts),
        data="GoEmotions, Demszky et al. 2020, CC BY 4.0"), separators=(",", ":")).encode()
    with open(path, "wb") as file:
        file.write(b"MOODTEXT" + struct.pack("<II", 1, len(metadata)) + metadata)
        file.write(whole.tobytes())
    samples = [text for text, one in zip(dev_texts, dev) if one][:40] + [
        "", "I'm not happy at all", "sooooo good!!! 😂😂", "WHY would you DO that", "é ñ ü 日本語", "🤬👍🏽",
    ]
    sample_found = softmax((matrix(samples) @ whole.astype(np.float64)) * step + bias)
    print(json.dumps([dict(text=text, probabilities=[round(float(p), 8) for p in row])
                      for text, row in zip(samples, sample_found)], ensure_ascii=False),
          file=open(os.path.splitext(path)[0] + ".samples.json", "w", encoding="utf-8"))


if __name__ == "__main__":
    main()
