#!/usr/bin/env python3
"""Makes the seeds of the fuzz targets: small inputs of every kind that is read, from the tests' fixtures.

usage: seeds.py FOLDER        makes FOLDER/TARGET/…, one folder for each target
"""

import json
import pathlib
import struct
import sys

HERE = pathlib.Path(__file__).resolve().parent
IMAGES = HERE.parent / "Fixtures" / "Images"
ID = "4uLU6hMCjMI75M1A2tKUQC"
MOODS = ["angry", "disgust", "fear", "happy", "neutral", "sad", "surprise"]


def pictures():
    return [file for file in sorted(IMAGES.iterdir()) if file.suffix in (".jpg", ".png")]


def photos():
    return [file.read_bytes() for file in pictures()]


def streams():
    jpegs = [file.read_bytes() for file in pictures() if file.suffix == ".jpg"][:6]
    boundary = b"".join(b"--x\r\nContent-Type: image/jpeg\r\nContent-Length: %d\r\n\r\n" % len(j) + j + b"\r\n"
                        for j in jpegs[:3])
    chunked = b"".join(b"%x\r\n" % len(j) + j + b"\r\n" for j in jpegs[:3]) + b"0\r\n\r\n"
    return [b"".join(jpegs), boundary, chunked, b"".join(j[:-2] for j in jpegs), jpegs[0] + b"stray" + jpegs[1]]


def safetensors(entries, texts, data):
    header = json.dumps({"__metadata__": texts, **entries}).encode()
    header += b" " * (-(8 + len(header)) % 64)
    return struct.pack("<Q", len(header)) + header + data


def metadata(**changes):
    return {
        "format": "mood-weights", "format_version": "1", "architecture": "ResNet50V2",
        "input_shape": "[96,96,3]", "pixel_scale": "0.00392156862745098", "pixel_offset": "0.0",
        "color": "gray", "resampling": "bicubic", "class_names": json.dumps(MOODS),
        "head_layers": json.dumps([
            {"type": "BatchNormalization", "name": "batch_normalization", "epsilon": 0.001},
            {"type": "Flatten", "name": "flatten"},
            {"type": "Dense", "name": "dense", "units": 64, "activation": "relu"},
            {"type": "BatchNormalization", "name": "batch_normalization_1", "epsilon": 0.001},
            {"type": "Dense", "name": "dense_1", "units": 7, "activation": "softmax"}]),
        "source_sha256": "0" * 64, "exporter_version": "1.0", **changes}


def weights():
    entries = {
        "a": {"dtype": "F32", "shape": [2, 3], "data_offsets": [0, 24]},
        "b": {"dtype": "F16", "shape": [4], "data_offsets": [24, 32]},
        "__pad__/0": {"dtype": "U8", "shape": [32], "data_offsets": [32, 64]}}
    return [safetensors(entries, metadata(), bytes(64)), safetensors({}, metadata(), b""),
            safetensors({"e": {"dtype": "F32", "shape": [0], "data_offsets": [0, 0]}}, {}, b"")]


def networks():
    files = [metadata(), metadata(color="rgb"), metadata(temperature="0.959", abstain_below="0.4"),
             metadata(face_crop='{"measure":"width","factor":1.23,"x":0,"y":0}'), metadata(resampling="area"),
             metadata(input_shape="[65,96,3]"), metadata(pixel_scale="1", pixel_offset="-127.5")]
    return [json.dumps(file).encode() for file in files]


def readings():
    mood = {"mood": "happy", "confidence": 0.7, "sure": True,
            "probabilities": {name: round(0.7 if name == "happy" else 0.05, 2) for name in MOODS}}
    face = {**mood, "box": [1, 2, 3, 4], "score": 0.9, "landmarks": [[1, 2]] * 5, "crop": [0, 0, 4, 4]}
    reading = {**mood, "v": 2, "ok": True, "width": 9, "height": 9, "source": "face", "faces": [face]}
    header = {"a": {"dtype": "F32", "shape": [0], "data_offsets": [0, 0]}, "__metadata__": {"k": "v\u00e9\n"}}
    return [json.dumps(value).encode() for value in (reading, header, {**reading, "turned": 1})]


def catalogues():
    rows = [
        f"name,artist,id,mood,popularity,valence\nOne,A,{ID},Happy,3,0.9\nTwo,\"B, C\",,Sad,,0.1\n",
        f"\ufeff\"Track URI\",\"Track Name\",\"Artist Name(s)\",\"Release Date\",Energy\n\"spotify:track:{ID}\",O,A,2001,0.5\n",
        "sep=;\nName;Artist;Valence;Energy;Tempo\nOne;A;0,9;0,8;117,4\n",
        "name\tartist\tvalence\nOne\tA\t0.9\n", ",track_id,artists,track_name,energy\n0,x,\"['A', 'B']\",O,nan\n"]
    lines = [f'{{"name":"One","artist":["A","B"],"id":"{ID}","mood":"happy","valence":NaN}}\n',
             '{"Track Name":"Two","artists":"C","mood":"Sad","tempo":null}\n']
    return ([bytes([2 * n]) + row.encode() for n, row in enumerate(rows)]
            + [bytes([2 * n + 1]) + line.encode() for n, line in enumerate(lines)]
            + [b"\0" + rows[0].encode("utf-16"), b"\0" + rows[3].encode("utf-16-be")])


def words():
    return [text.encode() for text in (
        "I am so happy today!", "not bad at all, but my dog died \U0001f622", "WHY??? :-(", "")]


def forms():
    type_ = b"multipart/form-data; boundary=x\n"
    part = b'--x\r\nContent-Disposition: form-data; name="image"; filename="a \\" b.jpg"\r\n' \
           b"Content-Type: image/jpeg\r\n\r\n\xff\xd8\r\n--xx\r\n--x\r\n\r\nno headers\r\n--x--\r\nepilogue"
    return [type_ + part, b'multipart/form-data; boundary="a b"\n--a b--\r\n', type_ + b"preamble\r\n" + part]


def inferences():
    inputs = {"name": "image", "datatype": "BYTES", "shape": [1]}
    text = json.dumps({"id": "1", "inputs": [{**inputs, "data": ["/9j/"]}],
                       "outputs": [{"name": "mood", "parameters": {"binary_data": True}}]}).encode()
    element = struct.pack("<I", 3) + b"\xff\xd8\xff"
    binary = json.dumps({"inputs": [{**inputs, "shape": [2, 1], "parameters": {
        "binary_data_size": 2 * len(element)}}], "parameters": {"binary_data_output": True}}).encode()
    return [b"\xff\xff" + text, struct.pack(">H", len(binary)) + binary + 2 * element]


def layer(kind, name, **settings):
    return {"class_name": kind, "config": {"name": name, **settings}}


def exports():
    dense = layer("Dense", "d", units=7, activation="softmax", use_bias=True)
    sizes = {"d/kernel": [2048, 7], "d/bias": [7]}
    norm = {f"n/{v}": [2048] for v in ("gamma", "beta", "moving_mean", "moving_variance")}
    pool = layer("GlobalAveragePooling2D", "p", keepdims=False, data_format="channels_last")
    top = {"d/kernel": [2048, 7], "d/bias": [7]}
    return [json.dumps(value).encode() for value in (
        {"head": [pool, dense], "tensors": sizes},
        {"front": [layer("Rescaling", "r", scale=1 / 255, offset=[0, 0, 0])], "head": [pool, dense], "tensors": sizes},
        {"front": [layer("Normalization", "z", axis=[-1], mean=[1, 2, 3], variance=[4, 5, 6], invert=False)],
         "head": [layer("BatchNormalization", "n", axis=[3], epsilon=0.001, scale=True, center=True),
                  layer("Flatten", "f"), layer("Dropout", "o", rate=0.5), dense],
         "tensors": {**norm, "d/kernel": [8192, 7], "d/bias": [7]}},
        {"front": [layer("RandomFlip", "i", mode="horizontal")], "head": [pool, layer("Dense", "d", units=7),
         layer("ReLU", "u", max_value=None, threshold=0.0, negative_slope=0.0)], "tensors": sizes,
         "options": ["--pixel-scale", "1/127.5", "--pixel-offset", "-1", "--color", "gray"]},
        {"tensors": top, "options": ["--input-size", "96", "--pooling", "avg"]},
        {"tensors": top, "options": ["--input-size", "any", "--head",
                                     "GlobalAveragePooling2D:p,Dense:d:softmax", "--temperature", "2"]},
        {"config": {"class_name": "Functional", "config": {"name": "m", "layers": [
            {**layer("InputLayer", "i", batch_input_shape=[None, 64, 64, 3]), "inbound_nodes": []},
            {**layer("Activation", "post_relu", activation="relu"), "inbound_nodes": [[["i", 0, 0, {}]]]}],
            "output_layers": [["post_relu", 0, 0]]}}})]


def varint(value):
    low = bytearray()
    while value >= 0x80:
        low.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes(low) + bytes([value])


def field(number, value):
    """A field of a message in Protocol Buffers' wire format."""
    if isinstance(value, int):
        return varint(number << 3) + varint(value)
    value = value.encode() if isinstance(value, str) else value
    return varint(number << 3 | 2) + varint(len(value)) + value


def onnx():
    def port(number, name, extents):
        shape = b"".join(field(1, field(1, extent)) for extent in extents)
        return field(number, field(1, name) + field(2, field(1, field(1, 1) + field(2, shape))))

    def node(kind, inputs, output, *attributes):
        return field(1, b"".join(field(1, name) for name in inputs) + field(2, output) + field(4, kind)
                     + b"".join(field(5, field(1, name) + b"".join(field(8, n) for n in numbers) + field(20, 7))
                                for name, numbers in attributes))

    weight = field(5, b"".join(field(1, extent) for extent in (2, 3, 3, 3)) + field(2, 1) + field(8, "w")
                   + field(9, bytes(4 * 54)))
    conv = node("Conv", ["x", "w"], "c", ("strides", [1, 1]), ("pads", [1, 1, 1, 1]))
    graphs = [port(11, "x", [1, 3, 5, 5]) + weight + conv + node("Relu", ["c"], "y") + port(12, "y", [1, 2, 5, 5]),
              port(11, "x", [2, 4]) + node("Softmax", ["x"], "y") + port(12, "y", [2, 4]),
              port(11, "x", [1, 3, 4, 4]) + node("MaxPool", ["x"], "y", ("kernel_shape", [2, 2])) + port(12, "y", [1])]
    return [field(1, 8) + field(8, field(2, 17)) + field(7, graph) for graph in graphs]


def drawn():
    """Calls that are drawn from bytes need bytes to draw from."""
    return [bytes((37 * n * n + 11 * n) % 256 for n in range(size)) for size in (0, 40, 400, 4000)]


SEEDS = {
    "photos": photos, "streams": streams, "weights": weights, "network": networks, "json": readings,
    "catalogue": catalogues, "words": words, "multipart": forms, "inference": inferences,
    "exporter": exports, "onnx": onnx, "models": drawn, "values": drawn, "graphs": drawn, "pictures": drawn,
    "writer": drawn, "resnet": drawn, "faces": drawn}


def main(folder):
    for target, make in SEEDS.items():
        place = pathlib.Path(folder) / target
        place.mkdir(parents=True, exist_ok=True)
        for number, content in enumerate(make()):
            (place / f"seed{number}").write_bytes(content)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
