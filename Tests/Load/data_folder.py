"""Takes the data folder away from a running server in every way, while likes come in all the time.

    python Tests/Load/data_folder.py MOOD-SERVER FACE.JPG

The folder is moved away and back, deleted and made anew, and, as root on Linux, its disk (a tmpfs of
16 MiB in a mount namespace of its own) is filled and unmounted, and is read-only at the start. Each time likes must be refused with 503
or 507, /readyz must say so, photos must still be read, and once the folder is back all must be well. At the
end every like that was acknowledged must be in a database that was not deleted.
"""

import contextlib
import http.client
import json
import os
import pathlib
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time


class Server:
    """A server on a data folder."""

    def __init__(self, program, data):
        self.process = subprocess.Popen([program, "serve", "--port", "0", "--data", data],
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.said = []
        threading.Thread(target=lambda: self.said.extend(self.process.stderr), daemon=True).start()
        self.port = int(self.process.stdout.readline().rsplit(":", 1)[1].strip("/\n"))

    def ask(self, method, path, body=None, headers=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request(method, path, body, headers or {})
        answer = connection.getresponse()
        return answer.status, answer.getheader("Set-Cookie"), answer.read()

    def like(self, song, cookie=None):
        headers = {"Content-Type": "application/json", **({"Cookie": cookie} if cookie else {})}
        body = json.dumps({"action": "like", "song": song})
        status, given, _ = self.ask("POST", "/api/v1/feedback", body, headers)
        return status, cookie or (given or "").split(";")[0]

    def ready(self):
        return self.ask("GET", "/readyz")[0]

    def stop(self):
        self.process.terminate()
        self.process.wait(20)


class Likes:
    """Likes without end; how many were acknowledged, and which answers came."""

    def __init__(self, server, song):
        self.server, self.song, self.acknowledged, self.statuses = server, song, 0, {}
        self.ends, self.cookie = False, None
        self.thread = threading.Thread(target=self.run)
        self.thread.start()

    def run(self):
        while not self.ends:
            status, self.cookie = self.server.like(self.song, self.cookie)
            self.acknowledged += status == 204
            self.statuses[status] = self.statuses.get(status, 0) + 1
            time.sleep(0.002)

    def stop(self):
        self.ends = True
        self.thread.join()


failed = []


def expect(holds, claim):
    print(("ok   " if holds else "FAIL ") + claim, flush=True)
    if not holds:
        failed.append(claim)


def until(condition, seconds=5):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.1)
    return False


def kept(data):
    with contextlib.closing(sqlite3.connect(pathlib.Path(data) / "feedback.sqlite")) as database:
        return database.execute("SELECT count(*) FROM feedback").fetchone()[0]


def trial(server, photo, song, name, away, back, refusals):
    """The folder goes and comes back in one way, under a flow of likes."""
    expect(until(lambda: server.ready() == 200), f"{name}: ready before")
    likes = Likes(server, song)
    time.sleep(0.5)
    away()
    expect(until(lambda: server.ready() == refusals[0]), f"{name}: /readyz says {refusals[0]}")
    expect(until(lambda: server.like(song)[0] in refusals), f"{name}: likes are refused")
    status = server.ask("POST", "/api/v1/recommend", photo, {"Content-Type": "image/jpeg"})[0]
    expect(status == 200, f"{name}: photos get their songs")
    expect(server.ask("GET", "/healthz")[0] == 200, f"{name}: alive")
    back()
    expect(until(lambda: server.ready() == 200), f"{name}: ready again")
    expect(until(lambda: server.like(song)[0] == 204), f"{name}: likes are taken again")
    time.sleep(0.3)
    likes.stop()
    expect(set(likes.statuses) <= {204, *refusals}, f"{name}: answers {likes.statuses}")
    return likes.acknowledged


def main(program, path):
    photo = open(path, "rb").read()
    root = pathlib.Path(tempfile.mkdtemp())
    data, away = root / "data", root / "away"
    server = Server(program, str(data))
    answer = server.ask("POST", "/api/v1/recommend", photo, {"Content-Type": "image/jpeg"})[2]
    song = json.loads(answer)["songs"][0]["id"]
    first = trial(server, photo, song, "moved away", lambda: data.rename(away), lambda: away.rename(data), [503])
    expect(kept(data) >= first, f"moved away: all of {first} acknowledged likes are kept ({kept(data)})")
    trial(server, photo, song, "deleted", lambda: shutil.rmtree(data), data.mkdir, [503])
    server.stop()

    blocked = root / "blocked"
    blocked.write_text("a file where the folder should be")
    server = Server(program, str(blocked / "data"))
    expect(until(lambda: any("without learning" in line for line in server.said)), "started without a folder: says so")
    expect(server.ready() == 503 and server.like(song)[0] == 503, "started without a folder: refuses likes")
    status = server.ask("POST", "/api/v1/recommend", photo, {"Content-Type": "image/jpeg"})[0]
    expect(status == 200, "started without a folder: photos get their songs")
    blocked.unlink()
    expect(until(lambda: server.ready() == 200) and server.like(song)[0] == 204, "the folder came: learns")
    server.stop()

    def run(*words):
        return subprocess.run(words, capture_output=True).returncode == 0

    if os.geteuid() == 0 and sys.platform == "linux":
        disk = root / "disk"
        disk.mkdir()
        if run("mount", "-t", "tmpfs", "-o", "size=16m", "mood", disk):
            # A disk on which files are open for writing cannot be made read-only, so it is before the start.
            run("mount", "-o", "remount,ro", disk)
            server = Server(program, str(disk))
            expect(until(lambda: server.ready() == 503), "started on a read-only disk: /readyz says 503")
            expect(server.like(song)[0] == 503, "started on a read-only disk: refuses likes")
            status = server.ask("POST", "/api/v1/recommend", photo, {"Content-Type": "image/jpeg"})[0]
            expect(status == 200, "started on a read-only disk: photos get their songs")
            run("mount", "-o", "remount,rw", disk)
            expect(until(lambda: server.ready() == 200), "the disk can be written: ready")
            expect(until(lambda: server.like(song)[0] == 204), "the disk can be written: learns")
            taken = 1

            def fill():
                with contextlib.suppress(OSError), open(disk / "filler", "wb", buffering=0) as file:
                    while True:
                        file.write(b"x" * 512)

            taken += trial(server, photo, song, "full", fill, (disk / "filler").unlink, [507])
            expect(kept(disk) >= taken, f"full: all of {taken} acknowledged likes are kept ({kept(disk)})")
            mounted = root / "mounted"
            mounted.mkdir()

            def unmount():
                run("mount", "--bind", disk, mounted)
                run("umount", "-l", disk)

            taken += trial(server, photo, song, "unmounted", unmount, lambda: run("mount", "--bind", mounted, disk),
                           [503])
            expect(kept(disk) >= taken, f"unmounted: all of {taken} acknowledged likes are kept ({kept(disk)})")
            server.stop()
            run("umount", "-l", disk)
            expect(not list(disk.iterdir()), "unmounted: nothing was written below the mount")
            run("umount", "-l", mounted)
    else:
        print("left out, as it needs root: read-only, full, unmounted")
    shutil.rmtree(root, ignore_errors=True)
    print(f"{len(failed)} failed" if failed else "all hold")
    return 1 if failed else 0


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    if os.geteuid() == 0 and sys.platform == "linux" and "MOOD_PRIVATE" not in os.environ:
        os.environ["MOOD_PRIVATE"] = "1"
        os.execvp("unshare", ["unshare", "-m", sys.executable, *sys.argv])
    sys.exit(main(*sys.argv[1:]))
