"""A long-lived `mood-cli classify` that is fed photos and answers one JSON line for each."""

import collections
import hashlib
import json
import os
import select
import shutil
import struct
import subprocess
import threading
import time

#: The version of docs/answer.schema.json that the lines keep to.
SCHEMA_VERSION = 3

#: The most photos that `mood-cli` has under way, so that a death has one of these as its cause.
WINDOW = 64


class WorkerError(Exception):
    """`mood-cli` cannot be started, or refuses to work; no photo is to blame."""


class Death(Exception):
    """The process ended by a signal, or gave no answer for too long."""


def program(cli=None):
    """Where `mood-cli` is: as named, `$MOOD_CLI`, or on the path."""
    named = cli or os.environ.get("MOOD_CLI") or "mood-cli"
    found = shutil.which(named)
    if not found:
        raise WorkerError(f"{named} was not found: name mood-cli, set MOOD_CLI, or run `make install`")
    return found


class MoodWorker:
    """One process with the model loaded once.

    It is given files by path, or with `frames=True` names with bytes. A process that dies is started again,
    and what it had not answered is repeated once. If it dies again, the photos that it may have had under
    way are given one by one: a photo that then kills two processes gets an error row, `worker_died`.

    `cli` is the program and `arguments` are further ones, such as `["--face", "all"]`; `timeout` is how many
    seconds without an answer make a process count as dead. If `$MOOD_WORKER_LOG` names a file, the number of each
    process that is started goes there as a line: so many times the model was loaded.
    """

    def __init__(self, cli=None, frames=False, threads=1, arguments=(), timeout=300):
        source = ["--frames"] if frames else ["--jsonl", "--null", "--paths-from", "-"]
        self.command = [program(cli), "classify", *source, "--sha256", "--threads", str(threads), *arguments]
        self.frames, self.timeout = frames, timeout
        #: The process numbers of all that were started; each loads the model once.
        self.started = []
        #: How many of them died.
        self.deaths = 0
        #: For each the seconds from its start to its first answer.
        self.first_answers = []
        self._process = None

    def answers(self, photos):
        """The lines for `photos`, in order and without their ends: paths, or pairs of a name and bytes."""
        photos = [_framed(*photo) if self.frames else _listed(photo) for photo in photos]
        lines = []
        while len(lines) < len(photos):
            if not (self._ask(photos[len(lines):], lines) or self._ask(photos[len(lines):], lines)):
                for photo in photos[len(lines):len(lines) + WINDOW]:
                    if not (self._ask([photo], lines) or self._ask([photo], lines)):
                        lines.append(self._obituary(photo))
        return lines

    def close(self):
        """Ends the process."""
        if self._process:
            self._process.stdin.close()
            self._process.wait()
            self._process.stdout.close()
            self._process = None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def _ask(self, photos, lines):
        """Adds the answers to `lines`; false if the process died before the last."""
        self._start()
        process = self._process
        writer = threading.Thread(target=_write, args=(process.stdin, photos), daemon=True)
        writer.start()
        try:
            for _ in photos:
                lines.append(self._line())
            writer.join()
            return True
        except Death:
            self.deaths += 1
            process.kill()
            process.wait()
            writer.join()
            for stream in (process.stdin, process.stdout):
                try:
                    stream.close()
                except OSError:
                    pass
            self._process = None
            return False

    def _start(self):
        if self._process:
            return
        self._began = time.monotonic()
        self._process = subprocess.Popen(
            self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, bufsize=0)
        self.started.append(self._process.pid)
        if log := os.environ.get("MOOD_WORKER_LOG"):
            with open(log, "a") as file:
                file.write(f"{self._process.pid}\n")
        self._lines, self._torn = collections.deque(), b""
        self._errors = collections.deque(maxlen=5)
        self._reader = threading.Thread(target=_keep, args=(self._process.stderr, self._errors), daemon=True)
        self._reader.start()
        self._poll = select.poll()
        self._poll.register(self._process.stdout, select.POLLIN)

    def _line(self):
        while not self._lines:
            if not self._poll.poll(1000 * self.timeout):
                raise Death
            part = os.read(self._process.stdout.fileno(), 1 << 16)
            if not part:
                self._end()
            *whole, self._torn = (self._torn + part).split(b"\n")
            self._lines.extend(whole)
        if len(self.first_answers) < len(self.started):
            self.first_answers.append(time.monotonic() - self._began)
        return self._lines.popleft().decode()

    def _end(self):
        status = self._process.wait()
        if status < 0 or status > 128:
            if len(self.first_answers) < len(self.started):
                self.first_answers.append(None)
            raise Death
        self._reader.join(5)
        self._process = None
        told = b" ".join(self._errors).decode(errors="replace").strip()
        raise WorkerError(f"mood-cli ended with {status}: {told}")

    def _obituary(self, photo):
        name, data = photo[0], photo[1]
        if not self.frames:
            try:
                with open(name, "rb") as file:
                    data = file.read()
            except OSError:
                data = None
        answer = {"error": {"code": "worker_died", "message": "mood-cli died twice while it read this photo"},
                  "id": name.decode(errors="replace"), "ok": False, "v": SCHEMA_VERSION}  # fmt: skip
        if data is not None:
            answer["sha256"] = hashlib.sha256(data).hexdigest()
        return json.dumps(answer, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _framed(name, data):
    name = os.fsencode(name)
    if not 0 < len(name) <= 1 << 16:
        raise ValueError(f"a name has {len(name)} bytes; 1 to 65536 are possible")
    return name, bytes(data), struct.pack("<I", len(name)) + name + struct.pack("<I", len(data))


def _listed(path):
    path = os.fsencode(path)
    # A list cannot say these: mood-cli takes them for marks of a text file, or for a photo.
    if not path or b"\0" in path or path.endswith(b"\r") or path.startswith((b"\xef\xbb\xbf", b"\xff\xd8\xff", b"\x89PNG")):
        raise ValueError(f"{path!r} cannot stand in a list of paths; give its bytes")
    return path, b"", path + b"\0"


def _write(pipe, photos):
    try:
        for _, data, head in photos:
            for part in (head, data):
                view = memoryview(part)
                while view:
                    view = view[pipe.write(view):]
    except (BrokenPipeError, ValueError):
        pass  # the reader sees the death


def _keep(pipe, lines):
    with pipe:
        for line in pipe:
            lines.append(line)
