"""Finds the input's size, what is in front of the backbone and the head in a model's config."""

import front
import network
from keras_file import DataError


POOLINGS = ("Flatten", "GlobalAveragePooling2D")


def from_config(config, architecture):
    """(height, width, Head, Front) of a Sequential or Functional model's config."""
    layers = []
    try:
        flatten(config, layers)
        names = [settings.get("name") for _, settings, _ in layers]
        if "post_relu" not in names:
            raise DataError("the config has no layer post_relu, the backbone's last")
        end = names.index("post_relu") + 1
        sizes = [input_size(settings) for kind, settings, _ in layers if kind == "InputLayer"]
        if not sizes:
            raise DataError("the config has no InputLayer, so no input size")
        start = names.index("conv1_pad") if "conv1_pad" in names else 0
        in_front, head = front.Front(), Head()
        for kind, settings, node in layers[:start]:
            in_front.add(kind, settings, node)
        for kind, settings, _ in layers[start:end]:
            check_backbone(kind, settings, architecture)
        for kind, settings, _ in layers[end:]:
            head.add(kind, settings)
        head.finish()
    except (AttributeError, LookupError, TypeError, ValueError, RecursionError) as error:
        raise DataError(f"the model's config is not understood ({error!r})") from None
    return *sizes[0], head, in_front


def flatten(model, layers):
    """Appends a model's layers in order, nested models unfolded.

    What stands in front of the backbone and behind it must be one chain.
    """
    if model["class_name"] not in ("Sequential", "Functional", "Model"):
        raise DataError(f"the model is a {model['class_name']}, not Sequential or Functional")
    previous = None
    for layer in front.join_channels(model["config"]["layers"]):
        name, nodes = layer["config"]["name"], layer.get("inbound_nodes")
        if not isinstance(name, str) or not name:
            raise DataError(f"a layer's name is {name!r}")
        seen = {settings.get("name") for _, settings, _ in layers}
        if calls_as_in_training(nodes):
            raise DataError(f"layer {name} is called with training=True, so it trains at inference too")
        if model["class_name"] != "Sequential" and previous is not None:
            if ("conv1_pad" not in seen or "post_relu" in seen) and inbound(nodes) != [previous]:
                place = "the head" if "post_relu" in seen else "what is in front of the backbone"
                raise DataError(f"layer {name} does not follow {previous}: {place} is no chain")
        if "layers" in layer["config"]:
            flatten(layer, layers)
        else:
            layers.append((layer["class_name"], layer["config"], nodes))
        previous = name
    if inbound(model["config"].get("output_layers", [previous, 0, 0])) != [previous]:
        raise DataError(f"the model's output is not its last layer, {previous}")


def calls_as_in_training(nodes):
    """Whether Keras 2 was told to run a layer as in training, always.

    Keras 3 writes the same word, but `predict` overrules it there.
    """
    if not isinstance(nodes, list):
        return False
    return any(node.get("training") is True if isinstance(node, dict) and "args" not in node
               else calls_as_in_training(node) for node in nodes)


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
    if len(shape) != 4 or shape[3] != 3 or any(type(n) not in (int, type(None)) for n in shape[1:3]):
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


class Head:
    """The layers behind the backbone, as a weight file lists them, and how to make their tensors."""

    def __init__(self, layers=()):
        self.layers = list(layers)
        self.folded = {}  # a dense layer's name to the batch norms that its tensors take in, in order
        self.constants = {}  # tensors that the file leaves out, to their one value
        self.keeps_dimensions = None  # a pooling layer whose result is [1, 1, C]
        self.is_flat, self.is_nonnegative = False, True

    def add(self, kind, settings):
        """Takes a layer in; raises if a weight file has no words for what it does."""
        name = settings["name"]
        if network.is_inert(kind, settings):
            return
        if kind in ("ReLU", "Softmax", "Activation"):
            self.activate(name, kind, activation(kind, settings))
        elif kind == "BatchNormalization":
            self.normalize(name, settings)
        elif kind in POOLINGS:
            if settings.get("data_format") not in (None, "channels_last"):
                raise DataError(f"layer {name} ({kind}) has channels first")
            if self.is_flat and kind != "Flatten":
                raise DataError(f"layer {name} ({kind}) stands behind a flat layer")
            if not self.is_flat:
                self.layers.append({"type": kind, "name": name})
            self.keeps_dimensions = name if settings.get("keepdims") else None
            self.is_flat = True
        elif kind == "Dense":
            self.check_dimensions(name)
            function = activation(kind, settings)
            self.layers.append({
                "type": kind, "name": name, "units": int(settings["units"]), "activation": function})
            self.is_nonnegative = function != "linear"
            if not settings.get("use_bias", True):
                self.constants[f"{name}/bias"] = 0.0
        else:
            raise DataError(f"unknown layer {name} ({kind})")

    def normalize(self, name, settings):
        if settings.get("axis", -1) not in (-1, [-1], *(([1], 1) if self.is_flat else ([3], 3))):
            raise DataError(f"layer {name} (BatchNormalization) has axis {settings['axis']}, not -1")
        self.layers.append({
            "type": "BatchNormalization", "name": name, "epsilon": float(settings["epsilon"])})
        self.is_nonnegative = False
        for setting, variable, value in ("scale", "gamma", 1.0), ("center", "beta", 0.0):
            if not settings.get(setting, True):
                self.constants[f"{name}/{variable}"] = value

    def activate(self, name, kind, function):
        """An activation of its own becomes that of the dense layer before it.

        Batch norms between the two become part of the dense layer's kernel and bias.
        """
        if function == "linear" or function == "relu" and self.is_nonnegative:
            return  # the backbone ends with a ReLU, too
        norms = []
        while self.layers and self.layers[-1]["type"] == "BatchNormalization":
            norms.insert(0, self.layers.pop())
        last = self.layers[-1] if self.layers else {}
        if last.get("activation") != "linear":
            raise DataError(f"layer {name} ({kind}, {function}) does not follow a Dense layer without"
                            " activation: a weight file has no words for it")
        last["activation"], self.is_nonnegative = function, True
        if norms:
            self.folded[last["name"]] = norms

    def check_dimensions(self, name):
        if self.keeps_dimensions:
            raise DataError(f"layer {self.keeps_dimensions} has keepdims, and no Flatten before {name}")

    def finish(self):
        self.check_dimensions("the end")


def activation(kind, settings):
    """The name of a layer's activation function; raises for one that is none of ours."""
    name = settings["name"]
    if kind == "ReLU":
        for setting in "max_value", "negative_slope", "threshold":
            value = settings.get(setting)
            if value is not None and (
                    setting == "max_value" or front.uniform(name, setting, value) != 0):
                raise DataError(f"layer {name} (ReLU) has {setting} {value}: not supported")
        return "relu"
    if kind == "Softmax":
        if settings.get("axis", -1) not in (-1, [-1], 1, [1]):
            raise DataError(f"layer {name} (Softmax) has axis {settings['axis']}, not -1")
        return "softmax"
    function = settings.get("activation") or "linear"
    if function not in network.ACTIVATIONS:
        if isinstance(function, dict):
            function = function.get("class_name", function)
        raise DataError(f"layer {name} has activation {function}: not one of {network.ACTIVATIONS}")
    return function
