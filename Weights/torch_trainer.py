"""One training step on PyTorch: convolutions in the faster type, AdamW, and a running average of the weights."""

import copy
import os
import time

import numpy as np
import torch
import torch.nn.functional as F

import input_size
from torch_network import ReportNetwork


def faster_type(device):
    """bfloat16 or float32: on processors without its instructions, and on some with them, bfloat16 is slower."""
    if device != "cpu":
        return torch.bfloat16
    layer = torch.nn.Conv2d(128, 128, 3, padding=1).to(memory_format=torch.channels_last)
    x = torch.rand(16, 128, 24, 24).contiguous(memory_format=torch.channels_last)
    least = {}
    for _ in range(3):
        for kind in (torch.float32, torch.bfloat16):
            start = time.perf_counter()
            with torch.autocast(device, torch.bfloat16, enabled=kind == torch.bfloat16):
                layer(x).sum().backward()
            least[kind] = min(least.get(kind, float("inf")), time.perf_counter() - start)
    return min(least, key=least.get)


class TorchTrainer:
    """`decay` and `averaging` as in recipes.py, the latter also several; `frozen` names layers that stay as they are."""

    def __init__(self, side, values, decay, averaging, frozen=()):
        self.device = "cuda" if torch.cuda.is_available() else "cpu"
        self.type = faster_type(self.device)
        print(f"convolutions in {self.type}", flush=True)
        self.decay, self.frozen, self.steps = decay, set(frozen), 0
        self.averaging = averaging if isinstance(averaging, tuple) else (averaging,)
        self.build(side, values, [values] * len(self.averaging))

    def build(self, side, values, averaged):
        self.side = side
        place = {"device": self.device, "memory_format": torch.channels_last}
        self.network = ReportNetwork(side).load(values).to(**place)
        self.averages = [ReportNetwork(side).load(v).to(**place).eval() for v in averaged]
        self.average = self.averages[0]
        self.floats, *self.averaged_floats = [
            [t for t in n.state_dict().values() if t.is_floating_point()] for n in (self.network, *self.averages)]
        named = [(n, p) for n, p in self.network.named_parameters() if n.split(".")[1] not in self.frozen]
        self.optimizer = torch.optim.AdamW([
            {"params": [p for _, p in named if p.dim() > 1], "weight_decay": self.decay},
            {"params": [p for _, p in named if p.dim() == 1], "weight_decay": 0.0}], fused=True)

    def grow(self, side):
        """Goes on at another input size, with the optimizer's state of every tensor that kept its shape."""
        state = copy.deepcopy(self.optimizer.state_dict())
        self.build(side, input_size.refit(self.network.store(), side),
                   [input_size.refit(average.store(), side) for average in self.averages])
        own = [p for group in self.optimizer.param_groups for p in group["params"]]
        state["state"] = {i: s for i, s in state["state"].items() if s["exp_avg"].shape == own[i].shape}
        self.optimizer.load_state_dict(state)

    def input(self, x):
        x = torch.from_numpy(np.ascontiguousarray(x)).to(self.device)
        return x[:, None].expand(-1, 3, -1, -1).contiguous(memory_format=torch.channels_last)

    def cast(self):
        return torch.autocast(self.device, torch.bfloat16, enabled=self.type == torch.bfloat16)

    def step(self, x, y, rate):
        """One batch, grey [n, side, side] in 0...1; returns (loss, how many first choices were right)."""
        self.network.train()
        for name in self.frozen & self.network.layers.keys():
            self.network.layers[name].requires_grad_(False).eval()
        with self.cast():
            logits = self.network(self.input(x)).float()
        y = torch.from_numpy(y).to(self.device)
        loss = F.cross_entropy(logits, y)
        self.update(loss, rate)
        return float(loss.detach()), int((logits.argmax(1) == y.argmax(1)).sum())

    def update(self, loss, rate):
        """Learns from the loss, and lets the averages follow."""
        for group in self.optimizer.param_groups:
            group["lr"] = rate
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        self.optimizer.step()
        self.steps += 1
        with torch.no_grad():
            for averaging, floats in zip(self.averaging, self.averaged_floats):
                share = 1 - min(averaging, (1 + self.steps) / (10 + self.steps))
                torch._foreach_lerp_(floats, self.floats, share)

    @torch.no_grad()
    def logits(self, x):
        """The averaged network's, [n, 7]."""
        out = []
        for start in range(0, len(x), 128):
            with self.cast():
                out.append(self.average(self.input(x[start:start + 128])).float().cpu().numpy())
        return np.concatenate(out)

    def values(self):
        """The averaged network's arrays, by Keras's names."""
        return self.average.store()

    def save(self, path, extra):
        state = {"side": self.side, "steps": self.steps, "network": self.network.state_dict(),
                 "averages": [average.state_dict() for average in self.averages],
                 "optimizer": self.optimizer.state_dict(), "extra": extra, "random": torch.get_rng_state()}
        torch.save(state, f"{path}.part")
        os.replace(f"{path}.part", path)

    def restore(self, path):
        state = torch.load(path, map_location=self.device, weights_only=True)
        values = self.network.store()
        if state["side"] != self.side:
            values = input_size.refit(values, state["side"])
        self.build(state["side"], values, [values] * len(self.averages))
        self.steps = state["steps"]
        self.network.load_state_dict(state["network"])
        for average, kept in zip(self.averages, state["averages"], strict=True):
            average.load_state_dict(kept)
        self.optimizer.load_state_dict(state["optimizer"])
        torch.set_rng_state(state["random"].cpu())
        return state["extra"]
