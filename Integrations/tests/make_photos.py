"""Makes photos from the portraits of Examples: crops, sizes, qualities, formats, no face, and broken files.

    python tests/make_photos.py FOLDER COUNT [SEED]
"""

import io
import pathlib
import random
import sys

from PIL import Image, ImageEnhance, ImageFilter

root = pathlib.Path(__file__).resolve().parents[2]


def encoded(picture, source, kind):
    file = io.BytesIO()
    if kind == "png":
        picture.save(file, "PNG", compress_level=1)
    else:
        picture.save(file, "JPEG", quality=source.randint(30, 95), progressive=source.random() < 0.2)
    return file.getvalue()


def portrait(portraits, source):
    picture = source.choice(portraits)
    side = source.randint(72, 180)
    scale = side / min(picture.size)
    picture = picture.resize((round(picture.width * scale), round(picture.height * scale)))
    cut = [source.uniform(0, 0.12) for _ in range(4)]
    w, h = picture.size
    picture = picture.crop((int(cut[0] * w), int(cut[1] * h), int((1 - cut[2]) * w), int((1 - cut[3]) * h)))
    if source.random() < 0.5:
        picture = picture.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    if source.random() < 0.3:
        picture = picture.rotate(source.uniform(-12, 12), fillcolor=(90, 90, 90))
    picture = ImageEnhance.Brightness(picture).enhance(source.uniform(0.7, 1.3))
    return picture.filter(ImageFilter.GaussianBlur(source.uniform(0, 1))) if source.random() < 0.3 else picture


def faceless(source):
    size = source.randint(32, 160), source.randint(32, 160)
    colours = [tuple(source.randrange(256) for _ in range(3)) for _ in range(2)]
    picture = Image.new("RGB", size, colours[0])
    picture.paste(colours[1], (0, 0, size[0] // 2, size[1] // 3))
    return picture


def photo(portraits, source):
    """The ending and the bytes of a photo."""
    draw = source.random()
    kind = "png" if source.random() < 0.15 else "jpg"
    if draw < 0.85:
        return kind, encoded(portrait(portraits, source), source, kind)
    if draw < 0.94:
        return kind, encoded(faceless(source), source, kind)
    data = encoded(portrait(portraits, source), source, kind)
    return kind, source.choice([
        b"", data[:source.randrange(1, len(data) - 1)], bytes(reversed(data)), b"not a photo\n" * 9,
        data[:200] + bytes(source.randrange(256) for _ in range(300)), b"GIF89a" + data])  # fmt: skip


def make(folder, count, seed=30):
    """Makes the photos; a hundred folders, so that none is too large. The paths in order."""
    portraits = [Image.open(root / f"Examples/{name}.jpg").convert("RGB") for name in ("eileen_collins", "grace_hopper")]
    folder = pathlib.Path(folder)
    paths = []
    for index in range(count):
        source = random.Random(f"{seed} {index}")
        kind, data = photo(portraits, source)
        path = folder / f"{index % 100:02}" / f"{index:06}.{kind}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        paths.append(str(path))
    return sorted(paths)


if __name__ == "__main__":
    folder, count = sys.argv[1], int(sys.argv[2])
    print(len(make(folder, count, *(int(seed) for seed in sys.argv[3:]))), "photos in", folder)
