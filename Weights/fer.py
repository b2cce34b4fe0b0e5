#!/usr/bin/env python3
"""FER2013's faces and the FER+ votes on them, packed into one .npz file.

  fer.py --images fer2013.tar.xz --votes ferplus.csv --output faces.npz

The archive (or the folder it unpacks to) holds fer2013/{train,validation}/<class>/*.jpg, 48x48
and grey; get_fer2013.md says where to get both. The packed file has, for `train` and `validation`:

  <part>_faces    [n, 48, 48] uint8
  <part>_label    [n] int64, FER2013's own label: an index of CLASSES
  <part>_votes    [n, 10] float32, the votes in the order of VOTES; zeros where FER+ has no row
  <part>_copies   [n] float32, how many times the picture stands in the set
  <part>_names    [n] str, the path below fer2013/
"""

import argparse
import csv
import hashlib
import io
import pathlib
import tarfile

import numpy as np

CLASSES = ["angry", "disgust", "fear", "happy", "neutral", "sad", "surprise"]
VOTES = ["neutral", "happiness", "surprise", "sadness", "anger", "disgust", "fear", "contempt",
         "unknown", "NF"]
OF_CLASSES = [VOTES.index(v) for v in ("anger", "disgust", "fear", "happiness", "neutral", "sadness", "surprise")]
CONTEMPT = VOTES.index("contempt")
LEFT_OUT = -1  # the majority rule keeps no such face
NO_CLASS = 7  # the majority's choice is contempt, which the network cannot say


def image_files(path):
    """(path below fer2013/, bytes) of every picture, in the order of the names."""
    path = pathlib.Path(path)
    if path.is_dir():
        root = path / "fer2013" if (path / "fer2013").is_dir() else path
        found = [(file.relative_to(root).as_posix(), file.read_bytes()) for file in root.rglob("*.jpg")]
    else:
        with tarfile.open(path) as archive:
            found = [(member.name.removeprefix("./").removeprefix("fer2013/"), archive.extractfile(member).read())
                     for member in archive if member.name.endswith(".jpg")]
    return sorted(found)


def read_votes(path):
    """Picture to (votes [10], copies)."""
    with open(path, newline="", encoding="utf-8") as file:
        return {row["file"]: (np.array([float(row[v]) for v in VOTES], "f4"), float(row["copies"]))
                for row in csv.DictReader(file)}


def majority(votes, copies):
    """The FER+ paper's majority label of each face: an index of CLASSES, NO_CLASS or LEFT_OUT.

    Single votes are dropped (counts up to `copies`, where several copies' votes were added); the
    first choice must hold more than half of what is left, and be one of the eight emotions.
    Barsoum et al. 2016, <https://arxiv.org/abs/1608.01041>.
    """
    kept = np.where(votes > copies[:, None], votes, 0)
    first = kept.argmax(1)
    sure = (kept.max(1) * 2 > kept.sum(1)) & (first <= CONTEMPT)
    to_class = np.full(len(VOTES), NO_CLASS)
    to_class[OF_CLASSES] = np.arange(len(CLASSES))
    return np.where(sure, to_class[first], LEFT_OUT)


def shares(votes):
    """[n, 7]: the seven emotions' share of the votes for one of them; zeros where there is none."""
    seven = votes[:, OF_CLASSES]
    return seven / np.maximum(seven.sum(1, keepdims=True), 1)


def not_a_face(votes):
    """True where most voters saw no face, and where FER+ has no row (it holds no face there)."""
    return votes[:, VOTES.index("NF")] * 2 >= votes.sum(1)


def targets(label, votes, labels, weight=0.75):
    """What to train for, [n, 7], and which faces have it, [n] bool.

    `labels` is `fer2013` (one-hot), `ferplus` (the votes' shares) or `mixed`: `weight` times the
    shares and the rest one-hot.
    """
    weight = {"fer2013": 0.0, "ferplus": 1.0, "mixed": weight}[labels]
    one_hot = np.eye(len(CLASSES), dtype="f4")[label]
    has = shares(votes).sum(1) > 0
    usable = ~not_a_face(votes) & has if weight else ~not_a_face(votes)
    return (weight * shares(votes) + (1 - weight) * one_hot).astype("f4"), usable


def pack(images, votes):
    """The arrays of the packed file; pictures of validation do not stand in training."""
    from PIL import Image

    rows = read_votes(votes)
    files = image_files(images)
    validation = {hashlib.sha256(data).digest() for name, data in files if name.startswith("validation/")}
    arrays = {}
    for part in ("train", "validation"):
        chosen = [(name, data) for name, data in files if name.startswith(f"{part}/") and (
            part == "validation" or hashlib.sha256(data).digest() not in validation)]
        nothing = (np.zeros(len(VOTES), "f4"), 1.0)
        arrays |= {
            f"{part}_faces": np.stack([np.asarray(Image.open(io.BytesIO(d)).convert("L")) for _, d in chosen]),
            f"{part}_label": np.array([CLASSES.index(name.split("/")[1]) for name, _ in chosen]),
            f"{part}_votes": np.stack([rows.get(name, nothing)[0] for name, _ in chosen]),
            f"{part}_copies": np.array([rows.get(name, nothing)[1] for name, _ in chosen], "f4"),
            f"{part}_names": np.array([name for name, _ in chosen]),
        }
    return arrays


def load(path, part):
    """`part` of a packed file as a dict: faces, label, votes, copies, names."""
    with np.load(path) as file:
        return {key: file[f"{part}_{key}"] for key in ("faces", "label", "votes", "copies", "names")}


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--images", required=True, help="the archive or the folder")
    p.add_argument("--votes", required=True, help="ferplus.csv")
    p.add_argument("--output", required=True, help="the .npz to write")
    options = p.parse_args()
    arrays = pack(options.images, options.votes)
    np.savez(options.output, **arrays)
    for part in ("train", "validation"):
        votes, label = arrays[f"{part}_votes"], arrays[f"{part}_label"]
        chosen = majority(votes, arrays[f"{part}_copies"])
        print(f"{part}: {len(label)} faces, {not_a_face(votes).sum()} of them no face to the voters;"
              f" majority: {(chosen != LEFT_OUT).sum()} stay, {(chosen == NO_CLASS).sum()} contempt;"
              f" by FER2013's label {np.bincount(label).tolist()}")


if __name__ == "__main__":
    main()
