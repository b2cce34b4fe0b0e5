"""Drives the pages in headless Chromium, as people would, and leaves screenshots.

    python Tests/Browser/browse.py --server Server/.build/release/mood-server --out shots [--only walk,plain] [--quick]

Needs Debian's chromium, chromium-driver and ffmpeg, and PyPI's selenium, axe-selenium-python and Pillow.
"""

import argparse
import pathlib
import tempfile
import traceback

import pictures
import plain
import special
from harness import SIZES, Count, Look, Server, check
from walk import Walk

root = pathlib.Path(__file__).resolve().parents[2]
parser = argparse.ArgumentParser()
parser.add_argument("--server", required=True)
parser.add_argument("--out", required=True)
parser.add_argument("--only", default="walk,plain,german,contrast,keyboard,zoom,formats,camera,blocked,speed")
parser.add_argument("--quick", action="store_true", help="one size and one light, with and without JavaScript")
parser.add_argument("--looks", default="", help="only these, as phone-dark,tablet-light")
options = parser.parse_args()
out = pathlib.Path(options.out)
out.mkdir(parents=True, exist_ok=True)
only = ["walk", "plain"] if options.quick else options.only.split(",")
looks = [(size, dark) for size in SIZES for dark in (False, True)]
if options.quick:
    looks = [("phone", True)]
if options.looks:
    looks = [(size, dark) for size, dark in looks if f"{size}-{'dark' if dark else 'light'}" in options.looks.split(",")]

photos = pictures.make(pathlib.Path(tempfile.mkdtemp()), str(root / "Examples/eileen_collins.jpg"), str(root / "Examples/grace_hopper.jpg"))
server = Server(options.server)


def part(name, work):
    Count.where = name
    try:
        work()
    except Exception:  # the other parts are still worth looking at
        check("it goes on to the end", False, traceback.format_exc()[-1500:])


try:
    for size, dark in looks:
        if "walk" in only:
            look = Look(size, dark)
            part(look.name, lambda: Walk(look, server.base, photos, out, pathlib.Path(tempfile.mkdtemp())).run())
        if "plain" in only:
            look = Look(size, dark, script=False)
            part(look.name, lambda: plain.visit(look, server.base, photos, out))
    if "german" in only:
        look = Look("phone", True, language="de")
        part(look.name, lambda: Walk(look, server.base, photos, out, pathlib.Path(tempfile.mkdtemp())).run())
    for name in ["contrast", "keyboard", "zoom", "formats", "camera", "speed"]:
        if name in only:
            part(name, lambda: getattr(special, name)(server.base, photos, out))
    if "blocked" in only:
        part("blocked", lambda: special.blocked(options.server, server.base, photos, out))
finally:
    Count.where = "end"
    check("SIGTERM ends the server", server.stop() == 0)
print(f"{Count.passed} passed, {Count.failed} failed")
raise SystemExit(Count.failed > 0)
