"""The integrations over 200 photos; engines that are not installed are skipped, and said so.

    python tests/test_workers.py --cli MOOD-CLI [--server MOOD-SERVER]
"""

import argparse
import hashlib
import importlib.util
import json
import os
import pathlib
import random
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import threading
import unittest

here = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(here.parent))
from mood_workers import MoodWorker, WorkerError, parts, photos  # noqa: E402

options = argparse.Namespace(cli=None, server=None)
has = lambda name: importlib.util.find_spec(name) is not None  # noqa: E731


def setUpModule():
    global folder, paths, expected
    folder = pathlib.Path(tempfile.mkdtemp())
    make(folder / "photos", 200)
    paths = list(photos.walk([str(folder / "photos")]))
    run = subprocess.run([options.cli, "classify", "--jsonl", "--sha256", str(folder / "photos")], stdout=subprocess.PIPE,
                         stderr=subprocess.DEVNULL, text=True)  # fmt: skip
    expected = run.stdout.splitlines()
    assert run.returncode == 65 and [parts.name(line) for line in expected] == paths


def tearDownModule():
    shutil.rmtree(folder)


def make(place, count):
    """Photos without Pillow: the portraits as they are and cut off, pictures of the fixtures, and other files."""
    root = here.parents[1]
    files = [root / "Examples/eileen_collins.jpg", root / "Examples/grace_hopper.jpg"]
    files += sorted((root / "Tests/Fixtures/Images").glob("*.[jp][pn]g"))[:20]
    source = random.Random(30)
    place.mkdir()
    for index in range(count):
        data = files[index % len(files)].read_bytes()
        kind = source.random()
        if kind < 0.1:
            data = data[:source.randrange(1, len(data))]
        elif kind < 0.15:
            data = b"no photo %d" % index
        (place / f"{index:03} é.jpg").write_bytes(data)


class WorkerTests(unittest.TestCase):
    def test_answers_paths_and_bytes_as_one_process_does(self):
        with MoodWorker(options.cli) as by_path, MoodWorker(options.cli, frames=True) as by_bytes:
            self.assertEqual(by_path.answers(paths[:120]) + by_path.answers(paths[120:]), expected)
            frames = [(path, pathlib.Path(path).read_bytes()) for path in paths]
            self.assertEqual(by_bytes.answers(frames), expected)
            self.assertEqual((len(by_path.started), len(by_bytes.started), by_path.deaths), (1, 1, 0))

    def test_goes_on_after_kills(self):
        with MoodWorker(options.cli) as worker:
            over = threading.Event()

            def kill():
                while not over.wait(0.4) and worker.deaths < 2:
                    if worker._process:
                        worker._process.send_signal(signal.SIGKILL)

            thread = threading.Thread(target=kill)
            thread.start()
            lines = worker.answers(paths + paths)
            over.set()
            thread.join()
            self.assertEqual(lines, expected + expected)
            self.assertEqual(len(worker.started), worker.deaths + 1)

    def test_a_photo_that_kills_twice_gets_an_error_row(self):
        # A mood-cli that dies of every photo with POISON in it.
        fake = folder / "deadly"
        fake.write_text(f"#!{sys.executable}\n" + (here / "deadly_cli.py").read_text())
        fake.chmod(0o755)
        os.environ["REAL_CLI"] = options.cli
        good = [(path, pathlib.Path(path).read_bytes()) for path in paths[:20]]
        with MoodWorker(str(fake), frames=True) as worker:
            lines = worker.answers(good[:7] + [("bad.jpg", b"POISON")] + good[7:])
            self.assertEqual(lines[:7] + lines[8:], expected[:20])
            row = json.loads(lines[7])
            self.assertEqual((row["error"]["code"], row["id"], row["ok"], row["v"]), ("worker_died", "bad.jpg", False, 3))
            self.assertEqual(row["sha256"], hashlib.sha256(b"POISON").hexdigest())
            self.assertEqual(worker.deaths, 4)

    def test_says_what_is_wrong_with_the_program(self):
        with self.assertRaisesRegex(WorkerError, "not found"):
            MoodWorker("/nowhere/mood-cli")
        with self.assertRaisesRegex(WorkerError, "ended with 64: .*--no-such"):
            MoodWorker(options.cli, arguments=["--no-such"]).answers(paths[:1])
        for path in ("", "a\0b", "a\r"):
            with self.assertRaises(ValueError):
                MoodWorker(options.cli).answers([path])
        with self.assertRaises(ValueError):
            MoodWorker(options.cli, frames=True).answers([("", b"")])

    def test_the_command_line_and_python_share_a_folder_of_parts(self):
        place = str(folder / "shared")
        parts.write_part(place, expected[:90])
        parts.write_part(place, expected[:90])  # a task that was repeated
        self.assertEqual(parts.remaining(paths, place), paths[90:])
        subprocess.run([options.cli, "classify", "--sha256", "--resume", place, *paths], stderr=subprocess.DEVNULL)
        self.assertEqual(parts.collect(place, paths), sorted(expected))
        parts.write_part(place, expected[3:5])
        with self.assertRaisesRegex(parts.AnswersDiffer, "2 photos are answered twice"):
            parts.collect(place)
        with self.assertRaisesRegex(parts.AnswersDiffer, "without an answer"):
            empty = folder / "empty"
            parts.collect(empty, paths)

    @unittest.skipUnless(has("pyarrow"), "pyarrow is not installed")
    def test_columns_hold_every_value(self):
        from mood_workers.columns import table

        rows = table(expected).to_pylist()
        for row, line in zip(rows, expected):
            self.assertEqual(row["answer"], line)
            for name, value in json.loads(line).items():
                self.assertEqual(trimmed(row[name]), rounded(value), name)


def trimmed(value):
    """An Arrow value without its nulls."""
    if isinstance(value, dict):
        return {name: trimmed(item) for name, item in value.items() if item is not None}
    return [trimmed(item) for item in value] if isinstance(value, list) else value


def rounded(value):
    """A JSON value as single precision has it."""
    if isinstance(value, dict):
        return {name: rounded(item) for name, item in value.items()}
    if isinstance(value, list):
        return [rounded(item) for item in value]
    return struct.unpack("f", struct.pack("f", value))[0] if isinstance(value, float) else value


class EngineTests(unittest.TestCase):
    def engine(self, name, *more):
        (folder / f"{name}.jsonl").write_text("".join(line + "\n" for line in expected))
        run = subprocess.run([sys.executable, here / "kills.py", name, folder / "photos", folder / f"{name}.jsonl", "--kills", "1",
                              "--batch", "16", *more], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                             env={**os.environ, "MOOD_CLI": options.cli, "MOOD_SERVER": options.server or ""})  # fmt: skip
        self.assertEqual(run.returncode, 0, run.stdout + run.stderr[-2000:])
        print(f"  {run.stdout.strip()}", file=sys.stderr)

    @unittest.skipUnless(has("pyarrow"), "pyarrow is not installed")
    def test_local_workers(self):
        self.engine("local")

    @unittest.skipUnless(has("ray"), "Ray is not installed: pip install -r requirements-ray.txt")
    def test_ray(self):
        self.engine("ray")

    @unittest.skipUnless(has("pyspark") and shutil.which("java"), "PySpark or Java is not installed")
    def test_spark(self):
        self.engine("spark")

    def test_replicas(self):
        if not options.server or not shutil.which("haproxy"):
            self.skipTest("no mood-server, or HAProxy is not installed")
        self.engine("replicas")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cli", required=True, type=os.path.abspath)
    parser.add_argument("--server", type=os.path.abspath)
    options, words = parser.parse_known_args()
    result = unittest.main(argv=[sys.argv[0], "-v", *words], exit=False).result
    for test, reason in result.skipped:
        print(f"SKIPPED {test}: {reason}")
    good = result.testsRun - len(result.skipped) - len(result.failures) - len(result.errors)
    print(f"{good} passed, {len(result.failures) + len(result.errors)} failed, {len(result.skipped)} skipped")
    raise SystemExit(not result.wasSuccessful())
