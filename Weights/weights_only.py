"""The head of a file that has weights alone: as `--head` spells it, or as the tensors' shapes suggest."""

import sys

import network
from head import POOLINGS
from keras_file import DataError


class UsageError(Exception):
    """The options do not fit the file, or one that it needs is missing."""


def note(message):
    print(message, file=sys.stderr)


def head(options, shapes):
    """The head of a weights-only file; says what of it the file does not say."""
    rest = {n: s for n, s in shapes.items() if not network.BACKBONE.fullmatch(n.split("/")[0])}
    if options.pooling == "max":
        raise UsageError("--pooling max: max pooling (GlobalMaxPooling2D) is not supported")
    if options.head is not None:
        if options.pooling:
            raise UsageError("--pooling is for files without --head, which says the pooling itself")
        try:
            return from_option(options.head, shapes)
        except ValueError as error:
            raise UsageError(f"--head: {error}") from None
    layers = from_tensors(rest, options.pooling)
    if layers is None:
        names = ", ".join(sorted({name.split("/")[0] for name in rest}))
        raise UsageError(f"the file does not say how its head is built ({names}): give --head")
    pooled = next((layer["type"] for layer in layers if layer["type"] in POOLINGS), "none")
    activations = ", ".join(f"{layer['name']} {layer['activation']}" for layer in layers if "activation" in layer)
    epsilons = ", ".join(f"{layer['name']} {layer['epsilon']}" for layer in layers if "epsilon" in layer)
    note("a weights-only file does not say its head; assumed: "
         + (f"pooling {pooled}, activations {activations}" if layers else "none")
         + (f", epsilon {epsilons}" if epsilons else "")
         + f". To say otherwise: --pooling avg|flatten, or --head {spelled(layers)}")
    return layers


def from_tensors(shapes, pooling=None):
    """The head of a weights-only file, if its tensors fit one of the two usual heads, else None.

    These are keras.applications' top (pooling and one softmax) and the report's head (batch norm,
    pooling or flatten, a dense layer with ReLU, batch norm, softmax). `shapes` are the head's
    tensors; `pooling` is `avg` or `flatten`, or None for what the first dense layer's size says.
    """
    sizes = {name: tuple(shape) for name, shape in shapes.items()}
    dense = [(size, name.split("/")[0]) for name, size in sizes.items() if name.endswith("/kernel")]
    norms = {size: name.split("/")[0] for name, size in sizes.items() if name.endswith("/gamma")}
    softmax = [d for d in dense if sum(d[0][1:] == other[0][:1] for other in dense) == 0]
    if not sizes:
        return []
    if len(softmax) != 1 or any(len(size) != 2 for size, _ in dense):
        return None
    (inputs, units), last = softmax[0]
    last = {"type": "Dense", "name": last, "units": units, "activation": "softmax"}
    rows = max(size[0] for size, _ in dense)
    if pooling is None:
        pooling = "avg" if rows == network.FEATURES else "flatten"
    pooled = {"avg": {"type": "GlobalAveragePooling2D", "name": "avg_pool"},
              "flatten": {"type": "Flatten", "name": "flatten"}}[pooling]
    if len(dense) == 1 and not norms:
        return [pooled, last]
    if len(dense) == 2 and len(norms) == 2 and {(network.FEATURES,), (inputs,)} == set(norms):
        first = next(name for _, name in dense if name != last["name"])
        norm = [{"type": "BatchNormalization", "name": norms[size,], "epsilon": 0.001}
                for size in (network.FEATURES, inputs)]
        hidden = {"type": "Dense", "name": first, "units": inputs, "activation": "relu"}
        return [norm[0], pooled, hidden, norm[1], last]
    return None


def spelled(head):
    """A head as `--head` spells it."""
    return ",".join(":".join([layer["type"], layer["name"], *(
        str(layer[key]) for key in ("activation", "epsilon") if key in layer)]) for layer in head) or "none"


def from_option(option, shapes):
    """The head that `--head` spells: `Type:name[:activation or epsilon]`, separated by commas."""
    head = []
    for item in [] if option == "none" else option.split(","):
        kind, _, rest = item.strip().partition(":")
        name, _, detail = rest.partition(":")
        if kind in POOLINGS and not detail:
            head.append({"type": kind, "name": name or kind.lower()})
        elif kind == "BatchNormalization" and name:
            epsilon = float(detail or 0.001)
            if not 0 <= epsilon < 1:
                raise ValueError(f"epsilon {detail} of layer {name} is not between 0 and 1")
            head.append({"type": kind, "name": name, "epsilon": epsilon})
        elif kind == "Dense" and name and (detail or "linear") in network.ACTIVATIONS:
            kernel = shapes.get(f"{name}/kernel", ())
            if len(kernel) != 2:
                raise DataError(f"missing tensor {name}/kernel, shape [in, units]")
            head.append({"type": kind, "name": name, "units": int(kernel[1]),
                         "activation": detail or "linear"})
        else:
            raise ValueError(f"{item.strip()!r} is no layer that --head knows")
    return head
