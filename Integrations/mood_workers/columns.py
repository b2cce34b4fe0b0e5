"""The answer's schema as Arrow columns."""

import json

import pyarrow as pa

MOODS = ("angry", "disgust", "fear", "happy", "neutral", "sad", "surprise")
_probabilities = pa.struct([(mood, pa.float32()) for mood in MOODS])
_point = pa.struct([("x", pa.float32()), ("y", pa.float32())])
_box = pa.struct([(name, pa.float32()) for name in ("x", "y", "width", "height")])
_crop = pa.struct([(name, pa.int32()) for name in ("x", "y", "width", "height")])
_mood = [("mood", pa.string()), ("confidence", pa.float32()), ("is_sure", pa.bool_()), ("valence", pa.float32()),
         ("arousal", pa.float32()), ("probabilities", _probabilities)]  # fmt: skip
_face = pa.struct([*_mood, ("crop", _crop), ("box", _box), ("score", pa.float32()), ("landmarks", pa.list_(_point))])

#: One row per photo; what an answer does not have is null. `answer` is the JSON line itself, byte for byte.
SCHEMA = pa.schema([
    ("id", pa.string()), ("sha256", pa.string()), ("ok", pa.bool_()), *_mood, ("width", pa.int32()),
    ("height", pa.int32()), ("turned", pa.int16()), ("source", pa.string()), ("faces", pa.list_(_face)),
    ("isa", pa.string()), ("error", pa.struct([("code", pa.string()), ("message", pa.string())])),
    ("path_bytes", pa.string()), ("v", pa.int16()), ("answer", pa.string()),
])  # fmt: skip


def table(lines):
    """The columns of some answers' lines, in their order."""
    rows = [json.loads(line) for line in lines]
    for row, line in zip(rows, lines):
        row["answer"] = line
    return pa.Table.from_pylist(rows, schema=SCHEMA)
