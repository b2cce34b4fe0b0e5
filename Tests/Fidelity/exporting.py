#!/usr/bin/env python3
"""Checks what export_keras.py writes into, and what it says, on files of its own making.

Needs h5py and NumPy alone: the files have the tensors of a ResNet50V2, all zeros, and its config.

    python Tests/Fidelity/exporting.py
"""

import json
import os
import pathlib
import stat
import subprocess
import sys
import tempfile
import threading

import h5py
import numpy as np

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "Weights"))

import network

SIDE = 64
failed = []


def expect(holds, claim):
    if not holds:
        failed.append(claim)
    print(f"{'ok  ' if holds else 'FAIL'} {claim}", flush=True)


def layer(kind, name, **settings):
    return {"class_name": kind, "config": {"name": name, **settings}}


def whole(path, front=(), head=(), tensors=()):
    """A whole-model .h5; a tensor that is not written takes no room and reads as zeros."""
    backbone = [layer("InputLayer", "input", batch_shape=[None, SIDE, SIDE, 3]), *front,
                layer("ZeroPadding2D", "conv1_pad", padding=[[3, 3], [3, 3]]),
                layer("Activation", "post_relu", activation="relu")]
    config = {"class_name": "Sequential", "config": {"name": "model", "layers": [*backbone, *head]}}
    with h5py.File(path, "w") as file:
        file.attrs["model_config"] = json.dumps(config)
        for name, shape in (network.backbone_tensors("ResNet50V2") | dict(tensors)).items():
            file.create_dataset(f"model_weights/{name.split('/')[0]}/{name}:0", shape, "<f4")
    return path


def weights_only(path, tensors):
    with h5py.File(path, "w") as file:
        file.attrs["layer_names"] = np.array([], "S1")
        for name, shape in (network.backbone_tensors("ResNet50V2") | tensors).items():
            file.create_dataset(f"{name.split('/')[0]}/{name}:0", shape, "<f4")
    return path


def export(path, output, *options):
    done = subprocess.run([sys.executable, ROOT / "Weights/export_keras.py", path, "--output", output, *options],
                          capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


def outputs(folder, model):
    plain = folder / "plain.safetensors"
    code, _ = export(model, plain)
    content = plain.read_bytes()
    expect(code == 0 and len(content) > 90_000_000, "a new file is written")
    expect(stat.S_IMODE(plain.stat().st_mode) == 0o666 & ~umask(), "a new file has the usual mode")
    plain.write_bytes(b"old")
    plain.chmod(0o600)
    link = folder / "link.safetensors"
    link.symlink_to("plain.safetensors")
    code, _ = export(model, link)
    expect(code == 0 and link.is_symlink() and plain.read_bytes() == content, "a link is followed")
    expect(stat.S_IMODE(plain.stat().st_mode) == 0o600, "an old file keeps its mode")
    dangling = folder / "dangling"
    dangling.symlink_to("target")
    code, _ = export(model, dangling)
    expect(code == 0 and dangling.is_symlink() and (folder / "target").read_bytes() == content,
           "a link to nothing gets its target")
    fifo, read = folder / "fifo", []
    os.mkfifo(fifo)
    reader = threading.Thread(target=lambda: read.append(fifo.read_bytes()))
    reader.start()
    code, _ = export(model, fifo)
    reader.join(20)
    expect(code == 0 and fifo.is_fifo() and read == [content], "a FIFO is written into, and stays")
    code, _ = export(model, "/dev/null")
    expect(code == 0 and stat.S_ISCHR(os.stat("/dev/null").st_mode), "a device is written into, and stays")
    if os.path.exists("/dev/full"):
        expect(export(model, "/dev/full")[0] == 74, "a full device is an error")
    code, _ = export(model, folder / "no" / "such" / "folder")
    expect(code == 74, "a folder that does not exist is an error")
    before = set(folder.iterdir())
    plain.write_bytes(b"old")
    bad = whole(folder / "bad.h5", head=[layer("Dense", "d", units=7, activation="tanh")])
    code, _ = export(bad, plain)
    expect(code == 65 and plain.read_bytes() == b"old" and set(folder.iterdir()) - before == {bad},
           "what fails leaves the old file and nothing else")


def umask():
    value = os.umask(0)
    os.umask(value)
    return value


def sentences(folder):
    dense = layer("Dense", "top", units=7, activation="softmax")
    tensors = {"top/kernel": (2048, 7), "top/bias": (7,)}
    pool = layer("GlobalAveragePooling2D", "pool")

    def says(claim, code, *words, options=(), **parts):
        path = whole(folder / "case.h5", **parts)
        found, text = export(path, "/dev/null", *options)
        expect(found == code and all(word in text for word in words), f"{claim}: {text.strip()[-300:]}")

    for setting, value in ("negative_slope", 0.3), ("max_value", 6.0), ("threshold", 0.5), ("max_value", 0.0):
        says(f"ReLU's {setting}", 65, "re_lu", setting, head=[
            pool, layer("Dense", "d", units=7, activation="linear"), layer("ReLU", "re_lu", **{setting: value})])
    says("max pooling", 65, "max_pool", head=[layer("GlobalMaxPooling2D", "max_pool"), dense])
    says("another activation", 65, "top", "swish", head=[pool, layer("Dense", "top", units=7, activation="swish")])
    says("an activation that is an object", 65, "top", "LeakyReLU", head=[
        pool, layer("Dense", "top", units=7, activation={"class_name": "LeakyReLU", "config": {}})])
    says("RandomCrop", 65, "crop", front=[layer("RandomCrop", "crop")], head=[pool, dense])
    says("a scale per channel", 0, "rescale", "byte * (1, 2, 3) + 0", head=[pool, dense], tensors=tensors, front=[
        layer("Rescaling", "rescale", scale=[1.0, 2.0, 3.0], offset=0)])
    says("a scale in front", 0, "byte * 0.00784314 + -1", "rescale", "--pixel-scale", tensors=tensors, front=[
        layer("RandomFlip", "flip"), layer("Rescaling", "rescale", scale=1 / 127.5, offset=-1)], head=[pool, dense])
    says("a Normalization whose numbers are in the file", 0, "byte * 1e+07 + 0", "n", head=[pool, dense],
         front=[layer("Normalization", "n", axis=[-1], mean=None, variance=None)],
         tensors={**tensors, "n/mean": (3,), "n/variance": (3,)})
    says("a layer in the training's mode", 65, "drop", "training=True", head=[
        pool, {**layer("Dropout", "drop"), "inbound_nodes": [[["pool", 0, 0, {"training": True}]]]}, dense])
    for axis in 1, [2]:
        says(f"a batch norm of axis {axis}", 65, "bn", "axis", head=[
            layer("BatchNormalization", "bn", epsilon=0.001, axis=axis), pool, dense])
    says("--pooling of a whole model", 64, "weights-only", head=[pool, dense], tensors=tensors,
         options=["--pooling", "avg"])
    path = weights_only(folder / "top.h5", tensors)
    code, text = export(path, "/dev/null", "--input-size", "64")
    expect(code == 0 and all(word in text for word in (
        "assumed: pooling GlobalAveragePooling2D", "top softmax", "--pooling",
        "--head GlobalAveragePooling2D:avg_pool,Dense:top:softmax", "--pixel-scale")),
        "a weights-only file: what is assumed is said")
    code, text = export(path, "/dev/null", "--input-size", "64", "--pooling", "max")
    expect(code == 64 and "GlobalMaxPooling2D" in text, "a weights-only file with max pooling is refused")
    code, text = export(path, "/dev/null", "--input-size", "64", "--pooling", "flatten")
    expect(code == 65 and "top/kernel" in text, "a pooling that does not fit is refused")
    code, text = export(path, "/dev/null", "--input-size", "64", "--head", "GlobalAveragePooling2D:p,Dense:top")
    expect(code == 0 and "assumed: pooling" not in text, "--head says it itself")
    saved = folder / "saved"
    saved.mkdir()
    (saved / "saved_model.pb").write_bytes(b"")
    (folder / "ckpt.index").write_bytes(b"")
    for name in "saved", "saved/saved_model.pb", "ckpt", "ckpt.index", "ckpt.data-00000-of-00001":
        code, text = export(folder / name, "/dev/null")
        expect(code == 65 and "model.save('model.keras')" in text, f"{name}: which call is wanted is said")


with tempfile.TemporaryDirectory(prefix="exporting-") as name:
    folder = pathlib.Path(name)
    outputs(folder, whole(folder / "model.h5"))
    sentences(folder)
print(f"{len(failed)} failed")
sys.exit(1 if failed else 0)
