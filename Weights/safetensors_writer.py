"""Writes safetensors files whose every tensor starts on a multiple of 64 bytes (FORMAT.md)."""

import contextlib
import json
import os
import stat
import tempfile

import numpy as np

ALIGNMENT = 64
BYTES = {"F32": 4, "F16": 2, "U8": 1}
NUMPY = {"F32": "<f4", "F16": "<f2", "U8": "u1"}


def with_padding(entries):
    """`(name, dtype, shape)` of each tensor, and of the padding after those of an odd size."""
    count = 0
    for name, dtype, shape in entries:
        yield name, dtype, shape
        odd = -int(np.prod(shape, dtype=np.int64)) * BYTES[dtype] % ALIGNMENT
        if odd:
            yield f"__pad__/{count}", "U8", (odd,)
            count += 1


def header(entries, metadata):
    """The header's bytes, the 8 of its length included; a multiple of 64 long."""
    table, offset = {"__metadata__": metadata}, 0
    for name, dtype, shape in entries:
        end = offset + int(np.prod(shape, dtype=np.int64)) * BYTES[dtype]
        table[name] = {"dtype": dtype, "shape": list(shape), "data_offsets": [offset, end]}
        offset = end
    document = json.dumps(table, ensure_ascii=False, separators=(",", ":")).encode()
    document += b" " * (-(8 + len(document)) % ALIGNMENT)
    return len(document).to_bytes(8, "little") + document


def write(path, entries, metadata, read):
    """Writes a file: all of it or nothing, unless something other than a file stands there.

    A regular file, and a link to one, is replaced at once by a temporary file of its folder that has
    reached the disk; it keeps its mode. A device or a FIFO is written into. `entries` are (name,
    dtype, shape) in file order; `read(name)` gives one tensor's array. Returns the bytes written.
    """
    entries = list(with_padding(entries))

    def fill(file):
        size = file.write(header(entries, metadata))
        for name, dtype, shape in entries:
            pad = name.startswith("__pad__/")
            array = np.zeros(shape, "u1") if pad else read(name)
            size += file.write(np.ascontiguousarray(array, NUMPY[dtype]).tobytes())
        file.flush()
        return size

    try:
        mode = os.stat(path).st_mode
    except FileNotFoundError:
        mode = None
    if mode is not None and not stat.S_ISREG(mode):
        with open(path, "wb") as file:
            return fill(file)
    directory, base = os.path.split(os.path.realpath(path))
    descriptor, temporary = tempfile.mkstemp(prefix=f".{base[:200]}.", dir=directory)
    try:
        with os.fdopen(descriptor, "wb") as file:
            size = fill(file)
            if mode is None:
                umask = os.umask(0)
                os.umask(umask)
            os.fchmod(file.fileno(), 0o666 & ~umask if mode is None else stat.S_IMODE(mode))
            os.fsync(file.fileno())
        os.replace(temporary, os.path.join(directory, base))
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise
    folder = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(folder)
    except OSError:
        pass  # some file systems do not sync folders
    finally:
        os.close(folder)
    return size
