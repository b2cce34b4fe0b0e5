#!/usr/bin/env python3
"""Who may import whom: ARCHITECTURE.md, the two Package.swift and the imports say the same.

A line of the block after "## Modules" reads `MoodVision → MoodValues, ResNetV2`. Modules of the system
and of other packages do not count, nor do the kernels, which only Tensor imports.
"""

import json
import pathlib
import re
import subprocess
import sys

root = pathlib.Path(__file__).resolve().parents[1]


def described(folder):
    """The targets of a package that ship: their folders and what they depend on."""
    text = subprocess.run(["swift", "package", "--ignore-lock", "--package-path", folder, "describe", "--type", "json"],
                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True, text=True).stdout
    package = json.loads(text[text.index("{"):])
    for target in package["targets"]:
        if target["type"] in ("library", "executable", "system-target", "system"):
            needs = target.get("target_dependencies", []) + target.get("product_dependencies", [])
            yield target["name"], pathlib.Path(package["path"], target["path"]), set(needs)


def told():
    page = (root / "ARCHITECTURE.md").read_text()
    block = re.search(r"## Modules.*?```\n(.*?)```", page, re.S).group(1)
    arrows = {}
    for line in block.splitlines():
        if "→" in line:
            name, needs = line.split("→")
            arrows[name.strip()] = {n.strip() for n in needs.split(",")}
    return arrows


declared, folders = {}, {}
for package in (root, root / "Server"):
    for name, folder, needs in described(package):
        if "Tests" not in folder.relative_to(root).parts:
            declared.setdefault(name, set()).update(needs)
            folders[name] = folder
ours = set(declared)
arrows, failures = told(), []
for name, folder in sorted(folders.items()):
    imports = set()
    for file in folder.rglob("*.swift"):
        imports |= set(re.findall(r"^ *(?:@\w+ )*(?:\w+ )?import (\w+)", file.read_text(), re.M))
    used, may = imports & ours - {name}, declared[name] & ours
    if used - may:
        failures.append(f"{name} imports {sorted(used - may)}, which Package.swift does not name")
    if may - used and name not in ("mood-cli", "mood-server"):
        failures.append(f"{name} depends on {sorted(may - used)} and imports nothing of it")
    if name.startswith("Kernel"):
        continue
    page = arrows.pop(name, set())
    if page != {n for n in may if not n.startswith("Kernel")}:
        failures.append(f"ARCHITECTURE.md: {name} → {sorted(page)}; Package.swift says {sorted(may)}")
failures += [f"ARCHITECTURE.md names {name}, which is no target" for name in arrows]
print("\n".join(failures) or "modules import what ARCHITECTURE.md and Package.swift say")
sys.exit(bool(failures))
