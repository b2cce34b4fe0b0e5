"""Compares `mood-cli faces` with OpenCV's FaceDetectorYN on the same network.

Needs opencv-python-headless, scikit-image and matplotlib; the ONNX file is YuNet's own
(github.com/ShiqiYu/libfacedetection.train, onnx/yunet_n_640_640.onnx).
"""

import argparse
import json
import pathlib
import subprocess
import sys
import tempfile

import cv2
import matplotlib.cbook
import numpy as np
import skimage.data

SIZES = [(160, 120), (320, 240), (321, 243), (640, 480), (800, 600), (1000, 333), (333, 1000),
         (1280, 720), (1920, 1080)]  # fmt: skip


def portraits():
    path = matplotlib.cbook.get_sample_data("grace_hopper.jpg", asfileobj=False)
    return {"astronaut": skimage.data.astronaut()[:, :, ::-1].copy(), "hopper": cv2.imread(str(path))}


def scene(width, height, count, seed):
    """Portraits of random sizes at random places, later ones over earlier ones."""
    random = np.random.default_rng(seed)
    faces = list(portraits().values())
    picture = np.full((height, width, 3), random.integers(0, 256, 3), np.uint8)
    for _ in range(count):
        face = faces[random.integers(2)]
        side = random.integers(40, max(41, min(width, height) * 3 // 4))
        size = (side, side * face.shape[0] // face.shape[1])
        face = cv2.resize(face, size, interpolation=cv2.INTER_AREA)[:height, :width]
        y = random.integers(0, height - face.shape[0] + 1)
        x = random.integers(0, width - face.shape[1] + 1)
        picture[y : y + face.shape[0], x : x + face.shape[1]] = face
    return picture


def pictures():
    result = portraits()
    for width, height in SIZES:
        for count in (1, 4, 12):
            result[f"scene_{width}x{height}_{count}"] = scene(width, height, count, width + count)
        random = np.random.default_rng(width)
        result[f"noise_{width}x{height}"] = random.integers(0, 256, (height, width, 3), np.uint8)
        result[f"empty_{width}x{height}"] = np.full((height, width, 3), width % 256, np.uint8)
    return result


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("onnx")
    parser.add_argument("--program", default=".build/release/mood-cli")
    parser.add_argument("--weights", default="Weights/face.safetensors")
    parser.add_argument("--threshold", type=float, default=0.6)
    parser.add_argument("arguments", nargs="*", help="more arguments for the program")
    arguments = parser.parse_args()

    cases = pictures()
    with tempfile.TemporaryDirectory() as folder:
        paths = [str(pathlib.Path(folder, f"{name}.png")) for name in cases]
        for path, picture in zip(paths, cases.values()):
            cv2.imwrite(path, picture)
        run = subprocess.run(
            [arguments.program, "faces", "--json", "--face-weights", arguments.weights,
             "--face-threshold", str(arguments.threshold), "--max-side", "16384",
             "--other-scales", "never", *arguments.arguments, *paths],
            stdout=subprocess.PIPE, text=True, check=True)  # fmt: skip
    lines = [json.loads(line) for line in run.stdout.splitlines()]

    worst, total, failures = np.zeros(3), 0, []
    for (name, picture), line in zip(cases.items(), lines, strict=True):
        detector = cv2.FaceDetectorYN.create(
            arguments.onnx, "", picture.shape[1::-1], arguments.threshold, 0.3, 5000)  # fmt: skip
        theirs = detector.detect(picture)[1]
        theirs = np.zeros((0, 15)) if theirs is None else theirs
        ours = np.array(
            [[*f["box"], *np.ravel(f["landmarks"]), f["score"]] for f in line["faces"]]
        ).reshape(-1, 15)
        if ours.shape != theirs.shape:
            failures.append(f"{name}: {len(ours)} faces, OpenCV {len(theirs)}")
            continue
        total += len(ours)
        for mine in ours:  # equal scores may stand in another order
            other = theirs[np.abs(theirs - mine).max(1).argmin()]
            error = np.abs(mine - other)
            found = np.array([error[:4].max(), error[4:14].max(), error[14]])
            worst = np.maximum(worst, found)
            if (found > (0.5, 0.5, 1e-4)).any():
                failures.append(f"{name}: {mine[:4]} {mine[14]}, OpenCV {other[:4]} {other[14]}")
    print(f"{len(cases)} pictures, {total} faces, OpenCV {cv2.__version__}: worst difference of a "
          f"box {worst[0]:.1e} px, a landmark {worst[1]:.1e} px, a score {worst[2]:.1e}")  # fmt: skip
    print("\n".join(failures) or "the same faces everywhere")
    sys.exit(bool(failures))


if __name__ == "__main__":
    main()
