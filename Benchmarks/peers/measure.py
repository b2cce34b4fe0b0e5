"""Measures this package and its peers on one network, interleaved round by round.

Every contestant is a process that lives through a whole setting (batch and threads); each round
gives each of them the machine in turn for some time. Of a round count the fastest pass and the lower
quartile; the table has the fastest of all rounds and the median of the rounds' lower quartiles, in
milliseconds per image. Probabilities are compared before anything is measured.

Results of a machine stand in a file of its own, results/MACHINE.json, with the commit, the versions of
the peers, the processor's flags, and the load and the stolen time during each setting. Where something
else ran, the table has a warning and no ratio.

  measure.py MODELS check             compare the probabilities of all
  measure.py MODELS run B:T …         measure batch B on T threads, e.g. 1:2 8:1; adds to the machine's file
  measure.py MODELS cold              process start to first answer from a JPEG, and peak memory
  measure.py MODELS report            write the table and the charts from that file
  measure.py MODELS all               all of these, batches 1, 8 and 32, 1 thread and all
"""

import argparse
import datetime
import importlib.metadata
import json
import os
import pathlib
import re
import statistics
import subprocess
import sys
import time

import numpy as np

HERE = pathlib.Path(__file__).resolve().parent
RESULTS = HERE.parent / "results"
PEERS = ["onnxruntime", "openvino", "litert", "ncnn", "torch-compile", "tf-function", "tf-predict",
         "openvino-streams", "openvino-bf16"]
PACKAGES = ["onnxruntime", "openvino", "ai-edge-litert", "ncnn", "torch", "tensorflow", "keras", "numpy"]
BUSY_LOAD, BUSY_STEAL = 0.5, 0.03  # processes of others per core, and the share of time that was stolen
OURS = {
    "mood avx512": ["--engine", "vector", "--isa", "avx512"],
    "mood avx2": ["--engine", "vector", "--isa", "avx2"],
    "mood openblas": ["--engine", "openblas"],
}
NOT_FP32 = {"openvino-bf16"}
# Which peers need what convert.py makes.
NEEDS = {"saved": ["tf-function"], "litert": ["litert"], "of_ncnn": ["ncnn"],
         "onnx": ["onnxruntime", "openvino", "openvino-streams", "openvino-bf16"]}
CLI = os.environ.get("MOOD_CLI", str(HERE.parents[1] / ".build/release/mood-cli"))
PHOTO = HERE.parents[1] / "Examples/grace_hopper.jpg"


class Peer:
    """A peer's process, which waits for commands."""

    def __init__(self, models, name, threads):
        self.process = subprocess.Popen(
            [sys.executable, HERE / "peers.py", models, name, str(threads)], text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        assert self.answer() == "ready", f"{name} does not start"

    def answer(self):
        while line := self.process.stdout.readline():
            line = line.strip()
            if line in ("ready", "checked") or line[:1] in "[0123456789":
                return line
        raise RuntimeError("a peer ended")

    def ask(self, command):
        print(command, file=self.process.stdin, flush=True)
        return self.answer()

    def times(self, batch, seconds):
        times = sorted(json.loads(self.ask(f"run {batch} {seconds}")))
        return times[0], times[len(times) // 4]

    def close(self):
        self.process.stdin.close()
        self.process.wait()


class Ours:
    """This package, through `mood-cli bench`; it warms up by itself."""

    def __init__(self, models, name, threads):
        self.arguments = [CLI, "bench", "--weights", f"{models}/mood.safetensors", "--json",
                          "--threads", str(threads), *OURS[name]]

    def times(self, batch, seconds):
        result = json.loads(subprocess.run(
            [*self.arguments, "--batch", str(batch), "--seconds", str(seconds)], check=True,
            capture_output=True, text=True).stdout)
        return result["ms"]["min"], result["ms"]["q25"]

    def close(self):
        pass


def machine():
    text = pathlib.Path("/proc/cpuinfo").read_text()
    model = next(l.split(":")[1].strip() for l in text.splitlines() if l.startswith("model name"))
    best = "AVX-512" if "avx512f" in text else "AVX2"
    return f"{model}, {len(os.sched_getaffinity(0))} cores, {best}"


def details():
    """What else a reader must know: commit, versions, family and flags of the processor."""
    text = pathlib.Path("/proc/cpuinfo").read_text()
    fields = {l.split(":")[0].strip(): l.split(":")[1].strip() for l in text.splitlines() if ":" in l}
    versions = {}
    for package in PACKAGES:
        try:
            versions[package] = importlib.metadata.version(package)
        except importlib.metadata.PackageNotFoundError:
            pass
    commit = subprocess.run(["git", "-C", HERE, "describe", "--always", "--dirty"],
                            capture_output=True, text=True).stdout.strip()
    return {"commit": commit, "versions": versions, "flags": fields.get("flags", ""),
            "family": fields.get("cpu family"), "model": fields.get("model")}


def file():
    """The results of this machine: never two machines in one file."""
    return RESULTS / (re.sub(r"[^a-z0-9]+", "-", f"{machine()} {details()['family']}".lower()) + ".json")


def load():
    path = file()
    return json.loads(path.read_text()) if path.exists() else {"speed": {}, "cold": {}, "check": {}}


def save(results):
    RESULTS.mkdir(exist_ok=True)
    results["machine"] = machine()
    results["date"] = datetime.date.today().isoformat()
    results["details"] = details()
    file().write_text(json.dumps(results, indent=1, sort_keys=True) + "\n")


class Quiet:
    """How busy the machine was with other things, from the kernel's counters."""

    def __init__(self):
        self.others = self.running()
        self.begin = self.ticks()

    @staticmethod
    def running():
        """Processes that run or wait for a core now, but this one, per core."""
        return max(0, int(pathlib.Path("/proc/loadavg").read_text().split()[3].split("/")[0]) - 1) / len(
            os.sched_getaffinity(0))

    @staticmethod
    def ticks():
        return list(map(int, pathlib.Path("/proc/stat").read_text().splitlines()[0].split()[1:]))

    def report(self):
        spent = [b - a for a, b in zip(self.begin, self.ticks())]
        steal = spent[7] / max(1, sum(spent[:8]))
        return {"others_per_core": self.others, "steal": steal,
                "busy": self.others > BUSY_LOAD or steal > BUSY_STEAL}


def usable():
    """Instruction sets that this processor lacks are left out."""
    has512 = "avx512f" in pathlib.Path("/proc/cpuinfo").read_text()
    return [name for name in OURS if has512 or "avx512" not in name]


def check(models, names, results):
    expected = np.load(f"{models}/expected.npz")
    for name in names:
        if name in OURS:
            write_safetensors("/tmp/peer-check.safetensors", expected["inputs"])
            subprocess.run(
                [CLI, "infer", "--weights", f"{models}/mood.safetensors", "--input",
                 "/tmp/peer-check.safetensors", "--output", "/tmp/peer-out.safetensors", *OURS[name]],
                check=True, stdout=subprocess.DEVNULL)
            from safetensors.numpy import load_file
            found = load_file("/tmp/peer-out.safetensors")["probabilities"]
        else:
            peer = Peer(models, name, len(os.sched_getaffinity(0)))
            peer.ask("check /tmp/peer-out.npy")
            peer.close()
            found = np.load("/tmp/peer-out.npy")
        error = float(np.abs(found - expected["probabilities"]).max())
        results["check"][name] = error
        print(f"{name:16s} probabilities within {error:.1e} of Keras's", flush=True)
        assert error < (5e-2 if name in NOT_FP32 else 1e-4), f"{name} computes something else"
    save(results)


def write_safetensors(path, array):
    from safetensors.numpy import save_file
    save_file({"input": array}, path)


def measure(models, names, setting, rounds, seconds, results):
    batch, threads = map(int, setting.split(":"))
    players = {}
    for name in names:
        players[name] = (Ours if name in OURS else Peer)(models, name, threads)
    quiet = Quiet()
    found = {name: [] for name in names}
    for round in range(rounds):
        order = names[round % len(names):] + names[:round % len(names)]
        for name in order:
            found[name].append(players[name].times(batch, seconds))
    for player in players.values():
        player.close()
    results["speed"].setdefault(setting, {})
    results.setdefault("quiet", {})[setting] = quiet.report()
    if results["quiet"][setting]["busy"]:
        print(f"warning: something else runs on this machine: {results['quiet'][setting]}", file=sys.stderr)
    for name, times in found.items():
        results["speed"][setting][name] = {
            "min": min(t[0] for t in times) / batch,
            "q25": statistics.median(t[1] for t in times) / batch,
        }
    save(results)
    print(f"batch {batch}, {threads} threads, {rounds} rounds of {seconds} s:")
    for name, value in sorted(results["speed"][setting].items(), key=lambda item: item[1]["min"]):
        print(f"  {name:16s} {value['min']:7.2f} {value['q25']:7.2f}", flush=True)


def cold(models, names, results):
    """Process start to first answer: the best of three; and the largest resident size."""
    side = np.load(f"{models}/expected.npz")["inputs"].shape[1]
    threads = len(os.sched_getaffinity(0))
    for name in names:
        if name in OURS:
            command = [CLI, "classify", PHOTO, "--weights", f"{models}/mood.safetensors", *OURS[name]]
        else:
            command = [sys.executable, HERE / "peers.py", models, name, str(threads), "cold", PHOTO,
                       str(side)]
        best, memory = 1e9, 0
        for attempt in range(2 if name == "torch-compile" else 4):
            start = time.perf_counter()
            process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            _, status, usage = os.wait4(process.pid, 0)
            assert status == 0, command
            best, memory = min(best, time.perf_counter() - start), usage.ru_maxrss * 1024
        results["cold"][name] = {"seconds": best, "peak_bytes": memory}
        print(f"{name:16s} {best:6.3f} s, {memory / 1e6:6.0f} MB", flush=True)
    save(results)


def report(results):
    speed = results["speed"]
    settings = sorted(speed, key=lambda s: (-int(s.split(":")[1]), int(s.split(":")[0])))
    names = [n for n in [*OURS, *PEERS] if any(n in speed[s] for s in settings)]
    lines = [
        f"{results['machine']}, {results['date']}. Milliseconds per image: fastest pass / median of "
        "the rounds' lower quartiles.", "",
        "| | " + " | ".join(f"batch {s.split(':')[0]}, {s.split(':')[1]} thread"
                            + ("s" if s.split(":")[1] != "1" else "") for s in settings) + " |",
        "| --- |" + " --: |" * len(settings)]
    for name in names:
        cells = [f"{v['min']:.1f} / {v['q25']:.1f}" if (v := speed[s].get(name)) else "–"
                 for s in settings]
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    for ours in [n for n in OURS if n in names]:
        cells = []
        for s in settings:
            if results.get("quiet", {}).get(s, {}).get("busy"):
                cells.append("the machine was busy")
                continue
            fp32 = [n for n in PEERS if n in speed[s] and n not in NOT_FP32]
            cells.append(" / ".join(
                f"{min(speed[s][n][k] for n in fp32) / speed[s][ours][k]:.2f}×"
                for k in ("min", "q25")) if ours in speed[s] and fp32 else "–")
        lines.append(f"| best fp32 peer ÷ {ours} | " + " | ".join(cells) + " |")
    if results["cold"]:
        lines += ["", "Process start to the first answer from a JPEG, best of four, and the process's "
                  "largest resident size.", "", "| | s | MB |", "| --- | --: | --: |"]
        for name, value in sorted(results["cold"].items(), key=lambda item: item[1]["seconds"]):
            lines.append(f"| {name} | {value['seconds']:.2f} | {value['peak_bytes'] / 1e6:.0f} |")
    if results["check"]:
        worst = max(e for n, e in results["check"].items() if n not in NOT_FP32)
        lines += ["", f"Probabilities of all fp32 rows are within {worst:.0e} of Keras's."]
    (RESULTS / "table.md").write_text("\n".join(lines) + "\n")
    print("\n".join(lines))
    chart(speed, settings, names, results)


def chart(speed, settings, names, results):
    import matplotlib
    matplotlib.use("Agg")
    matplotlib.rcParams["svg.fonttype"] = "none"
    import matplotlib.pyplot as plt
    shown = [s for s in settings if s.split(":")[0] in ("1", "8")]
    figure, axes = plt.subplots(1, len(shown), figsize=(3.2 * len(shown), 3.6), sharey=True, squeeze=False)
    order = [n for n in names if n not in ("tf-predict",)]
    for axis, setting in zip(axes[0], shown):
        batch, threads = setting.split(":")
        values = [speed[setting].get(n, {}).get("q25", 0) for n in order]
        colours = ["#1f6feb" if n in OURS else "#d0a000" if n in NOT_FP32 else "#9aa4b2" for n in order]
        bars = axis.barh(order, values, color=colours)
        axis.bar_label(bars, fmt="%.1f", padding=2, fontsize=7)
        axis.set_title(f"batch {batch}, {threads} thread{'s' if threads != '1' else ''}", fontsize=9)
        axis.set_xlabel("ms per image", fontsize=8)
        axis.tick_params(labelsize=8)
        axis.margins(x=0.18)
        axis.spines[["top", "right"]].set_visible(False)
    axes[0][0].invert_yaxis()
    figure.suptitle(f"ResNet50V2, 224×224, fp32 (yellow: bf16), lower quartiles · {results['machine']}, "
                    f"{results['date']}", fontsize=9)
    figure.tight_layout()
    for kind in ("png", "svg"):
        figure.savefig(RESULTS / f"speed.{kind}", dpi=130)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("models")
    parser.add_argument("work", nargs="?", default="all",
                        choices=["check", "run", "cold", "report", "all"])
    parser.add_argument("settings", nargs="*", help="batch:threads …")
    parser.add_argument("--peers", default=",".join(PEERS), help="comma-separated; empty for none")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=1.0, help="of each in each round")
    options = parser.parse_args()
    results = load()
    failed = (pathlib.Path(options.models) / "done").read_text().split()
    missing = {peer for step in failed for peer in NEEDS[step]}
    names = usable() + [n for n in options.peers.split(",") if n and n not in missing]
    cores = len(os.sched_getaffinity(0))
    settings = options.settings or [f"{b}:{t}" for t in dict.fromkeys([cores, 1]) for b in (1, 8, 32)]
    if options.work in ("check", "all"):
        check(options.models, names, results)
    if options.work in ("run", "all"):
        for setting in settings:
            measure(options.models, names, setting, options.rounds, options.seconds, results)
    if options.work in ("cold", "all"):
        cold(options.models, names, results)
    if options.work in ("report", "all"):
        report(results)


main()
