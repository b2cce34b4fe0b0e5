"""Reads the files that Keras writes, as data: nothing in them is unpickled or executed.

Every layout comes out the same: tensors under `<layer>/<variable>`, and the model's config where
the file has one. Tensors are found by name only. Their order in a file means nothing: Keras lists
a layer's trainable variables before the frozen ones, so a partly frozen network is out of order.
"""

import contextlib
import dataclasses
import hashlib
import io
import json
import pathlib
import re
import zipfile

import h5py

ZIP_LIMIT = 4 << 30  # bytes of model.weights.h5 in a .keras file
NODE_LIMIT = 100_000  # groups and datasets in one file
DEPTH_LIMIT = 24

# Keras 3 numbers a layer's variables in the order in which the layer creates them.
NUMBERED = {
    "conv2d": ("kernel", "bias"),
    "dense": ("kernel", "bias"),
    "batch_normalization": ("gamma", "beta", "moving_mean", "moving_variance"),
    "normalization": ("mean", "variance", "count"),
}
LEFT_OUT = {"use_bias": "bias", "scale": "gamma", "center": "beta"}  # by a setting that is False
ADVICE = ("save the whole model with model.save('model.keras') or model.save('model.h5'), or its weights"
          " with model.save_weights('model.weights.h5')")


class DataError(Exception):
    """What a file holds cannot be used; the message names the culprit."""


@dataclasses.dataclass
class KerasFile:
    """One Keras file, open for reading."""

    layout: str  # in words, for people
    keras_version: str
    config: dict | None  # the model's config; None in a weights-only file
    tensors: dict  # "<layer>/<variable>" to h5py.Dataset
    sha256: str


@contextlib.contextmanager
def open_keras(path):
    """Opens a file of any layout as a KerasFile; raises OSError if it cannot be read at all."""
    refuse_other_forms(path)
    with open(path, "rb") as stream, contextlib.ExitStack() as stack:
        sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
        stream.seek(0)
        config, version, layout = None, "unknown", None
        if stream.read(4) == b"PK\x03\x04":
            stream, config, version = unzip(stream)
            layout = ".keras archive"
        try:
            file = stack.enter_context(h5py.File(stream, "r"))
        except (OSError, RuntimeError, ValueError) as error:
            raise DataError(f"not an HDF5 file, or a damaged one ({error}); {ADVICE}") from None
        try:
            if layout is None and "model_weights" in file:
                layout = "whole model, legacy HDF5"
                config = parse(text(file.attrs.get("model_config")), "attribute model_config")
            if "layers" in file and layout != "whole model, legacy HDF5":
                tensors = numbered_tensors(file, config)
                layout = layout or "weights only, .weights.h5"
            elif "model_weights" in file or "layer_names" in file.attrs:
                tensors = named_tensors(file.get("model_weights", file))
                version = text(file.attrs.get("keras_version", version))
                layout = layout or "weights only, legacy HDF5"
            else:
                raise DataError(f"no Keras model: its groups are {sorted(file)[:8]}")
        except (OSError, RuntimeError, LookupError, ValueError, TypeError, AttributeError) as error:
            raise DataError(f"the HDF5 file is damaged ({error})") from None
        yield KerasFile(layout, version, config, tensors, sha256)


def refuse_other_forms(path):
    """Raises for what TensorFlow saves in more than one file, and says what to save instead."""
    folder = pathlib.Path(path)
    if folder.is_dir():
        if (folder / "saved_model.pb").exists():
            raise DataError(f"a SavedModel folder, which is not read: load it in Keras and {ADVICE}")
        kind = "a checkpoint's" if (folder / "checkpoint").exists() or any(folder.glob("*.index")) else "a"
        raise DataError(f"{kind} folder, not a file: {ADVICE}")
    stem = re.sub(r"\.(index|data-\d+-of-\d+)$", "", str(path))
    if pathlib.Path(stem + ".index").exists() or folder.name == "checkpoint":
        raise DataError(f"a TensorFlow checkpoint, which is not read: load it in Keras and {ADVICE}")
    if folder.suffix == ".pb":
        raise DataError(f"part of a SavedModel, which is not read: load its folder in Keras and {ADVICE}")


def unzip(stream):
    """The HDF5 file in a .keras archive, its config and the version of Keras that wrote it."""
    try:
        with zipfile.ZipFile(stream) as archive:
            config = parse(archive.read("config.json"), "config.json")
            metadata = parse(archive.read("metadata.json"), "metadata.json")
            if archive.getinfo("model.weights.h5").file_size > ZIP_LIMIT:
                raise DataError(f"model.weights.h5 has over {ZIP_LIMIT} bytes")
            weights = io.BytesIO(archive.read("model.weights.h5"))
    except KeyError as error:
        raise DataError(f"not a .keras file: {error.args[0]}") from None
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise DataError(f"the .keras archive is damaged ({error})") from None
    return weights, config, str(metadata.get("keras_version", "unknown"))


def text(value):
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else value


def parse(document, where):
    """A JSON object; `None` is an error too, as a whole model without its config is."""
    try:
        value = json.loads(document)
    except (TypeError, ValueError, RecursionError) as error:
        raise DataError(f"{where} is missing or no JSON ({error})") from None
    if not isinstance(value, dict):
        raise DataError(f"{where} is no JSON object")
    return value


def datasets(group, path=(), budget=None):
    """Every dataset below `group` with its path; follows no link that could leave the file."""
    budget = budget or [NODE_LIMIT]
    for name in group:
        inner = (*path, name)
        budget[0] -= 1
        if budget[0] < 0 or len(inner) > DEPTH_LIMIT:
            raise DataError(f"too many or too deep groups at {'/'.join(inner)}")
        if not isinstance(group.get(name, getlink=True), h5py.HardLink):
            raise DataError(f"{'/'.join(inner)} is a link, not data")
        item = group[name]
        if isinstance(item, h5py.Group):
            yield from datasets(item, inner, budget)
        elif not isinstance(item, h5py.Dataset) or item.external or item.is_virtual:
            raise DataError(f"{'/'.join(inner)} is no tensor of this file")
        else:
            yield inner, item


def collect(pairs):
    tensors = {}
    for name, dataset in pairs:
        if name in tensors:
            raise DataError(f"tensor {name} occurs twice")
        tensors[name] = dataset
    return tensors


def named_tensors(group):
    """Legacy layout: `…/<layer>/<variable>:0` (Keras 2) or `…/<layer>/<variable>` (Keras 3)."""

    def pairs():
        for path, dataset in datasets(group):
            if len(path) < 2:
                raise DataError(f"tensor {path[-1]} belongs to no layer")
            if path[-1].removesuffix(":0") == "count" and dataset.shape == ():
                continue  # how many pictures a Normalization layer has seen
            yield f"{path[-2]}/{path[-1].removesuffix(':0')}", dataset

    return collect(pairs())


def numbered_tensors(file, config):
    """`.weights.h5` layout: `layers/…/<class>_<n>/vars/<i>`, the layer's name as an attribute."""

    def pairs():
        named_by_config = group_names(config) if config else {}
        settings = settings_by_name(config) if config else {}
        for root in file:
            if root not in ("layers", "vars", "optimizer", "metrics"):
                raise DataError(f"unknown group {root}")
        inside = [(("layers", *path), dataset) for path, dataset in datasets(file["layers"])]
        inside += [(("vars", *path), dataset) for path, dataset in datasets(file.get("vars", {}))]
        for path, dataset in inside:
            where = "/".join(path)
            if path[-2] == "seed_generator" or "seed_generator" in path[:-2]:
                continue  # a dropout's random state
            if len(path) < 4 or path[-2] != "vars" or not path[-1].isascii():
                raise DataError(f"tensor {where} belongs to no layer")
            layer = text(file["/".join(path[:-1])].attrs.get("name"))
            layer = layer or named_by_config.get("/".join(path[:-2]))
            if not isinstance(layer, str):
                raise DataError(
                    f"{'/'.join(path[:-1])} has no layer name (Keras writes it since version 3;"
                    " save the whole model instead)")
            variables = NUMBERED.get(re.sub(r"_\d+$", "", path[-3]))
            if variables is None:
                raise DataError(f"unknown layer {layer} (group {'/'.join(path[:-2])})")
            left_out = {LEFT_OUT[s] for s in LEFT_OUT if settings.get(layer, {}).get(s, True) is False}
            variables = [v for v in variables if v not in left_out]
            if not path[-1].isdigit() or int(path[-1]) >= len(variables):
                raise DataError(f"layer {layer} has an extra tensor {where}")
            if variables[int(path[-1])] != "count":
                yield f"{layer}/{variables[int(path[-1])]}", dataset

    return collect(pairs())


def settings_by_name(config):
    """The settings of every layer, those of nested models too."""
    found = {}
    for layer in config.get("config", {}).get("layers", []):
        found |= settings_by_name(layer) if "layers" in layer.get("config", {}) else {
            layer.get("config", {}).get("name"): layer.get("config", {})}
    return found


def group_names(config, path="layers"):
    """Group to layer name, computed from the config as Keras computes the groups' names.

    Keras before 3 writes no names into `.keras` archives. It numbers the layers of a container
    by class, in the config's order.
    """
    names, used = {}, {}
    for layer in config.get("config", {}).get("layers", []):
        kind = re.sub(r"\W+", "", str(layer.get("class_name")))
        kind = re.sub(r"([a-z])([A-Z])", r"\1_\2", re.sub(r"(.)([A-Z][a-z]+)", r"\1_\2", kind)).lower()
        number = used[kind] = used.get(kind, -1) + 1
        group = f"{path}/{kind}_{number}" if number else f"{path}/{kind}"
        if "layers" in layer.get("config", {}):
            names |= group_names(layer, f"{group}/layers")
        names[group] = layer.get("config", {}).get("name")
    return names
