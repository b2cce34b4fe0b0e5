#!/usr/bin/env python3
"""Compares decoding and resizing with Pillow's over many random pictures.

Each picture is random in size, content, format and format's options; `mood-cli preprocess --raw`
reads it as it is, and then at a random size with a random filter. JPEG pixels may differ by 1 (CMYK
by 3); PNG pixels, and whatever is resized from the pixels just read, must be the same.

    python Tests/Fidelity/images.py --cli .build/release/mood-cli --count 200
"""

import argparse
import pathlib
import subprocess
import sys
import tempfile

import numpy as np
from PIL import Image, ImageOps
from safetensors.numpy import load_file

FILTERS = {"bicubic": Image.BICUBIC, "bilinear": Image.BILINEAR, "nearest": Image.NEAREST,
           "area": Image.BOX}


def picture(rng):
    """Noise over slow changes, or pure black and white, which overshoots most."""
    width, height = (int(n) for n in rng.integers(1, 200, 2))
    if rng.random() < 0.3:
        return Image.fromarray(rng.integers(0, 2, (height, width, 3), np.uint8) * 255)
    corners = Image.fromarray(rng.integers(0, 256, (4, 5, 3), np.uint8))
    smooth = np.asarray(corners.resize((width, height), Image.BICUBIC)).astype(int)
    return Image.fromarray((smooth + rng.integers(-20, 21, smooth.shape)).clip(0, 255).astype("u1"))


def write(image, rng, folder):
    """Writes a picture in a random format: its path, and how far the pixels may be off."""
    if rng.random() < 0.5:
        mode = rng.choice(["RGB", "L", "P", "1", "RGBA", "LA"])
        image = image.convert("RGB" if mode == "P" else str(mode))
        if mode == "P":
            image = image.quantize(int(rng.integers(2, 257)))
        if mode in ("RGBA", "LA"):
            image.putalpha(Image.fromarray(rng.integers(0, 256, image.size[::-1], np.uint8)))
        path = folder / "picture.png"
        image.save(path, compress_level=int(rng.integers(0, 10)))
        return path, 0
    mode = str(rng.choice(["RGB", "L", "CMYK"]))
    exif = Image.Exif()
    exif[0x0112] = int(rng.integers(1, 9))
    options = {"quality": int(rng.integers(20, 100)), "progressive": bool(rng.integers(2)),
               "exif": exif, "restart_marker_blocks": int(rng.integers(0, 4))}
    if mode != "L":
        options["subsampling"] = int(rng.integers(0, 3))
    path = folder / "picture.jpg"
    image.convert(mode).save(path, **options)
    return path, 3 if mode == "CMYK" else 1


def expected(path):
    """Pillow's pixels: upright, and on white."""
    image = ImageOps.exif_transpose(Image.open(path))
    if image.mode in ("RGBA", "LA") or "transparency" in image.info:
        white = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(white, image.convert("RGBA"))
    return np.asarray(image.convert("RGB"))


def preprocess(cli, path, *options):
    """What the tool reads, `[H, W, 3]` uint8."""
    output = path.with_name("output.safetensors")
    subprocess.run([cli, "preprocess", path, "--output", output, "--raw", *options], check=True)
    tensor = load_file(output)["input"]
    return tensor.reshape(tensor.shape[-3:])


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--cli", default=".build/release/mood-cli")
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    rng = np.random.default_rng(arguments.seed)
    worst, failures = 0, 0
    with tempfile.TemporaryDirectory() as name:
        for number in range(arguments.count):
            path, limit = write(picture(rng), rng, pathlib.Path(name))
            raw, reference = preprocess(arguments.cli, path), expected(path)
            same = raw.shape == reference.shape
            off = int(np.abs(raw.astype(int) - reference).max()) if same else 256
            worst = max(worst, off)
            size = tuple(int(n) for n in rng.integers(1, 300, 2))
            method = str(rng.choice(list(FILTERS)))
            resized = preprocess(
                arguments.cli, path, "--size", f"{size[0]}x{size[1]}", "--filter", method)
            target = np.asarray(Image.fromarray(raw).resize(size, FILTERS[method]))
            if off > limit or not np.array_equal(resized, target):
                failures += 1
                print(f"picture {number}: {path.suffix} {reference.shape}, off by {off}; "
                      f"{method} to {size}: {'same' if np.array_equal(resized, target) else 'differs'}")
    print(f"{arguments.count} pictures: decoded pixels off by {worst} at most; {failures} failures")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
