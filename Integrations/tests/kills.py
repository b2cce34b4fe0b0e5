"""Answers photos by an engine while its processes are killed, and compares with one undisturbed process.

    python tests/kills.py {local,ray,spark,replicas} PHOTOS EXPECTED.jsonl [--kills 10] [--workers 2]

PHOTOS is a folder, and EXPECTED what `mood-cli classify --jsonl --sha256` printed for it. SIGKILLs go to a
`mood-cli`, a Ray actor, a Spark executor or a replica, spread over 10 to 90 % of the output. Prints one JSON line.
"""

import argparse
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

here = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(here.parent))
from mood_workers import local, parts, photos, ray_data, replicas, spark  # noqa: E402


def processes(part):
    """The processes below this one whose command line holds `part`: number and start time."""
    parents, found = {}, {}
    for entry in pathlib.Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                stat = (entry / "stat").read_text().rsplit(")", 1)[1].split()
                parents[int(entry.name)] = int(stat[1])
                if part in (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace"):
                    found[int(entry.name)] = int(stat[19])
            except (OSError, IndexError):
                pass

    def is_below(number):
        while number > 1:
            number = parents.get(number, 0)
            if number == os.getpid():
                return True
        return False

    return sorted(number for number in found if is_below(number))


class Killer(threading.Thread):
    """Kills `victims()` in turn whenever the next tenth of the output is there."""

    def __init__(self, kills, total, progress, victims):
        super().__init__(daemon=True)
        self.points = [total * (0.1 + 0.8 * k / max(1, kills - 1)) for k in range(kills)]
        self.progress, self.victims, self.killed, self.over = progress, victims, [], threading.Event()

    def run(self):
        for index, point in enumerate(self.points):
            while not self.over.is_set():
                done = self.progress()
                alive = self.victims() if done >= point else []
                if alive:
                    victim = alive[index % len(alive)]
                    try:
                        os.kill(victim, signal.SIGKILL)
                    except ProcessLookupError:
                        continue
                    self.killed.append(done)
                    break
                self.over.wait(0.05)



class LineCounter:
    """The lines of a folder's parts; each part is read once."""

    def __init__(self, folder):
        self.folder, self.counts = pathlib.Path(folder), {}

    def __call__(self):
        for path in self.folder.glob("*.jsonl"):
            if path.name not in self.counts:
                self.counts[path.name] = path.read_bytes().count(b"\n")
        return sum(self.counts.values())


def run_local(paths, out, options, watch):
    made = []
    killer = watch(LineCounter(out), lambda: [w._process.pid for w in made if w._process])
    workers = local.classify(paths, out, options.workers, options.batch, started=made.extend)
    killer.over.set()
    firsts = [round(t, 3) for w in workers for t in w.first_answers if t is not None]
    return parts.collect(out, paths), killer, {"first_answers": firsts}


def run_ray(paths, out, options, watch):
    import ray

    ray.init(num_cpus=options.workers, include_dashboard=False, log_to_driver=False, object_store_memory=200 << 20,
             _node_ip_address="127.0.0.1")  # fmt: skip
    killer = watch(LineCounter(out), lambda: processes("ray::MapWorker"))
    ray_data.classify(paths, out, options.workers, options.batch)
    killer.over.set()
    ray.shutdown()
    return parts.collect(out, paths), killer, {}


def run_spark(paths, out, options, watch):
    from pyspark.sql import SparkSession

    os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
    os.environ["PYSPARK_PYTHON"] = sys.executable
    builder = SparkSession.builder.master(f"local-cluster[{options.workers},1,1024]").appName("mood")
    for name, value in {
        "spark.ui.enabled": "false", "spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1",
        "spark.executor.memory": "1g", "spark.executorEnv.PYTHONPATH": str(here.parent), "spark.task.maxFailures": "20", "spark.network.timeout": "600s",
        "spark.executorEnv.MOOD_CLI": os.environ.get("MOOD_CLI", "mood-cli"),
        "spark.executorEnv.MOOD_WORKER_LOG": os.environ["MOOD_WORKER_LOG"],
    }.items():  # fmt: skip
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("OFF")
    print("Spark is there", file=sys.stderr, flush=True)
    tracker = session.sparkContext.statusTracker()
    partitions = max(8, len(paths) // (2 * options.batch))

    answering = set()

    def progress():
        # After a death the stage is given again with the tasks that are left.
        stages = [s for s in map(tracker.getStageInfo, tracker.getActiveStageIds()) if s]
        answering.update(s.stageId for s in stages if s.numTasks == partitions)
        left = [s.numTasks - s.numCompletedTasks for s in stages if s.stageId in answering]
        return len(paths) / partitions * (partitions - max(left, default=partitions))

    killer = watch(progress, lambda: processes("CoarseGrainedExecutorBackend --driver-url"))
    spark.classify(session, paths, out, options.batch, partitions)
    killer.over.set()
    rows = [(row.id, row.answer) for row in session.read.parquet(out).select("id", "answer").collect()]
    session.stop()
    if len({name for name, _ in rows}) != len(rows) or {name for name, _ in rows} != set(paths):
        raise parts.AnswersDiffer(f"{len(rows)} answers for {len(paths)} photos")
    return sorted(answer for _, answer in rows), killer, {}


def run_replicas(paths, out, options, watch):
    port = options.port
    script = subprocess.Popen([here.parent / "replicas/run.sh", str(options.workers), str(port)], stdout=subprocess.PIPE, text=True)
    try:
        if "replicas behind" not in (script.stdout.readline() or ""):
            raise SystemExit("run.sh did not start the replicas")
        killer = watch(LineCounter(out), lambda: processes(" serve --port "))
        _, repeated = replicas.classify(f"http://127.0.0.1:{port}", paths, out, connections=2 * options.workers, part_size=options.batch)
        killer.over.set()
        return parts.collect(out, paths), killer, {"repeated_requests": repeated}
    finally:
        script.terminate()
        script.wait()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("engine", choices=["local", "ray", "spark", "replicas"])
    parser.add_argument("photos")
    parser.add_argument("expected")
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--port", type=int, default=8400)
    options = parser.parse_args()
    paths = list(photos.walk([options.photos]))
    with open(options.expected, encoding="utf-8", newline="\n") as file:
        expected = sorted(file.read().splitlines())
    assert len(expected) == len(paths), (len(expected), len(paths))
    folder = tempfile.mkdtemp()
    log = os.environ["MOOD_WORKER_LOG"] = f"{folder}/loads"
    open(log, "w").close()
    began = time.monotonic()

    def watch(progress, victims):
        killer = Killer(options.kills, len(paths), progress, victims)
        killer.start()
        return killer

    answers, killer, more = globals()[f"run_{options.engine}"](paths, f"{folder}/answers", options, watch)
    with open(log) as file:
        loads = sum(1 for _ in file)
    result = {"engine": options.engine, "photos": len(paths), "workers": options.workers, "kills": len(killer.killed),
              "at": [round(done / len(paths), 2) for done in killer.killed], "same_bytes": answers == expected,
              "loads": loads, "seconds": round(time.monotonic() - began, 1), **more}  # fmt: skip
    print(json.dumps(result), flush=True)
    shutil.rmtree(folder)
    raise SystemExit(0 if result["same_bytes"] and result["kills"] == options.kills else 1)


if __name__ == "__main__":
    main()
