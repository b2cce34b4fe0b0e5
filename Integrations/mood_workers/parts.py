"""A folder of parts: JSON lines in files that appear as a whole or not at all.

It is the folder of `mood-cli classify --resume FOLDER/`, so the command line and the engines may go on with each
other's work.
"""

import base64
import hashlib
import json
import os
import pathlib


def write_part(folder, lines):
    """Writes answers as one part; its path.

    A part is named by its content, so that a task that an engine repeats writes the same file again.
    """
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    data = "".join(line + "\n" for line in lines).encode()
    path = folder / f"part-{hashlib.sha256(data).hexdigest()[:32]}.jsonl"
    temporary = folder / f".{path.name}.{os.getpid()}.tmp"
    with open(temporary, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    os.replace(temporary, path)
    directory = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)
    return path


def lines(folder):
    """The answers of all parts, part by part."""
    for path in sorted(pathlib.Path(folder).glob("*.jsonl")):
        with open(path, encoding="utf-8", newline="\n") as file:
            for line in file:
                if line.endswith("\n"):
                    yield line[:-1]


def name(line):
    """The path of a line's photo, as `os.fsdecode` spells it."""
    answer = json.loads(line)
    return os.fsdecode(base64.b64decode(answer["path_bytes"])) if "path_bytes" in answer else answer["id"]


def remaining(paths, folder):
    """Those of `paths` that have no answer in the folder's parts."""
    answered = {name(line) for line in lines(folder)}
    return [path for path in paths if path not in answered]


class AnswersDiffer(Exception):
    """A photo is missing, answered twice, or answered differently."""


def collect(folder, paths=None):
    """All answers, sorted, after a check that each photo has exactly one; `paths` are the photos if known.

    Raises `AnswersDiffer` with the first names.
    """
    found, double = {}, []
    for line in lines(folder):
        key = name(line)
        if key in found:
            double.append(key)
        found[key] = line
    if double:
        raise AnswersDiffer(f"{len(double)} photos are answered twice, such as {double[0]}")
    if paths is not None:
        missing, unknown = set(paths) - found.keys(), found.keys() - set(paths)
        if missing or unknown:
            one = next(iter(missing or unknown))
            raise AnswersDiffer(f"{len(missing)} photos without an answer, {len(unknown)} answers without a photo, such as {one}")
    return sorted(found.values())
