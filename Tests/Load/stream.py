"""Feeds `mood-cli watch -` a live stream, and says how it keeps up.

    python Tests/Load/stream.py MOOD-CLI FACE.JPG RATE SECONDS

RATE pictures a second, each the photo with a comment of its own. Prints how
many were answered and dropped, the latency from a picture's writing to its line, and the program's memory on the way.
"""

import json
import pathlib
import subprocess
import sys
import threading
import time

program, path, rate, seconds = sys.argv[1], sys.argv[2], float(sys.argv[3]), float(sys.argv[4])
photo = pathlib.Path(path).read_bytes()
count = int(rate * seconds)
watch = subprocess.Popen([program, "watch", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
written, latencies, dropped = [], [], 0


def feed():
    began = time.monotonic() + 1
    for number in range(count):
        time.sleep(max(0, began + number / rate - time.monotonic()))
        written.append(time.monotonic())
        # A comment behind the start marker; the picture stays the same.
        comment = b"%08d" % number
        watch.stdin.write(photo[:2] + b"\xff\xfe\x00\x0a" + comment + photo[2:])
        watch.stdin.flush()
    watch.stdin.close()


def memory():
    status = pathlib.Path(f"/proc/{watch.pid}/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


threading.Thread(target=feed, daemon=True).start()
next_report = time.monotonic()
for line in watch.stdout:
    now = time.monotonic()
    answer = json.loads(line)
    assert "mood" in answer, answer
    latencies.append(1000 * (now - written[answer["frame"]]))
    dropped = answer["dropped"]
    if now >= next_report:
        print(f"after {len(written)} pictures {memory():.0f} MiB", flush=True)
        next_report = now + max(5, seconds / 10)
took = written[-1] - written[0] + 1 / rate
latencies.sort()
print(f"{count} pictures in {took:.0f} s, {len(latencies)} answered, {len(latencies) / took:.1f} a second, {dropped} dropped")
print(f"latency: median {latencies[len(latencies) // 2]:.0f} ms, p99 {latencies[int(0.99 * len(latencies))]:.0f} ms, "
      f"most {latencies[-1]:.0f} ms")
