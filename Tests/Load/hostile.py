"""Sends a running server what no browser would, and looks whether it answers rightly and lives.

    python Tests/Load/hostile.py PORT FACE.JPG
"""

import socket
import struct
import sys
import time
import zlib

port, photo = int(sys.argv[1]), open(sys.argv[2], "rb").read()
passed = failed = 0


def send(data, *, half=False, wait=8.0):
    s = socket.create_connection(("127.0.0.1", port), timeout=wait)
    answer = b""
    try:
        s.sendall(data)
        if half:
            s.shutdown(socket.SHUT_WR)
        while chunk := s.recv(65536):
            answer += chunk
            if b"\r\n\r\n" in answer:
                break
    except OSError:
        pass
    finally:
        s.close()
    return int(answer[9:12]) if answer[:5] == b"HTTP/" else None


def request(body=b"", headers=(), path="/api/v1/classify", type="image/jpeg", length=None):
    lines = ["POST " + path + " HTTP/1.1", "Host: localhost", "Content-Type: " + type, *headers]
    if length != -1:
        lines.append("Content-Length: %d" % (len(body) if length is None else length))
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def check(claim, found, *expected):
    global passed, failed
    ok = found in expected and send(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n") == 200
    passed, failed = passed + ok, failed + (not ok)
    print("ok  " if ok else "FAIL", claim, "→", found, flush=True)


def png(width, height):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b""))


form = "multipart/form-data; boundary=x"
part = b'--x\r\nContent-Disposition: form-data; name="image"\r\n\r\n'
limit = 20 << 20
check("a photo", send(request(photo)), 200)
check("a form", send(request(part + photo + b"\r\n--x--\r\n", type=form)), 200)
check("a form without its end", send(request(part + photo, type=form)), 400)
check("a form without a boundary", send(request(part, type="multipart/form-data")), 400)
check("a form of 1000 parts", send(request(b"--x\r\n\r\n\r\n" * 1000 + b"--x--", type=form)), 400)
check("a part with 100 kB of headers",
      send(request(b"--x\r\na: " + b"b" * 100_000 + b"\r\n\r\n\r\n--x--", type=form)), 400)
check("random bytes as form", send(request(b"\xff\0--x\r\n" * 50, type=form)), 400)
check("a body at the limit", send(request(photo + b"\0" * (limit - len(photo))), wait=20), 200, 422)
check("a body one byte over the limit", send(request(b"", length=limit + 1)), 413)
chunk = b"%x\r\n" % (1 << 20) + b"\0" * (1 << 20) + b"\r\n"
check("chunks over the limit", send(
    request(headers=["Transfer-Encoding: chunked"], length=-1) + chunk * 21, wait=20), 413)
check("a length that is no number", send(
    request(headers=["Content-Length: 1x"], length=-1)), 400)
check("two lengths", send(request(b"abc", headers=["Content-Length: 9"])), 400)
check("a length and chunks", send(
    request(b"0\r\n\r\n", headers=["Transfer-Encoding: chunked"])), 400)
check("a length that is too long, then nothing", send(request(b"abc", length=9), half=True), 400, None)
check("1000 headers", send(request(photo, headers=["X-%d: y" % i for i in range(1000)])), 400, 431)
check("a header of 100 kB", send(request(photo, headers=["X: " + "y" * 100_000])), 400, 431)
check("a target of 100 kB", send(request(photo, path="/" + "a" * 100_000)), 400, 404, 414)
def asks(length):
    """The first status to a client that waits for leave to send its body."""
    return send(request(headers=["Expect: 100-continue"], length=length))


check("a client that asks whether to send its photo", asks(1000), 100)
check("one that asks whether to send too much", asks(limit + 1), 413)
check("no HTTP at all", send(b"\x16\x03\x01\x02\0\r\n\r\n"), 400, None)
check("a half-closed socket", send(request(photo), half=True), 200, 400)
check("a picture of 50,000×50,000", send(request(png(50_000, 50_000), type="image/png")), 422)
check("a picture of 2³¹−1×1", send(request(png(2**31 - 1, 1), type="image/png")), 422)
check("a picture of 8000×8000 with hardly any bytes",
      send(request(png(8000, 8000), type="image/png")), 422)
check("half a photo", send(request(photo[:len(photo) // 2])), 422)
check("a GIF", send(request(b"GIF89a" + b"\0" * 20)), 415)
check("a path that climbs", send(
    b"GET /static/../../etc/passwd HTTP/1.1\r\nHost: localhost\r\n\r\n"), 404)
check("another name", send(b"GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n"), 421)
check("another site's page", send(request(photo, headers=["Origin: http://evil.example"])), 403)

three = (b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n" * 2
         + b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
s = socket.create_connection(("127.0.0.1", port), timeout=8)
s.sendall(three)
answers = b""
while chunk := s.recv(65536):
    answers += chunk
s.close()
check("three requests at once get three answers", answers.count(b"HTTP/1.1 200"), 3)

# A connection that was good once, and then sends a header a byte at a time.
reused = socket.create_connection(("127.0.0.1", port))
reused.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
reused.recv(65536)
rest = time.monotonic()

print("1000 slow clients, for 12 s")
slow = []
for _ in range(1000):
    s = socket.create_connection(("127.0.0.1", port))
    s.sendall(b"POST /upload HTTP/1.1\r\nHost: lo")
    slow.append(s)
began = time.monotonic()
check("a normal one among them", send(request(photo)), 200)
print("    after %.0f ms" % (1000 * (time.monotonic() - began)))
closed = 0
time.sleep(12)
for s in slow:
    s.settimeout(0.01)
    try:
        closed += s.recv(1) == b""
    except TimeoutError:
        pass
    except OSError:
        closed += 1
    s.close()
check("they are closed after the header deadline of 10 s", closed, 1000)


def dribbled(connection, began, limit):
    """Sends a byte every half second until the server has had enough: the seconds since `began`, and the status."""
    answer = b""
    connection.settimeout(0.5)
    try:
        while time.monotonic() - began < limit:
            connection.sendall(b"x")
            try:
                chunk = connection.recv(65536)
            except TimeoutError:
                continue
            if not chunk:
                break
            answer += chunk
    except OSError:
        pass
    return time.monotonic() - began, int(answer[9:12]) if answer[:5] == b"HTTP/" else None


s = socket.create_connection(("127.0.0.1", port))
s.sendall(request(length=1000))
took, status = dribbled(s, time.monotonic(), 40)
check("a byte every half second is answered 408 after 20 s", status, 408)
check("and closed then, not after %.0f s" % took, 19 < took < 26, True)
s = socket.create_connection(("127.0.0.1", port), timeout=60)
s.sendall(request(length=len(photo)))
began = time.monotonic()
for place in range(0, len(photo), len(photo) // 25 + 1):
    s.sendall(photo[place:place + len(photo) // 25 + 1])
    time.sleep(1)
check("a photo that takes %.0f s is read" % (time.monotonic() - began), int(s.recv(65536)[9:12]), 200)
s.close()
took, _ = dribbled(reused, rest, 70)
check("slow headers after a good request are stopped after 60 s, not %.0f s" % took,
      55 < took < 64, True)
print(f"{passed} passed, {failed} failed")
raise SystemExit(failed > 0)
