"""The photos that the browser tests send: one face, two faces, none, other formats, 12 megapixels."""

import subprocess

from PIL import Image, ImageDraw


def make(folder, portrait, other):
    """Writes them, and returns their paths by name."""
    face, second = Image.open(portrait).convert("RGB"), Image.open(other).convert("RGB")
    group = Image.new("RGB", (900, 600), (150, 160, 170))
    group.paste(face.resize((380, 380)), (40, 120))
    group.paste(second.resize((300, 300 * second.height // second.width)), (540, 110))
    sky = Image.new("RGB", (800, 600))
    pen = ImageDraw.Draw(sky)
    for y in range(600):
        pen.line([(0, y), (800, y)], fill=(90 + y // 6, 150 + y // 10, 230))
    large = Image.new("RGB", (4000, 3000), (120, 130, 150))
    large.paste(face.resize((2200, 2200), Image.Resampling.LANCZOS), (900, 400))
    paths = {}
    for name, picture, options in [
            ("face.jpg", face, {"quality": 95}), ("group.jpg", group, {"quality": 92}), ("sky.png", sky, {}),
            ("large.jpg", large, {"quality": 90}), ("face.webp", face, {}), ("face.gif", face, {}), ("face.avif", face, {})]:
        try:
            picture.save(folder / name, **options)
        except (OSError, KeyError, ValueError):
            continue  # this Pillow cannot write it
        paths[name] = str((folder / name).resolve())
    (folder / "no-photo.jpg").write_text("no photo")
    paths["no-photo.jpg"] = str((folder / "no-photo.jpg").resolve())
    paths["camera"] = str((folder / "camera.mjpeg").resolve())
    subprocess.run(
        ["ffmpeg", "-y", "-loglevel", "error", "-loop", "1", "-i", portrait, "-t", "2", "-r", "10", "-vf",
         "scale=640:480:force_original_aspect_ratio=decrease,pad=640:480:-1:-1", "-pix_fmt", "yuvj420p", paths["camera"]],
        check=True)
    return paths
