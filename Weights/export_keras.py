#!/usr/bin/env python3
"""Turns a ResNet50V2, 101V2 or 152V2 that Keras saved into a mood weight file (FORMAT.md).

Reads whole models (.h5 of Keras 2 and 3, .keras) and weights-only files (.weights.h5, legacy .h5
as of keras.applications). Needs h5py and NumPy, no TensorFlow; runs nothing that the file holds.

  export_keras.py mood_resnet_model.h5 --output mood.safetensors --dtype fp16
  export_keras.py mood.weights.h5 --output mood.safetensors --input-size 224
  export_keras.py unknown.h5 --list

Layers in front of the network that only scale, shift and reverse channels (Rescaling, Normalization,
preprocess_input of every kind) become the file's pixel scale and offset. What cannot be reproduced exactly is
refused by name.

Exit codes: 0 done, 64 usage, 65 the file's content, 66 no such file, 74 cannot write.
"""

import argparse
import json
import math
import os
import re
import sys

import numpy as np

import front
import head as heads
import network
import safetensors_writer
import weights_only
from keras_file import DataError, open_keras
from weights_only import UsageError, note

VERSION = "1.0"
MOODS = ["angry", "disgust", "fear", "happy", "neutral", "sad", "surprise"]


class Parser(argparse.ArgumentParser):
    def error(self, message):
        self.exit(64, f"{self.prog}: {message}\n")


def number(text):
    """A finite decimal number or a quotient such as 1/127.5."""
    top, slash, bottom = text.replace(" ", "").partition("/")
    divisor = float(bottom) if slash else 1.0
    if divisor == 0 or not math.isfinite(float(top) / divisor):
        raise ValueError
    return float(top) / divisor


def size(text):
    """`224`, `96x64` (height x width) or `any`."""
    if text == "any":
        return None, None
    match = re.fullmatch(r"(\d{1,4})(?:x(\d{1,4}))?", text)
    sides = match and (int(match[1]), int(match[2] or match[1]))
    if not match or not all(32 <= side <= 4096 for side in sides):
        raise ValueError
    return sides


def numbers(text):
    """Decimal numbers separated by commas."""
    return [number(part) for part in text.split(",")]


def labels(text):
    """Names separated by commas, or `@FILE` with one a line."""
    if text.startswith("@"):
        with open(text[1:], encoding="utf-8") as file:
            return file.read().splitlines()
    return [name.strip() for name in text.split(",")]


def parser():
    p = Parser(
        prog="export_keras.py", description=__doc__.split("\n\n")[0], epilog=__doc__.split("\n\n", 2)[2],
        formatter_class=argparse.RawDescriptionHelpFormatter, allow_abbrev=False)
    p.add_argument("file", help="what Keras saved: .h5, .weights.h5 or .keras")
    p.add_argument("--output", metavar="FILE", help="the weight file to write")
    p.add_argument("--list", action="store_true", help="print what is in the file, write nothing")
    p.add_argument("--dtype", choices=("fp32", "fp16"), default="fp32", help="kernels' precision")
    p.add_argument("--pixel-scale", type=number, metavar="X",
                   help="the model's input = byte * scale + offset; default 1/255, or 1 if the model's own"
                   " first layers scale pixels")
    p.add_argument("--pixel-offset", type=number, default=0.0, metavar="X", help="default 0")
    p.add_argument("--color", choices=("rgb", "gray"), default="rgb")
    p.add_argument("--resampling", choices=("bicubic", "bilinear", "nearest", "area"),
                   default="nearest", help="as training resized; default nearest, Keras's own")
    p.add_argument("--class-names", "--classes", type=labels, metavar="A,B,…",
                   help="in output order, or @FILE with one a line; for 7 outputs the moods")
    p.add_argument("--input-size", type=size, metavar="N|HxW|any",
                   help="for files that do not say it: weights only, or a model without fixed size")
    p.add_argument("--head", metavar="LAYERS",
                   help="for weights-only files: none, or Type:name[:activation or epsilon],… as in"
                   " GlobalAveragePooling2D:avg_pool,Dense:predictions:softmax; without it the"
                   " report's head and keras.applications' top are recognised")
    p.add_argument("--pooling", choices=("avg", "flatten", "max"),
                   help="for weights-only files without --head: what stands in front of the first dense"
                   " layer (max is refused: a weight file has no words for it)")
    p.add_argument("--temperature", type=number, metavar="T", help="probabilities = softmax(logits / T)")
    p.add_argument("--abstain-below", type=number, metavar="P", help="0 to 1")
    p.add_argument("--logit-adjustment", type=numbers, metavar="A,B,…",
                   help="for the balanced read-out: softmax(logits / T + adjustment); one number a class, in"
                   " output order, -20 to 20 (as read_out.py fits them; a leading minus needs"
                   " --logit-adjustment=-1,…)")
    p.add_argument("--license", metavar="TEXT")
    p.add_argument("--notes", metavar="TEXT")
    return p


def describe(keras, options):
    """(architecture, (height, width), Head, Front, expected tensors) of an open file, all checked."""
    shapes = {name: tensor.shape for name, tensor in keras.tensors.items()}
    architecture = network.find_architecture(shapes)
    expected = network.backbone_tensors(architecture)
    if keras.config is not None:
        if options.head is not None or options.pooling is not None:
            raise UsageError("--head and --pooling are for weights-only files; this one says its head")
        *found, head, in_front = heads.from_config(keras.config, architecture)
        given = options.input_size or (None, None)
        if any(f and g and f != g for f, g in zip(found, given)):
            raise UsageError(f"--input-size {given}, but the model has {tuple(found)}")
        height, width = (f or g for f, g in zip(found, given))
    else:
        head, in_front = heads.Head(weights_only.head(options, shapes)), front.Front()
        if options.input_size is None:
            raise UsageError("the file does not say its input size: give --input-size")
        height, width = options.input_size
        if options.pixel_scale is None:
            note("a weights-only file does not say how pixels are scaled; assumed: byte * 1/255. To say"
                 " otherwise: --pixel-scale, --pixel-offset")
    expected |= network.head_tensors(head.layers, height, width)
    stored = {name: shape for name, shape in expected.items() if name not in head.constants}
    for dense, norms in head.folded.items():
        for norm in norms:
            stored |= {name: shape for name, shape in network.batch_norm(
                norm["name"], *expected[f"{dense}/bias"]).items() if name not in head.constants}
    network.check_tensors(stored | in_front.tensors, shapes)
    for name, tensor in keras.tensors.items():
        if tensor.dtype.kind != "f" and not is_bfloat16(tensor):
            raise DataError(f"tensor {name} holds {tensor.dtype}, not floating-point numbers")
    return architecture, (height, width), head, in_front, expected


def pixels(keras, options, in_front):
    """(scale, offset, whether channels are read in reverse): the model's own, behind what the options say.

    Scale and offset are numbers where all channels have the same, else lists of three.
    """
    scale = options.pixel_scale
    if not in_front.layers:
        return (1 / 255 if scale is None else scale), options.pixel_offset, False
    own, summand, is_reversed = in_front.compose(lambda name: keras.tensors[name][()])
    scale = 1.0 if scale is None else scale
    total = scale * own, options.pixel_offset * own + summand
    if not np.isfinite(total).all() or not total[0].all():
        raise DataError(f"layers {', '.join(in_front.layers)} make {total[0]} * byte + {total[1]} of pixels")
    total = [float(t[0]) if (t == t[0]).all() else t.tolist() for t in total]
    note(f"pixels: byte * {shown(total[0])} + {shown(total[1])}{', blue first' if is_reversed else ''}, by"
         f" {', '.join(in_front.layers)} of a model that is given"
         f" byte * {scale:g} + {options.pixel_offset:g} (--pixel-scale, --pixel-offset)")
    if is_reversed and options.color == "gray":
        note("a grey picture has the same in all channels: the reversal changes nothing but the kernel")
    return *total, is_reversed


def shown(number):
    """A number, or one for each channel, in a few digits."""
    return f"{number:g}" if isinstance(number, float) else f"({', '.join(f'{n:g}' for n in number)})"


def make_metadata(keras, options, architecture, sides, head, pixels):
    """The file's metadata; raises UsageError if the options do not fit the head."""
    units = head[-1].get("units", 0) if head else 0
    names = options.class_names
    if names is None and units == len(MOODS):
        names = MOODS
        note(f"class names taken to be {', '.join(MOODS)}")
    if len(names or []) != units or len(set(names or [])) != units or "" in (names or []):
        raise UsageError(f"the network has {units} outputs: give --class-names, so many and distinct")
    if options.temperature is not None and options.temperature <= 0:
        raise UsageError("--temperature must be over 0")
    if options.abstain_below is not None and not 0 <= options.abstain_below <= 1:
        raise UsageError("--abstain-below must be 0 to 1")
    adjustment = options.logit_adjustment
    if adjustment is not None and (len(adjustment) != units or max(map(abs, adjustment)) > 20):
        raise UsageError(f"--logit-adjustment wants {units} numbers from -20 to 20, one for each class")
    is_by_channel = any(isinstance(number, list) for number in pixels[:2])
    compact = {"ensure_ascii": False, "separators": (",", ":")}
    metadata = {
        "format": "mood-weights", "format_version": "2" if is_by_channel else "1", "architecture": architecture,
        "input_shape": json.dumps([*sides, 3], **compact),
        "pixel_scale": json.dumps(pixels[0]), "pixel_offset": json.dumps(pixels[1]),
        "color": options.color, "resampling": options.resampling,
        "class_names": json.dumps(names or [], **compact),
        "head_layers": json.dumps(head, **compact),
        "source_sha256": keras.sha256, "exporter_version": VERSION,
        "temperature": options.temperature and repr(options.temperature),
        "logit_adjustment": adjustment and json.dumps(adjustment, **compact),
        "abstain_below": None if options.abstain_below is None else repr(options.abstain_below),
        "license": options.license, "notes": options.notes,
    }
    return {key: value for key, value in metadata.items() if value is not None}


def is_bfloat16(tensor):
    """Whether a tensor holds the upper halves of fp32 numbers, which HDF5 has no name for."""
    return tensor.dtype.kind == "V" and tensor.dtype.itemsize == 2 and tensor.dtype.names is None


def read_stored(keras, name):
    """One tensor as the file has it; refuses NaN and infinity."""
    try:
        stored = keras.tensors[name][()]
    except (OSError, RuntimeError, ValueError) as error:
        raise DataError(f"tensor {name} cannot be read ({error})") from None
    if is_bfloat16(keras.tensors[name]):
        stored = (stored.view("<u2").astype("<u4") << 16).view("<f4")
    if not np.isfinite(stored).all():
        raise DataError(f"tensor {name} holds NaN or infinity")
    return stored


def read_tensor(keras, head, name, dtype, shape, is_reversed=False):
    """One tensor in the weight file's precision; refuses what fp16 cannot hold.

    Where channels are read in reverse, the first convolution's are reversed. A dense layer takes in the batch norms between it and its activation.
    """
    def read(name, shape):
        if name in head.constants:
            return np.full(shape, head.constants[name])
        return read_stored(keras, name)

    stored = read(name, shape)
    if is_reversed and name == "conv1_conv/kernel":
        stored = stored[:, :, ::-1]
    layer, variable = name.split("/")
    for norm in head.folded.get(layer, []):
        gamma, beta, mean, variance = (read(f"{norm['name']}/{v}", shape[-1:]).astype("f8") for v in (
            "gamma", "beta", "moving_mean", "moving_variance"))
        if (variance + norm["epsilon"] <= 0).any():
            raise DataError(f"tensor {norm['name']}/moving_variance has negative values")
        factor = gamma / np.sqrt(variance + norm["epsilon"])
        stored = stored * factor if variable == "kernel" else (stored - mean) * factor + beta
    with np.errstate(over="ignore"):
        array = stored.astype(safetensors_writer.NUMPY[dtype])
    if not np.isfinite(array).all():
        raise DataError(f"tensor {name} has values up to {np.abs(stored).max():g}: too large for {dtype}")
    return array


def print_list(keras):
    print(f"layout: {keras.layout}\nKeras version: {keras.keras_version}\nSHA-256: {keras.sha256}")
    for name in sorted(keras.tensors):
        print(f"  {name} {list(keras.tensors[name].shape)} {keras.tensors[name].dtype}")
    print(f"{len(keras.tensors)} tensors, {sum(t.size for t in keras.tensors.values()):,} parameters")


def run(options):
    with open_keras(options.file) as keras:
        if options.list:
            print_list(keras)
        architecture, sides, head, in_front, expected = describe(keras, options)
        front = pixels(keras, options, in_front)
        if options.list:
            print(f"architecture: {architecture}\ninput: {json.dumps([*sides, 3])}")
            print("head:", *(f"\n  {json.dumps(layer)}" for layer in head.layers) or ["none"])
            return
        metadata = make_metadata(keras, options, architecture, sides, head.layers, front)
        entries = [
            (name, "F16" if options.dtype == "fp16" and name.endswith("/kernel") else "F32", shape)
            for name, shape in expected.items()]
        types = {name: dtype for name, dtype, _ in entries}
        try:
            size = safetensors_writer.write(
                options.output, entries, metadata,
                lambda name: read_tensor(keras, head, name, types[name], expected[name], front[2]))
        except OSError as error:
            sys.exit(fail(f"cannot write {options.output}: {error.strerror or error}", 74))
    summary = f"{options.output}: {architecture}, {len(expected)} tensors, {size:,} bytes"
    print(summary, file=sys.stdout if os.path.isfile(options.output) else sys.stderr)


def fail(message, code):
    print(f"export_keras.py: {' '.join(str(message).split())}", file=sys.stderr)
    return code


def main(arguments=None):
    options = parser().parse_args(arguments)
    if not options.list and not options.output:
        return fail("say where to write with --output, or --list", 64)
    try:
        if options.output and os.path.exists(options.output):
            if os.path.exists(options.file) and os.path.samefile(options.output, options.file):
                return fail("--output is the input file", 64)
        run(options)
    except UsageError as error:
        return fail(error, 64)
    except DataError as error:
        return fail(f"{options.file}: {error}", 65)
    except OSError as error:
        return fail(f"{options.file}: {error.strerror or error}", 66)
    return 0


if __name__ == "__main__":
    sys.exit(main())
