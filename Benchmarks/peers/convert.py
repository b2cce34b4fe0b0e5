"""Builds the report's network in Keras with random weights and converts it for each peer.

Writes to the folder given: mood.safetensors (this package), saved (TensorFlow), model.onnx
(ONNX Runtime, OpenVINO), model.tflite (LiteRT), model.keras, weights.npz (PyTorch), model.ncnn.*,
and expected.npz: eight inputs and Keras's probabilities for them.
"""

import os
import pathlib
import subprocess
import sys

os.environ.setdefault("KERAS_BACKEND", "tensorflow")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "Weights"), str(ROOT / "Tests/Fidelity")]

import keras
import numpy as np
import tensorflow as tf
from tensorflow.python.framework.convert_to_constants import convert_variables_to_constants_v2

import keras_models

SIDE = int(os.environ.get("SIDE", "224"))


def main(folder):
    folder.mkdir(parents=True, exist_ok=True)
    random = np.random.RandomState(20_240)
    network = keras_models.report_network(keras, SIDE)
    keras_models.randomize(network, random)
    inputs = random.uniform(0, 1, (8, SIDE, SIDE, 3)).astype("f4")
    np.savez(folder / "expected.npz", inputs=inputs, probabilities=network.predict(inputs, verbose=0))
    arrays = {name: v.numpy() for name, v in keras_models.variables(network).items()}
    np.savez(folder / "weights.npz", **arrays)
    network.save(folder / "model.keras")
    network.save(folder / "model.h5")
    subprocess.run(
        [sys.executable, ROOT / "Weights/export_keras.py", folder / "model.h5", "--output",
         folder / "mood.safetensors"], check=True)

    # Inference only, frozen into one function of [N, side, side, 3].
    @tf.function(input_signature=[tf.TensorSpec([None, SIDE, SIDE, 3], tf.float32, name="x")])
    def forward(x):
        return {"y": network(x, training=False)}

    module = tf.Module()
    module.network = network
    module.forward = forward

    def saved():
        tf.saved_model.save(module, str(folder / "saved"), signatures=forward)

    def litert():
        # LiteRT is fast, and right, with constants only.
        frozen = convert_variables_to_constants_v2(forward.get_concrete_function())
        converter = tf.lite.TFLiteConverter.from_concrete_functions([frozen], module)
        (folder / "model.tflite").write_bytes(converter.convert())

    def onnx():
        subprocess.run(
            [sys.executable, "-m", "tf2onnx.convert", "--saved-model", folder / "saved", "--output",
             folder / "model.onnx", "--opset", "17"], check=True)

    def of_ncnn():
        # In a process of its own: TensorFlow and PyTorch in one do not always get along.
        subprocess.run([sys.executable, __file__, folder, "ncnn"], check=True)

    # Each by itself: one that fails takes its own peers out and no others.
    failed = []
    for step in (saved, litert, onnx, of_ncnn):
        try:
            step()
        except Exception as error:
            failed.append(step.__name__)
            print(f"warning: {step.__name__} failed, and what needs it is left out: {error}", file=sys.stderr)
    (folder / "done").write_text("\n".join(failed))


def ncnn(folder):
    import pnnx
    import torch

    import torch_network

    network = torch_network.ReportNetwork(SIDE).load(dict(np.load(folder / "weights.npz"))).eval()
    os.chdir(folder)
    example = torch.zeros(1, 3, SIDE, SIDE)
    pnnx.export(network, "model.pt", (example,), fp16=False)


if __name__ == "__main__":
    if sys.argv[2:] == ["ncnn"]:
        ncnn(pathlib.Path(sys.argv[1]))
    else:
        main(pathlib.Path(sys.argv[1]).resolve())
