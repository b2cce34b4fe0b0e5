"""Measures a new listener's first lists through `mood-cli recommend --json`, as anybody can.

    swift build -c release --product mood-cli
    python Benchmarks/stories.py [--cli .build/release/mood-cli] [--seeds 12]

Python's own library is enough. New listeners are happy, sad, angry and fearful; each skips two songs,
dislikes one, or skips, dislikes and skips; the next list is counted: which share of its songs
answers the mood (happy: Happy or Energetic; sad: not Sad; angry and fear: Calm or Happy), and how many
songs claim a liking ("you like ...", "you avoid ..."), which nobody showed. Then a neutral
mood with --goal match, tango for a happy face, and lists of different seeds.
"""

import argparse
import json
import os
import re
import subprocess
import tempfile

ANSWERS = {"happy": {"Happy", "Energetic"}, "sad": {"Happy", "Calm", "Energetic"},
           "angry": {"Calm", "Happy"}, "fear": {"Calm", "Happy"}}
STORIES = {"two skips": ["--skip", "--skip"], "a dislike": ["--dislike"],
           "skip, dislike, skip": ["--skip", "--dislike", "--skip"]}


def run(cli, data, *words):
    found = subprocess.run([cli, *words], capture_output=True, text=True,
                           env=dict(os.environ, MOOD_DATA=data))
    assert found.returncode == 0, (words, found.stderr)
    return found.stdout


def recommend(cli, data, *words):
    return json.loads(run(cli, data, "recommend", "--json", *words))


def claims(song):
    return any(re.match(r"you (like|avoid)\b", reason["sentence"]) for reason in song["reasons"])


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    parser = argparse.ArgumentParser()
    parser.add_argument("--cli", default=os.path.join(here, "../.build/release/mood-cli"))
    parser.add_argument("--seeds", type=int, default=12)
    options = parser.parse_args()
    cli = os.path.abspath(options.cli)
    songs, right, claimed, explored = 0, 0, 0, 0
    for mood, meant in ANSWERS.items():
        for name, story in STORIES.items():
            counts = [0, 0, 0]
            for seed in range(options.seeds):
                with tempfile.TemporaryDirectory() as data:
                    listed = recommend(cli, data, "--mood", mood, "--seed", str(seed))["songs"]
                    for song, word in zip(listed, story):
                        run(cli, data, "feedback", song["id"], word, "--mood", mood)
                    after = recommend(cli, data, "--mood", mood, "--seed", str(seed + 100))["songs"]
                    counts[0] += len(after)
                    counts[1] += sum(song["mood"] in meant for song in after)
                    counts[2] += sum(map(claims, after))
                    explored += sum(song["is_exploration"] for song in after)
            print(f"{mood:6} {name:20} {counts[1]} of {counts[0]} songs answer the mood, "
                  f"{counts[2]} claim a liking")
            songs, right, claimed = songs + counts[0], right + counts[1], claimed + counts[2]
    print(f"all: {100 * right / songs:.1f} % of {songs} answer the mood (wanted: 90), {claimed} claim a "
          f"liking (wanted: 0), {100 * explored / songs:.1f} % are there to learn from (at most 20)")
    with tempfile.TemporaryDirectory() as data:
        lists, sad = [], 0
        for seed in range(options.seeds):
            match = recommend(cli, data, "--mood", "neutral", "--goal", "match", "--seed", str(seed))
            sad += sum(song["mood"] == "Sad" for song in match["songs"])
            happy = recommend(cli, data, "--mood", "happy", "--seed", str(seed))
            lists.append(tuple(song["id"] for song in happy["songs"]))
        print(f"neutral, --goal match: {100 * sad / (5 * options.seeds):.0f} % Sad songs (wanted: at most 10)")
        print(f"six seeds give {len(set(lists[:6]))} lists (wanted: at least 4), {options.seeds} give "
              f"{len(set(lists))}")
        again = recommend(cli, data, "--mood", "happy", "--seed", "0")["songs"]
        print("one seed gives the same list again:", tuple(song["id"] for song in again) == lists[0])
        tango = recommend(cli, data, "--mood", "happy", "--genre", "tango", "--seed", "1")
        for song in tango["songs"]:
            print(f"tango, happy: {song['name']}: {song['explanation']}")
        for note in tango["notes"]:
            print("tango, happy:", note["sentence"])


if __name__ == "__main__":
    main()
