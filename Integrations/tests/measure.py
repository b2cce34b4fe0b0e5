"""Measures workers on a quiet machine with two cores or more; prints JSON lines. The figures of docs/scaling.md.

    python tests/measure.py PHOTOS [--count 800] [--rounds 3]

In turns: one single-thread worker on one core, two on two cores, one process with two threads; then 1, 2, 4 and 8
workers that the system places; then starts. PHOTOS is a folder.
"""

import argparse
import json
import os
import pathlib
import resource
import statistics
import subprocess
import sys
import tempfile
import time

here = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(here.parent))
from mood_workers import MoodWorker, local, photos  # noqa: E402
from mood_workers.worker import program  # noqa: E402


def run(paths, workers, cores=None, batch=200):
    """Photos a second of so many workers, pinned to cores if told, without the time until all have started."""
    made = []

    def prepare(some):
        made.extend(some)
        for index, worker in enumerate(some):
            if cores:
                worker.command = ["taskset", "-c", str(cores[index])] + worker.command
            worker.answers(paths[:1])

    with tempfile.TemporaryDirectory() as folder:
        began = []
        local.classify(paths, folder, workers, batch, started=lambda some: (prepare(some), began.append(time.monotonic())))
        return len(paths) / (time.monotonic() - began[0])


def process(paths, threads):
    """Photos a second of one program with so many threads, start included, and what it used."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        file.write("\n".join(paths))
        file.flush()
        before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
        subprocess.run([program(), "classify", "--jsonl", "--sha256", "--threads", str(threads), "--paths-from", file.name],
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # fmt: skip
        seconds, after = time.monotonic() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    return len(paths) / seconds, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, after.ru_maxrss


def preparation(paths):
    """The share of a worker's processor time that decoding and searching faces take."""
    def used(*words):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([program(), *words, "--threads", "1"], input="\n".join(paths), text=True, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL)  # fmt: skip
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    return used("faces", "--json", "-") / used("classify", "--jsonl", "-")


def starts(path, count):
    """Seconds from a worker's start to its first answer, and its memory then, in KB."""
    times, memory = [], []
    for _ in range(count):
        with MoodWorker() as worker:
            worker.answers([path])
            times += worker.first_answers
            with open(f"/proc/{worker.started[0]}/status") as status:
                memory += [int(line.split()[1]) for line in status if line.startswith("VmRSS")]
    return times, memory


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("photos")
    parser.add_argument("--count", type=int, default=800)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--starts", type=int, default=10)
    options = parser.parse_args()
    paths = list(photos.walk([options.photos]))[:2 * options.count]
    half = paths[:options.count]
    say = lambda **fields: print(json.dumps(fields), flush=True)  # noqa: E731
    say(bytes_per_photo=round(sum(map(os.path.getsize, paths)) / len(paths)), photos=len(paths))
    times, memory = starts(paths[0], options.starts)
    say(start_median=round(statistics.median(times), 3), start_most=round(max(times), 3), memory_kb=max(memory))
    say(preparation_share=round(preparation(half), 3))
    rounds = []
    for _ in range(options.rounds):
        one, two = run(half, 1, [0]), run(paths, 2, [0, 1])
        both, cpu, memory = process(paths, 2)
        rounds.append((one, two, both))
        say(one_worker=round(one, 1), two_workers=round(two, 1), one_process_two_threads=round(both, 1),
            efficiency=round(two / (2 * one), 3), against_process=round(two / both, 3), cpu_ms=round(1000 * cpu / len(paths), 2),
            memory_kb=memory)  # fmt: skip
    one, two, both = (statistics.median(column) for column in zip(*rounds))
    say(median_efficiency=round(two / (2 * one), 3), median_against_process=round(two / both, 3))
    for workers in (1, 2, 4, 8):
        say(workers=workers, photos_per_second=round(run(paths if workers > 1 else half, workers), 1))


if __name__ == "__main__":
    main()
