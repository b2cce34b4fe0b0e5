"""Follows a plan on an accelerator: trains step by step, evaluates under both truths, writes the results.

Needs Python, PyTorch, NumPy and Pillow; no Keras. Results are written after each measurement that finds a better
network for the votes or the labels: the one with the smallest cross-entropy of the validation faces from its targets.
"""

import datetime
import hashlib
import json
import pathlib
import platform
import tarfile
import tempfile
import time

import torch

import card
import device_run
import fer
import input_size
import measures
import plan
import recipes
import results
from device_trainer import DeviceTrainer
from torch_network import ReportNetwork
from validation import Validation


def pixels_hash(arrays):
    """SHA-256 of all decoded pixels, by which a bundle's faces are checked."""
    hashed = hashlib.sha256(arrays["train_faces"].tobytes())
    hashed.update(arrays["validation_faces"].tobytes())
    return hashed.hexdigest()


def read_bundle(folder):
    """The arrays of fer.pack from a bundle's data."""
    with tempfile.TemporaryDirectory() as temporary:
        with tarfile.open(folder / "data.tar.xz") as archive:
            archive.extract("ferplus.csv", temporary, filter="data")
        arrays = fer.pack(folder / "data.tar.xz", pathlib.Path(temporary) / "ferplus.csv")
    expected = json.loads((folder / "bundle.json").read_text())["pixels_sha256"]
    if pixels_hash(arrays) != expected:
        raise SystemExit(f"the decoded faces have SHA-256 {pixels_hash(arrays)}, not {expected}: another decoder?")
    return {part: {key: arrays[f"{part}_{key}"] for key in ("faces", "label", "votes", "copies")}
            for part in ("train", "validation")}


def device():
    return torch.cuda.get_device_name() if torch.cuda.is_available() else "CPU"


class Run:
    """One command: its options, data, log and what is best so far."""

    def __init__(self, options, began):
        self.options, self.began = options, began
        self.deadline = began + 60 * options.minutes - options.reserve
        self.best, self.readings, self.lines, self.measuring = {}, [], [], 0.0
        self.parts = read_bundle(options.bundle)
        self.validations, self.trainers = {}, {}
        self.say(f"{len(self.parts['train']['label'])} training faces, decoded as they were packed")

    def say(self, line):
        self.lines.append(f"{time.monotonic() - self.began:6.1f} s  {line}")
        print(self.lines[-1], flush=True)

    def validation(self, labels):
        if labels not in self.validations:
            self.validations[labels] = Validation(self.parts["validation"], labels, 0.75)
        return self.validations[labels]

    def trainer(self, step):
        """For a step; one of the same size and faces is used again, as compiling takes a minute."""
        part = self.parts["train"]
        _, usable = fer.targets(part["label"], part["votes"], "ferplus")  # whatever the labels: the same faces
        targets, _ = fer.targets(part["label"], part["votes"], step.labels)
        torch.manual_seed(step.seed)
        if step.start == "best" and "votes" in self.best:
            values = input_size.refit(self.best["votes"].values, step.size)
        else:
            values = ReportNetwork(step.size).initialize().store()
        if step.size in self.trainers:
            return self.trainers[step.size].restart(values, targets[usable], step.seed)
        o = self.options
        compiled = {"auto": None if step.compile == "yes" else False, "on": True, "off": False}[o.compile]
        self.trainers[step.size] = DeviceTrainer(
            step.size, values, o.recipe, part["faces"][usable], targets[usable], o.batch, step.seed, compiled)
        return self.trainers[step.size]

    def choose(self, steps):
        """The steps that this machine is fast enough for, by the first one's speed."""
        trainer = self.trainer(steps[0])
        trainer.warm_up()
        speed = trainer.speed()
        began = time.monotonic()
        list(device_run.measured(trainer, self.validation(steps[0].labels)))
        self.measuring = time.monotonic() - began
        left = self.deadline - time.monotonic()
        kept = plan.fitted(steps, speed * left / len(trainer.faces))
        self.say(f"{device()}, {trainer.type}, {'compiled' if trainer.compiled else 'not compiled'}: {speed:.0f} faces/s at"
                 f" {steps[0].size}; a measurement takes {self.measuring:.1f} s; {left:.0f} s are left")
        self.say(f"dropped: {', '.join(step.name for step in steps if step not in kept) or 'nothing'}")
        return kept

    def follow(self, steps):
        steps = self.choose(steps)
        for index, step in enumerate(steps):
            left = self.deadline - time.monotonic()
            if index and left < self.options.least + self.measuring:  # the first always runs, so something comes home
                self.say(f"{step.name}: left out, {left:.0f} s are left")
                continue
            trainer = self.trainer(step)
            clock = plan.Clock(step.share / sum(s.share for s in steps[index:]), self.deadline,
                               self.measuring, time.monotonic)

            def at_reading(rows, best, new, _):
                self.readings += [{"step": step.name} | row for row in rows]
                for row in rows:
                    self.say(f"{step.name} epoch {row['epoch']:.2f} {row['images_per_second']:.0f} faces/s, training"
                             f" loss {row['train_loss']:.4f}, average {row['averaging']}: FER+ majority"
                             f" {row['ferplus_accuracy']:.2%}, FER2013's label {row['fer2013_accuracy']:.2%},"
                             f" loss {row['loss']:.4f}")
                if new and device_run.better(best.row, self.best.get(step.role)):
                    self.best[step.role] = best
                    best.row["step"] = step.name
                    self.write(finished=False)

            device_run.train(trainer, recipes.OneCycle(step.rate), clock, self.validation(step.labels), at_reading,
                             self.options.every)
        if not self.best:
            raise SystemExit("no network: no step had the time, or every loss was infinite")
        for role, best in self.best.items():
            self.say(f"{role}: {best.row['step']} at {best.row['minutes']:.1f} min, average {best.row['averaging']}")
            card.show(self.report(role))
        self.write(finished=True)

    def report(self, role):
        """The card's figures, its temperature fitted to the targets of the role."""
        part, z = self.parts["validation"], self.best[role].logits
        targets, usable = fer.targets(part["label"], part["votes"], "fer2013" if role == "labels" else "ferplus")
        return card.report(z, part, measures.fit_temperature(z[usable], targets[usable]), targets, usable)

    def write(self, finished):
        summary = {
            "finished": finished, "written": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
            "torch": torch.__version__, "python": platform.python_version(),
            "device": device(), "plan": self.options.step, "best": {role: best.row for role, best in self.best.items()},
            "reports": {role: self.report(role) for role in self.best}, "readings": self.readings, "log": self.lines}
        results.write(self.options.output, {r: (b.values, b.side) for r, b in self.best.items()}, summary)


def train(options, began):
    run = Run(options, began)
    run.follow([plan.parse(line) for line in options.step])
