#!/usr/bin/env python3
"""Makes Images/: small JPEG and PNG files, and expected.safetensors with the pixels that they hold.

expected.safetensors has, for each file `NAME.jpg` or `NAME.png`, the tensor `NAME` `[H, W, 3]` U8:
Pillow's pixels, upright, and on white if they have alpha (`alpha_composite`). Two things of
Pillow are not taken over, and are computed here from the samples instead: 16-bit grey, which it
clips at 255 where we keep the upper byte; and the transparent colour of grey with 2 or 4 bits,
which it compares after scaling. Then, of the picture `resize_source`: `luma` `[H, W]`, and for
each filter F and size WxH `resized_F_WxH` `[H, W, 3]` and `grey_F_WxH` `[H, W]`.

--check makes all of it again and compares, byte by byte. Needs Pillow 13 and NumPy, and for
4:4:0, 4:1:1 and YCCK, which Pillow cannot write, TurboJPEG's shared library.
"""

import argparse
import ctypes
import io
import pathlib
import struct
import sys
import tempfile
import zlib

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent.parent / "Weights"))

import numpy as np
import PIL
from PIL import Image, ImageOps

import safetensors_writer

SEED = 20_241
WIDTH, HEIGHT = 19, 13  # odd, and more than one block of 8 or 16 either way
PASSES = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2),
          (0, 1, 1, 2)]
FILTERS = {"bicubic": Image.BICUBIC, "bilinear": Image.BILINEAR, "nearest": Image.NEAREST,
           "area": Image.BOX}
SIZES = [(7, 5), (40, 31), (19, 6), (30, 13), (24, 4), (1, 1), (64, 64)]
TURBOJPEG_444, TURBOJPEG_440, TURBOJPEG_411, TURBOJPEG_RGB, TURBOJPEG_CMYK = 0, 4, 5, 0, 11


def scene(rng):
    """Colours that change slowly, with some noise: as a photo, and of every hue."""
    corners = Image.fromarray(rng.integers(0, 256, (4, 5, 3), np.uint8))
    smooth = np.asarray(corners.resize((WIDTH, HEIGHT), Image.BICUBIC)).astype(int)
    return (smooth + rng.integers(-9, 10, smooth.shape)).clip(0, 255).astype(np.uint8)


# JPEG

def jpeg(image, **options):
    file = io.BytesIO()
    image.save(file, "JPEG", quality=90, **options)
    return file.getvalue()


def turbojpeg(array, pixel_format, sampling):
    """A JPEG as TurboJPEG writes it."""
    library = ctypes.CDLL("libturbojpeg.so.0")
    library.tjInitCompress.restype = ctypes.c_void_p
    array = np.ascontiguousarray(array)
    buffer, size = ctypes.POINTER(ctypes.c_ubyte)(), ctypes.c_ulong()
    height, width, channels = array.shape
    status = library.tjCompress2(
        ctypes.c_void_p(library.tjInitCompress()), array.ctypes.data_as(ctypes.c_void_p), width,
        width * channels, height, pixel_format, ctypes.byref(buffer), ctypes.byref(size), sampling,
        90, 0)
    assert status == 0
    return ctypes.string_at(buffer, size.value)


def exif(orientation, order):
    """An EXIF block with a camera's name and an orientation."""
    entries = struct.pack(order + "HHHI4s", 2, 0x010F, 2, 4, b"cam\0")
    entries += struct.pack(order + "HHIHH", 0x0112, 3, 1, orientation, 0)
    mark = b"II*\0" if order == "<" else b"MM\0*"
    return mark + struct.pack(order + "I", 8) + entries + struct.pack(order + "I", 0)


def jpegs(rng):
    """(name, bytes) of each JPEG."""
    array = scene(rng)
    image = Image.fromarray(array)
    for sampling in ("4:4:4", "4:2:2", "4:2:0"):
        yield "jpeg_" + sampling.replace(":", ""), jpeg(image, subsampling=sampling)
    yield "jpeg_440", turbojpeg(array, TURBOJPEG_RGB, TURBOJPEG_440)
    yield "jpeg_411", turbojpeg(array, TURBOJPEG_RGB, TURBOJPEG_411)
    yield "jpeg_progressive", jpeg(image, progressive=True)
    yield "jpeg_restarts", jpeg(image, restart_marker_blocks=1)
    blocks = jpeg(image, subsampling="4:4:4", restart_marker_blocks=1)  # a marker between any two
    yield "jpeg_restarts_444", blocks
    yield "jpeg_restart_lost", blocks.replace(b"\xff\xd2", b"")
    yield "jpeg_restarts_progressive", jpeg(image, progressive=True, restart_marker_blocks=1)
    yield "jpeg_grey", jpeg(image.convert("L"))
    yield "jpeg_rgb", jpeg(image, keep_rgb=True)
    cmyk = rng.integers(0, 256, (HEIGHT, WIDTH, 4)) // np.array([1, 1, 1, 3])
    inks = Image.fromarray(cmyk.astype(np.uint8), "CMYK").resize((5, 4)).resize((WIDTH, HEIGHT))
    adobe = jpeg(inks)
    yield "jpeg_cmyk_adobe", adobe
    start = adobe.index(b"\xff\xee")
    length = struct.unpack(">H", adobe[start + 2:start + 4])[0]
    yield "jpeg_cmyk_plain", adobe[:start] + adobe[start + 2 + length:]
    yield "jpeg_ycck", turbojpeg(np.asarray(inks), TURBOJPEG_CMYK, TURBOJPEG_444)
    for orientation in range(1, 9):
        block = exif(orientation, "<>"[orientation % 2])
        yield f"jpeg_orientation_{orientation}", jpeg(image, exif=b"Exif\0\0" + block)


# PNG

def chunk(kind, data):
    return (struct.pack(">I", len(data)) + kind + data
            + struct.pack(">I", zlib.crc32(kind + data)))


def packed(row, depth):
    """The samples of a row as bytes; those of less than 8 bits share a byte."""
    if depth == 16:
        return row.astype(">u2").tobytes()
    bits = (row[:, None] >> np.arange(depth - 1, -1, -1) & 1).astype(np.uint8)
    return np.packbits(bits.ravel()).tobytes()


def filtered(rows, distance):
    """Scanlines with the five filters in turn."""
    above, result = bytes(len(rows[0])), b""
    for number, row in enumerate(rows):
        kind, line = number % 5, bytearray()
        for i, value in enumerate(row):
            left = row[i - distance] if i >= distance else 0
            corner = above[i - distance] if i >= distance else 0
            estimate = left + above[i] - corner
            nearest = min((left, above[i], corner), key=lambda n: abs(estimate - n))
            line.append(value - (0, left, above[i], (left + above[i]) // 2, nearest)[kind] & 255)
        above = row
        result += bytes([kind]) + line
    return result


def png(samples, color, depth, extra=(), interlaced=False):
    """A PNG of samples `[H, W, channels]`, its data in two chunks, `extra` chunks before them."""
    height, width, channels = samples.shape
    data = b""
    for x, y, dx, dy in PASSES if interlaced else [(0, 0, 1, 1)]:
        part = samples[y::dy, x::dx]
        if part.size:
            rows = [packed(row.ravel(), depth) for row in part]
            data += filtered(rows, max(1, channels * depth // 8))
    data = zlib.compress(data, 9)
    header = struct.pack(">IIBBBBB", width, height, depth, color, 0, 0, int(interlaced))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + b"".join(chunk(*e) for e in extra)
            + chunk(b"IDAT", data[:30]) + chunk(b"IDAT", data[30:]) + chunk(b"IEND", b""))


def pngs(rng):
    """(name, bytes, pixels or None for Pillow's) of each PNG."""
    full = scene(rng).astype(int) * 257 + rng.integers(-300, 301, (HEIGHT, WIDTH, 3))
    alpha = rng.integers(0, 65536, (HEIGHT, WIDTH, 1))
    alpha[0], alpha[1] = 0, 65535
    full = np.concatenate([full, alpha], 2).clip(0, 65535)
    names = {0: "grey", 2: "rgb", 4: "grey_alpha", 6: "rgba"}
    channels = {0: [1], 2: [0, 1, 2], 4: [1, 3], 6: [0, 1, 2, 3]}
    for color, depth in [(0, 1), (0, 2), (0, 4), (0, 8), (0, 16), (2, 8), (2, 16), (4, 8), (4, 16),
                         (6, 8), (6, 16)]:
        samples = full[:, :, channels[color]] >> 16 - depth
        name = f"png_{names[color]}_{depth}"
        pixels = np.repeat(samples >> 8, 3, 2) if (color, depth) == (0, 16) else None
        yield name, png(samples, color, depth), pixels
        yield name + "_interlaced", png(samples, color, depth, interlaced=True), pixels
        if color in (0, 2):
            key = samples[3, 4]
            clear = np.all(samples == key, 2, keepdims=True)
            scaled = samples >> 8 if depth == 16 else samples * 255 // ((1 << depth) - 1)
            rgb = np.broadcast_to(scaled, (HEIGHT, WIDTH, 3))
            transparency = (b"tRNS", key.astype(">u2").tobytes())
            yield name + "_key", png(samples, color, depth, [transparency]), np.where(clear, 255, rgb)
    for depth in (1, 2, 4, 8):
        count = min(1 << depth, 200)
        colors = rng.integers(0, 256, (count, 3), np.uint8)
        indices = rng.integers(0, count, (HEIGHT, WIDTH, 1))
        palette = (b"PLTE", colors.tobytes())
        alphas = (b"tRNS", rng.integers(0, 256, max(1, count - 1), np.uint8).tobytes())
        yield f"png_palette_{depth}", png(indices, 3, depth, [palette]), None
        yield f"png_palette_{depth}_alpha", png(indices, 3, depth, [palette, alphas], True), None
    rgb = full[:, :, :3] >> 8
    yield "png_tiny", png(full[:1, :1, :3] >> 8, 2, 8, interlaced=True), None
    yield "png_tiny_16", png(full[:2, :3], 6, 16, interlaced=True), None
    gamma = (b"gAMA", struct.pack(">I", 100_000))
    primaries = (b"cHRM", struct.pack(">8I", *[31270, 32900, 64000, 33000, 30000, 60000, 15000, 6000]))
    profile = (b"iCCP", b"broken\0\0" + zlib.compress(b"no profile"))
    yield "png_color_chunks", png(rgb, 2, 8, [gamma, primaries, profile]), rgb
    yield "png_color_chunks_16", png(full, 6, 16, [gamma, (b"sRGB", b"\0")]), None
    text = (b"zTXt", b"Comment\0\0" + zlib.compress(b"text " * 20))
    yield "png_orientation_6", png(rgb, 2, 8, [(b"eXIf", exif(6, ">")), text]), None


# What they hold

def pillow(data):
    image = ImageOps.exif_transpose(Image.open(io.BytesIO(data)))
    if "transparency" in image.info or image.mode in ("RGBA", "LA"):
        white = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(white, image.convert("RGBA"))
    return np.asarray(image.convert("RGB"))


def make(folder):
    rng = np.random.default_rng(SEED)
    expected = {}
    for name, data in jpegs(rng):
        (folder / f"{name}.jpg").write_bytes(data)
        expected[name] = pillow(data)
    for name, data, pixels in pngs(rng):
        (folder / f"{name}.png").write_bytes(data)
        expected[name] = pillow(data) if pixels is None else pixels
    source = Image.fromarray(scene(rng))
    expected["resize_source"] = np.asarray(source)
    grey = source.convert("L")
    expected["luma"] = np.asarray(grey)
    for name, method in FILTERS.items():
        for size in SIZES:
            suffix = f"{name}_{size[0]}x{size[1]}"
            expected["resized_" + suffix] = np.asarray(source.resize(size, method))
            expected["grey_" + suffix] = np.asarray(grey.resize(size, method))
    entries = [(name, "U8", array.shape) for name, array in expected.items()]
    metadata = {"script": pathlib.Path(__file__).name, "seed": str(SEED),
                "pillow": PIL.__version__, "numpy": np.__version__}
    safetensors_writer.write(folder / "expected.safetensors", entries, metadata, expected.get)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--check", action="store_true", help="make again and compare")
    folder = HERE / "Images"
    if not parser.parse_args().check:
        folder.mkdir(exist_ok=True)
        make(folder)
        return
    with tempfile.TemporaryDirectory() as name:
        made = pathlib.Path(name)
        make(made)
        names = {p.name for p in made.iterdir()} | {p.name for p in folder.iterdir()}
        differing = [n for n in sorted(names) if not (made / n).exists() or not (folder / n).exists()
                     or (made / n).read_bytes() != (folder / n).read_bytes()]
        sys.exit(f"not as made anew: {', '.join(differing)}" if differing else 0)


if __name__ == "__main__":
    main()
