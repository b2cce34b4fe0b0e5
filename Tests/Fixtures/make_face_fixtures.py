"""Faces as OpenCV's FaceDetectorYN finds them. Needs opencv-python-headless, scikit-image, matplotlib.

The pictures hold two public-domain portraits: scikit-image's astronaut (NASA) and matplotlib's
grace_hopper (US Navy).
"""

import argparse
import pathlib
import sys

import cv2
import matplotlib.cbook
import numpy as np
import skimage.data

HERE = pathlib.Path(__file__).parent
sys.path.insert(0, str(HERE.parents[1] / "Weights"))
import safetensors_writer  # noqa: E402


def pictures():
    """Name → BGR picture."""
    astronaut = skimage.data.astronaut()[:, :, ::-1]
    path = matplotlib.cbook.get_sample_data("grace_hopper.jpg", asfileobj=False)
    hopper = cv2.imread(str(path))

    def small(picture, width):
        height = width * picture.shape[0] // picture.shape[1]
        return cv2.resize(picture, (width, height), interpolation=cv2.INTER_AREA)

    group = np.full((128, 224, 3), (90, 120, 70), np.uint8)
    for picture, width, x, y in [(astronaut, 100, 4, 20), (hopper, 90, 112, 12), (hopper, 40, 184, 76)]:
        patch = small(picture, width)[:, : 224 - x]
        group[y : y + patch.shape[0], x : x + patch.shape[1]] = patch
    noise = np.random.default_rng(1).integers(0, 256, (64, 96, 3), np.uint8)
    return {"group": group, "odd": small(hopper, 75)[:, :73], "noise": noise}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("onnx", help="yunet_n_640_640.onnx")
    arguments = parser.parse_args()
    arrays, entries = {}, []
    for name, picture in pictures().items():
        height, width = picture.shape[:2]
        detector = cv2.FaceDetectorYN.create(arguments.onnx, "", (width, height), 0.3, 0.3, 5000)
        faces = detector.detect(picture)[1]
        faces = np.zeros((0, 15), np.float32) if faces is None else faces
        print(name, picture.shape, len(faces))
        arrays[f"{name}/pixels"] = picture[:, :, ::-1]
        arrays[f"{name}/faces"] = faces
        entries.append((f"{name}/pixels", "U8", picture.shape))
        if len(faces):
            entries.append((f"{name}/faces", "F32", faces.shape))
    metadata = {
        "script": "make_face_fixtures.py",
        "seed": "1",
        "versions": f"opencv {cv2.__version__}, numpy {np.__version__}",
        "threshold": "0.3",
    }
    (HERE / "Faces").mkdir(exist_ok=True)
    safetensors_writer.write(
        HERE / "Faces" / "pictures.safetensors", entries, metadata, arrays.__getitem__
    )


if __name__ == "__main__":
    main()
