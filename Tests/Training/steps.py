#!/usr/bin/env python3
"""Counts what the host does within a step of the accelerator's path, and traces the step as the compiler does.

  pip install -r Weights/requirements.txt
  python Tests/Training/steps.py

A step of 64 faces and one of 256 must take the same operations: then the host does no work per face. Between two
readings no step may ask the device for a value. The step must be traceable as one graph, without a gap, and
where it cannot be compiled it must go on without. A trainer that begins again must do as a new one does.
"""

import collections
import pathlib
import sys

import numpy as np
import torch
from torch.profiler import ProfilerActivity, profile

sys.path.insert(0, str(pathlib.Path(__file__).parents[2] / "Weights"))
import recipes
import torch_network
import torch_trainer
from device_trainer import DeviceTrainer

SIDE, FACES, BATCHES = 32, 1024, (64, 256)
WAITS = ("aten::item", "aten::_local_scalar_dense", "aten::nonzero")  # the host waits for the device


def make(batch, compiled=False):
    random = np.random.default_rng(1)
    faces = random.integers(0, 256, (FACES, 48, 48), dtype="u1")
    targets = np.eye(7, dtype="f4")[random.integers(0, 7, FACES)]
    values = torch_network.ReportNetwork(SIDE).initialize().store()
    trainer = DeviceTrainer(SIDE, values, recipes.ACCELERATOR, faces, targets, batch, seed=1, compiled=compiled)
    trainer.warm_up(1)
    trainer.step(1e-4)  # the optimizer makes its state
    return trainer, values, targets


def within(event, name):
    return event is not None and (event.name == name or within(event.cpu_parent, name))


def operations(trainer):
    """How often each operation is called in one step, and how often the host waits for a value.

    On a CPU the fused optimizer reads its own count of steps, for each tensor; on an accelerator it does not.
    """
    with profile(activities=[ProfilerActivity.CPU]) as profiled:
        trainer.step(1e-4)
    events = [e for e in profiled.events() if e.name.startswith("aten::")]
    waits = sum(e.name in WAITS and not within(e, "aten::_fused_adamw_") for e in events)
    return collections.Counter(e.name for e in events), waits


def three_losses(trainer):
    return [trainer.step(1e-3) or trainer.read()[0] for _ in range(3)]


def begins_again(trainer, values, targets):
    """Whether three steps after beginning again are those of another beginning."""
    first = three_losses(trainer.restart(values, targets, seed=5))
    return np.allclose(first, three_losses(trainer.restart(values, targets, seed=5)), rtol=1e-3), first


def goes_on_uncompiled():
    def fail(*_, **__):
        raise RuntimeError("no compiler here")

    original, torch.compile = torch.compile, fail
    try:
        return not make(8, compiled=True)[0].compiled
    finally:
        torch.compile = original


def main():
    torch_trainer.faster_type = lambda device: torch.bfloat16  # as on an accelerator
    failed, counts = False, {}
    for batch in BATCHES:
        trainer, values, targets = make(batch)
        counts[batch], waits = operations(trainer)
        print(f"a step of {batch} faces: {sum(counts[batch].values())} operations, waits for a value {waits} times")
        failed |= waits > 0
    small, large = (counts[batch] for batch in BATCHES)
    differ = {name: (small[name], large[name]) for name in small | large if small[name] != large[name]}
    print(f"operations whose number depends on the batch: {differ or 'none'}")
    explained = torch._dynamo.explain(trainer.loss)(trainer.take(), trainer.share())
    print(f"traced into {explained.graph_count} graph, {explained.graph_break_count} gaps: {explained.break_reasons}")
    again, losses = begins_again(trainer, values, targets)
    print(f"begins again as before: {again}, losses {', '.join(f'{loss:.4f}' for loss in losses)}")
    uncompiled = goes_on_uncompiled()
    print(f"goes on without a compiler: {uncompiled}")
    failed |= not (again and uncompiled)
    return failed or bool(differ) or explained.graph_break_count > 0


if __name__ == "__main__":
    sys.exit(main())
