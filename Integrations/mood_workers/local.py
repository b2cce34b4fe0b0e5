"""Workers on this machine alone, without an engine.

    python -m mood_workers.local photos/ answers/ --workers 4
"""

import queue
import threading

from mood_workers import arguments
from mood_workers.parts import remaining, write_part
from mood_workers.photos import walk
from mood_workers.worker import MoodWorker


def classify(paths, parts, workers=1, batch_size=64, started=None, **options):
    """Answers those of `paths` that have no answer in the folder `parts`; the workers that did it, closed.

    `started`, if given, is called with the workers when they are made. `options` are those of `MoodWorker`.
    """
    left = remaining(paths, parts)
    batches = queue.SimpleQueue()
    for i in range(0, len(left), batch_size):
        batches.put(left[i:i + batch_size])
    all_workers = [MoodWorker(**options) for _ in range(workers)]
    failures = []
    if started:
        started(all_workers)

    def work(worker):
        with worker:
            while not failures:
                try:
                    batch = batches.get_nowait()
                except queue.Empty:
                    return
                try:
                    write_part(parts, worker.answers(batch))
                except Exception as error:  # told to the caller below
                    failures.append(error)

    threads = [threading.Thread(target=work, args=(worker,)) for worker in all_workers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
    return all_workers


def main():
    options = arguments.read(__doc__)
    paths = list(walk(options.photos))
    left = len(remaining(paths, options.parts))
    workers = classify(paths, options.parts, options.workers, options.batch_size)
    print(f"{left} photos answered into {options.parts}; {sum(worker.deaths for worker in workers)} workers died")


if __name__ == "__main__":
    main()
