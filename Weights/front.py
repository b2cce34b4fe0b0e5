"""What stands in front of a network: layers whose arithmetic becomes the pixels' scale and offset."""

import math

import numpy as np

import network
from keras_file import DataError

OPERATIONS = {  # names of Keras 3's operations and of Keras 2's, by what they do
    "Add": "+", "Subtract": "-", "Multiply": "*", "TrueDivide": "/", "Divide": "/",
    "math.add": "+", "__operators__.add": "+", "math.subtract": "-", "math.multiply": "*",
    "math.truediv": "/", "math.divide": "/",
}
NORMALIZATION_EPSILON = 1e-7  # the least deviation that Keras divides by


class Front:
    """x → x · scale + offset, composed of layers."""

    def __init__(self):
        self.layers = []  # names
        self.tensors = {}  # name to shape, of the tensors in the file that it takes its numbers from
        self.steps = []  # (name, scale, offset) in order; None and None if they are in tensors

    def add(self, kind, settings, node):
        """Takes a layer in; raises unless it does the same to every pixel and channel."""
        name = settings["name"]
        if network.is_inert(kind, settings):
            return
        if kind == "Rescaling":
            self.steps.append((name, uniform(name, "scale", settings["scale"]),
                               uniform(name, "offset", settings.get("offset", 0))))
        elif kind == "Normalization":
            self.steps.append((name, *self.normalization(name, settings)))
        elif kind == "TFOpLambda" or kind in OPERATIONS:
            operation = OPERATIONS.get(settings.get("function", kind))
            if operation is None:
                raise DataError(
                    f"unknown operation {name} ({settings.get('function')}) in front of the backbone")
            self.steps.append((name, *arithmetic(name, operation, node)))
        else:
            raise DataError(f"unknown layer {name} ({kind}) in or before the backbone")
        self.layers.append(name)

    def normalization(self, name, settings):
        """(scale, offset), or None and None if they are in the file's tensors."""
        if settings.get("invert"):
            raise DataError(f"layer {name} (Normalization) has invert, which is not supported")
        if settings.get("axis", -1) not in (-1, 3, [-1], [3], None, []):
            raise DataError(f"layer {name} (Normalization) has axis {settings['axis']}, not -1")
        if settings.get("mean") is not None:
            return standardize(name, settings["mean"], settings["variance"])
        shape = () if settings.get("axis", -1) in (None, []) else (3,)
        for variable in "mean", "variance":
            self.tensors[f"{name}/{variable}"] = shape
        return None, None

    def compose(self, read):
        """(scale, offset) of all layers; `read(name)` gives a tensor of the file."""
        scale, offset = 1.0, 0.0
        for name, factor, summand in self.steps:
            if factor is None:
                factor, summand = standardize(name, read(f"{name}/mean"), read(f"{name}/variance"))
            scale, offset = scale * factor, offset * factor + summand
        return scale, offset


def uniform(name, what, value):
    """One number of what may be a number for each channel."""
    if isinstance(value, dict):  # an array, as Keras 2 writes it
        value = value.get("config", value).get("value")
    numbers = np.asarray(value, np.float64).ravel()
    if not numbers.size or not np.isfinite(numbers).all():
        raise DataError(f"layer {name} has {what} {value}, which is no number")
    if (numbers != numbers[0]).any():
        raise DataError(f"layer {name} has another {what} for each channel ({numbers.tolist()}):"
                        " a weight file has one scale and offset for all of them")
    return float(numbers[0])


def standardize(name, mean, variance):
    """(scale, offset) of (x − mean) / √variance."""
    mean, variance = uniform(name, "mean", mean), uniform(name, "variance", variance)
    if variance < 0:
        raise DataError(f"layer {name} has a variance of {variance}")
    deviation = max(math.sqrt(variance), NORMALIZATION_EPSILON)
    return 1 / deviation, -mean / deviation


def arithmetic(name, operation, node):
    """(scale, offset) of `tensor ∘ number` or `number ∘ tensor`; `node` says which it is."""
    arguments = operands(node)
    numbers = [a for a in arguments if isinstance(a, (int, float)) and not isinstance(a, bool)]
    if len(arguments) != 2 or len(numbers) != 1 or not math.isfinite(numbers[0]):
        raise DataError(f"operation {name} is not between the picture and one number")
    value, is_second = float(numbers[0]), arguments[1] is numbers[0]
    if operation == "/" and (not is_second or value == 0):
        raise DataError(f"operation {name} does not divide the picture by a number")
    return {
        "+": (1.0, value), "*": (value, 0.0), "/": (1 / value if value else 0.0, 0.0),
        "-": (1.0, -value) if is_second else (-1.0, value),
    }[operation]


def operands(node):
    """The two arguments of an operation: numbers, and None for a tensor."""
    if isinstance(node, list) and node and isinstance(node[0], dict):  # Keras 3
        values = [*node[0].get("args", []), *node[0].get("kwargs", {}).values()]
        return [None if isinstance(value, dict) else value for value in values]
    while isinstance(node, list) and node and isinstance(node[0], list):
        node = node[0]
    if isinstance(node, list) and len(node) == 4 and isinstance(node[3], dict):  # Keras 2
        # The layer's input is the first argument; a number in front of it Keras writes as x.
        given = {key: value for key, value in node[3].items() if key != "name"}
        if set(given) == {"y"}:
            return [None, given["y"]]
        if node[0] == "_CONSTANT_VALUE" and isinstance(given.get("y"), list):
            return [node[2], None]
    return []
