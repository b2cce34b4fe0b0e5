"""A ResNetV2 in NumPy, written from the weight file alone: FORMAT.md is all it knows.

It shares no code with Keras, with the exporter or with the Swift engines, so it can judge each.
Slow on purpose: patches are gathered and multiplied, nothing is folded or fused.
"""

import json
import re

import numpy as np
from safetensors import safe_open

BACKBONE_EPSILON = 1.001e-5


def load(path):
    """(metadata, tensors) of a weight file, padding left out."""
    with safe_open(path, framework="numpy") as file:
        names = [name for name in file.keys() if not name.startswith("__pad__/")]
        return file.metadata(), {name: file.get_tensor(name) for name in names}


def pad(x, border):
    """Zeros on all four sides of `[N, H, W, C]`."""
    return np.pad(x, ((0, 0), (border, border), (border, border), (0, 0)))


def patches(x, size, stride):
    """Views `[N, h, w, C, size, size]` of every window that fits."""
    windows = np.lib.stride_tricks.sliding_window_view(x, (size, size), axis=(1, 2))
    return windows[:, ::stride, ::stride]


def relu(x):
    return np.maximum(x, 0)


def softmax(x):
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


class Network:
    """The network of one weight file, computing in `dtype`."""

    def __init__(self, path, dtype=np.float64):
        self.metadata, tensors = load(path)
        self.weights = {name: tensor.astype(dtype) for name, tensor in tensors.items()}
        self.head = json.loads(self.metadata["head_layers"])
        self.dtype = dtype

    def conv(self, x, layer, stride=1):
        kernel = self.weights[f"{layer}/kernel"]  # [size, size, in, out]
        size, _, channels, out = kernel.shape
        windows = patches(x, size, stride)  # [N, h, w, in, size, size]
        columns = windows.transpose(0, 1, 2, 4, 5, 3).reshape(-1, size * size * channels)
        y = (columns @ kernel.reshape(-1, out)).reshape(*windows.shape[:3], out)
        return y + self.weights.get(f"{layer}/bias", 0)

    def norm(self, x, layer, epsilon=BACKBONE_EPSILON):
        gamma, beta, mean, variance = (
            self.weights[f"{layer}/{v}"] for v in ("gamma", "beta", "moving_mean", "moving_variance"))
        return (x - mean) / np.sqrt(variance + epsilon) * gamma + beta

    def block(self, x, name, strided):
        """Pre-activation bottleneck; a stack strides in its last block."""
        active = relu(self.norm(x, f"{name}_preact_bn"))
        if f"{name}_0_conv/kernel" in self.weights:
            shortcut = self.conv(active, f"{name}_0_conv")
        else:
            shortcut = x[:, ::2, ::2] if strided else x
        y = relu(self.norm(self.conv(active, f"{name}_1_conv"), f"{name}_1_bn"))
        y = self.conv(pad(y, 1), f"{name}_2_conv", stride=2 if strided else 1)
        y = relu(self.norm(y, f"{name}_2_bn"))
        return shortcut + self.conv(y, f"{name}_3_conv")

    def blocks(self):
        """Names of the residual blocks in order, each with whether it strides."""
        found = sorted(
            (int(m[1]), int(m[2])) for name in self.weights
            if (m := re.fullmatch(r"conv(\d)_block(\d+)_1_conv/kernel", name)))
        last = {stack: max(b for s, b in found if s == stack) for stack, _ in found}
        return [(f"conv{s}_block{b}", s < 5 and b == last[s]) for s, b in found]

    def __call__(self, x, taps=()):
        """Outputs by name for `x`, `[N, H, W, 3]`: `logits`, `probabilities` and each tap."""
        outputs = {}
        x = self.conv(pad(x.astype(self.dtype), 3), "conv1_conv", stride=2)
        x = patches(pad(x, 1), 3, 2).max(axis=(-2, -1))  # zeros, not −∞, around it
        for name, strided in self.blocks():
            x = outputs[f"{name}_out"] = self.block(x, name, strided)
        x = outputs["post_relu"] = relu(self.norm(x, "post_bn"))
        outputs = {name: outputs[name] for name in taps}
        for layer in self.head:
            name = layer["name"]
            if layer["type"] == "BatchNormalization":
                x = self.norm(x, name, layer["epsilon"])
            elif layer["type"] == "Flatten":
                x = x.reshape(len(x), -1)
            elif layer["type"] == "GlobalAveragePooling2D":
                x = x.mean(axis=(1, 2))
            else:
                x = x @ self.weights[f"{name}/kernel"] + self.weights[f"{name}/bias"]
                if layer["activation"] == "softmax":
                    outputs["logits"] = x
                    temperature = float(self.metadata.get("temperature", 1))
                    outputs["probabilities"] = softmax(x / temperature)
                elif layer["activation"] == "relu":
                    x = relu(x)
        return outputs
