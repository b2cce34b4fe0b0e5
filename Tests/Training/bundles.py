#!/usr/bin/env python3
"""Makes a bundle of faces of noise, trains inside it, kills that, and joins what is left; two minutes on two cores.

  pip install -r Weights/requirements.txt
  python Tests/Training/bundles.py

The bundle's faces must come out as they went in. The killed run must leave results that join. A damaged part, a
missing one and a missing list must be refused by name. A slow machine must drop the plan's steps in their order.
"""

import csv
import pathlib
import signal
import subprocess
import sys
import tempfile
import time

import numpy as np
from PIL import Image

WEIGHTS = pathlib.Path(__file__).parents[2] / "Weights"
sys.path.insert(0, str(WEIGHTS))
import accelerator
import fer
import plan
import results

STEP = "trial size=32 labels=ferplus seed=1 from=scratch rate=1e-3 share=1 drop=0 compile=yes"


def make_faces(folder):
    """A data set in FER2013's form: folders of JPEGs, and votes."""
    random, rows = np.random.default_rng(2), []
    for part, count in (("train", 12), ("validation", 3)):
        for label, name in enumerate(fer.CLASSES):
            for index in range(count):
                face = Image.fromarray(random.integers(0, 256, (6, 6), dtype="u1")).resize((48, 48), Image.BICUBIC)
                path = folder / "fer2013" / part / name / f"{index}.jpg"
                path.parent.mkdir(parents=True, exist_ok=True)
                face.save(path, quality=90)
                votes = np.zeros(len(fer.VOTES), int)
                votes[fer.OF_CLASSES[label]] = 10
                rows.append([f"{part}/{name}/{index}.jpg", *votes, 1])
    with open(folder / "ferplus.csv", "w", newline="") as file:
        csv.writer(file).writerows([["file", *fer.VOTES, "copies"], *rows])
    return folder / "fer2013", folder / "ferplus.csv"


def refusal(folder):
    try:
        results.read(folder)
    except results.ResultsError as error:
        return str(error)
    return ""


def claims(folder):
    """(claim, whether it holds) of each."""
    images, votes = make_faces(folder)
    subprocess.run([sys.executable, WEIGHTS / "bundle.py", "make", "--images", images, "--votes", votes, "--output",
                    folder / "bundle", "--no-wheels"], check=True, stdout=subprocess.DEVNULL)
    packed, found = fer.pack(images, votes), accelerator.read_bundle(folder / "bundle")
    yield "the bundle's faces, labels and votes are those that went in", all(
        np.array_equal(packed[f"{part}_{key}"], found[part][key])
        for part in found for key in ("faces", "label", "votes", "copies"))

    home = folder / "results"
    run = subprocess.Popen([sys.executable, folder / "bundle" / "bundle.py", "train", "--output", home, "--minutes", "10",
                            "--every", "3", "--batch", "14", "--step", STEP], cwd=folder, stdout=subprocess.DEVNULL)
    deadline = time.monotonic() + 120
    while not (home / results.LIST).exists() and run.poll() is None and time.monotonic() < deadline:
        time.sleep(0.2)
    time.sleep(3)
    run.send_signal(signal.SIGKILL)
    run.wait()
    files, document = results.read(home)
    yield "a killed run leaves weights that join", len(files["votes"]) > 40 << 20 and not document["finished"]
    sizes = [path.stat().st_size for path in home.iterdir()]
    yield f"its {len(sizes)} files of at most {max(sizes):,} bytes are few and small enough", (
        len(sizes) <= results.FILES and max(sizes) <= results.PART)

    part = home / "weights-2.part"
    data = part.read_bytes()
    part.write_bytes(data[:100] + bytes([data[100] ^ 1]) + data[101:])
    yield "a part with one bit turned is refused by name", "weights-2.part" in refusal(home)
    part.unlink()
    yield "a missing part is refused by name", "weights-2.part cannot be read" in refusal(home)
    (home / results.LIST).write_text("{}")
    yield "a damaged list is refused", "damaged" in refusal(home)
    (home / results.LIST).unlink()
    yield "a missing list is refused", "no results" in refusal(home)

    steps = [plan.parse(line) for line in plan.TEN_MINUTES]
    names = lambda epochs: [step.name for step in plan.fitted(steps, epochs)]
    yield "a fast machine drops nothing", len(names(200)) == 4
    yield "a slower one drops the labels, then the second seed, then 112 pixels", (
        names(145) == ["votes-96", "second-96", "votes-112"] and names(100) == ["votes-96", "votes-112"]
        and names(60) == ["votes-96"] and names(1) == ["votes-96"])

    now = [100.0]
    clock = plan.Clock(share=0.5, deadline=200.0, measuring=10.0, now=lambda: now[0])
    first = clock(0.0, 0)
    now[0] = 150.0
    yield "a step's share is counted from its first step", first == 0 and clock(20.0, 0) == 0.5 and clock(40.0, 0) == 1


def main():
    failed = False
    with tempfile.TemporaryDirectory() as temporary:
        for claim, holds in claims(pathlib.Path(temporary)):
            failed |= not holds
            print(f"{'holds' if holds else 'FAILS'}: {claim}", flush=True)
    return failed


if __name__ == "__main__":
    sys.exit(main())
