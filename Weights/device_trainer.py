"""Training steps for an accelerator: faces, targets, changes and sums all stay on it.

The host only says the learning rate and mixup's share of each step. It looks at no face and waits for
nothing between two readings of the sums; Tests/Training/steps.py counts that.
"""

import time

import numpy as np
import torch
import torch.nn.functional as F

import augment
import device_augment
from torch_trainer import TorchTrainer


class DeviceTrainer(TorchTrainer):
    """As TorchTrainer. `originals` is [n, 48, 48] uint8, `targets` [n, 7]; steps are compiled on an
    accelerator, or as `compiled` says."""

    def __init__(self, side, values, recipe, originals, targets, batch, seed, compiled=None):
        if len(originals) < batch:
            raise ValueError(f"a batch of {batch} from {len(originals)} faces")
        self.originals, self.changes, self.batch, self.mixup = originals, recipe.changes, batch, recipe.mixup
        self.host, self.order, self.next = np.random.default_rng(seed), None, 0
        torch.manual_seed(seed)
        super().__init__(side, values, recipe.decay, recipe.averaging)
        self.targets = torch.from_numpy(targets).to(self.device)
        self.sums = torch.zeros(2, device=self.device)  # of loss and of right first choices, since the last reading
        self.since = 0  # steps since then
        self.compiled = self.device != "cpu" if compiled is None else compiled
        torch.backends.cudnn.benchmark = True

    def build(self, side, values, averaged):
        super().build(side, values, averaged)
        self.faces = torch.from_numpy(augment.resize(self.originals, side)).to(self.device)
        self.forward = self.loss

    def restart(self, values, targets, seed):
        """Begins again from these weights and targets, for the same faces; what was compiled stays."""
        for network in (self.network, *self.averages):
            network.load(values)
        self.optimizer.state.clear()
        self.targets = torch.from_numpy(targets).to(self.device)
        self.host, self.order, self.steps = np.random.default_rng(seed), None, 0
        self.read()
        torch.manual_seed(seed)
        return self

    def loss(self, chosen, share):
        """Of the faces [n] that are chosen: (loss, how many first choices are the target's)."""
        drawn = device_augment.draw(self.batch, self.side, self.changes, self.device)
        x = device_augment.changed(self.faces[chosen], drawn) / 255
        y = self.targets[chosen]
        if self.mixup:
            x, y = device_augment.mixed(x, y, share)
        x = x[:, None].expand(-1, 3, -1, -1).contiguous(memory_format=torch.channels_last)
        with self.cast():
            logits = self.network(x).float()
        return F.cross_entropy(logits, y), (logits.argmax(1) == y.argmax(1)).sum()

    def take(self):
        """The next batch's places, [batch]; the last odd faces of an epoch are left out."""
        if self.order is None or self.next + self.batch > len(self.order):
            self.order, self.next = torch.randperm(len(self.faces), device=self.device), 0
        self.next += self.batch
        return self.order[self.next - self.batch:self.next]

    def share(self):
        value = self.host.beta(self.mixup, self.mixup) if self.mixup else 1.0
        return torch.full((), value, device=self.device)

    def warm_up(self, steps=3):
        """Compiles, and lets libraries choose their kernels. No weight changes; batch norms see the faces.

        Where compiling fails, it says so and goes on without.
        """
        self.network.train()
        try:
            if self.compiled and self.forward == self.loss:
                self.forward = torch.compile(self.loss, dynamic=False)
            for _ in range(steps):
                self.forward(self.take(), self.share())[0].backward()
        except Exception as error:  # whatever the compiler lacks on this machine
            if not self.compiled:
                raise
            print(f"compiling failed, steps run uncompiled: {type(error).__name__}: {str(error)[:300]}", flush=True)
            self.compiled, self.forward = False, self.loss
            self.warm_up(steps)
        self.optimizer.zero_grad(set_to_none=True)
        self.wait()

    def wait(self):
        if self.device != "cpu":
            torch.cuda.synchronize()

    def speed(self, seconds=3.0):
        """Faces per second of steps that change no weight."""
        self.wait()
        began, seen = time.monotonic(), 0
        while time.monotonic() - began < seconds:
            self.forward(self.take(), self.share())[0].backward()
            self.optimizer.zero_grad(set_to_none=True)
            self.wait()
            seen += self.batch
        return seen / (time.monotonic() - began)

    def step(self, rate):
        """One batch. What it gives is added to the sums."""
        self.network.train()
        loss, right = self.forward(self.take(), self.share())
        self.update(loss, rate)
        self.sums += torch.stack((loss.detach(), right.float()))
        self.since += 1

    def read(self):
        """(mean loss, share of right first choices) since the last reading; waits for the device."""
        loss, right = self.sums.tolist()
        steps, self.since = max(self.since, 1), 0
        self.sums.zero_()
        return loss / steps, right / (steps * self.batch)
