"""Ray Data: `ds.map_batches(MoodActor, concurrency=4, batch_size=64, num_cpus=1)`.

    python -m mood_workers.ray_data photos/ answers/ --workers 4
"""

import os

from mood_workers import arguments
from mood_workers.columns import table
from mood_workers.parts import remaining, write_part
from mood_workers.photos import walk
from mood_workers.worker import MoodWorker


class MoodActor:
    """Reads the moods of a batch's photos: its columns are `path`, or `path` and `bytes`.

    Each actor holds one `mood-cli` with the model loaded once. Rows come back in order as the columns of
    `mood_workers.columns.SCHEMA`. With `parts` each batch is also written to that folder as one part, before
    Ray learns of it: after a crash `parts.remaining` says what is left to do. `options` are those of `MoodWorker`.
    """

    def __init__(self, parts=None, **options):
        self.parts, self.options, self.workers = parts, options, {}

    def __call__(self, batch):
        frames = "bytes" in batch
        if frames not in self.workers:
            self.workers[frames] = MoodWorker(frames=frames, **self.options)
        paths = [str(path) for path in batch["path"]]
        lines = self.workers[frames].answers(list(zip(paths, batch["bytes"])) if frames else paths)
        if self.parts:
            write_part(self.parts, lines)
        return table(lines)


def classify(paths, parts, workers=1, batch_size=64, **options):
    """Answers those of `paths` that have no answer in the folder `parts`; how many these were."""
    import ray

    left = remaining(paths, parts)
    if not left:
        return 0
    # Small blocks: what a dead actor had under way is repeated, and is not much.
    blocks = min(1000, max(workers, len(left) // (4 * batch_size)))
    dataset = ray.data.from_items([{"path": path} for path in left], override_num_blocks=blocks)
    answers = dataset.map_batches(
        MoodActor, fn_constructor_kwargs={"parts": os.path.abspath(parts), **options}, concurrency=workers,
        batch_size=batch_size, num_cpus=1)  # fmt: skip
    return sum(len(batch["ok"]) for batch in answers.iter_batches(batch_size=4096))


def main():
    options = arguments.read(__doc__)
    import ray

    if "RAY_ADDRESS" not in os.environ:
        ray.init(num_cpus=options.workers, include_dashboard=False, log_to_driver=False)
    count = classify(list(walk(options.photos)), options.parts, options.workers, options.batch_size)
    print(f"{count} photos answered into {options.parts}")


if __name__ == "__main__":
    main()
