"""Turns a YuNet face detector from ONNX into the format of FACE.md. Needs onnx and NumPy."""

import argparse
import hashlib
import json

import numpy as np
import onnx
from onnx import numpy_helper

import safetensors_writer

STRIDES = (8, 16, 32)
# One head per scale in the file, four in the ONNX: their channels stand next to each other.
HEADS = {"cls": 1, "obj": 1, "bbox": 4, "kps": 10}
ONNX_ORDER = ("cls", "bbox", "obj", "kps")


def convolutions(model):
    """(kernel, bias) of each convolution in the graph's order, checked to be what we know."""
    values = {i.name: numpy_helper.to_array(i) for i in model.graph.initializer}
    found = []
    for node in model.graph.node:
        if node.op_type != "Conv":
            continue
        kernel, bias = (values[name] for name in node.input[1:3])
        attributes = {a.name: onnx.helper.get_attribute_value(a) for a in node.attribute}
        stride = 2 if not found else 1
        pad = kernel.shape[2] // 2
        assert attributes["strides"] == [stride] * 2, node.name
        assert attributes["pads"] == [pad] * 4, node.name
        assert attributes["group"] in (1, kernel.shape[0]), node.name
        found.append((kernel, bias))
    return found


def separable(name, pointwise, depthwise):
    """The four tensors of a 1×1 and a depthwise 3×3 convolution, in Keras's layouts."""
    assert pointwise[0].shape[2:] == (1, 1) and depthwise[0].shape[1:] == (1, 3, 3), name
    return [
        (f"{name}_pw/kernel", pointwise[0].transpose(2, 3, 1, 0)),
        (f"{name}_pw/bias", pointwise[1]),
        (f"{name}_dw/kernel", depthwise[0].transpose(2, 3, 0, 1)),
        (f"{name}_dw/bias", depthwise[1]),
    ]


def tensors(model):
    """(name, array) in file order, the channels of each stage's two layers, and whether heads share one."""
    found = convolutions(model)
    # The larger network has a separable layer in front of each scale's head.
    has_shared = len(found) == 1 + 2 * (11 + 3 + 3) + 2 * 12
    layers = iter(found)
    kernel, bias = next(layers)
    # BGR becomes RGB here, once, so that no reader has to swap.
    result = [("stem/kernel", kernel[:, ::-1].transpose(2, 3, 1, 0)), ("stem/bias", bias)]
    channels = []

    def pair(name):
        pointwise, depthwise = next(layers), next(layers)
        result.extend(separable(name, pointwise, depthwise))
        return len(depthwise[1])

    channels.append([len(bias), pair("stage0_2")])
    for stage in range(1, 6):
        channels.append([pair(f"stage{stage}_1"), pair(f"stage{stage}_2")])
    for stride in reversed(STRIDES):
        pair(f"neck_{stride}")
    for stride in STRIDES if has_shared else ():
        pair(f"shared_{stride}")
    heads = {
        (head, stride): (next(layers), next(layers)) for head in ONNX_ORDER for stride in STRIDES
    }
    assert next(layers, None) is None
    assert all(len(heads[head, 8][0][1]) == count for head, count in HEADS.items())
    for stride in STRIDES:
        of_scale = [heads[head, stride] for head in HEADS]
        joined = [
            tuple(np.concatenate([parts[i][j] for parts in of_scale]) for j in range(2))
            for i in range(2)
        ]
        result.extend(separable(f"head_{stride}", *joined))
    return result, channels, has_shared


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("onnx", help="yunet_n_640_640.onnx or yunet_s_640_640.onnx")
    parser.add_argument("-o", "--output", default="face.safetensors")
    arguments = parser.parse_args()

    with open(arguments.onnx, "rb") as file:
        source = file.read()
    found, channels, has_shared = tensors(onnx.load_from_string(source))
    arrays = dict(found)
    metadata = {
        "format": "mood-face-weights",
        "format_version": "1",
        "architecture": "YuNet",
        "stage_channels": json.dumps(channels, separators=(",", ":")),
        "shared_layers": str(int(has_shared)),
        "strides": json.dumps(STRIDES, separators=(",", ":")),
        "head": "class,objectness,box[4],landmarks[10]",
        "color": "rgb",
        "license": "Apache-2.0",
        "notice": "YuNet, github.com/ShiqiYu/libfacedetection.train, copyright 2018-2022 "
        "OpenMMLab, 2022 Shiqi Yu; converted from ONNX: BGR to RGB, four heads joined into one",
        "source_sha256": hashlib.sha256(source).hexdigest(),
    }
    safetensors_writer.write(
        arguments.output,
        [(name, "F32", array.shape) for name, array in found],
        metadata,
        arrays.__getitem__,
    )
    print(f"{arguments.output}: {sum(a.size for a in arrays.values())} parameters, {channels}")


if __name__ == "__main__":
    main()
