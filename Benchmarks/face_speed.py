"""Times the face finder beside OpenCV and ONNX Runtime: one picture, 640×480, in turns.

Needs opencv-python-headless, onnxruntime and onnx. The picture is a portrait on grey. OpenCV's and
mood-cli's times are of the whole search (padding, network, decoding, suppression), ONNX Runtime's
of the network alone.
"""

import argparse
import re
import subprocess
import tempfile
import time

import cv2
import numpy as np
import onnx
import onnxruntime

WIDTH, HEIGHT = 640, 480


def network(path, threads):
    """An ONNX Runtime session for the picture's size; the file is for 640×640."""
    model = onnx.load(path)
    extents = next(v for v in model.graph.input if v.name == "input").type.tensor_type.shape.dim
    extents[2].dim_value, extents[3].dim_value = HEIGHT, WIDTH
    for output in model.graph.output:
        output.type.tensor_type.ClearField("shape")
    del model.graph.value_info[:]
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    return onnxruntime.InferenceSession(
        model.SerializeToString(), options, providers=["CPUExecutionProvider"])  # fmt: skip


def times(work, count):
    found = []
    for _ in range(count):
        start = time.perf_counter()
        work()
        found.append(1e3 * (time.perf_counter() - start))
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("onnx", help="yunet_n_640_640.onnx")
    parser.add_argument("--program", default=".build/release/mood-cli")
    parser.add_argument("--photo", default="Examples/grace_hopper.jpg")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()

    picture = np.full((HEIGHT, WIDTH, 3), 100, np.uint8)
    portrait = cv2.imread(arguments.photo)
    picture[40 : 40 + portrait.shape[0], 200 : 200 + portrait.shape[1]] = portrait
    cv2.setNumThreads(arguments.threads)
    detector = cv2.FaceDetectorYN.create(arguments.onnx, "", (WIDTH, HEIGHT), 0.6, 0.3, 5000)
    session = network(arguments.onnx, arguments.threads)
    values = {"input": picture.transpose(2, 0, 1)[None].astype(np.float32)}
    found = {"OpenCV " + cv2.__version__: [], "ONNX Runtime " + onnxruntime.__version__: [],
             "mood-cli faces": []}  # fmt: skip
    with tempfile.NamedTemporaryFile(suffix=".png") as file:
        cv2.imwrite(file.name, picture)
        for _ in range(arguments.rounds):
            one, two, three = found.values()
            one += times(lambda: detector.detect(picture), 60)
            two += times(lambda: session.run(None, values), 60)
            run = subprocess.run(
                [arguments.program, "faces", "--repeat", "60", "--threads",
                 str(arguments.threads), file.name],
                capture_output=True, text=True, check=True)  # fmt: skip
            three += [float(number) for number in re.findall(r"([\d.]+) ms", run.stderr)]
    print(f"{WIDTH}×{HEIGHT}, {arguments.threads} threads, {arguments.rounds} rounds of 60 in turns\n")
    print("| | least | median |\n| --- | --- | --- |")
    for name, values in found.items():
        print(f"| {name} | {min(values):.2f} ms | {np.median(values):.2f} ms |")


if __name__ == "__main__":
    main()
