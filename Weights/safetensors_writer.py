"""Writes safetensors files whose every tensor starts on a multiple of 64 bytes (FORMAT.md)."""

import contextlib
import json
import os
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
    """Writes a whole file or none: under another name first, which then takes `path`'s place.

    `entries` are (name, dtype, shape) in file order; `read(name)` gives one tensor's array.
    """
    entries = list(with_padding(entries))
    directory, base = os.path.split(os.path.abspath(path))
    descriptor, temporary = tempfile.mkstemp(prefix=f".{base}.", dir=directory)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(header(entries, metadata))
            for name, dtype, shape in entries:
                pad = name.startswith("__pad__/")
                array = np.zeros(shape, "u1") if pad else read(name)
                file.write(np.ascontiguousarray(array, NUMPY[dtype]).tobytes())
            file.flush()
            os.fsync(file.fileno())
        umask = os.umask(0)
        os.umask(umask)
        os.chmod(temporary, 0o666 & ~umask)
        os.replace(temporary, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise
