"""A discrete-event model of many workers: one machine, validated against measurements, and fleets, a projection.

    python simulation/simulate.py machine MEASURED.jsonl     # tests/measure.py's output: predicted against measured
    python simulation/simulate.py fleet --service-ms 10      # 1 to 1,000 workers, a hundred million photos
"""

import argparse
import json
import math
import random
import statistics

import simpy


def machine(workers, cores, service, share, contention, photos, group=8, window=64):
    """Photos a second of so many single-thread workers on one machine.

    A worker prepares photos (decodes, finds the face: `share` of `service` seconds) and runs the network on them (the
    rest) on two threads, with a queue between. Any thread needs a core; while all cores are in use work takes
    `contention` times as long, as they share memory and caches.
    """
    environment = simpy.Environment()
    core = simpy.Resource(environment, cores)

    def compute(seconds):
        with core.request() as turn:
            yield turn
            yield environment.timeout(seconds * (contention if core.count == cores else 1))

    def prepare(queue, groups):
        for _ in range(groups):
            yield from compute(group * service * share)
            yield queue.put(1)

    def classify(queue, groups):
        for _ in range(groups):
            yield queue.get()
            yield from compute(group * service * (1 - share))

    groups = math.ceil(photos / workers / group)
    ends = []
    for _ in range(workers):
        queue = simpy.Store(environment, window // group)
        environment.process(prepare(queue, groups))
        ends.append(environment.process(classify(queue, groups)))
    environment.run(simpy.AllOf(environment, ends))
    return groups * group * workers / environment.now


def validate(lines):
    """Calibrates on pinned workers and on decoding alone, and predicts 1, 2, 4 and 8 workers that the system places."""
    rows = [json.loads(line) for line in lines]
    pairs = [row for row in rows if "one_worker" in row]
    one = statistics.median(row["one_worker"] for row in pairs)
    contention = 1 / statistics.median(row["efficiency"] for row in pairs)
    share = next(row["preparation_share"] for row in rows if "preparation_share" in row)
    print(f"calibrated: {1000 / one:.2f} ms a photo, contention {contention:.3f}, preparation {100 * share:.0f} % of the work")
    for row in rows:
        if "workers" in row:
            predicted = machine(row["workers"], 2, 1 / one, share, max(1, contention), 2000)
            error = predicted / row["photos_per_second"] - 1
            print(f"{row['workers']} workers: {predicted:.1f} a second predicted, {row['photos_per_second']:.1f} measured, {100 * error:+.1f} %")


def fleet(workers, photos, service, batch, *, start=0.3, boot=40.0, photo_bytes=200_000, store_latency=0.03,
          store_gbit=400.0, link_gbit=1.0, fetches=8, dispatch=0.002, stragglers=0.01, slowness=3.0, failures_per_day=0.05,
          speculative=False, seed=30):  # fmt: skip
    """One job: workers take batches from a dispatcher, fetch photos from an object store, answer, and write a part.

    All figures but `service` and `start` are assumptions: `boot` is the median of a machine's and image's start;
    `store_latency` the median of a lognormal with a p99 of about five times that; `fetches` at a time hide it behind the
    computing; `store_gbit` is the store's whole bandwidth; `dispatch` the driver's seconds for each batch;
    `stragglers` the share of machines that take `slowness` times as long; a failure loses the batch under way and
    costs a new start. `speculative`: near the end idle workers repeat the oldest batches, the first answer counts.
    """
    source = random.Random(seed)
    environment = simpy.Environment()
    driver = simpy.Resource(environment, 1)
    total = math.ceil(photos / batch)
    left, open_batches, done = total, {}, set()
    last_answer, busy, lost = 0.0, 0.0, 0
    finished = environment.event()
    # Bandwidth is shared by all workers that run.
    bandwidth = min(link_gbit, store_gbit / workers) * 1e9 / 8

    def work():
        nonlocal left, last_answer, busy, lost
        speed = slowness if source.random() < stragglers else 1.0
        yield environment.timeout(source.lognormvariate(math.log(boot), 0.4) + start)
        while len(done) < total:
            with driver.request() as turn:
                yield turn
                yield environment.timeout(dispatch)
            if left:
                left -= 1
                number = left
            elif speculative and (waiting := [n for n, since in open_batches.items() if n not in done]):
                number = min(waiting, key=lambda n: open_batches[n])
            else:
                yield finished
                return
            while number not in done:
                open_batches.setdefault(number, environment.now)
                latency = sum(source.lognormvariate(math.log(store_latency), 0.7) for _ in range(16)) / 16
                fetching = batch * max(latency / fetches, photo_bytes / bandwidth)
                # The fetches run beside the computing; the slower of the two decides.
                seconds = max(batch * service * speed, fetching) + latency
                if source.random() < 1 - math.exp(-seconds * failures_per_day / 86400):
                    lost += 1
                    wasted = seconds * source.random()
                    busy += wasted
                    yield environment.timeout(wasted + source.lognormvariate(math.log(boot), 0.4) + start)
                    continue
                yield environment.timeout(seconds)
                busy += seconds
                if number not in done:
                    done.add(number)
                    open_batches.pop(number, None)
                    last_answer = environment.now
                    if len(done) == total:
                        finished.succeed()
                break

    for _ in range(workers):
        environment.process(work())
    environment.run(finished)
    return {"workers": workers, "hours": last_answer / 3600, "core_hours": workers * last_answer / 3600, "failures": lost,
            "efficiency": photos * service / (workers * last_answer)}  # fmt: skip


def project(service, photos):
    print(f"A projection: {photos:,} photos, {1000 * service:.1f} ms each, batches of 1,000 unless said otherwise.\n")
    print("| workers | what is changed | hours | core-hours | failures | efficiency |\n| --: | --- | --: | --: | --: | --: |")
    cases = [(1, {}), (8, {}), (100, {}), (1000, {}), (1000, {"speculative": True}),
             (1000, {"batch": 10_000}), (1000, {"batch": 10_000, "speculative": True}), (1000, {"batch": 64}),
             (1000, {"batch": 64, "dispatch": 0.0002}), (1000, {"store_latency": 0.1}), (1000, {"store_latency": 0.1, "fetches": 32}),
             (1000, {"store_gbit": 100.0}), (1000, {"photo_bytes": 2_000_000}), (1000, {"boot": 300.0}),
             (1000, {"failures_per_day": 5.0}), (1000, {"stragglers": 0.1}), (10_000, {}), (10_000, {"speculative": True})]  # fmt: skip
    for workers, change in cases:
        options = {"batch": 1000, **change}
        row = fleet(workers, photos, service, **options)
        told = ", ".join(f"{name} {value:,}" if not isinstance(value, bool) else name for name, value in change.items()) or "–"
        print(f"| {workers:,} | {told.replace('_', ' ')} | {row['hours']:.2f} | {row['core_hours']:,.0f} | {row['failures']:,} "
              f"| {row['efficiency']:.2f} |", flush=True)  # fmt: skip


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["machine", "fleet"])
    parser.add_argument("measured", nargs="?")
    parser.add_argument("--service-ms", type=float, default=10.0)
    parser.add_argument("--photos", type=int, default=100_000_000)
    options = parser.parse_args()
    if options.what == "machine":
        with open(options.measured) as file:
            validate(file)
    else:
        project(options.service_ms / 1000, options.photos)


if __name__ == "__main__":
    main()
