"""What is trained in the minutes that there are, in which shares, and what is dropped on a slow machine.

A step is a line of options, as `bundle.py train --step` takes it:

  NAME size=96 labels=ferplus seed=1 from=scratch rate=1.4e-3 share=40 drop=0 compile=yes

`from=best` goes on from the best network for the votes so far. `share` is its part of the time, against the others'
shares. `drop` says what goes first when the machine is slow: 1, then 2, and so on; 0 is never dropped.
Compiling takes a minute for each size, too much for a short step at a size of its own.
"""

import dataclasses

FEWEST = 50  # how often a network from scratch must see each face, or steps are dropped
TEN_MINUTES = (
    "votes-96   size=96  labels=ferplus seed=1 from=scratch rate=1.4e-3 share=40 drop=0 compile=yes",
    "second-96  size=96  labels=ferplus seed=2 from=scratch rate=1.4e-3 share=30 drop=2 compile=yes",
    "votes-112  size=112 labels=ferplus seed=3 from=best    rate=6e-4   share=15 drop=3 compile=no",
    "labels-96  size=96  labels=fer2013 seed=4 from=best    rate=6e-4   share=15 drop=1 compile=yes",
)


@dataclasses.dataclass(frozen=True)
class Step:
    name: str
    size: int
    labels: str
    seed: int
    start: str
    rate: float
    share: float
    drop: int
    compile: str

    @property
    def role(self):
        """What the network is for; the best of each role is brought home."""
        return "labels" if self.labels == "fer2013" else "votes"


def parse(line):
    """The step that a line says; raises ValueError with what is wrong."""
    name, *pairs = line.split() or [""]
    given = dict(pair.partition("=")[::2] for pair in pairs)
    kinds = {"size": int, "labels": str, "seed": int, "from": str, "rate": float, "share": float, "drop": int, "compile": str}
    if set(given) != set(kinds):
        raise ValueError(f"step {name!r} must say {', '.join(kinds)}; it says {', '.join(given) or 'nothing'}")
    values = {("start" if key == "from" else key): kind(given[key]) for key, kind in kinds.items()}
    step = Step(name, **values)
    if step.labels not in ("ferplus", "mixed", "fer2013") or step.start not in ("scratch", "best"):
        raise ValueError(f"step {name!r}: labels are ferplus, mixed or fer2013; from is scratch or best")
    if step.compile not in ("yes", "no"):
        raise ValueError(f"step {name!r}: compile is yes or no")
    if not (32 <= step.size <= 512 and step.share > 0 and step.rate > 0):
        raise ValueError(f"step {name!r}: size 32 to 512, share and rate over 0")
    return step


def fitted(steps, epochs):
    """The steps that are kept if all of the time allows `epochs` passes over the faces.

    Drops one step after the other until each one from scratch gets FEWEST passes, or nothing may be dropped.
    """
    kept = list(steps)
    while True:
        total = sum(step.share for step in kept)
        least = min((epochs * step.share / total for step in kept if step.start == "scratch"), default=FEWEST)
        droppable = [step for step in kept if step.drop]
        if least >= FEWEST or not droppable:
            return kept
        kept.remove(min(droppable, key=lambda step: step.drop))


class Clock:
    """The progress of a step: its share of the time until `deadline`, less what its last measurement takes.

    `now` is the clock; a step's seconds are counted from its first.
    """

    def __init__(self, share, deadline, measuring, now):
        self.share, self.deadline, self.measuring, self.now, self.seconds = share, deadline, measuring, now, None

    def __call__(self, seconds, seen):
        if self.seconds is None:
            self.seconds = max(self.share * (self.deadline - self.now()) - self.measuring, 1e-3)
        return seconds / self.seconds
