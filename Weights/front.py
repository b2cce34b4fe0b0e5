"""What stands in front of a network: layers whose arithmetic becomes the pixels' scale and offset.

Both are one number, or one for each channel; channels that are read in reverse (BGR) are reversed in
the first convolution's kernel instead.
"""

import numpy as np

import network
from keras_file import DataError

OPERATIONS = {  # names of Keras 3's operations and of Keras 2's, by what they do
    "Add": "+", "Subtract": "-", "Multiply": "*", "TrueDivide": "/", "Divide": "/",
    "math.add": "+", "__operators__.add": "+", "math.subtract": "-", "math.multiply": "*",
    "math.truediv": "/", "math.divide": "/", "nn.bias_add": "+",
}
REVERSAL = "ReverseChannels"  # what a slice [..., ::-1] is called here
NORMALIZATION_EPSILON = 1e-7  # the least deviation that Keras divides by


class Front:
    """x → x · scale + offset for each channel, and their order; composed of layers."""

    def __init__(self):
        self.layers = []  # names
        self.tensors = {}  # name to shape, of the tensors in the file that it takes its numbers from
        self.steps = []  # (name, scale, offset) in order; None and None if they are in tensors
        self.reversals = set()  # names of steps that reverse the channels

    def add(self, kind, settings, node):
        """Takes a layer in; raises unless it does the same to every pixel."""
        name = settings["name"]
        if network.is_inert(kind, settings):
            return
        if kind == "Rescaling":
            self.steps.append((name, by_channel(name, "scale", settings["scale"]),
                               by_channel(name, "offset", settings.get("offset", 0))))
        elif kind == "Normalization":
            self.steps.append((name, *self.normalization(name, settings)))
        elif kind == REVERSAL or reverses(kind, node):
            self.reversals.add(name)
            self.steps.append((name, 1.0, 0.0))
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
        """(scale, offset, whether channels are read in reverse) of all layers.

        Scale and offset are arrays, one for each channel of the picture; `read(name)` gives a tensor of the
        file.
        """
        scale, offset, is_reversed = np.ones(3), np.zeros(3), False
        for name, factor, summand in self.steps:
            if name in self.reversals:
                scale, offset, is_reversed = scale[::-1], offset[::-1], not is_reversed
                continue
            if factor is None:
                factor, summand = standardize(name, read(f"{name}/mean"), read(f"{name}/variance"))
            scale, offset = scale * factor, offset * factor + summand
        return (scale[::-1], offset[::-1], True) if is_reversed else (scale, offset, False)


def join_channels(layers):
    """A model's layers, in which three GetItem of channels 2, 1 and 0 with their Stack are one reversal.

    Keras 3 writes `preprocess_input` of the older networks so.
    """
    joined = list(layers)
    for end in range(3, len(joined)):
        *items, stack = joined[end - 3:end + 1]
        if stack is None or stack["class_name"] != "Stack" or stack["config"].get("axis") not in (-1, 3):
            continue
        if any(item is None or item["class_name"] != "GetItem" for item in items):
            continue
        places = [place(item.get("inbound_nodes")) for item in items]
        if places == [2, 1, 0] and sources(stack) == [item["config"]["name"] for item in items]:
            if len({tuple(sources(item)) for item in items}) == 1 and len(sources(items[0])) == 1:
                one = {"class_name": REVERSAL, "config": {"name": stack["config"]["name"]},
                       "inbound_nodes": items[0]["inbound_nodes"]}
                joined[end - 3:end + 1] = [None, None, None, one]
    return [layer for layer in joined if layer is not None]


def sources(layer):
    """Names of the tensors that Keras 3 says a layer is called with."""
    def names(value):
        if isinstance(value, dict) and "keras_history" in value.get("config", {}):
            yield value["config"]["keras_history"][0]
        elif isinstance(value, dict):
            for inner in value.values():
                yield from names(inner)
        elif isinstance(value, list):
            for inner in value:
                yield from names(inner)
    return list(names(layer.get("inbound_nodes")))


def place(nodes):
    """The last index of Keras 3's GetItem, behind an ellipsis or whole slices; None for another."""
    key = nodes[0]["args"][1] if isinstance(nodes, list) and nodes and isinstance(nodes[0], dict) else None
    return key[-1] if isinstance(key, list) and key and all(map(is_whole, key[:-1])) else None


def reverses(kind, node):
    """Whether a layer is the slice [..., ::-1] of the channels."""
    if kind == "GetItem":
        last = place(node)
    elif kind == "SlicingOpLambda":  # Keras 2
        key = node[0][3].get("slice_spec") if isinstance(node[0], list) else None
        last = key[-1] if isinstance(key, list) and key and all(map(is_whole, key[:-1])) else None
    else:
        return False
    return isinstance(last, dict) and bounds(last) == (None, None, -1)


def is_whole(index):
    """Whether an index takes all of an axis, or of several."""
    if not isinstance(index, dict):
        return False
    return index.get("class_name") == "__ellipsis__" or bounds(index) == (None, None, None)


def bounds(index):
    index = index.get("config", index)
    return tuple(index.get(key, 0) for key in ("start", "stop", "step"))


def by_channel(name, what, value):
    """One number, or an array of one for each of three channels."""
    if isinstance(value, dict):  # an array, as Keras writes it
        value = value.get("config", value).get("value")
    numbers = np.asarray(value, np.float64).ravel()
    if not numbers.size or not np.isfinite(numbers).all():
        raise DataError(f"layer {name} has {what} {value}, which is no number")
    if (numbers == numbers[0]).all():
        return float(numbers[0])
    if numbers.size != 3 or np.shape(value)[-1] != 3:
        raise DataError(f"layer {name} has another {what} for each place ({np.shape(value)}):"
                        " a weight file has one for each channel at most")
    return numbers


def uniform(name, what, value):
    """One number."""
    number = by_channel(name, what, value)
    if not isinstance(number, float):
        raise DataError(f"layer {name} has another {what} for each channel ({number.tolist()}): not supported")
    return number


def standardize(name, mean, variance):
    """(scale, offset) of (x − mean) / √variance."""
    mean, variance = by_channel(name, "mean", mean), by_channel(name, "variance", variance)
    if np.min(variance) < 0:
        raise DataError(f"layer {name} has a variance of {np.min(variance)}")
    deviation = np.maximum(np.sqrt(variance), NORMALIZATION_EPSILON)
    return 1 / deviation, -mean / deviation


def arithmetic(name, operation, node):
    """(scale, offset) of `tensor ∘ number` or `number ∘ tensor`; `node` says which it is.

    A number may be three, one for each channel.
    """
    arguments = operands(node)
    numbers = [a for a in arguments if isinstance(a, (int, float, list)) and not isinstance(a, bool)]
    if len(arguments) != 2 or len(numbers) != 1:
        raise DataError(f"operation {name} is not between the picture and numbers")
    value, is_second = by_channel(name, "operand", numbers[0]), arguments[1] is numbers[0]
    if operation == "/" and (not is_second or np.any(np.equal(value, 0))):
        raise DataError(f"operation {name} does not divide the picture by a number")
    if operation == "+":
        return 1.0, value
    if operation == "-":
        return (1.0, -value) if is_second else (-1.0, value)
    return (value if operation == "*" else 1 / value), 0.0


def operands(node):
    """The two arguments of an operation: numbers or lists of them, and None for a tensor."""
    if isinstance(node, list) and node and isinstance(node[0], dict):  # Keras 3
        values = [*node[0].get("args", []), *node[0].get("kwargs", {}).values()]
        return [constant(value) if isinstance(value, dict) else value for value in values]
    while isinstance(node, list) and node and isinstance(node[0], list):
        node = node[0]
    if isinstance(node, list) and len(node) == 4 and isinstance(node[3], dict):  # Keras 2
        # The layer's input is the first argument; a number in front of it Keras writes as x.
        given = {key: value for key, value in node[3].items() if key != "name"}
        if set(given) == {"y"}:
            if node[0] == "_CONSTANT_VALUE" and isinstance(given["y"], list):
                return [node[2], None]
            return [None, given["y"]]
        if "bias" in given and given.get("data_format") in (None, "NHWC"):
            return [None, given["bias"]]
        if node[0] == "_CONSTANT_VALUE" and isinstance(given.get("y"), list):
            return [node[2], None]
    return []


def constant(value):
    """The numbers of an array that Keras 3 writes into a config; None for a tensor."""
    if value.get("class_name") in ("__tensor__", "__numpy__"):
        return value["config"]["value"]
    return None
