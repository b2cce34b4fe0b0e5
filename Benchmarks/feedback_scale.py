"""Times a recommendation for one listener while others' opinions grow from 10 to a million, in SQLite.

    swift build -c release --product mood-cli
    python Benchmarks/feedback_scale.py [--cli .build/release/mood-cli] [--runs 15]

Needs numpy. The listener has 40 pieces of feedback, given by `mood-cli feedback`. The others' rows are
written straight into the tables that FeedbackStore keeps (opinions, totals, pairs and pair members,
with the sums that single feedback would have led to), fifty songs each, as giving a million
one by one takes long. Timed is the whole of `mood-cli recommend`: start, opening, reading, ranking.
"""

import argparse
import json
import os
import shutil
import sqlite3
import statistics
import subprocess
import tempfile
import time

import numpy as np

SIZES = [10, 1_000, 10_000, 100_000, 1_000_000]
EACH = 50


def run(cli, data, *words):
    found = subprocess.run([cli, *words], capture_output=True, text=True,
                           env=dict(os.environ, MOOD_DATA=data))
    assert found.returncode == 0, (words, found.stderr)
    return found.stdout


def fill(path, songs, count, random):
    listeners = max(1, count // EACH)
    each = min(EACH, count)
    levels = np.full((listeners, len(songs)), np.nan)
    for listener in range(listeners):
        heard = random.choice(len(songs), each, replace=False)
        levels[listener, heard] = random.choice([10, -10], each)
    known = ~np.isnan(levels)
    levels = np.nan_to_num(levels)
    liked = (levels >= 5).astype(float)
    knew, level = known.astype(float), levels
    both, liking, product = knew.T @ knew, liked.T @ liked, level.T @ level
    database = sqlite3.connect(path)
    database.execute("PRAGMA synchronous = OFF")
    rows = [(f"other {listener}", songs[song], int(levels[listener, song]), place)
            for listener in range(listeners) for place, song in enumerate(np.flatnonzero(known[listener]))]
    mood = np.eye(7)[3].astype("<f8").tobytes()
    database.executemany(
        "INSERT INTO feedback (listener, kind, value, song, mood, time) VALUES (?, ?, NULL, ?, ?, 0)",
        ((name, "like" if level > 0 else "dislike", song, mood) for name, song, level, _ in rows))
    database.executemany("INSERT INTO opinion VALUES (?, ?, 1, ?)",
                         ((name, song, 1.0 if level > 0 else 0.0) for name, song, level, _ in rows))
    database.executemany("INSERT INTO pair_member (listener, place, song, level) VALUES (?, ?, ?, ?)",
                         ((name, place, song, level) for name, song, level, place in rows))
    database.executemany(
        "INSERT INTO song_total (song, listeners, liked, sum, squares) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT (song) DO UPDATE SET listeners = listeners + excluded.listeners, "
        "liked = liked + excluded.liked, sum = sum + excluded.sum, squares = squares + excluded.squares",
        ((song, int(knew[:, at].sum()), int(liked[:, at].sum()), int(level[:, at].sum()),
          int((level[:, at] ** 2).sum())) for at, song in enumerate(songs) if known[:, at].any()))
    database.executemany(
        "INSERT INTO song_pair (song, other, listeners, liked, product) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT (song, other) DO UPDATE SET listeners = listeners + excluded.listeners, "
        "liked = liked + excluded.liked, product = product + excluded.product",
        ((songs[a], songs[b], int(both[a, b]), int(liking[a, b]), int(product[a, b]))
         for a in range(len(songs)) for b in range(len(songs)) if a != b and both[a, b]))
    database.commit()
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    return len(rows)


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    parser = argparse.ArgumentParser()
    parser.add_argument("--cli", default=os.path.join(here, "../.build/release/mood-cli"))
    parser.add_argument("--runs", type=int, default=15)
    options = parser.parse_args()
    cli = os.path.abspath(options.cli)
    with tempfile.TemporaryDirectory() as folder:
        base = os.path.join(folder, "base")
        listed = json.loads(run(cli, base, "recommend", "--mood", "happy", "--json", "--count", "300",
                                "--repeat-artists", "--policy", "content"))["songs"]
        songs = [song["id"] for song in listed]
        for number, song in enumerate(songs[:40]):
            run(cli, base, "feedback", song, "--dislike" if number % 3 == 0 else "--like", "--mood", "happy")
        for size in SIZES:
            data = os.path.join(folder, str(size))
            shutil.copytree(base, data)
            path = os.path.join(data, "feedback.sqlite")
            count = fill(path, songs, size, np.random.default_rng(1))
            times = []
            for seed in range(options.runs + 1):
                start = time.perf_counter()
                run(cli, data, "recommend", "--mood", "happy", "--json", "--seed", str(seed))
                times.append(1000 * (time.perf_counter() - start))
            times = sorted(times[1:])
            print(f"{count:9} opinions of others, {os.path.getsize(path) / 1e6:6.1f} MB: least "
                  f"{times[0]:.1f} ms, median {statistics.median(times):.1f} ms", flush=True)


if __name__ == "__main__":
    main()
