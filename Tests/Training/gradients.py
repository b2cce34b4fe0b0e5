#!/usr/bin/env python3
"""Compares the training network's own convolutions with PyTorch's, in double precision, and traces it.

  pip install -r Weights/requirements.txt
  python Tests/Training/gradients.py

Outputs and both gradients must agree to 1e-12 of the largest; a network in evaluation must stand tracing, by
which it is converted for other engines.
"""

import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).parents[2] / "Weights"))
import torch_network

BOUND = 1e-12


def results(layer, x, weight, gradient):
    layer = layer.double().train()
    layer.weight.data = weight.clone()
    x = x.clone().requires_grad_()
    y = layer(x)
    y.backward(gradient(y))
    return y.detach(), x.grad, layer.weight.grad


def difference(side, stride, size):
    random = torch.Generator().manual_seed(side * 100 + stride * 10 + size)
    x = torch.randn(3, 16, size, size, generator=random, dtype=torch.float64)
    x = x.contiguous(memory_format=torch.channels_last)
    weight = torch.randn(24, 16, side, side, generator=random, dtype=torch.float64)
    options = {"stride": stride, "padding": side // 2, "bias": False}

    def gradient(y):
        return torch.randn(y.shape, generator=torch.Generator().manual_seed(1), dtype=torch.float64)

    ours = results(torch_network.Conv(16, 24, side, **options), x, weight, gradient)
    theirs = results(torch.nn.Conv2d(16, 24, side, **options), x, weight, gradient)
    return max(float((a - b).abs().max() / b.abs().max()) for a, b in zip(ours, theirs, strict=True))


def main():
    torch.manual_seed(1)
    failed = False
    for side, stride, size in ((3, 1, 9), (3, 2, 9), (3, 2, 8), (1, 1, 5), (3, 1, 3), (3, 1, 1)):
        worst = difference(side, stride, size)
        failed |= not worst <= BOUND
        print(f"{side}x{side} stride {stride} on {size}x{size}: {worst:.1e} of the largest")
    network = torch_network.ReportNetwork(64).eval()
    example = torch.rand(1, 3, 64, 64)
    traced = torch.jit.trace(network, example)
    worst = float((traced(example) - network(example)).abs().max().detach())
    failed |= not worst <= 1e-5
    print(f"traced: {worst:.1e} from the network")
    return failed


if __name__ == "__main__":
    sys.exit(main())
