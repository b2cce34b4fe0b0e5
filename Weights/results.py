"""What a run on an accelerator brings home: a few small files with hashes, joined again elsewhere.

`results.json` lists the networks (role, bytes, SHA-256), the parts that their files are cut into, and what was
measured. A folder has at most FILES files of at most PART bytes. Each writing replaces the files of the one
before, the list last, so a run that is killed leaves the earlier results whole.
"""

import hashlib
import json
import math
import pathlib
import shutil

import numpy as np

import safetensors_writer

FILES, PART = 8, 15 << 20
LIST = "results.json"


class ResultsError(Exception):
    """The results cannot be used; the message names the culprit."""


def write_weights(path, values, side):
    """A network's arrays by Keras's names as a file that keras_network.py reads: kernels fp16, the rest fp32."""
    types = {name: "F16" if name.endswith("/kernel") else "F32" for name in values}
    for name, array in values.items():
        if not np.isfinite(array).all() or (types[name] == "F16" and np.abs(array).max() > 65504):
            raise ResultsError(f"tensor {name} holds NaN, infinity or more than fp16 can")
    entries = [(name, types[name], array.shape) for name, array in values.items()]
    safetensors_writer.write(path, entries, {"input_shape": json.dumps([side, side, 3])}, values.__getitem__)


def digest(data):
    return hashlib.sha256(data).hexdigest()


def write(folder, networks, summary):
    """Writes role to (values, side) and the summary, a dict for results.json."""
    folder = pathlib.Path(folder)
    new = folder.with_name(folder.name + ".new")
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(parents=True)
    listed, whole = [], b""
    for role, (values, side) in networks.items():
        write_weights(new / "weights", values, side)
        data = (new / "weights").read_bytes()
        (new / "weights").unlink()
        listed.append({"role": role, "side": side, "bytes": len(data), "sha256": digest(data)})
        whole += data
    count = math.ceil(len(whole) / PART)
    if count + 1 > FILES:
        raise ResultsError(f"{len(whole):,} bytes of weights are more than {FILES - 1} parts of {PART:,}")
    parts = []
    for index in range(count):
        data = whole[index * PART:(index + 1) * PART]
        parts.append({"name": f"weights-{index + 1}.part", "bytes": len(data), "sha256": digest(data)})
        (new / parts[-1]["name"]).write_bytes(data)
    (new / LIST).write_text(json.dumps(
        {"networks": listed, "parts": parts} | summary, indent=1, default=float) + "\n", encoding="utf-8")
    folder.mkdir(parents=True, exist_ok=True)
    for name in (*(part["name"] for part in parts), LIST):
        shutil.move(new / name, folder / name)
    for stale in {path.name for path in folder.glob("weights-*.part")} - {part["name"] for part in parts}:
        (folder / stale).unlink()
    new.rmdir()


def read(folder):
    """(role to the bytes of its weight file, the list); raises ResultsError unless every hash is right."""
    folder = pathlib.Path(folder)
    try:
        document = json.loads((folder / LIST).read_text(encoding="utf-8"))
        parts, networks = document["parts"], document["networks"]
        wanted = [(p["name"], p["bytes"], p["sha256"]) for p in parts]
        listed = [(n["role"], n["bytes"], n["sha256"]) for n in networks]
    except FileNotFoundError:
        raise ResultsError(f"{folder / LIST} is missing: no results") from None
    except (ValueError, LookupError, TypeError) as error:
        raise ResultsError(f"{folder / LIST} is damaged ({error!r})") from None
    whole = b""
    for name, size, sha256 in wanted:
        if pathlib.PurePath(name).name != name:
            raise ResultsError(f"part {name} lies outside the folder")
        try:
            data = (folder / name).read_bytes()
        except OSError as error:
            raise ResultsError(f"part {name} cannot be read: {error.strerror}") from None
        if len(data) != size or digest(data) != sha256:
            raise ResultsError(f"part {name} has {len(data):,} bytes and SHA-256 {digest(data)}, not {size:,} and {sha256}")
        whole += data
    files, begin = {}, 0
    for role, size, sha256 in listed:
        files[role] = whole[begin:begin + size]
        begin += size
        if digest(files[role]) != sha256:
            raise ResultsError(f"the joined weights of {role} have SHA-256 {digest(files[role])}, not {sha256}")
    if begin != len(whole):
        raise ResultsError(f"the parts hold {len(whole):,} bytes, the networks {begin:,}")
    return files, document
