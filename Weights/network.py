"""The three ResNetV2 networks: which tensors they have, and what may stand behind them."""

import math
import re

from keras_file import DataError

BLOCKS = {  # residual blocks in stacks conv2 to conv5
    "ResNet50V2": (3, 4, 6, 3),
    "ResNet101V2": (3, 4, 23, 3),
    "ResNet152V2": (3, 8, 36, 3),
}
FEATURES = 2048  # channels of post_relu
BACKBONE_EPSILON = 1.001e-5
BACKBONE = re.compile(r"(conv1|conv[2-5]_block\d+_(0|1|2|3|preact)|post)_(conv|bn)")
LAYER = re.compile(  # the backbone's layers, with and without tensors
    r"conv1_(pad|conv)|pool1_(pad|pool)|post_(bn|relu)|max_pooling2d(_\d+)?"
    r"|conv[2-5]_block\d+_((0|1|2|3)_(conv|bn)|2_pad|out|(preact|1|2)_(bn|relu))")
INERT = {  # layers that do nothing at inference; those that Random… names are besides
    "Dropout", "SpatialDropout1D", "SpatialDropout2D", "SpatialDropout3D", "AlphaDropout",
    "GaussianDropout", "GaussianNoise", "ActivityRegularization", "Identity", "InputLayer",
    "AugMix", "CutMix", "MixUp", "RandAugment",
}
ACTIVATIONS = ("linear", "relu", "softmax")


def is_inert(kind, settings):
    """Whether a layer passes on at inference what it is given."""
    if kind == "RandomCrop":
        raise DataError(f"layer {settings['name']} (RandomCrop) cuts pictures at inference too:"
                        " not supported")
    return kind in INERT or kind.startswith("Random") or (
        kind == "Activation" and settings.get("activation") == "linear")


def strides(architecture, layer):
    """[vertical, horizontal] of a backbone convolution; a stack strides in its last block."""
    last = [f"conv{s}_block{n}_2_conv" for s, n in enumerate(BLOCKS[architecture][:3], start=2)]
    return [2, 2] if layer in ("conv1_conv", *last) else [1, 1]


def batch_norm(layer, channels):
    return {f"{layer}/{v}": (channels,) for v in ("gamma", "beta", "moving_mean", "moving_variance")}


def backbone_tensors(architecture):
    """Name to shape of every tensor up to `post_bn`, in the network's order."""
    shapes = {"conv1_conv/kernel": (7, 7, 3, 64), "conv1_conv/bias": (64,)}
    channels = 64
    for stack, blocks in enumerate(BLOCKS[architecture], start=2):
        narrow, wide = 64 << (stack - 2), 256 << (stack - 2)
        for block in range(1, blocks + 1):
            name = f"conv{stack}_block{block}"
            shapes |= batch_norm(f"{name}_preact_bn", channels)
            if block == 1:
                shapes[f"{name}_0_conv/kernel"] = (1, 1, channels, wide)
                shapes[f"{name}_0_conv/bias"] = (wide,)
            shapes[f"{name}_1_conv/kernel"] = (1, 1, channels, narrow)
            shapes |= batch_norm(f"{name}_1_bn", narrow)
            shapes[f"{name}_2_conv/kernel"] = (3, 3, narrow, narrow)
            shapes |= batch_norm(f"{name}_2_bn", narrow)
            shapes[f"{name}_3_conv/kernel"] = (1, 1, narrow, wide)
            shapes[f"{name}_3_conv/bias"] = (wide,)
            channels = wide
    return shapes | batch_norm("post_bn", FEATURES)


def find_architecture(tensor_names):
    """The architecture that the layers' names tell."""
    layers = {name.split("/")[0] for name in tensor_names}
    if not any(layer.endswith("_preact_bn") for layer in layers):
        seen = ", ".join(sorted(layers)[:4]) or "none"
        raise DataError(f"no ResNetV2: no layer conv…_preact_bn among its layers ({seen}, …)")
    blocks = {3: 0, 4: 0}
    for layer in layers:
        if match := re.match(r"conv([34])_block(\d{1,3})_", layer):
            blocks[int(match[1])] = max(blocks[int(match[1])], int(match[2]))
    for architecture, counts in BLOCKS.items():
        if (blocks[3], blocks[4]) == counts[1:3]:
            return architecture
    raise DataError(f"no ResNetV2 that is known: conv3 has {blocks[3]} blocks, conv4 {blocks[4]}")


def head_tensors(head, height, width):
    """Name to shape of the head's tensors; checks that each layer fits on the one before."""
    shapes, names = {}, set()
    shape = (height and math.ceil(height / 32), width and math.ceil(width / 32), FEATURES)
    for index, layer in enumerate(head):
        kind, name = layer["type"], layer["name"]
        if name in names or BACKBONE.fullmatch(name):
            raise DataError(f"two layers have the name {name}")
        names.add(name)
        if kind == "BatchNormalization":
            shapes |= batch_norm(name, shape[-1])
        elif kind in ("Flatten", "GlobalAveragePooling2D"):
            if len(shape) != 3:
                raise DataError(f"layer {name} ({kind}) stands behind a flat layer")
            if kind == "Flatten" and None in shape:
                raise DataError(f"layer {name} (Flatten) needs a fixed input size")
            shape = (math.prod(shape),) if kind == "Flatten" else shape[2:]
        else:
            if len(shape) != 1:
                raise DataError(f"layer {name} (Dense) needs Flatten or pooling before it")
            if layer["activation"] == "softmax" and index + 1 < len(head):
                raise DataError(f"layer {name} has a softmax, but is not the last")
            shapes[f"{name}/kernel"] = (shape[0], layer["units"])
            shapes[f"{name}/bias"] = (layer["units"],)
            shape = (layer["units"],)
    return shapes


def check_tensors(expected, found):
    """Raises unless `found`, name to shape, is exactly `expected`; names the first culprit."""
    layers = {name.split("/")[0] for name in expected}
    for name in found:
        layer = name.split("/")[0]
        if layer not in layers:
            raise DataError(f"unknown layer {layer} (tensor {name})")
    for name in found:
        if name not in expected:
            raise DataError(f"extra tensor {name}, shape {list(found[name])}")
    for name, shape in expected.items():
        if name not in found:
            raise DataError(f"missing tensor {name}, shape {list(shape)}")
        if tuple(found[name]) != shape:
            raise DataError(f"tensor {name} has shape {list(found[name])}, not {list(shape)}")
