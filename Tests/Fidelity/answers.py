"""Checks answers against docs/answer.schema.json, and the server's against the command line's.

    python Tests/Fidelity/answers.py --cli .build/release/mood-cli [--server Server/.build/release/mood-server]

Fifty photos are made from the portraits of Examples: single faces in several sizes and places, pairs, tight
crops, pictures without a face. Each is read as it is, as a whole, and with a region. Without --server only
the command line's lines are checked.
"""

import argparse
import json
import pathlib
import subprocess
import tempfile
import urllib.error
import urllib.request

import jsonschema
import numpy as np
from PIL import Image

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("--cli", default=".build/release/mood-cli")
parser.add_argument("--server")
options = parser.parse_args()
root = pathlib.Path(__file__).parents[2]
schema = jsonschema.Draft202012Validator(json.loads((root / "docs/answer.schema.json").read_text()))
portraits = [Image.open(root / "Examples" / f"{name}.jpg").convert("RGB")
             for name in ("eileen_collins", "grace_hopper")]  # fmt: skip
random = np.random.default_rng(7)


def photos():
    """Fifty pictures with names."""
    for i in range(24):
        face = portraits[i % 2].resize((120 + 12 * i,) * 2 if i % 2 == 0 else (120 + 12 * i, 150 + 15 * i))
        picture = Image.new("RGB", (face.width + 40 * (i % 5), face.height + 30), (90, 110, 9 * i))
        picture.paste(face, (20 * (i % 5), 15))
        yield f"single_{i}.jpg", picture
    for i in range(8):
        pair = [p.resize((200 - 8 * i, 240 - 8 * i)) for p in portraits]
        picture = Image.new("RGB", (480, 260), (200, 200, 190))
        picture.paste(pair[0], (10, 5))
        picture.paste(pair[1], (250, 5))
        yield f"pair_{i}.png", picture
    for i in range(6):
        yield f"tight_{i}.png", portraits[0].crop((18, 15, 128, 125)).resize((48 + 16 * i,) * 2)
    for i in range(12):
        noise = random.integers(0, 256, (40 + 20 * i, 300, 3), dtype=np.uint8)
        yield f"faceless_{i}.png", Image.fromarray(noise // (1 + i % 3))


def command(*words):
    run = subprocess.run([options.cli, *words], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    return [json.loads(line) for line in run.stdout.splitlines()]


def served(base, path, region):
    query = f"?id={path}" + (f"&region={region}" if region else "")
    kind = "image/png" if path.suffix == ".png" else "image/jpeg"
    request = urllib.request.Request(f"{base}api/v1/classify{query}", path.read_bytes(), {"Content-Type": kind})
    try:
        return json.load(urllib.request.urlopen(request))
    except urllib.error.HTTPError as error:
        return json.load(error)


def main():
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for name, picture in photos():
            paths.append(pathlib.Path(folder, name))
            picture.save(paths[-1])
        assert len(paths) == 50
        lines = {region: command("classify", "--jsonl", "--face", region or "faces", *map(str, paths))
                 for region in ("", "whole", "all", "20,20,90,100")}  # fmt: skip
        others = (command("recommend", "--json", "--seed", "1", str(paths[0])) + command("recommend", "--json", "--mood", "sad")
                  + command("classify", "--json", "/nowhere.jpg"))  # fmt: skip
        count = 0
        for line in [line for some in lines.values() for line in some] + others:
            schema.validate(line)
            count += 1
        answered = sum(line["ok"] for line in lines[""])
        print(f"{count} lines keep to the schema; {answered} of 50 photos have a face")
        assert 30 <= answered <= 42, answered
        if not options.server:
            return
        with subprocess.Popen([options.server, "serve", "--port", "0", "--data", folder + "/data"],
                              stdout=subprocess.PIPE, text=True) as server:  # fmt: skip
            base = server.stdout.readline().split()[-1]
            same = 0
            for region, expected in lines.items():
                for path, line in zip(paths, expected):
                    answer = served(base, path, region)
                    answer.pop("address", None)
                    if line["ok"]:
                        assert answer == line, (path, region, answer, line)
                        schema.validate(answer)
                    else:
                        assert answer["code"] == line["error"]["code"], (path, region, answer)
                    same += 1
            server.terminate()
        print(f"{same} answers of the server equal the command line's")


main()
