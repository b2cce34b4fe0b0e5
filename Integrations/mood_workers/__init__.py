"""Workers that read moods off many photos: a long-lived `mood-cli`, and what Ray, Spark and replicas need of it."""

from mood_workers.worker import MoodWorker, WorkerError

__all__ = ["MoodWorker", "WorkerError"]
