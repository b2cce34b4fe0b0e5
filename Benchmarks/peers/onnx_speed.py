#!/usr/bin/env python3
"""Speed of ONNX files here, in ONNX Runtime and in OpenVINO (fp32), interleaved round by round.

Tests/Conformance/networks.py --folder MODELS --export-only makes the files. In each round every
contestant gets the machine in turn for some time; the table has the fastest pass of all rounds and the
median of the rounds' lower quartiles, in milliseconds per image.

  onnx_speed.py MODEL.onnx … [--settings 1:1 1:2 8:1 8:2] [--rounds 5] [--seconds 1] [--peers onnxruntime,openvino]
"""

import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys
import time

import numpy as np

ROOT = pathlib.Path(__file__).resolve().parents[2]
CLI = os.environ.get("MOOD_CLI", str(ROOT / ".build/release/mood-cli"))


def onnxruntime(path, threads):
    import onnxruntime
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    name, shape = session.get_inputs()[0].name, session.get_inputs()[0].shape
    return shape, lambda x: session.run(None, {name: x})


def openvino(path, threads):
    import openvino
    core = openvino.Core()
    model = core.read_model(path)
    compiled = core.compile_model(model, "CPU", {
        "INFERENCE_NUM_THREADS": threads, "INFERENCE_PRECISION_HINT": "f32", "NUM_STREAMS": 1})
    request = compiled.create_infer_request()
    shape = [d.get_length() if d.is_static else None for d in model.inputs[0].get_partial_shape()]
    return shape, lambda x: request.infer([x])


def serve(kind, path, threads):
    """A peer's process: reads `batch seconds`, answers with its passes' milliseconds."""
    shape, run = {"onnxruntime": onnxruntime, "openvino": openvino}[kind](path, threads)
    print("ready", flush=True)
    warm = set()
    for line in sys.stdin:
        batch, seconds = int(line.split()[0]), float(line.split()[1])
        x = np.random.default_rng(1).random([batch, *shape[1:]], dtype="f4")
        for _ in range(1 if batch in warm else 5):
            run(x)
        warm.add(batch)
        times, end = [], time.perf_counter() + seconds
        while time.perf_counter() < end or len(times) < 3:
            start = time.perf_counter()
            run(x)
            times.append((time.perf_counter() - start) * 1e3)
        print(json.dumps(times), flush=True)


class Peer:
    def __init__(self, kind, path, threads):
        self.process = subprocess.Popen(
            [sys.executable, __file__, "--serve", kind, path, str(threads)], text=True, stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        if self.process.stdout.readline().strip() != "ready":
            raise SystemExit(f"{kind} does not run {path}")

    def times(self, batch, seconds):
        print(batch, seconds, file=self.process.stdin, flush=True)
        times = sorted(json.loads(self.process.stdout.readline()))
        return times[0], times[len(times) // 4]

    def close(self):
        self.process.stdin.close()
        self.process.wait()


class Ours:
    """`mood-cli bench`, which warms up by itself."""

    def __init__(self, path, threads):
        self.command = [CLI, "bench", "--model", path, "--json", "--threads", str(threads)]

    def times(self, batch, seconds):
        report = json.loads(subprocess.run(
            [*self.command, "--batch", str(batch), "--seconds", str(seconds)], check=True, capture_output=True,
            text=True).stdout)
        return report["ms"]["min"], report["ms"]["q25"]

    def close(self):
        pass


def main():
    if sys.argv[1:2] == ["--serve"]:
        serve(sys.argv[2], sys.argv[3], int(sys.argv[4]))
        return
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("models", nargs="+")
    parser.add_argument("--settings", nargs="*", default=["1:1", "1:2", "8:1", "8:2"], help="batch:threads")
    parser.add_argument("--peers", default="onnxruntime,openvino")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=1.0, help="of each in each round")
    options = parser.parse_args()
    kinds = [p for p in options.peers.split(",") if p]
    print("| network | batch:threads | " + " | ".join(["mood", *kinds, "best peer ÷ mood"]) + " |")
    print("| --- | --- |" + " --: |" * (len(kinds) + 2))
    for path in options.models:
        for setting in options.settings:
            batch, threads = map(int, setting.split(":"))
            players = {"mood": Ours(path, threads), **{k: Peer(k, path, threads) for k in kinds}}
            found = {name: [] for name in players}
            for round in range(options.rounds):
                names = list(players)
                for name in names[round % len(names):] + names[:round % len(names)]:
                    found[name].append(players[name].times(batch, options.seconds))
            for player in players.values():
                player.close()
            best = {n: min(t[0] for t in times) / batch for n, times in found.items()}
            usual = {n: statistics.median(t[1] for t in times) / batch for n, times in found.items()}
            cells = [f"{best[n]:.2f} / {usual[n]:.2f}" for n in players]
            ratio = [f"{min(v[k] for k in kinds) / v['mood']:.2f}" for v in (best, usual)] if kinds else []
            print(f"| {pathlib.Path(path).stem} | {setting} | " + " | ".join([*cells, " / ".join(ratio)]) + " |",
                  flush=True)


if __name__ == "__main__":
    main()
