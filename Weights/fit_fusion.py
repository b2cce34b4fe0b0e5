"""Fits how much a face and words count together (MoodFusion), and says how much the two gain.

    swift build -c release --product mood-cli
    python Weights/fit_fusion.py fer2013/validation goemotions/dev.tsv [--cli .build/release/mood-cli]
        [--labels ferplus.csv] [--weights FILE] [--seed 7]

Needs what train_text.py needs. The faces' probabilities are the command line's (`classify --jsonl
--face none`: pictures taken whole), the words' those of text.moodtext by the features of
text_features.py. Each face gets a comment with a single label of the same mood, drawn at random; on
half of the pairs, drawn at random, p(m) ~ face(m)^a * words(m)^b is made most likely by L-BFGS; on
the other half it is measured. Twenty further draws of pairs and halves tell how much of that is chance.
Without --labels a face's mood is its folder; with FER+ votes it is the majority, as in evaluate.
"""

import argparse
import json
import os
import struct
import subprocess

import numpy as np
from scipy.optimize import minimize

from fer import majority, read_votes
from train_text import COUNT, MOODS, load, matrix, softmax


def text_probabilities(texts, path):
    with open(path, "rb") as file:
        data = file.read()
    version, length = struct.unpack("<II", data[8:16])
    assert data[:8] == b"MOODTEXT" and version == 1
    head = json.loads(data[16:16 + length])
    rows = np.frombuffer(data[16 + length:], np.int8).reshape(head["buckets"], COUNT)
    logits = (matrix(texts) @ rows.astype(np.float64)) * np.array(head["step"])
    return softmax(logits + np.array(head["bias"]))


def face_probabilities(paths, cli, weights):
    command = [cli, "classify", "--jsonl", "--face", "none", "--paths-from", "-"]
    if weights:
        command += ["--weights", weights]
    run = subprocess.run(command, input="\n".join(paths) + "\n", capture_output=True, text=True)
    assert run.returncode == 0, run.stderr[-2000:]
    answers = {}
    for line in run.stdout.splitlines():
        answer = json.loads(line)
        answers[answer["id"]] = [answer["probabilities"][mood] for mood in MOODS]
    return np.array([answers[path] for path in paths])


def labelled_faces(folder, votes_path):
    """Paths with their moods, in order of name."""
    found = []
    votes = read_votes(votes_path) if votes_path else {}
    for number, mood in enumerate(MOODS):
        for name in sorted(os.listdir(os.path.join(folder, mood))):
            label = number
            if votes_path:
                row = votes.get(f"validation/{mood}/{name}")
                # Of the classes seven are the moods; the rest is contempt, or no majority.
                label = int(majority(row[0][None], np.array([row[1]]))[0]) if row else -1
            if 0 <= label < COUNT:
                found.append((os.path.join(folder, mood, name), label))
    return [path for path, _ in found], np.array([label for _, label in found])


def joined(faces, words, powers):
    logs = powers[0] * np.log(np.maximum(faces, 1e-6))
    return softmax(logs + powers[1] * np.log(np.maximum(words, 1e-6)))


def fit(faces, words, truth):
    def loss(powers):
        found = joined(faces, words, powers)
        return -np.log(found[np.arange(len(truth)), truth] + 1e-12).mean()
    return minimize(loss, np.array([0.5, 0.5]), method="L-BFGS-B").x


def interval(right):
    """Wilson's 95 % interval."""
    n, p, z = len(right), right.mean(), 1.959964
    middle = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z * np.sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return [float(middle - half), float(middle + half)]


def draw(faces, truth, words, said, seed):
    """One draw of pairs and halves: the powers, and who is right on the other half."""
    random = np.random.default_rng(seed)
    of_mood = [np.flatnonzero(said == mood) for mood in range(COUNT)]
    partner = np.array([random.choice(of_mood[mood]) for mood in truth])
    order = random.permutation(len(truth))
    one, other = order[:len(order) // 2], order[len(order) // 2:]
    powers = fit(faces[one], words[partner[one]], truth[one])
    answers = dict(face=faces[other], words=words[partner[other]],
                   both=joined(faces[other], words[partner[other]], powers))
    return powers, {name: found.argmax(1) == truth[other] for name, found in answers.items()}


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    parser = argparse.ArgumentParser()
    parser.add_argument("faces")
    parser.add_argument("texts")
    parser.add_argument("--cli", default=os.path.join(here, "../.build/release/mood-cli"))
    parser.add_argument("--labels")
    parser.add_argument("--weights")
    parser.add_argument("--model", default=os.path.join(here, "text.moodtext"))
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()

    paths, truth = labelled_faces(options.faces, options.labels)
    faces = face_probabilities(paths, options.cli, options.weights)
    texts, labels = load(options.texts)
    single = [number for number, found in enumerate(labels) if len(found) == 1]
    said = np.array([labels[number][0] for number in single])
    words = text_probabilities([texts[number] for number in single], options.model)

    powers, right = draw(faces, truth, words, said, options.seed)
    more = [draw(faces, truth, words, said, options.seed + 1 + number) for number in range(20)]
    gain = right["both"].astype(float) - np.maximum(right["face"].mean(), right["words"].mean())
    print(json.dumps(dict(
        pairs=len(truth), measured_on=len(right["both"]),
        powers=dict(face=float(powers[0]), words=float(powers[1])),
        right={name: dict(share=float(found.mean()), interval_95=interval(found))
               for name, found in right.items()},
        gain_over_the_better=float(gain.mean()),
        twenty_more=dict(
            face_power=[float(f([p[0] for p, _ in more])) for f in (np.mean, np.std)],
            words_power=[float(f([p[1] for p, _ in more])) for f in (np.mean, np.std)],
            both=[float(f([r["both"].mean() for _, r in more])) for f in (np.mean, np.std)])),
        indent=1))


if __name__ == "__main__":
    main()
