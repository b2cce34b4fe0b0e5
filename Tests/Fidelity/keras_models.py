"""The networks as Keras builds them, with random weights that are worth testing.

`K` is `keras` (3) or `tf_keras` (2): the same calls build the same network in both.
"""

import numpy as np

ARCHITECTURES = {  # each stack's last tensor
    "ResNet50V2": ["conv2_block3_out", "conv3_block4_out", "conv4_block6_out", "conv5_block3_out"],
    "ResNet101V2": ["conv2_block3_out", "conv3_block4_out", "conv4_block23_out", "conv5_block3_out"],
    "ResNet152V2": ["conv2_block3_out", "conv3_block8_out", "conv4_block36_out", "conv5_block3_out"],
}


def taps(architecture):
    return [*ARCHITECTURES[architecture], "post_relu"]


def variables(model):
    """`<layer>/<variable>` to Keras variable, of a model and the models in it."""
    found = {}
    for layer in model.layers:
        if hasattr(layer, "layers"):
            found |= variables(layer)
        else:
            for variable in layer.weights:
                path = getattr(variable, "path", variable.name)
                found[f"{layer.name}/{path.split('/')[-1].removesuffix(':0')}"] = variable
    return found


def randomize(model, random, branch_gain=0.1):
    """Weights that keep activations near 1; batch norms that are far from the identity.

    A block's last convolution is weak, so that the sum over many blocks stays moderate.
    """
    for name, variable in variables(model).items():
        kind, shape = name.split("/")[1], tuple(variable.shape)
        fan_in = int(np.prod(shape[:-1]))
        gain = branch_gain if name.endswith("_3_conv/kernel") else 2
        value = {
            "kernel": lambda: random.randn(*shape) * np.sqrt(gain / fan_in),
            "moving_variance": lambda: random.uniform(0.4, 2.0, shape),
            "gamma": lambda: random.uniform(0.6, 1.4, shape) * random.choice([-1, 1, 1], shape),
        }.get(kind, lambda: random.uniform(-0.5, 0.5, shape))
        variable.assign(value().astype("f4"))


def copy_weights(source, target):
    """Copies by name, whatever the order; both must have the same tensors."""
    source, target = variables(source), variables(target)
    assert set(source) == set(target), set(source) ^ set(target)
    for name, variable in target.items():
        variable.assign(source[name].numpy())


def report_network(K, size, classes=7):
    """The report's network: its ResNet50V2 with all but the last 50 layers frozen, and its head."""
    base = K.applications.ResNet50V2(include_top=False, weights=None, input_shape=(size, size, 3))
    for layer in base.layers[:-50]:
        layer.trainable = False
    network = K.Sequential([
        base,
        K.layers.Dropout(0.25, name="dropout"),
        K.layers.BatchNormalization(name="batch_normalization"),
        K.layers.Flatten(name="flatten"),
        K.layers.Dense(64, activation="relu", name="dense"),
        K.layers.BatchNormalization(name="batch_normalization_1"),
        K.layers.Dropout(0.5, name="dropout_1"),
        K.layers.Dense(classes, activation="softmax", name="dense_1")])
    network.build((None, size, size, 3))
    return network


def tapped(K, network, architecture):
    """A Keras 3 model of every stack's output, the logits (no softmax) and the probabilities."""
    base = network.layers[0] if isinstance(network, K.Sequential) else network
    outputs = {tap: base.get_layer(tap).output for tap in taps(architecture)}
    if base is network:
        x = network.layers[-2].output
    else:
        x = base.output
        for layer in network.layers[1:-1]:
            x = layer(x)
    last = network.layers[-1]
    outputs["logits"] = K.ops.matmul(x, last.kernel) + last.bias
    outputs["probabilities"] = last(x)
    return K.Model(base.input, outputs)
