"""A client of replicas behind a balancer, by the Open Inference Protocol.

    python -m mood_workers.replicas http://127.0.0.1:8000 photos/ answers/
"""

import argparse
import concurrent.futures
import hashlib
import http.client
import json
import os
import struct
import threading
import time
import urllib.parse

from mood_workers.parts import remaining, write_part
from mood_workers.photos import walk
from mood_workers.worker import SCHEMA_VERSION

#: Limits of the server: photos of a request, and bytes of its body.
MOST_PHOTOS, MOST_BYTES = 16, 19 << 20


class ServiceError(Exception):
    """The service refuses a request for good, or was not there for too long."""


class MoodService:
    """Asks `/v2/models/mood/infer` for whole answers; one connection per thread.

    A request that gets no answer (503, a closed or refused connection) is repeated, with growing pauses, for
    `patience` seconds. A photo with which the service fails while others are answered gets an error row.
    """

    def __init__(self, url, token=None, patience=120, timeout=60):
        parts = urllib.parse.urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError(f"{url!r} is no address such as http://127.0.0.1:8000")
        self.kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        self.address = (parts.hostname, parts.port)
        self.token, self.patience, self.timeout = token, patience, timeout
        self.local = threading.local()
        #: How many requests were repeated, by the reason.
        self.repeated = {}

    def answers(self, photos):
        """The lines for pairs of a name and a file's bytes, in order."""
        lines, group, size = [], [], 0
        for name, data in photos:
            if len(data) > MOST_BYTES:
                lines += self._group(group) + [_failure(name, data, "image_file_too_large", f"the file has {len(data)} bytes")]
                group, size = [], 0
                continue
            if len(group) == MOST_PHOTOS or size + len(data) > MOST_BYTES:
                lines += self._group(group)
                group, size = [], 0
            group.append((name, data))
            size += len(data)
        return lines + self._group(group)

    def _group(self, group):
        if not group:
            return []
        began, pause, lost = time.monotonic(), 0.05, 0
        while True:
            try:
                status, body = self._request(group)
                if status == 200:
                    return body
                reason = f"status {status}"
                if status not in (502, 503, 504):
                    raise ServiceError(f"{reason}: {body}")
            except (OSError, http.client.HTTPException) as error:
                self._drop()
                reason, lost = type(error).__name__, lost + 1
            self.repeated[reason] = self.repeated.get(reason, 0) + 1
            # Connections that are lost with every try may be this group's fault: its photos go one by one.
            if lost >= 5 and self._is_ready():
                if len(group) > 1:
                    return [line for photo in group for line in self._group([photo])]
                return [_failure(*group[0], "worker_died", "the service died whenever it read this photo")]
            if time.monotonic() - began > self.patience:
                raise ServiceError(f"no answer within {self.patience} s: {reason}")
            time.sleep(pause)
            pause = min(2 * pause, 2)

    def _request(self, group):
        names, files = (b"".join(struct.pack("<I", len(item)) + item for item in column)
                        for column in ([name.encode() for name, _ in group], [data for _, data in group]))  # fmt: skip
        head = json.dumps({
            "inputs": [
                {"name": name, "datatype": "BYTES", "shape": [len(group)], "parameters": {"binary_data_size": len(data)}}
                for name, data in (("id", names), ("image", files))],
            "outputs": [{"name": "answer", "parameters": {"binary_data": True}}]}).encode()  # fmt: skip
        headers = {"Content-Type": "application/octet-stream", "Inference-Header-Content-Length": str(len(head))}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        connection = self._connection()
        connection.request("POST", "/v2/models/mood/infer", head + names + files, headers)
        response = connection.getresponse()
        body = response.read()
        if response.will_close:
            self._drop()
        if response.status != 200:
            return response.status, body.decode(errors="replace")
        return 200, _elements(body[int(response.headers["Inference-Header-Content-Length"]):])

    def _is_ready(self):
        try:
            connection = self._connection()
            connection.request("GET", "/v2/health/ready")
            response = connection.getresponse()
            response.read()
            return response.status == 200
        except (OSError, http.client.HTTPException):
            self._drop()
            return False

    def _connection(self):
        if getattr(self.local, "connection", None) is None:
            self.local.connection = self.kind(*self.address, timeout=self.timeout)
        return self.local.connection

    def _drop(self):
        if getattr(self.local, "connection", None) is not None:
            self.local.connection.close()
        self.local.connection = None


def _elements(data):
    lines, at = [], 0
    while at < len(data):
        (length,) = struct.unpack_from("<I", data, at)
        lines.append(data[at + 4:at + 4 + length].decode())
        at += 4 + length
    return lines


def _failure(name, data, code, message):
    answer = {"error": {"code": code, "message": message}, "id": name, "ok": False, "v": SCHEMA_VERSION}
    if data is not None:
        answer["sha256"] = hashlib.sha256(data).hexdigest()
    return json.dumps(answer, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def classify(url, paths, parts, connections=4, batch_size=8, part_size=500, **options):
    """Answers those of `paths` that have no answer in the folder `parts`; how many these were, and which requests were repeated."""
    service = MoodService(url, **options)
    left = remaining(paths, parts)

    def answer(some):
        photos, lines = [], []
        for path in some:
            try:
                with open(path, "rb") as file:
                    photos.append((path, file.read()))
            except OSError as error:
                lines.append(_failure(path, None, "unreadable_file", f"{path} cannot be read: {error.strerror}"))
        return service.answers(photos) + lines

    groups = (left[i:i + batch_size] for i in range(0, len(left), batch_size))
    waiting, lines = set(), []
    with concurrent.futures.ThreadPoolExecutor(connections) as pool:
        for group in groups:
            # Backpressure: no more photos are read than are asked about.
            if len(waiting) >= 2 * connections:
                done, waiting = concurrent.futures.wait(waiting, return_when=concurrent.futures.FIRST_COMPLETED)
                lines += [line for one in done for line in one.result()]
            waiting.add(pool.submit(answer, group))
            if len(lines) >= part_size:
                write_part(parts, lines)
                lines = []
        for one in concurrent.futures.as_completed(waiting):
            lines += one.result()
    if lines:
        write_part(parts, lines)
    return len(left), service.repeated


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("url", help="the balancer's address")
    parser.add_argument("photos", nargs="+", help="photos, or folders of them")
    parser.add_argument("parts", help="a folder for the answers; what is in it is not done again")
    parser.add_argument("--connections", type=int, default=4)
    parser.add_argument("--batch-size", type=int, default=8)
    options = parser.parse_args()
    count, repeated = classify(options.url, list(walk(options.photos)), options.parts, options.connections,
                               options.batch_size, token=os.environ.get("MOOD_TOKEN"))  # fmt: skip
    print(f"{count} photos answered into {options.parts}; requests repeated: {repeated or 'none'}")


if __name__ == "__main__":
    main()
