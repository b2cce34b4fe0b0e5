"""One training step through Keras itself, on whatever backend it runs: AdamW and averaged weights."""

import os

import keras
import numpy as np

import input_size
import keras_network


class KerasTrainer:
    """`decay` and `averaging` as in recipes.py; `frozen` names layers that stay as they are."""

    def __init__(self, side, values, decay, averaging, frozen=()):
        self.decay, self.averaging, self.frozen = decay, averaging, set(frozen)
        self.build(side, values, values, steps=0)

    def build(self, side, values, averaged, steps):
        self.side, self.steps = side, steps
        self.network = keras_network.report_network(side)
        keras_network.assign(self.network, values)
        for layer in self.network.layers[0].layers:
            layer.trainable = layer.name not in self.frozen
        self.averaged = {name: np.array(array) for name, array in averaged.items()}
        optimizer = keras.optimizers.AdamW(1e-4, weight_decay=self.decay)
        optimizer.exclude_from_weight_decay(var_names=["bias", "gamma", "beta"])
        self.network.compile(optimizer, "categorical_crossentropy", metrics=["accuracy"])
        optimizer.build(self.network.trainable_variables)

    def grow(self, side):
        """Goes on at another input size, with the optimizer's state of every tensor that kept its shape."""
        old = self.network.optimizer.variables
        self.build(side, input_size.refit(keras_network.arrays(self.network), side),
                   input_size.refit(self.averaged, side), self.steps)
        for mine, theirs in zip(self.network.optimizer.variables, old):
            if mine.shape == theirs.shape:
                mine.assign(theirs)

    def input(self, x):
        return np.repeat(x[..., None], 3, axis=3)

    def step(self, x, y, rate):
        """One batch, grey [n, side, side] in 0...1; returns (loss, how many first choices were right)."""
        self.network.optimizer.learning_rate = rate
        self.network.reset_metrics()
        loss, right = self.network.train_on_batch(self.input(x), y)
        self.steps += 1
        every = 8 if self.averaging else 1  # the average follows in larger steps, to copy less
        if self.steps % every == 0:
            share = 1 - min(self.averaging, (1 + self.steps) / (10 + self.steps)) ** every
            for name, array in keras_network.arrays(self.network).items():
                self.averaged[name] += share * (array - self.averaged[name])
        return float(loss), round(float(right) * len(x))

    def logits(self, x):
        """The averaged network's, [n, 7], up to a constant in each row."""
        own = keras_network.arrays(self.network)
        keras_network.assign(self.network, self.averaged)
        p = [self.network.predict_on_batch(self.input(x[i:i + 128])) for i in range(0, len(x), 128)]
        keras_network.assign(self.network, own)
        return np.log(np.maximum(np.concatenate(p), 1e-12))

    def values(self):
        """The averaged network's arrays, by Keras's names."""
        return self.averaged

    def save(self, path, extra):
        state = {f"network:{n}": v for n, v in keras_network.arrays(self.network).items()}
        state |= {f"averaged:{n}": v for n, v in self.averaged.items()}
        state |= {f"optimizer:{i}": keras.ops.convert_to_numpy(v)
                  for i, v in enumerate(self.network.optimizer.variables)}
        state |= {f"extra:{n}": np.array(v) for n, v in extra.items()}
        with open(f"{path}.part", "wb") as file:
            np.savez(file, side=self.side, steps=self.steps, **state)
        os.replace(f"{path}.part", path)

    def restore(self, path):
        with np.load(path) as file:
            kinds = {k: {n.split(":", 1)[1]: file[n] for n in file if n.startswith(f"{k}:")}
                     for k in ("network", "averaged", "optimizer", "extra")}
            self.build(int(file["side"]), kinds["network"], kinds["averaged"], int(file["steps"]))
        for i, variable in enumerate(self.network.optimizer.variables):
            variable.assign(kinds["optimizer"][str(i)])
        return kinds["extra"]
