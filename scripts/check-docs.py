#!/usr/bin/env python3
"""Compiles every Swift snippet of the documentation, and runs every example that shows its output.

A ```swift block is compiled against the built modules. Blocks of DocC pages may leave out imports, and use
`reader`, `photos` and `pixels`. A block of lines of Package.swift (it begins with "// Package.swift") is
compiled elsewhere, by check-dependency.sh. The nested package Server is left out.

In a ```console block, a line that begins with "$ " is a command, and what follows is its output. Both are
compared, except that the last digits of numbers and the order of keys may differ. `make …` is not run here.

usage: check-docs.py [--cli .build/release/mood-cli] [--modules .build/debug]
"""
import argparse
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
PRELUDE = """
let reader = try MoodReader()
let photos = [URL(filePath: "face.jpg")]
let pixels = [UInt8](repeating: 0, count: 480 * 640 * 3)
_ = (reader, photos, pixels)
"""
LIBRARIES = ["FaceFinder", "FeedbackStore", "ImageDecoding", "MoodRecommend", "MoodText", "MoodValues",
             "MoodVision", "ONNXImport", "ResNetV2", "Tensor", "WeightLoader"]


def blocks(page, language):
    """(line number, text) of each fenced block of that language."""
    found, start = [], None
    for number, line in enumerate(page.read_text().splitlines(), 1):
        if start is None and line.strip() == "```" + language:
            start, lines = number, []
        elif start is not None and line.strip() == "```":
            found.append((start, "\n".join(lines)))
            start = None
        elif start is not None:
            lines.append(line)
    return found


def compiled(text, modules, docc):
    """The compiler's complaints about a snippet; empty if it compiles."""
    lines = text.splitlines()
    imports = [line for line in lines if line.startswith("import ")]
    body = "\n".join("    " + line for line in lines if not line.startswith("import "))
    if docc:
        imports = ["import Foundation"] + [
            f"import {name}" for name in LIBRARIES if (modules / f"Modules/{name}.swiftmodule").exists()]
        # In a scope of its own, so that a snippet may declare what the prelude has.
        body = PRELUDE + "do {\n" + body + "\n}"
    source = "\n".join(imports) + "\nfunc snippet() async throws {\n" + body + "\n}\n"
    with tempfile.NamedTemporaryFile("w", suffix=".swift") as file:
        file.write(source)
        file.flush()
        maps = [f for pattern in ("Sources/C*", ".build/checkouts/GRDB.swift/Sources/GRDBSQLite")
                for path in sorted(ROOT.glob(f"{pattern}/module.modulemap"))
                for f in ("-Xcc", f"-fmodule-map-file={path}")]
        run = subprocess.run(
            ["swiftc", "-typecheck", "-swift-version", "6", "-I", modules / "Modules", *maps, file.name],
            capture_output=True, text=True)
    return run.stderr if run.returncode else ""


def normal(text):
    """Output without what may differ from machine to machine: digits behind the third of a fraction."""
    return [re.sub(r"(\d\.\d{3})\d+(e-?\d+)?", r"\1", line.rstrip()) for line in text.strip().splitlines()]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--cli", default=".build/release/mood-cli", help="program that the examples run")
    parser.add_argument("--modules", default=".build/debug", help="folder with the built modules")
    options = parser.parse_args()
    pages = [ROOT / line for line in subprocess.run(
        ["git", "-C", ROOT, "ls-files", "*.md", ":!Server"], capture_output=True, text=True, check=True).stdout.split()]
    compiles = runs = failed = 0
    for page in pages:
        for line, text in blocks(page, "swift"):
            if text.startswith("// Package.swift"):
                continue
            compiles += 1
            errors = compiled(text, ROOT / options.modules, ".docc" in str(page))
            if errors:
                failed += 1
                print(f"{page.relative_to(ROOT)}:{line}: does not compile\n{errors}", file=sys.stderr)
        for line, text in blocks(page, "console"):
            for example in re.split(r"^\$ ", text, flags=re.M)[1:]:
                command, _, expected = example.partition("\n")
                if command.startswith("make "):
                    continue
                runs += 1
                shell = command.replace(".build/release/mood-cli", options.cli)
                with tempfile.TemporaryDirectory() as data:
                    run = subprocess.run(
                        ["bash", "-c", shell], cwd=ROOT, capture_output=True, text=True,
                        env={"PATH": "/usr/bin:/bin", "MOOD_DATA": data, "HOME": data})
                if normal(run.stdout) != normal(expected):
                    failed += 1
                    print(f"{page.relative_to(ROOT)}:{line}: {command} printed\n{run.stdout}{run.stderr}",
                          file=sys.stderr)
    print(f"documentation: {compiles} snippets compiled, {runs} examples run, {failed} failed")
    return 1 if failed or not compiles or not runs else 0


if __name__ == "__main__":
    sys.exit(main())
