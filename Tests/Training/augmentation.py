#!/usr/bin/env python3
"""Compares the accelerator's changes of faces (device_augment.py) with the CPU's (augment.py).

  pip install -r Weights/requirements.txt
  python Tests/Training/augmentation.py [faces.npz]

With the same draws, every pixel must agree to one level of the 255, times the contrast. With draws of their own, mean,
deviation, and the share of mirrored, blanked and turned faces must agree within what chance allows. Without a packed
file it takes faces of noise.
"""

import pathlib
import sys

import numpy as np
import torch

sys.path.insert(0, str(pathlib.Path(__file__).parents[2] / "Weights"))
import augment
import device_augment
import fer

FACES, SIDE, SIGMAS = 2000, 96, 5


def originals():
    if len(sys.argv) > 1:
        return fer.load(sys.argv[1], "train")["faces"][:: 28000 // FACES][:FACES]
    random = np.random.default_rng(3)
    coarse = random.integers(0, 256, (FACES, 6, 6), dtype="u1")
    return augment.resize(coarse, 48)


def tensors(drawn):
    """What augment.draw gave, as device_augment takes it."""
    column = lambda key: torch.tensor([key(c) for c in drawn], dtype=torch.float32)
    return device_augment.Changes(
        column(lambda c: c.degrees), column(lambda c: c.zoom), column(lambda c: c.shift),
        column(lambda c: c.mirrored).bool(), column(lambda c: c.contrast), column(lambda c: c.blank or (0,) * 4))


def same_draws(faces, a):
    """The share of pixels that differ at all, the largest difference and the mean one, in levels."""
    random = np.random.default_rng(5)
    drawn = [augment.draw(SIDE, a, random) for _ in faces]
    ours = device_augment.changed(torch.from_numpy(faces), tensors(drawn)).numpy()
    theirs = np.stack([augment.changed(f, c) for f, c in zip(faces, drawn)])
    difference = np.abs(ours - theirs)
    return float((difference > 0.5).mean()), float(difference.max()), float((ours - theirs).mean())


def figures(x, degrees, mirrored, blank, zoom, shift, contrast):
    """Name to one number per face; each mean is compared."""
    blanked = np.asarray(blank)[:, 2] > 0
    area = np.asarray(blank)[:, 2] * np.asarray(blank)[:, 3] / SIDE ** 2
    return {
        "mean": x.mean((1, 2)), "deviation": x.std((1, 2)), "mirrored": mirrored, "blanked": blanked,
        "blanked area": area, "turned over 6 degrees": np.abs(degrees) > 6, "turned right": np.asarray(degrees) > 0,
        "zoomed in over 6 %": np.asarray(zoom) > 1.06, "shifted over 4 %": np.abs(shift)[:, 0] > 0.04 * SIDE,
        "contrast": contrast, "contrast's deviation": np.abs(np.asarray(contrast) - 1)}


def own_draws(faces, a):
    """Each figure's name, mean on the CPU, mean on the device, and difference in standard errors."""
    random = np.random.default_rng(7)
    drawn = [augment.draw(SIDE, a, random) for _ in faces]
    x = np.stack([augment.changed(f, c) for f, c in zip(faces, drawn)])
    cpu = figures(x, *(np.array([getattr(c, k) for c in drawn]) for k in ("degrees", "mirrored")),
                  [c.blank or (0,) * 4 for c in drawn], *(np.array([getattr(c, k) for c in drawn])
                                                          for k in ("zoom", "shift", "contrast")))
    torch.manual_seed(9)
    c = device_augment.draw(len(faces), SIDE, a, "cpu")
    x = device_augment.changed(torch.from_numpy(faces), c).numpy()
    device = figures(x, *(t.numpy() for t in (c.degrees, c.mirrored, c.blank, c.zoom, c.shift, c.contrast)))
    for name, theirs in cpu.items():
        pair = [np.asarray(values, "f8") for values in (theirs, device[name])]
        if name in ("mean", "deviation"):  # of the same faces: compare face by face
            gap = pair[1] - pair[0]
            error = gap.std() / len(gap) ** 0.5
        else:
            error = (sum(values.var() for values in pair) / len(theirs)) ** 0.5
        yield name, pair[0].mean(), pair[1].mean(), abs(pair[1].mean() - pair[0].mean()) / max(error, 1e-9)


def main():
    failed, faces = False, augment.resize(originals(), SIDE)
    for title, a in (("default", augment.DEFAULT), ("report", augment.REPORT)):
        share, most, bias = same_draws(faces, a)
        failed |= not (most < 1.05 * (1 + a.contrast) and share < 0.02 and abs(bias) < 0.01)
        print(f"{title}, same draws: {share:.1e} of the pixels a level apart, {most:.2f} at most, {bias:+.4f} on average")
    for name, cpu, device, apart in own_draws(faces, augment.DEFAULT):
        failed |= not apart < SIGMAS
        print(f"own draws, {name}: CPU {cpu:.4f}, device {device:.4f}, {apart:.1f} standard errors apart")
    return failed


if __name__ == "__main__":
    sys.exit(main())
