"""The changes of augment.py for a whole batch at once, wherever the tensors lie; PyTorch alone.

The same draws give the same faces as on the CPU, to a level of the 255: Pillow's bicubic weights, its truncation
to whole levels, and the border's pixels for what comes in from outside.
"""

import dataclasses
import math

import torch


@dataclasses.dataclass
class Changes:
    """As augment.Change, a tensor [n] for each; `shift` is [n, 2], `blank` [n, 4] with zeros for none."""

    degrees: torch.Tensor
    zoom: torch.Tensor
    shift: torch.Tensor
    mirrored: torch.Tensor
    contrast: torch.Tensor
    blank: torch.Tensor


def draw(n, side, a, device):
    """The changes of `n` faces of that side, from PyTorch's own random state on `device`."""
    r = torch.rand(n, 11, device=device)
    between = lambda column, low, high: low + (high - low) * r[:, column]
    area, ratio = between(6, 0.04, 0.16) * side * side, between(7, 0.5, 2)
    height, width = (area * ratio).sqrt().floor(), (area / ratio).sqrt().floor()
    top, left = (r[:, 8] * (side - height)).floor(), (r[:, 9] * (side - width)).floor()
    return Changes(
        degrees=between(0, -a.degrees, a.degrees), zoom=between(1, 1 - a.zoom, 1 + a.zoom),
        shift=(2 * r[:, 2:4] - 1) * a.shift * side, mirrored=(r[:, 4] < 0.5) & a.flip,
        contrast=between(5, 1 - a.contrast, 1 + a.contrast),
        blank=torch.stack((top, left, height, width), 1) * (r[:, 10:] < a.erase))


def weights(d):
    """Bicubic weights of four neighbours, as Pillow's `transform` has them (a = -1); `d` in 0...1."""
    return d * (-1 + d * (2 - d)), 1 + d * d * (d - 2), d * (1 + d * (1 - d)), d * d * (d - 1)


def moved(faces, c):
    """`faces`, [n, side, side] uint8, as augment.moved does it; float32 in whole levels, 0...255."""
    n, side = faces.shape[:2]
    angle = c.degrees * (math.pi / 180)
    cos, sin = (angle.cos() / c.zoom)[:, None, None], (angle.sin() / c.zoom)[:, None, None]
    mirror = torch.where(c.mirrored, -1.0, 1.0)[:, None, None]
    place = torch.arange(side, device=faces.device) - (side - 1) / 2
    u, v = mirror * place[None, None, :], place[None, :, None]
    x = cos * u - sin * v + (side - 1) / 2 + c.shift[:, 0, None, None]  # [n, side, side], input pixels
    y = sin * u + cos * v + (side - 1) / 2 + c.shift[:, 1, None, None]
    column, row = x.floor(), y.floor()
    flat, out = faces.flatten(1), 0
    across, down = weights(x - column), weights(y - row)
    for i in range(4):
        line, start = 0, (row.long() + (i - 1)).clamp(0, side - 1) * side
        for j in range(4):
            at = start + (column.long() + (j - 1)).clamp(0, side - 1)
            line = line + across[j] * flat.gather(1, at.view(n, -1)).view(n, side, side).float()
        out = out + down[i] * line
    return (out + 1e-3).floor().clamp(0, 255)  # Pillow truncates, in double precision


def changed(faces, c):
    """`faces`, [n, side, side] uint8, changed: float32 in 0...255."""
    out = moved(faces, c)
    mean = out.mean((1, 2), keepdim=True)
    out = (mean + (out - mean) * c.contrast[:, None, None]).clamp(0, 255)
    place = torch.arange(faces.shape[1], device=faces.device)
    top, left, height, width = c.blank.unsqueeze(-1).unbind(1)  # [n, 1] each
    rows = (place >= top) & (place < top + height)
    columns = (place >= left) & (place < left + width)
    return torch.where(rows[:, :, None] & columns[:, None, :], out.mean((1, 2), keepdim=True), out)


def mixed(x, y, share):
    """Each face and its target, and `1 - share` of another's of the batch (Zhang et al. 2018, mixup)."""
    return torch.lerp(x.flip(0), x, share), torch.lerp(y.flip(0), y, share)
