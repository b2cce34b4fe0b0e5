"""How a training face is changed before the network sees it: Pillow and NumPy, on any backend."""

import dataclasses

import numpy as np
from PIL import Image


@dataclasses.dataclass(frozen=True)
class Augmentation:
    """The ranges that each face's change is drawn from, uniformly."""

    degrees: float = 10.0  # rotation, to either side
    zoom: float = 0.2  # 1 - zoom ... 1 + zoom
    shift: float = 0.1  # of the side, in each direction
    flip: bool = True  # mirrored half of the time
    contrast: float = 0.0  # 1 - contrast ... 1 + contrast, about the face's mean
    erase: float = 0.0  # how often a rectangle of 4 % to 16 % of the face becomes its mean


REPORT = Augmentation()
DEFAULT = Augmentation(degrees=12, zoom=0.12, shift=0.08, contrast=0.25, erase=0.25)


def resize(faces, side):
    """[n, side, side] uint8, each face resized as Pillow's bicubic filter does it."""
    if faces.shape[1] == side:
        return faces
    return np.stack([np.asarray(Image.fromarray(f).resize((side, side), Image.BICUBIC)) for f in faces])


@dataclasses.dataclass(frozen=True)
class Change:
    """What is done to one face."""

    degrees: float
    zoom: float
    shift: tuple  # right and down, pixels of the face
    mirrored: bool
    contrast: float
    blank: tuple | None  # top, left, height and width of the rectangle


def draw(side, a, random):
    """The change of one face of that side."""
    degrees = random.uniform(-a.degrees, a.degrees)
    zoom = random.uniform(1 - a.zoom, 1 + a.zoom)
    shift = tuple(random.uniform(-a.shift, a.shift, 2) * side)
    mirrored = a.flip and random.random() < 0.5
    contrast = random.uniform(1 - a.contrast, 1 + a.contrast) if a.contrast else 1.0
    blank = None
    if random.random() < a.erase:
        area, ratio = random.uniform(0.04, 0.16) * side * side, random.uniform(0.5, 2)
        height, width = int((area * ratio) ** 0.5), int((area / ratio) ** 0.5)
        blank = random.integers(0, side - height), random.integers(0, side - width), height, width
    return Change(degrees, zoom, shift, mirrored, contrast, blank)


def moved(face, change):
    """`face`, [side, side] uint8, rotated, zoomed, shifted and perhaps mirrored about its centre.

    What comes in from outside repeats the border's pixels.
    """
    side, margin = len(face), len(face) // 3
    angle, (dx, dy), mirror = np.deg2rad(change.degrees), change.shift, -1 if change.mirrored else 1
    cos, sin = np.cos(angle) / change.zoom, np.sin(angle) / change.zoom
    centre = (side - 1) / 2 + 0.5  # Pillow's pixel centres lie at halves
    matrix = (  # output pixel to input pixel
        cos * mirror, -sin, margin + centre - centre * (cos * mirror - sin) + dx,
        sin * mirror, cos, margin + centre - centre * (sin * mirror + cos) + dy)
    padded = Image.fromarray(np.pad(face, margin, mode="edge"))
    return np.asarray(padded.transform((side, side), Image.AFFINE, matrix, Image.BICUBIC))


def changed(face, change):
    """`face` changed, [side, side] float32 in 0...255."""
    out = moved(face, change).astype("f4")
    if change.contrast != 1:
        mean = out.mean()
        out = np.clip(mean + (out - mean) * change.contrast, 0, 255)
    if change.blank:
        top, left, height, width = change.blank
        out[top:top + height, left:left + width] = out.mean()
    return out


def batches(faces, targets, size, a, seed):
    """One epoch: (x [size, side, side] float32 in 0...1, y [size, 7]); the last odd faces are left out.

    The order and every change follow from `seed` alone.
    """
    random = np.random.default_rng(seed)
    order = random.permutation(len(faces))
    for start in range(0, len(order) - size + 1, size):
        chosen = order[start:start + size]
        x = np.stack([changed(faces[i], draw(faces.shape[1], a, random)) for i in chosen])
        yield x / np.float32(255), targets[chosen]
