"""Trains on an accelerator: measures and saves what it has each minute, not each epoch.

The clock starts at the first step, after compiling. Each reading evaluates every running average. The best so far is
kept, by the validation faces' cross-entropy from the targets, so a run that is cut off has weights too.
"""

import dataclasses
import math
import time

FIELDS = ["epoch", "side", "minutes", "images_per_second", "rate", "averaging", "train_loss", "train_accuracy",
          "ferplus_accuracy", "fer2013_accuracy", "loss", "votes_divergence"]


@dataclasses.dataclass
class Best:
    """The best reading so far."""

    row: dict
    side: int
    values: dict  # Keras's name to array
    logits: object  # of the validation faces, [n, 7]


def measured(trainer, validation):
    """(averaging, row, logits) of each running average; afterwards `trainer.average` is the one in question."""
    for averaging, average in zip(trainer.averaging, trainer.averages):
        trainer.average = average
        logits = trainer.logits(validation.faces(trainer.side))
        yield averaging, validation.row(logits), logits


def better(row, best):
    return math.isfinite(row["loss"]) and (best is None or row["loss"] < best.row["loss"])


def train(trainer, schedule, progress, validation, at_reading, every=60.0, grow=None, before=(0.0, 0)):
    """Steps until `progress(seconds since the first step, faces seen)` is 1; returns the Best.

    Every so many seconds, and at the end, `at_reading` gets the rows, the best so far, whether this reading found
    it, and (seconds, faces seen), which a run that goes on takes as `before`. `grow` is (progress, side) to go on
    at another side. The clock goes on while it measures.
    """
    best, seen, rate = None, before[1], 0.0
    trainer.warm_up()
    began = time.monotonic() - before[0]
    last = (time.monotonic(), seen)
    while (done := progress(time.monotonic() - began, seen)) < 1:
        if grow and done >= grow[0]:
            trainer.grow(grow[1])
            trainer.warm_up()
            grow = None
        rate = schedule.rate(done)
        trainer.step(rate)
        seen += trainer.batch
        if time.monotonic() - last[0] < every and progress(time.monotonic() - began, seen) < 1:
            continue
        loss, accuracy = trainer.read()
        now = time.monotonic()
        common = {"epoch": seen / len(trainer.faces), "side": trainer.side, "minutes": (now - began) / 60,
                  "images_per_second": (seen - last[1]) / (now - last[0]), "rate": rate, "train_loss": loss,
                  "train_accuracy": accuracy}
        rows, new = [], False
        for averaging, row, logits in measured(trainer, validation):
            rows.append(common | {"averaging": averaging} | row)
            if better(row, best):
                best, new = Best(rows[-1], trainer.side, trainer.values(), logits), True
        at_reading(rows, best, new, (now - began, seen))
        last = (time.monotonic(), seen)
    return best
