"""A long run of mixed requests, in which the data folder is taken away and given back twice.

    python Tests/Load/soak.py MOOD-SERVER FACE.JPG [COUNT]        COUNT is 100000 unless given

Photos that are good, cut off, faceless and huge, feedback, pages and metrics, eight at a time. Every
request must get the answer that is right for it, every like that was acknowledged must be in the database at the
end, and the server's memory must stay within 5 % of what it has after the first tenth.
"""

import collections
import contextlib
import http.client
import json
import os
import pathlib
import random
import shutil
import sqlite3
import struct
import subprocess
import sys
import tempfile
import threading
import time
import zlib

WORKERS = 8


def png(width, height, rows):
    """A grey PNG; `rows` are the bytes of its rows, each with its filter in front."""
    def chunk(kind, content):
        return (struct.pack(">I", len(content)) + kind + content
                + struct.pack(">I", zlib.crc32(kind + content)))
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows))
            + chunk(b"IEND", b""))


class Soak:
    def __init__(self, program, path, count):
        self.count, self.done, self.lock = count, 0, threading.Lock()
        self.root = pathlib.Path(tempfile.mkdtemp())
        self.data = self.root / "data"
        self.process = subprocess.Popen([program, "serve", "--port", "0", "--data", self.data],
                                        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.port = int(self.process.stdout.readline().rsplit(":", 1)[1].strip("/\n"))
        self.photo = open(path, "rb").read()
        noise = random.Random(1)
        self.faceless = png(64, 64, b"".join(b"\0" + noise.randbytes(64) for _ in range(64)))
        self.huge = png(30_000, 30_000, b"\0")
        self.statuses, self.wrong = collections.Counter(), []
        self.acknowledged = collections.Counter()
        self.is_away = False
        self.memory = []

    def resident(self):
        """The server's own memory in MiB: mapped files do not count."""
        for line in open(f"/proc/{self.process.pid}/status"):
            if line.startswith("RssAnon"):
                return int(line.split()[1]) / 1024
        return 0.0

    def next(self):
        """The number of the next request; the folder goes and comes, memory is read."""
        with self.lock:
            if self.done == self.count:
                return None
            self.done += 1
            number, tenth = self.done, self.count // 10
            if number in (3 * tenth, 6 * tenth):
                self.is_away = True
                self.data.rename(self.root / "away")
            if number in (3 * tenth + tenth // 5, 6 * tenth + tenth // 5):
                (self.root / "away").rename(self.data)
                self.is_away = False
            if number % tenth == 0:
                self.memory.append(self.resident())
                print(f"{number:7} requests: {self.memory[-1]:.1f} MiB, "
                      f"{sum(self.acknowledged.values())} likes kept", flush=True)
            return number

    def work(self, worker):
        draw = random.Random(worker)
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        cookie = None

        def ask(method, path, body=None, **headers):
            nonlocal cookie
            names = {name.replace("_", "-"): value for name, value in headers.items()}
            if cookie:
                names["Cookie"] = cookie
            try:
                connection.request(method, path, body, names)
                answer = connection.getresponse()
            except (OSError, http.client.HTTPException) as error:
                connection.close()
                return repr(error), b""
            content = answer.read()
            if not cookie and answer.getheader("Set-Cookie"):
                cookie = answer.getheader("Set-Cookie").split(";")[0]
            return answer.status, content

        ask("GET", "/")
        songs = ["unknown"]
        while (number := self.next()) is not None:
            away = self.is_away
            kind = draw.random()
            if kind < 0.25:
                what, good = "photo", (200,)
                status, content = ask("POST", "/api/v1/recommend", self.photo, Content_Type="image/jpeg")
                if status == 200:
                    songs = [song["id"] for song in json.loads(content)["songs"]] or songs
            elif kind < 0.33:
                what, good = "faceless", (422,)
                status, _ = ask("POST", "/api/v1/classify", self.faceless, Content_Type="image/png")
            elif kind < 0.43:
                what, good = "cut off", (422, 415, 400)
                cut = self.photo[:draw.randrange(len(self.photo) // 2)]
                status, _ = ask("POST", "/api/v1/classify", cut, Content_Type="image/jpeg")
            elif kind < 0.48:
                what, good = "huge", (413, 422)
                status, _ = ask("POST", "/api/v1/classify", self.huge, Content_Type="image/png")
            elif kind < 0.75:
                what, good = "like", (204,) if songs != ["unknown"] else (404,)
                body = json.dumps({"action": draw.choice(["like", "dislike"]), "song": draw.choice(songs)})
                status, _ = ask("POST", "/api/v1/feedback", body, Content_Type="application/json")
                self.acknowledged[worker] += status == 204
                if away or self.is_away or status == 503:
                    good += (503, 507)
            else:
                path = draw.choice(["/", "/history", "/healthz", "/metrics", "/openapi.json", "/nothing",
                                    "/static/style.css", "/api/v1/history?limit=5"])
                what, good = "page", (404,) if path == "/nothing" else (200,)
                status, _ = ask("GET", path)
            with self.lock:
                self.statuses[what, status] += 1
                # A server that is full says so; that is an answer, too.
                if status not in good and status != 503:
                    self.wrong.append((number, what, status))

    def run(self):
        began = time.monotonic()
        workers = [threading.Thread(target=self.work, args=(n,)) for n in range(WORKERS)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        seconds = time.monotonic() - began
        alive = self.process.poll() is None
        self.process.terminate()
        self.process.wait(30)
        with contextlib.closing(sqlite3.connect(self.data / "feedback.sqlite")) as database:
            kept = database.execute("SELECT count(*) FROM feedback").fetchone()[0]
            sound = database.execute("PRAGMA integrity_check").fetchone()[0]
        acknowledged = sum(self.acknowledged.values())
        for (what, status), number in sorted(self.statuses.items(), key=str):
            print(f"  {what}: {status}: {number}")
        growth = self.memory[-1] / self.memory[0] - 1
        peak = max(self.memory[1:]) / self.memory[0] - 1
        print(f"{self.done} requests in {seconds:.0f} s; {acknowledged} likes acknowledged, {kept} kept, "
              f"database {sound}; memory {growth:+.1%} at the end, {peak:+.1%} at most")
        for wrong in self.wrong[:20]:
            print("wrong:", *wrong)
        shutil.rmtree(self.root, ignore_errors=True)
        return alive and not self.wrong and kept >= acknowledged and sound == "ok" and peak <= 0.05


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    count = int(sys.argv[3]) if len(sys.argv) == 4 else 100_000
    sys.exit(not Soak(sys.argv[1], sys.argv[2], max(100, count)).run())
