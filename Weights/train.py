#!/usr/bin/env python3
"""Trains the report's network on FER2013's faces, and saves it as the report's app loads it (.h5).

  fer.py --images fer2013.tar.xz --votes ferplus.csv --output faces.npz
  train.py faces.npz --output run --start-size 64 --size 96 --minutes 90
  train.py faces.npz --output run --resume                     goes on where the last whole epoch ended
  train.py faces.npz --output run --recipe report --pretrained imagenet

In the folder: metrics.csv (a line per epoch), options.json, checkpoint (with the optimizer's state, each
epoch) and, at the end, mood_resnet_model.h5. Keras 3 on any backend (KERAS_BACKEND); on torch the steps
run in plain PyTorch, which is faster. Validation faces are only measured, never trained on.

On an accelerator with torch, the faces and their changes stay on it (device_trainer.py). There `--minutes` counts
from the first step, and metrics, checkpoint and the best weights so far (best.safetensors) are written each minute.
"""

import argparse
import csv
import json
import os
import pathlib
import queue
import sys
import threading
import time

os.environ.setdefault("KERAS_BACKEND", "torch")

import keras
import numpy as np

import augment
import device_run
import expected
import fer
import keras_network
import recipes
import results
import validation

FIELDS = ["epoch", "side", "minutes", "images_per_second", "rate", "train_loss", "train_accuracy",
          "ferplus_accuracy", "fer2013_accuracy", "loss", "votes_divergence"]


def arguments():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("faces", help="the packed file that fer.py wrote")
    p.add_argument("--output", required=True, type=pathlib.Path, help="folder of this run")
    p.add_argument("--resume", action="store_true", help="go on, with the options that the run was started with")
    p.add_argument("--recipe", choices=("default", "report"), default="default")
    p.add_argument("--labels", choices=("fer2013", "ferplus", "mixed"), help="default ferplus; the report's fer2013")
    p.add_argument("--vote-weight", type=float, default=0.75, help="the votes' part in --labels mixed")
    p.add_argument("--teacher", metavar="FILE", help="with --labels fer2013: train mostly for the label that the votes and"
                   " this trained network lead to expect")
    p.add_argument("--size", type=int, help="input side; default 96, the report's 224")
    p.add_argument("--start-size", type=int, help="a smaller side until --grow-at")
    p.add_argument("--grow-at", type=float, default=0.4, help="part of the run, 0 to 1")
    p.add_argument("--epochs", type=float, default=50, help="may be a fraction")
    p.add_argument("--minutes", type=float, help="wall clock instead: the learning rate then follows the clock")
    p.add_argument("--batch", type=int, help="default 64; on an accelerator 256")
    p.add_argument("--rate", type=float, help="the highest learning rate; default 7e-4, on an accelerator 1.4e-3;"
                   " the report's 1e-3")
    p.add_argument("--on-device", action="store_true", help="the accelerator's way, on a CPU too")
    p.add_argument("--every", type=float, default=60, help="seconds from one measurement to the next on an accelerator")
    p.add_argument("--initial", metavar="FILE", help="a network to start from: .h5 that this script saved, or a weight file")
    p.add_argument("--pretrained", metavar="FILE.h5|imagenet", help="weights of keras.applications' ResNet50V2")
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--threads", type=int, help="of PyTorch")
    o = p.parse_args()
    if o.resume:
        kept = json.loads((o.output / "options.json").read_text())
        vars(o).update(kept, faces=o.faces, output=o.output, resume=True)
    recipe = recipes.REPORT if o.recipe == "report" else recipes.DEFAULT
    o.on_device |= not recipe.plateau and on_accelerator()
    if o.on_device:
        recipe = recipes.ACCELERATOR
    if o.on_device and (o.recipe == "report" or keras.backend.backend() != "torch"):
        p.error("--on-device goes with the default recipe and KERAS_BACKEND=torch")
    o.labels, o.size, o.rate = o.labels or recipe.labels, o.size or recipe.size, o.rate or recipe.rate
    o.batch = o.batch or recipe.batch
    if o.teacher and o.labels != "fer2013":
        p.error("--teacher goes with --labels fer2013")
    return o, recipe


def on_accelerator():
    if keras.backend.backend() != "torch":
        return False
    import torch

    return torch.cuda.is_available()


def ahead(iterator, depth=6):
    """The same items, made in another thread while the network is busy."""
    items = queue.Queue(depth)

    def work():
        for item in iterator:
            items.put(item)
        items.put(None)

    threading.Thread(target=work, daemon=True).start()
    while (item := items.get()) is not None:
        yield item


def initial_values(o, recipe, side):
    """(arrays to start from, names of the layers that stay as they are)."""
    if o.initial:
        return keras_network.read(o.initial, side), set()
    network = keras_network.report_network(side, weights=o.pretrained)
    frozen = set()
    if o.pretrained and recipe.unfrozen:
        frozen = {layer.name for layer in network.layers[0].layers[:-recipe.unfrozen]}
    return keras_network.arrays(network), frozen


def make_trainer(o, recipe, side):
    if keras.backend.backend() == "torch":
        from torch_trainer import TorchTrainer as Trainer
    else:
        from keras_trainer import KerasTrainer as Trainer
    values, frozen = initial_values(o, recipe, side)
    return Trainer(side, values, recipe.decay, recipe.averaging, frozen)


def save(path, side, values):
    network = keras_network.report_network(side)
    keras_network.assign(network, values)
    network.save(path)  # .h5: the legacy whole-model form


def start_log(o, fields):
    """Writes down the options and begins metrics.csv."""
    (o.output / "options.json").write_text(json.dumps(vars(o), default=str, indent=1) + "\n")
    with open(o.output / "metrics.csv", "w", newline="") as file:
        csv.writer(file).writerow(fields)


def log(o, row, fields):
    with open(o.output / "metrics.csv", "a", newline="") as file:
        csv.writer(file).writerow([row[f] if isinstance(row[f], int) else f"{row[f]:.6g}" for f in fields])
    print(row, flush=True)


def run_on_device(o, recipe, originals, targets, measured):
    from device_trainer import DeviceTrainer

    side = o.start_size or o.size
    values, _ = initial_values(o, recipe, side)
    trainer = DeviceTrainer(side, values, recipe, originals, targets, o.batch, o.seed)
    before = (0.0, 0)
    if o.resume:
        state = trainer.restore(o.output / "checkpoint")
        before = (float(state["seconds"]), int(state["seen"]))
    else:
        start_log(o, device_run.FIELDS)

    def progress(seconds, seen):
        return seconds / (60 * o.minutes) if o.minutes else seen / (o.epochs * len(originals))

    def at_reading(rows, best, new, at):
        for row in rows:
            log(o, row, device_run.FIELDS)
        if new:
            results.write_weights(o.output / "best.safetensors", best.values, best.side)
        trainer.save(o.output / "checkpoint", dict(zip(("seconds", "seen"), at)))

    grow = (o.grow_at, o.size) if trainer.side != o.size else None
    best = device_run.train(trainer, recipes.OneCycle(o.rate), progress, measured, at_reading, o.every, grow, before)
    if best is None:
        sys.exit("the run is at its end: nothing was trained")
    save(o.output / "mood_resnet_model.h5", best.side, best.values)


def run(o, recipe):
    keras.utils.set_random_seed(o.seed)
    if o.threads and keras.backend.backend() == "torch":
        import torch

        torch.set_num_threads(o.threads)
    o.output.mkdir(parents=True, exist_ok=True)
    part = fer.load(o.faces, "train")
    targets, usable = fer.targets(part["label"], part["votes"], o.labels, o.vote_weight)
    if o.teacher:
        targets = expected.targets(part, o.teacher)
    originals, targets = part["faces"][usable], targets[usable]
    measured = validation.Validation(fer.load(o.faces, "validation"), o.labels, o.vote_weight)
    if o.on_device:
        return run_on_device(o, recipe, originals, targets, measured)
    trainer = make_trainer(o, recipe, o.start_size or o.size)
    schedule = (recipes.Plateau if recipe.plateau else recipes.OneCycle)(o.rate)
    checkpoint = o.output / "checkpoint"
    at, stop = {"epoch": 0, "seconds": 0.0}, False
    if o.resume:
        state = trainer.restore(checkpoint)
        at = {"epoch": int(state["epoch"]), "seconds": float(state["seconds"])}
        schedule.restore(json.loads(str(state["schedule"])))
    else:
        start_log(o, FIELDS)
    began = time.monotonic() - at["seconds"]
    per_epoch = len(originals) // o.batch

    def progress(step):
        if o.minutes:
            return (time.monotonic() - began) / (60 * o.minutes)
        return (at["epoch"] * per_epoch + step) / (o.epochs * per_epoch)

    faces = augment.resize(originals, trainer.side)
    while (done := progress(0)) < 1 and not stop:
        if trainer.side != o.size and done >= o.grow_at:
            trainer.grow(o.size)
            faces = augment.resize(originals, o.size)
        loss, right, seen, start, rate = 0.0, 0, 0, time.monotonic(), 0.0
        stream = augment.batches(faces, targets, o.batch, recipe.changes, (o.seed, at["epoch"]))
        for step, (x, y) in enumerate(ahead(stream)):
            if (done := progress(step)) >= 1:
                break
            rate = schedule.rate(done)
            batch_loss, batch_right = trainer.step(x, y, rate)
            loss, right, seen = loss + batch_loss * len(x), right + batch_right, seen + len(x)
            if step % 50 == 0:
                print(f"epoch {at['epoch'] + 1} step {step}/{per_epoch} loss {loss / seen:.4f} accuracy"
                      f" {right / seen:.4f} {seen / (time.monotonic() - start):.1f} images/s", flush=True)
        speed = seen / (time.monotonic() - start)
        at = {"epoch": at["epoch"] + 1, "seconds": time.monotonic() - began}
        row = {"epoch": at["epoch"], "side": trainer.side, "minutes": at["seconds"] / 60,
               "images_per_second": speed, "rate": rate, "train_loss": loss / max(seen, 1),
               "train_accuracy": right / max(seen, 1),
               **measured.row(trainer.logits(measured.faces(trainer.side)))}
        log(o, row, FIELDS)
        truth = "fer2013" if o.labels == "fer2013" else "ferplus"
        keep, stop = schedule.after_epoch(row["loss"], row[f"{truth}_accuracy"])
        if recipe.plateau and keep:
            save(o.output / "best.h5", trainer.side, trainer.values())
        trainer.save(checkpoint, at | {"schedule": json.dumps(schedule.state())})
    if recipe.plateau:
        os.replace(o.output / "best.h5", o.output / "mood_resnet_model.h5")
    else:
        save(o.output / "mood_resnet_model.h5", trainer.side, trainer.values())


if __name__ == "__main__":
    run(*arguments())
