"""Spark: `df.mapInPandas(mood_udf(), ANSWER)`, `predict_batch_udf`, and `RDD.pipe` with the bare program.

    python -m mood_workers.spark photos/ answers.parquet --master 'local[4]'
"""

import argparse
import os
import shlex

from mood_workers.photos import walk
from mood_workers.worker import MoodWorker, program

_MOOD = "mood string, confidence float, is_sure boolean, valence float, arousal float, probabilities struct<{}>".format(
    ", ".join(mood + ": float" for mood in ("angry", "disgust", "fear", "happy", "neutral", "sad", "surprise")))  # fmt: skip

#: The columns of `mood_workers.columns.SCHEMA` as Spark writes them.
ANSWER = (
    f"id string, sha256 string, ok boolean, {_MOOD}, width int, height int, turned smallint, source string, "
    f"faces array<struct<{_MOOD}, crop struct<x int, y int, width int, height int>, "
    "box struct<x float, y float, width float, height float>, score float, landmarks array<struct<x float, y float>>>>, "
    "isa string, error struct<code string, message string>, path_bytes string, v smallint, answer string"
)

#: What `mood_predictor` answers for a photo.
PREDICTION = "ok boolean, mood string, confidence float, valence float, arousal float, answer string"

#: The workers of this Python process. Spark keeps one such process per core of an executor and uses it for many
#: tasks (spark.python.worker.reuse), so that the model is loaded once per core.
_workers = {}


def _worker(frames, options):
    key = (frames, repr(sorted(options.items())))
    if key not in _workers:
        _workers[key] = MoodWorker(frames=frames, **options)
    return _workers[key]


def mood_udf(**options):
    """A function for `DataFrame.mapInPandas` or `mapInArrow`: columns `path`, or `path` and `bytes`, in; `ANSWER` out.

    Its `options` are those of `MoodWorker`.
    """

    def answers(batches):
        from mood_workers.columns import table

        for batch in batches:
            names = getattr(batch, "column_names", None) or list(getattr(batch, "columns"))
            frames = "bytes" in names
            column = (lambda name: batch[name].tolist()) if hasattr(batch, "iloc") else (lambda name: batch.column(name).to_pylist())
            photos = list(zip(column("path"), column("bytes"))) if frames else column("path")
            answered = table(_worker(frames, options).answers(photos))
            if hasattr(batch, "iloc"):
                yield answered.to_pandas()
            else:
                yield from answered.combine_chunks().to_batches()

    return answers


def mood_predictor(**options):
    """What `pyspark.ml.functions.predict_batch_udf` takes, with `return_type=PREDICTION`, for a column of paths."""

    def make():
        import json

        def predict(paths):
            lines = _worker(False, options).answers([str(path) for path in paths])
            return [{name: row.get(name) for name in ("ok", "mood", "confidence", "valence", "arousal")} | {"answer": line}
                    for line in lines for row in [json.loads(line)]]  # fmt: skip

        return predict

    return make


def pipe(paths, cli=None, threads=1):
    """The answers' lines for an RDD of paths, through `RDD.pipe` and the bare program; no Python between.

    Each partition starts a program, so give it as many partitions as there are cores, or a few times that. A
    program that dies fails its task, which Spark repeats.
    """
    command = shlex.join([program(cli), "classify", "--jsonl", "--sha256", "--threads", str(threads), "--paths-from", "-"])
    # 65 says that some photo has no answer, and its line says so too.
    return paths.pipe(shlex.join(["sh", "-c", f"{command}; s=$?; [ $s -eq 65 ] || exit $s"]), checkCode=True)


def classify(spark, paths, folder, batch_size=64, partitions=None, **options):
    """Answers those of `paths` that have no answer in the Parquet folder; how many these were.

    Spark writes a task's file elsewhere and moves it when the task is done, so a folder has whole files only.
    """
    if os.path.isdir(folder):
        done = {row.id for row in spark.read.parquet(folder).select("id").collect()}
        paths = [path for path in paths if path not in done]
    if not paths:
        return 0
    spark.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", batch_size)
    partitions = partitions or max(spark.sparkContext.defaultParallelism, len(paths) // (4 * batch_size))
    photos = spark.createDataFrame([(path,) for path in paths], "path string").repartition(partitions)
    photos.mapInArrow(mood_udf(**options), ANSWER).write.mode("append").parquet(folder)
    return len(paths)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("photos", nargs="+", help="photos, or folders of them")
    parser.add_argument("folder", help="a Parquet folder for the answers; what is in it is not done again")
    parser.add_argument("--master", default="local[*]")
    parser.add_argument("--batch-size", type=int, default=64)
    options = parser.parse_args()
    from pyspark.sql import SparkSession

    spark = SparkSession.builder.master(options.master).appName("mood").config("spark.ui.enabled", "false").getOrCreate()
    count = classify(spark, list(walk(options.photos)), options.folder, options.batch_size)
    print(f"{count} photos answered into {options.folder}")
    spark.stop()


if __name__ == "__main__":
    main()
