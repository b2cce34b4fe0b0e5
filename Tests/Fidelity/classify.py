"""Compares `mood-cli classify` with the pipeline of training: Pillow reads, greys and resizes, Keras computes.

    python Tests/Fidelity/classify.py --cli .build/release/mood-cli [PHOTOS or folders of them]
"""

import argparse
import json
import os
import pathlib
import subprocess
import sys

import numpy as np
from PIL import Image
from safetensors import safe_open

os.environ.setdefault("KERAS_BACKEND", "tensorflow")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")
sys.path.insert(0, str(pathlib.Path(__file__).parents[2] / "Weights"))
import evaluate_keras  # noqa: E402
import fer  # noqa: E402
import keras_network  # noqa: E402
import measures  # noqa: E402


def classify(arguments, tta, read_out):
    """The command line's answers, one for each photo."""
    text = subprocess.run(
        [arguments.cli, "classify", "--jsonl", "--face", "none", "--weights", arguments.weights,
         "--tta", tta, "--read-out", read_out, *arguments.photos],
        stdout=subprocess.PIPE, text=True, check=True).stdout  # fmt: skip
    return [json.loads(line) for line in text.splitlines()]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cli", default=".build/release/mood-cli")
    parser.add_argument("--weights", default="Weights/mood.safetensors")
    parser.add_argument("--bound", type=float, default=1e-3)
    parser.add_argument("photos", nargs="*",
                        default=["Examples/eileen_collins.jpg", "Examples/grace_hopper.jpg"])  # fmt: skip
    arguments = parser.parse_args()

    network, temperature = keras_network.load(arguments.weights)
    with safe_open(arguments.weights, framework="numpy") as file:
        adjustment = np.array(json.loads(file.metadata()["logit_adjustment"]))
    side, failures = network.input_shape[1], 0
    for tta in ("none", "flip"):
        for read_out, summand in (("calibrated", 0), ("balanced", adjustment)):
            answers = classify(arguments, tta, read_out)
            ours = np.array([[a["probabilities"][c] for c in fer.CLASSES] for a in answers])
            faces = np.stack([np.asarray(Image.open(a["id"]).convert("L").resize((side, side), Image.BICUBIC))
                              for a in answers])  # fmt: skip
            theirs = measures.softmax(evaluate_keras.logits(network, faces, tta) / temperature + summand)
            worst = np.abs(ours - theirs).max(1)
            print(f"{len(answers)} photos, {tta}, {read_out}: probabilities differ by {worst.max():.1e} at most "
                  f"({answers[worst.argmax()]['id']}), first choices by {(ours.argmax(1) != theirs.argmax(1)).sum()}")  # fmt: skip
            failures += int(worst.max() > arguments.bound)
    sys.exit(failures)


if __name__ == "__main__":
    main()
