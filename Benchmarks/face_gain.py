"""What finding the face gains: moods of FER2013 faces pasted into larger pictures.

Needs opencv-python-headless, scikit-image (backgrounds) and FER2013 (Weights/get_fer2013.md says
where to get it); no picture of it leaves the temporary folder. Compares, on the same faces,

  whole    the whole picture shown to the network (--face none)
  finder   the face that the finder sees (--face largest)
  crop     the face alone, as the set has it (--face none on the 48×48 picture)

and counts faces found, missed and invented beside OpenCV's FaceDetectorYN on the same network.
"""

import argparse
import io
import json
import pathlib
import random
import subprocess
import tarfile
import tempfile

import cv2
import numpy as np
import skimage.data

CLASSES = ("angry", "disgust", "fear", "happy", "neutral", "sad", "surprise")
PHOTOS = ("chelsea", "coffee", "rocket", "brick", "grass", "gravel", "hubble_deep_field")
WIDTH, HEIGHT = 640, 480


def validation_faces(path, count, seed):
    """(label, 48×48 BGR) of `count` faces of each class."""
    by_class = {name: [] for name in CLASSES}
    with tarfile.open(path) as archive:
        for member in archive:
            parts = member.name.split("/")
            if "validation" in parts and member.name.endswith(".jpg"):
                by_class[parts[-2]].append((member.name, archive.extractfile(member).read()))
    draw = random.Random(seed)
    for label, files in by_class.items():
        for _, data in draw.sample(sorted(files), min(count, len(files))):
            yield label, cv2.imdecode(np.frombuffer(io.BytesIO(data).getvalue(), np.uint8), 1)


def backgrounds(draw):
    """Endless backgrounds: photographs and drawn ones in turn."""
    photos = []
    for name in PHOTOS:
        try:
            photo = getattr(skimage.data, name)()
        except Exception:  # some are fetched from the network at their first use
            continue
        photo = np.repeat(photo[:, :, None], 3, 2) if photo.ndim == 2 else photo[:, :, ::-1]
        photos.append(cv2.resize(photo, (WIDTH, HEIGHT), interpolation=cv2.INTER_AREA))
    while True:
        yield "photo", photos[draw.integers(len(photos))].copy()
        colours = draw.integers(0, 256, (2, 3))
        slope = (np.mgrid[0:HEIGHT, 0:WIDTH] * draw.normal(0, 1 / 300, (2, 1, 1))).sum(0)[..., None]
        picture = colours[0] + (np.sin(slope * draw.uniform(1, 9)) + 1) / 2 * (colours[1] - colours[0])
        noise = cv2.resize(draw.normal(0, 30, (48, 64, 3)), (WIDTH, HEIGHT))
        yield "drawn", np.clip(picture + noise, 0, 255).astype(np.uint8)


def paste(face, background, draw):
    """The face, 64 to 256 pixels wide, with a soft edge; and its place."""
    side = int(draw.integers(64, 257))
    x, y = int(draw.integers(0, WIDTH - side + 1)), int(draw.integers(0, HEIGHT - side + 1))
    patch = cv2.resize(face, (side, side), interpolation=cv2.INTER_CUBIC)
    edge = np.minimum(np.arange(side), np.arange(side)[::-1]) / (side / 16)
    mask = np.minimum(1, np.minimum.outer(edge, edge))[..., None]
    part = background[y : y + side, x : x + side]
    background[y : y + side, x : x + side] = patch * mask + part * (1 - mask)
    return background, (x, y, side, side)


def scenes(images, count, seed):
    """For `count` faces of each class: label, 48×48 face, kind of background, picture, the face's place in it."""
    draw = np.random.default_rng(seed)
    endless = backgrounds(draw)
    for label, face in validation_faces(images, count, seed):
        kind, background = next(endless)
        yield label, face, kind, *paste(face, background, draw)


def run(program, *arguments):
    result = subprocess.run([program, *arguments], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                            text=True, check=False)  # fmt: skip
    return [json.loads(line) for line in result.stdout.splitlines()]


def count_faces(found, place):
    """(1 if the pasted face is among them, how many others there are)."""
    x, y, w, h = place
    hits = [x < bx + bw / 2 < x + w and y < by + bh / 2 < y + h and 0.4 < bw / w < 1.3
            for bx, by, bw, bh in found]  # fmt: skip
    return int(any(hits)), len(hits) - int(any(hits))


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)  # fmt: skip
    parser.add_argument("images", help="fer2013.tar.xz")
    parser.add_argument("onnx", help="yunet_n_640_640.onnx, for OpenCV")
    parser.add_argument("--program", default=".build/release/mood-cli")
    parser.add_argument("--count", type=int, default=50, help="faces of each class")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()

    labels, kinds, places, tight, large = [], [], [], [], []
    with tempfile.TemporaryDirectory() as folder:
        for label, face, kind, picture, place in scenes(
            arguments.images, arguments.count, arguments.seed
        ):
            number = len(labels)
            tight.append(str(pathlib.Path(folder, f"{number}-crop.png")))
            large.append(str(pathlib.Path(folder, f"{number}.png")))
            cv2.imwrite(tight[-1], face)
            cv2.imwrite(large[-1], picture)
            labels.append(label), kinds.append(kind), places.append(place)

        program = arguments.program
        answers = {
            "whole": run(program, "classify", "--json", "--face", "none", *large),
            "finder": run(program, "classify", "--json", "--face", "largest", *large),
            "crop": run(program, "classify", "--json", "--face", "none", *tight),
        }
        ours = run(program, "faces", "--json", "--other-scales", "never", *large)
        detector = cv2.FaceDetectorYN.create(arguments.onnx, "", (WIDTH, HEIGHT), 0.6, 0.3, 5000)
        theirs = [detector.detect(cv2.imread(path))[1] for path in large]

    print(f"{len(labels)} faces of the validation part, 64 to 256 pixels wide in {WIDTH}×{HEIGHT}")
    print("| shown to the network | all | photographs | drawn backgrounds |\n| --- | --- | --- | --- |")
    for name, lines in answers.items():
        right = np.array([line.get("mood") == label for line, label in zip(lines, labels, strict=True)])
        shares = [right.mean()] + [right[np.array(kinds) == k].mean() for k in ("photo", "drawn")]
        print(f"| {name} | " + " | ".join(f"{100 * s:.1f} %" for s in shares) + " |")
    print("| detector | faces found | false positives |\n| --- | --- | --- |")
    mine = [count_faces([f["box"] for f in line["faces"]], p) for line, p in zip(ours, places)]
    other = [count_faces([] if f is None else f[:, :4], p) for f, p in zip(theirs, places)]
    for name, counts in (("mood-cli faces", mine), (f"OpenCV {cv2.__version__}", other)):
        found, extra = np.sum(counts, axis=0)
        print(f"| {name} | {found} of {len(labels)} | {extra} |")


if __name__ == "__main__":
    main()
