"""Which square around a found face serves the network best: FER2013 faces pasted into larger pictures.

The pictures are those of face_gain.py. Each rule cuts the largest face that `mood-cli faces` finds,
and the network is shown that square alone; so it is seen what the rules of a weight file's
`face_crop` do (Weights/FORMAT.md), and what turning the face upright by its eyes would.
Needs opencv-python-headless, scikit-image and FER2013; no picture of it leaves the temporary folder.
"""

import argparse
import math
import pathlib
import tempfile

import cv2
import numpy as np

import face_gain

# What of the box the side follows, how many times that, and whether the eyes are made level.
RULES = [
    ("width", 1.23, False), ("width", 1.1, False), ("width", 1.35, False), ("height", 0.92, False),
    ("height", 1.0, False), ("area", 1.06, False), ("area", 1.15, False), ("width", 1.23, True),
]  # fmt: skip


def cut(picture, face, rule):
    """The square of a rule, as large as it is in the picture."""
    measure, factor, is_turned = rule
    x, y, width, height = face["box"]
    side = factor * {"width": width, "height": height, "area": math.sqrt(width * height)}[measure]
    (lx, ly), (rx, ry) = face["landmarks"][:2]
    angle = math.degrees(math.atan2(ry - ly, rx - lx)) if is_turned else 0
    centre = (x + width / 2, y + height / 2)
    matrix = cv2.getRotationMatrix2D(centre, angle, 1)
    matrix[:, 2] += side / 2 - np.array(centre)
    return cv2.warpAffine(
        picture, matrix, (round(side), round(side)), flags=cv2.INTER_CUBIC,
        borderMode=cv2.BORDER_REPLICATE)  # fmt: skip


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)  # fmt: skip
    parser.add_argument("images", help="fer2013.tar.xz")
    parser.add_argument("--program", default=".build/release/mood-cli")
    parser.add_argument("--weights", default="Weights/mood.safetensors")
    parser.add_argument("--count", type=int, default=100, help="faces of each class")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()

    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)

        def moods(pictures, name):
            paths = []
            for number, picture in enumerate(pictures):
                paths.append(str(folder / f"{name}-{number}.png"))
                cv2.imwrite(paths[-1], picture)
            lines = face_gain.run(
                arguments.program, "classify", "--json", "--face", "none", "--weights",
                arguments.weights, *paths)  # fmt: skip
            return np.array([line.get("mood") for line in lines])

        labels, tight, large, paths = [], [], [], []
        for label, face, _, picture, _ in face_gain.scenes(
            arguments.images, arguments.count, arguments.seed
        ):
            labels.append(label), tight.append(face), large.append(picture)
            paths.append(str(folder / f"{len(paths)}.png"))
            cv2.imwrite(paths[-1], picture)
        found = face_gain.run(arguments.program, "faces", "--json", *paths)
        faces = [max(line["faces"], key=lambda f: f["box"][2] * f["box"][3], default=None)
                 for line in found]  # fmt: skip
        kept = [i for i, face in enumerate(faces) if face]
        labels = np.array(labels)[kept]
        ideal = moods([tight[i] for i in kept], "crop")

        print(f"{len(kept)} faces that were found, of {len(faces)}")
        print("| square | right by FER2013's label | same mood as for FER2013's own crop |")
        print("| --- | --- | --- |")
        print(f"| FER2013's own crop | {100 * (ideal == labels).mean():.1f} % | |")
        for number, rule in enumerate(RULES):
            answers = moods([cut(large[i], faces[i], rule) for i in kept], f"rule{number}")
            turned = ", eyes level" if rule[2] else ""
            print(f"| {rule[1]} × {rule[0]}{turned} | {100 * (answers == labels).mean():.1f} % "
                  f"| {100 * (answers == ideal).mean():.1f} % |")  # fmt: skip


if __name__ == "__main__":
    main()
