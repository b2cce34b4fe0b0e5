#!/usr/bin/env python3
"""Takes training to an accelerator that may have no network, and its results home again.

  bundle.py make --images fer2013.tar.xz --votes ferplus.csv --output bundle     code, data and wheels, under 60 MiB
  python3 bundle/bundle.py train --output results --minutes 10                   there: trains, evaluates, writes
  bundle.py join results faces.npz --output mood.safetensors                     here: joins, checks, exports

`make` needs pip to reach a package index. `train` needs Python 3.12 with PyTorch; NumPy and Pillow come along. Its
minutes are those of the whole command. `join` needs all of requirements.txt.
"""

import argparse
import hashlib
import importlib.util
import io
import json
import pathlib
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time
import zipfile

import plan

HERE = pathlib.Path(__file__).resolve().parent
CODE = ("accelerator", "augment", "bundle", "card", "device_augment", "device_run", "device_trainer", "fer",
        "input_size", "measures", "plan", "recipes", "results", "safetensors_writer", "torch_network", "torch_trainer",
        "validation")
WHEELS = {"numpy": "numpy==2.5.5", "PIL": "pillow==11.0.0"}  # by what they are imported as
PLATFORMS = ("manylinux_2_28_x86_64", "manylinux_2_27_x86_64", "manylinux_2_17_x86_64", "manylinux2014_x86_64")
DATA_LIMIT, LIMIT = 42 << 20, 60 << 20


def add_data(path, images, votes):
    """The pictures as they are, byte for byte, and the votes; the same input gives the same archive."""
    import fer

    with tarfile.open(path, "w:xz", preset=9) as archive:
        for name, data in (*fer.image_files(images), ("ferplus.csv", pathlib.Path(votes).read_bytes())):
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))


def make(o):
    import accelerator
    import fer

    if o.output.exists():
        sys.exit(f"{o.output} is there already")
    o.output.mkdir(parents=True)
    for name in CODE:
        shutil.copy(HERE / f"{name}.py", o.output)
    add_data(o.output / "data.tar.xz", o.images, o.votes)
    arrays = fer.pack(o.images, o.votes)
    (o.output / "bundle.json").write_text(json.dumps({"pixels_sha256": accelerator.pixels_hash(arrays)}) + "\n")
    accelerator.read_bundle(o.output)
    if not o.no_wheels:
        subprocess.run(
            [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:", "--python-version", "3.12",
             *(f"--platform={p}" for p in PLATFORMS), "--dest", o.output / "wheels", *WHEELS.values()], check=True)
    sizes = {path: path.stat().st_size for path in sorted(o.output.rglob("*")) if path.is_file()}
    for path, size in sizes.items():
        if path.suffix != ".py":
            print(f"{path.relative_to(o.output)}: {size:,} bytes, SHA-256 {hashlib.sha256(path.read_bytes()).hexdigest()}")
    total, data = sum(sizes.values()), sizes[o.output / "data.tar.xz"]
    print(f"{o.output}: {total / 2**20:.1f} MiB, of which faces and votes {data / 2**20:.1f}")
    if total >= LIMIT or data >= DATA_LIMIT:
        sys.exit(f"too large: at most {LIMIT >> 20} MiB, faces and votes {DATA_LIMIT >> 20}")


def unpack_wheels(folder):
    """Makes importable what this Python lacks of WHEELS; a wheel is a zip of modules."""
    missing = [name for name in WHEELS if importlib.util.find_spec(name) is None]
    packages = tempfile.mkdtemp(prefix="packages-") if missing else None
    for name in missing:
        found = list((folder / "wheels").glob(f"{WHEELS[name].split('==')[0]}-*.whl"))
        if not found:
            sys.exit(f"this Python has no {name}, and the bundle no wheel of it")
        if sys.version_info[:2] != (3, 12):
            sys.exit(f"this Python has no {name}; the bundle's wheel is for Python 3.12, this is {sys.version.split()[0]}")
        with zipfile.ZipFile(found[0]) as wheel:
            wheel.extractall(packages)
        print(f"{name} from the bundle's wheel", flush=True)
    if packages:
        sys.path.append(packages)
        importlib.invalidate_caches()
    return packages


def train(o):
    began = time.monotonic()
    o.bundle = HERE
    packages = unpack_wheels(HERE)
    try:
        import dataclasses

        import accelerator
        import recipes

        o.recipe = dataclasses.replace(recipes.ACCELERATOR, mixup=o.mixup, averaging=tuple(o.averaging))
        accelerator.train(o, began)
    finally:
        if packages:
            shutil.rmtree(packages, ignore_errors=True)


def join(o):
    import join as joining

    joining.join(o)


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = p.add_subparsers(required=True, metavar="make|train|join")
    c = commands.add_parser("make", help="code, data and wheels in one folder")
    c.add_argument("--images", required=True, help="the archive of faces or the folder, as for fer.py")
    c.add_argument("--votes", required=True, help="ferplus.csv")
    c.add_argument("--output", required=True, type=pathlib.Path, help="the folder to make")
    c.add_argument("--no-wheels", action="store_true")
    c.set_defaults(run=make)
    c = commands.add_parser("train", help="inside the bundle, on the accelerator")
    c.add_argument("--output", required=True, type=pathlib.Path, help="folder of the results")
    c.add_argument("--minutes", type=float, default=10, help="of the whole command; default 10")
    c.add_argument("--reserve", type=float, default=25, help="seconds of them to keep for the end")
    c.add_argument("--least", type=float, default=25, help="a step that would begin with fewer seconds is left out")
    c.add_argument("--every", type=float, default=60, help="seconds from one measurement to the next")
    c.add_argument("--step", action="append", metavar="LINE", help="of another plan, see plan.py; by default:\n"
                   + "; ".join(" ".join(line.split()) for line in plan.TEN_MINUTES))
    c.add_argument("--batch", type=int, default=256)
    c.add_argument("--mixup", type=float, default=0.2, help="0 for none")
    c.add_argument("--averaging", type=float, nargs="+", default=[0.999, 0.9995], help="of the running averages, per step")
    c.add_argument("--compile", choices=("auto", "on", "off"), default="auto", help="auto: on an accelerator, as the step says")
    c.set_defaults(run=train)
    c = commands.add_parser("join", help="checks the results, exports a network, prints its card's figures")
    c.add_argument("results", type=pathlib.Path, help="the folder that train wrote")
    c.add_argument("faces", help="the packed file that fer.py wrote")
    c.add_argument("--role", choices=("votes", "labels"), default="votes", help="which network")
    c.add_argument("--output", required=True, type=pathlib.Path, help="the weight file to write; the .h5 stands beside it")
    c.add_argument("--abstain-below", type=float, default=0.4)
    c.set_defaults(run=join)
    o = p.parse_args()
    if o.run is train:
        o.step = o.step or list(plan.TEN_MINUTES)
        try:
            for line in o.step:
                plan.parse(line)
        except ValueError as error:
            p.error(str(error))
    o.run(o)


if __name__ == "__main__":
    main()
