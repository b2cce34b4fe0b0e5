"""Loads a server and says what became of each request.

    python Tests/Load/load.py single   PORT FACE.JPG            one request after the other
    python Tests/Load/load.py overload PORT FACE.JPG RATE       RATE requests a second for 20 s
    python Tests/Load/load.py memory   PORT FACE.JPG PID COUNT  8 at a time; the server's memory
    python Tests/Load/load.py drain    MOOD-SERVER FACE.JPG       SIGTERM in the middle of a full load
"""

import asyncio
import os
import signal
import statistics
import sys
import tempfile
import time

mode, target, path = sys.argv[1:4]
photo = open(path, "rb").read()
request = (b"POST /api/v1/classify HTTP/1.1\r\nHost: localhost\r\nContent-Type: image/jpeg\r\n"
           b"Content-Length: %d\r\n\r\n" % len(photo)) + photo


class Client:
    """A connection; `ask` answers with a status, or `None` if the server closed without one."""

    def __init__(self, port):
        self.port, self.streams = port, None

    async def ask(self):
        began = time.monotonic()
        self.sent = None
        try:
            if self.streams is None:
                self.streams = await asyncio.open_connection("127.0.0.1", self.port)
            reader, writer = self.streams
            writer.write(request)
            await writer.drain()
            self.sent = time.monotonic()
            head = await reader.readuntil(b"\r\n\r\n")
            fields = dict(line.split(b": ", 1) for line in head.lower().split(b"\r\n")[1:-2])
            await reader.readexactly(int(fields[b"content-length"]))
            if fields.get(b"connection") == b"close":
                self.close()
            return int(head[9:12]), time.monotonic() - began
        except (OSError, asyncio.IncompleteReadError):
            self.close()
            return None, time.monotonic() - began

    def close(self):
        if self.streams:
            self.streams[1].close()
        self.streams = None


def tell(name, times):
    if times:
        times = sorted(1000 * t for t in times)
        print("%s: %d, median %.1f ms, p99 %.1f ms, most %.1f ms" % (
            name, len(times), statistics.median(times), times[int(0.99 * (len(times) - 1))],
            times[-1]))


async def single():
    client = Client(int(target))
    for _ in range(10):
        await client.ask()
    answers = [await client.ask() for _ in range(200)]
    assert all(status == 200 for status, _ in answers)
    tell("one after the other", [t for _, t in answers])
    return True


async def overload(rate, seconds=20):
    idle, answers = [], []

    async def one():
        client = idle.pop() if idle else Client(int(target))
        answers.append(await client.ask())
        idle.append(client)

    tasks, began = [], time.monotonic()
    for i in range(int(rate * seconds)):
        await asyncio.sleep(began + i / rate - time.monotonic())
        tasks.append(asyncio.create_task(one()))
    await asyncio.gather(*tasks)
    good = [t for s, t in answers if s == 200]
    refused = [t for s, t in answers if s == 503]
    lost = len(answers) - len(good) - len(refused)
    tell("answered", good)
    tell("refused with 503", refused)
    print("lost: %d; %.1f answers a second" % (lost, len(good) / (time.monotonic() - began)))
    return lost == 0


async def memory(pid, count):
    def resident():
        return int(open("/proc/%d/statm" % pid).read().split()[1]) * os.sysconf("SC_PAGESIZE") >> 20

    done = other = 0

    async def one():
        nonlocal done, other
        client = Client(int(target))
        while done < count:
            done += 1
            mine = done
            status, _ = await client.ask()
            other += status != 200
            if mine % max(1, count // 10) == 0:
                print("%6d requests: %d MiB" % (mine, resident()), flush=True)

    print("before: %d MiB" % resident(), flush=True)
    await asyncio.gather(*(one() for _ in range(8)))
    print("after %d: %d MiB, %d not answered 200" % (done, resident(), other))
    return other == 0


async def drain():
    server = await asyncio.create_subprocess_exec(
        target, "serve", "--port", "0", "--data", tempfile.mkdtemp(),
        stdout=asyncio.subprocess.PIPE)
    port = int((await server.stdout.readline()).split(b":")[-1].strip(b"/\n"))
    asked, ended = [], None

    async def one():
        client = Client(port)
        while ended is None:
            status, _ = await client.ask()
            asked.append((client.sent, status))

    clients = [asyncio.create_task(one()) for _ in range(32)]
    await asyncio.sleep(5)
    ended = time.monotonic()
    server.send_signal(signal.SIGTERM)
    code = await server.wait()
    took = time.monotonic() - ended
    await asyncio.gather(*clients)
    before = [status for sent, status in asked if sent and sent < ended]
    lost = [status for status in before if status != 200]
    print("SIGTERM among 32 clients: ended with %d after %.1f s; of %d requests sent before, %d lost"
          % (code, took, len(before), len(lost)), lost or "")
    return code == 0 and took < 10 and not lost


run = {"single": single, "overload": overload, "memory": memory, "drain": drain}[mode]
raise SystemExit(not asyncio.run(run(*map(int, sys.argv[4:]))))
