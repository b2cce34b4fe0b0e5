"""Which files of a folder are photos: those that `mood-cli` takes."""

import os

ENDINGS = (".jpg", ".jpeg", ".jpe", ".jfif", ".png")


def walk(places):
    """The photos of folders, sorted, hidden ones left out; a file that is named is taken whatever its name."""
    for place in places:
        if not os.path.isdir(place):
            yield place
            continue
        for folder, folders, files in os.walk(place):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            for name in sorted(files):
                if not name.startswith(".") and name.lower().endswith(ENDINGS):
                    yield os.path.join(folder, name)
