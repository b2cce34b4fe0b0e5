"""Finds the input's size and the head, from a model's config or, without one, from its tensors."""

import network
from keras_file import DataError


def from_config(config, architecture):
    """(height, width, head layers) of a Sequential or Functional model's config."""
    layers = []
    try:
        flatten(config, layers)
        names = [settings.get("name") for _, settings in layers]
        if "post_relu" not in names:
            raise DataError("the config has no layer post_relu, the backbone's last")
        end = names.index("post_relu") + 1
        sizes = [input_size(settings) for kind, settings in layers if kind == "InputLayer"]
        if not sizes:
            raise DataError("the config has no InputLayer, so no input size")
        for kind, settings in layers[:end]:
            check_backbone(kind, settings, architecture)
        head = []
        for kind, settings in layers[end:]:
            add_head_layer(head, kind, settings)
    except (AttributeError, LookupError, TypeError, ValueError, RecursionError) as error:
        raise DataError(f"the model's config is not understood ({error!r})") from None
    return *sizes[0], head


def flatten(model, layers):
    """Appends a model's layers in order, nested models unfolded; the head must be one chain."""
    if model["class_name"] not in ("Sequential", "Functional", "Model"):
        raise DataError(f"the model is a {model['class_name']}, not Sequential or Functional")
    previous, behind_backbone = None, False
    for layer in model["config"]["layers"]:
        name = layer["config"]["name"]
        if behind_backbone and model["class_name"] != "Sequential":
            if inbound(layer.get("inbound_nodes")) != [previous]:
                raise DataError(f"layer {name} does not follow {previous}: the head is no chain")
        if "layers" in layer["config"]:
            flatten(layer, layers)
        else:
            layers.append((layer["class_name"], layer["config"]))
        previous = name
        behind_backbone = any(settings.get("name") == "post_relu" for _, settings in layers)
    if inbound(model["config"].get("output_layers", [previous, 0, 0])) != [previous]:
        raise DataError(f"the model's output is not its last layer, {previous}")


def inbound(nodes):
    """Names of the layers that feed a layer, as Keras 2 (lists) or Keras 3 (history) says."""
    if isinstance(nodes, dict):
        if "keras_history" in nodes:
            return [nodes["keras_history"][0]]
        return [name for value in nodes.values() for name in inbound(value)]
    if isinstance(nodes, (list, tuple)):
        if len(nodes) > 2 and isinstance(nodes[0], str):
            return [nodes[0]]
        return [name for value in nodes for name in inbound(value)]
    return []


def input_size(settings):
    shape = settings.get("batch_shape") or settings.get("batch_input_shape")
    if len(shape) != 4 or shape[3] != 3:
        raise DataError(f"the input has shape {shape}, not [batch, height, width, 3]")
    return tuple(shape[1:3])


def check_backbone(kind, settings, architecture):
    """Raises if a layer up to post_relu is none of ResNetV2's or has other settings."""
    name = settings["name"]
    if kind == "InputLayer":
        return
    expected = {
        "Conv2D": {
            "strides": network.strides(architecture, name), "padding": "valid", "groups": 1,
            "dilation_rate": [1, 1], "activation": "linear", "data_format": "channels_last"},
        "BatchNormalization": {"epsilon": network.BACKBONE_EPSILON},
        "Activation": {"activation": "relu"},
        "ZeroPadding2D": {"padding": [[3, 3]] * 2 if name == "conv1_pad" else [[1, 1]] * 2},
        "MaxPooling2D": {
            "pool_size": [3, 3] if name == "pool1_pool" else [1, 1], "strides": [2, 2]},
        "Add": {},
    }.get(kind)
    if expected is None or not network.LAYER.fullmatch(name):
        raise DataError(f"unknown layer {name} ({kind}) in or before the backbone")
    for key, value in expected.items():
        if settings.get(key, value) != value:
            raise DataError(f"layer {name} has {key} {settings[key]}, not {value}")


def add_head_layer(head, kind, settings):
    name = settings["name"]
    activation = settings.get("activation", "linear")
    if kind in network.INERT:
        return
    if kind in ("ReLU", "Softmax"):
        kind, activation = "Activation", kind.lower()
    if kind in ("Dense", "Activation") and activation not in network.ACTIVATIONS:
        raise DataError(f"layer {name} has activation {activation}: not one of {network.ACTIVATIONS}")
    if kind == "BatchNormalization":
        head.append({"type": kind, "name": name, "epsilon": float(settings["epsilon"])})
    elif kind in ("Flatten", "GlobalAveragePooling2D"):
        if settings.get("keepdims") or settings.get("data_format") == "channels_first":
            raise DataError(f"layer {name} ({kind}) keeps its dimensions or has channels first")
        head.append({"type": kind, "name": name})
    elif kind == "Dense":
        head.append(
            {"type": kind, "name": name, "units": int(settings["units"]), "activation": activation})
    elif kind == "Activation" and head and head[-1].get("activation") == "linear":
        head[-1]["activation"] = activation
    else:
        raise DataError(f"unknown layer {name} ({kind})")


def from_tensors(shapes):
    """The head of a weights-only file, if its tensors fit one of the two usual heads, else None.

    These are keras.applications' top (pooling and one softmax) and the report's head (batch norm,
    flatten, a dense layer with ReLU, batch norm, softmax). `shapes` are the head's tensors.
    """
    sizes = {name: tuple(shape) for name, shape in shapes.items()}
    dense = [(size, name.split("/")[0]) for name, size in sizes.items() if name.endswith("/kernel")]
    norms = {size: name.split("/")[0] for name, size in sizes.items() if name.endswith("/gamma")}
    softmax = [d for d in dense if sum(d[0][1:] == other[0][:1] for other in dense) == 0]
    if not sizes:
        return []
    if len(softmax) != 1 or len(softmax[0][0]) != 2:
        return None
    (inputs, units), last = softmax[0]
    last = {"type": "Dense", "name": last, "units": units, "activation": "softmax"}
    if len(dense) == 1 and not norms and inputs == network.FEATURES:
        return [{"type": "GlobalAveragePooling2D", "name": "avg_pool"}, last]
    if len(dense) == 2 and len(norms) == 2 and {(network.FEATURES,), (inputs,)} == set(norms):
        first = next(name for _, name in dense if name != last["name"])
        norm = [{"type": "BatchNormalization", "name": norms[size,], "epsilon": 0.001}
                for size in (network.FEATURES, inputs)]
        hidden = {"type": "Dense", "name": first, "units": inputs, "activation": "relu"}
        return [norm[0], {"type": "Flatten", "name": "flatten"}, hidden, norm[1], last]
    return None


def from_option(option, shapes):
    """The head that `--head` spells: `Type:name[:activation or epsilon]`, separated by commas."""
    head = []
    for item in [] if option == "none" else option.split(","):
        kind, _, rest = item.strip().partition(":")
        name, _, detail = rest.partition(":")
        if kind in ("Flatten", "GlobalAveragePooling2D") and not detail:
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
