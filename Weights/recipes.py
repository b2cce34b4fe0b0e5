"""The recipes: what changes a face, how fast to learn, and when to stop."""

import dataclasses
import math

import augment


@dataclasses.dataclass(frozen=True)
class Recipe:
    size: int  # input side
    labels: str
    changes: augment.Augmentation
    rate: float  # the highest learning rate
    decay: float  # AdamW's weight decay of the kernels; 0 is Adam
    averaging: float | tuple  # of the weights, per step; 0 is none
    plateau: bool  # the report's schedule; otherwise one cycle
    unfrozen: int | None  # trainable layers at the backbone's end, where pretrained weights are given
    batch: int = 64
    mixup: float = 0.0  # parameters of the beta distribution; on an accelerator alone


REPORT = Recipe(
    size=224, labels="fer2013", changes=augment.REPORT, rate=1e-3, decay=0.0, averaging=0.0, plateau=True,
    unfrozen=50)
DEFAULT = Recipe(
    size=96, labels="ferplus", changes=augment.DEFAULT, rate=7e-4, decay=0.02, averaging=0.998, plateau=False,
    unfrozen=None)
ACCELERATOR = dataclasses.replace(  # rate by the root of the batch
    DEFAULT, batch=256, rate=1.4e-3, averaging=(0.999, 0.9995), mixup=0.2)


class OneCycle:
    """Five hundredths of the run to warm up, then half a cosine to zero. It never stops early."""

    def __init__(self, highest):
        self.highest = highest

    def rate(self, progress):
        """The learning rate at `progress`, 0 to 1."""
        if progress < 0.05:
            return self.highest * (0.1 + 0.9 * progress / 0.05)
        return self.highest * (0.001 + 0.999 * (0.5 + 0.5 * math.cos(math.pi * min((progress - 0.05) / 0.95, 1))))

    def after_epoch(self, loss, accuracy):
        """Takes an epoch's validation loss and accuracy; returns whether to keep its weights, and to stop."""
        return True, False

    def state(self):
        return {}

    def restore(self, state):
        pass


class Plateau:
    """The report's callbacks: ReduceLROnPlateau(val_loss, factor 0.2, patience 2, min_lr 5e-5) and
    EarlyStopping(val_accuracy, patience 7, restore_best_weights)."""

    def __init__(self, highest):
        self.now, self.least_loss, self.best_accuracy = highest, math.inf, -1.0
        self.without_loss = self.without_accuracy = 0

    def rate(self, progress):
        return self.now

    def after_epoch(self, loss, accuracy):
        if loss < self.least_loss - 1e-4:
            self.least_loss, self.without_loss = loss, 0
        else:
            self.without_loss += 1
            if self.without_loss >= 2:
                self.now, self.without_loss = max(self.now * 0.2, 5e-5), 0
        best = accuracy > self.best_accuracy
        self.best_accuracy = max(accuracy, self.best_accuracy)
        self.without_accuracy = 0 if best else self.without_accuracy + 1
        return best, self.without_accuracy >= 7

    def state(self):
        return dict(vars(self))

    def restore(self, state):
        vars(self).update(state)
