#!/usr/bin/env python3
"""Proves that exporter and engines compute what Keras computes, on networks with random weights.

For the report's network at 96 and 224 pixels: saves it in every form that Keras 2 and 3 write,
exports each, checks that all exports are the same tensors, runs `mood-cli infer` on them and
compares with Keras. For ResNet101V2 and 152V2: the same with keras.applications' own top.

Bounds: probabilities 1e-5, logits and every stack 1e-4 of the largest magnitude, the same arg-max;
fp16 files: probabilities 5e-3. --self-test puts reference.py (NumPy) in mood-cli's place.
"""

import argparse
import os
import pathlib
import subprocess
import sys
import tempfile

os.environ.setdefault("KERAS_BACKEND", "tensorflow")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent

import keras
import numpy as np
import tf_keras
from safetensors.numpy import load_file, save_file

import keras_models
import reference

SEED = 4711
PROBABILITY, RELATIVE, FP16_PROBABILITY = 1e-5, 1e-4, 5e-3
results = []


def report(passed, text):
    results.append(passed)
    print(f"{'ok  ' if passed else 'FAIL'} {text}", flush=True)


def make_inputs(count, size, random):
    """Images in 0…1 that differ in brightness, contrast and detail, so that answers differ too."""
    images = []
    for index in range(count):
        cells = 2 + 3 * index
        field = random.uniform(0, 1, (cells, cells, 3))
        grid = np.arange(size) * cells // size
        image = field[grid][:, grid] * random.uniform(0.3, 1) + random.normal(0, 0.05, (size, size, 3))
        images.append(np.clip(image, 0, 1))
    return np.array(images, "f4")


def expect(network, architecture, inputs):
    """What Keras computes; raises if the weights make that a poor test."""
    model = keras_models.tapped(keras, network, architecture)
    parts = [model(inputs[i : i + 2], training=False) for i in range(0, len(inputs), 2)]
    outputs = {name: np.concatenate([part[name].numpy() for part in parts]) for name in parts[0]}
    for name in keras_models.taps(architecture):
        spread = outputs[name].std()
        assert 0.05 < spread < 50, f"{name} vanishes or explodes: standard deviation {spread}"
        assert np.ptp(outputs[name], axis=0).mean() > 0.01 * spread, f"{name} ignores its input"
    highest = outputs["probabilities"].max(axis=-1)
    classes = outputs["probabilities"].shape[-1]
    assert highest.max() < 0.99 and highest.min() > 1.5 / classes, f"softmax saturated: {highest}"
    assert len(set(outputs["probabilities"].argmax(axis=-1))) > 1 or len(inputs) < 4, "one answer for all"
    return outputs


def worthwhile(network, architecture, size, count):
    """Gives a network random weights, by the first seed that makes a good test of it.

    Many random networks give every image the same answer.
    """
    for attempt in range(20):
        random = np.random.RandomState(SEED + size + 1000 * attempt)
        keras_models.randomize(network, random)
        inputs = make_inputs(count, size, random)
        try:
            return inputs, expect(network, architecture, inputs)
        except AssertionError as reason:
            print(f"     seed {SEED + size + 1000 * attempt} is no good test: {reason}", flush=True)
    raise RuntimeError("no seed makes a good test")


def compile_with_state(network):
    """Gives a network Adam's state, as after training, without changing its weights."""
    network.compile(optimizer="adam", loss="categorical_crossentropy")
    network.optimizer.build(network.trainable_variables)


def save_forms(network, size, folder):
    """(path, exporter options) of the report's network in every form that Keras writes."""
    old = keras_models.report_network(tf_keras, size)
    keras_models.copy_weights(network, old)
    by_size = ["--input-size", str(size)]
    for suffix, compiled in ("", False), ("_compiled", True):
        if compiled:
            compile_with_state(network)
            compile_with_state(old)
        for K, model in (2, old), (3, network):
            for ending in "h5", "keras":
                path = folder / f"keras{K}_whole{suffix}.{ending}"
                model.save(path)
                yield path, []
        network.save_weights(folder / f"keras3{suffix}.weights.h5")
        yield folder / f"keras3{suffix}.weights.h5", by_size
        old.save_weights(folder / f"keras2_legacy{suffix}.h5")
        yield folder / f"keras2_legacy{suffix}.h5", by_size


def save_application(network, size, folder):
    """The same for keras.applications' network with its own top."""
    old = getattr(tf_keras.applications, network.name_in_keras)(weights=None, input_shape=(size, size, 3))
    keras_models.copy_weights(network, old)
    (folder / "labels.txt").write_text("".join(f"class {i}\n" for i in range(1000)))
    named = ["--class-names", f"@{folder / 'labels.txt'}"]
    for path, save, options in (
        ("keras2_weights.h5", old.save_weights, ["--input-size", str(size)]),
        ("keras2_whole.h5", old.save, []),
        ("keras3_whole.keras", network.save, []),
        ("keras3.weights.h5", network.save_weights, ["--input-size", str(size)]),
    ):
        save(folder / path)
        yield folder / path, named + options


def export(path, output, options):
    run([sys.executable, str(ROOT / "Weights/export_keras.py"), str(path), "--output", str(output), *options])


def run(command):
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command[:4])} … ended with {done.returncode}: {done.stderr.strip()}")


def infer(options, engine, weights, inputs, taps, folder):
    """Outputs by name, from mood-cli or from the NumPy reference."""
    if options.self_test:
        return reference.Network(weights, np.float32)(inputs, taps)
    save_file({"input": inputs}, folder / "input.safetensors")
    command = [options.mood_cli, "infer", "--weights", str(weights), *engine,
               "--input", str(folder / "input.safetensors"), "--output", str(folder / "output.safetensors")]
    run(command + [word for tap in taps for word in ("--tap", tap)])
    outputs = load_file(folder / "output.safetensors")
    (folder / "output.safetensors").unlink()
    return outputs


def compare(label, outputs, expected, fp16):
    """Reports whether outputs are within the bounds of what Keras computes."""
    missing = [name for name in expected if name not in outputs or (
        np.shape(outputs[name]) != expected[name].shape)]
    if missing:
        report(False, f"{label}: missing or of another shape: {', '.join(missing)}")
        return
    error = {name: float(np.abs(outputs[name] - value).max()) for name, value in expected.items()}
    relative = {name: error[name] / float(np.abs(expected[name]).max()) for name in expected}
    probability = error["probabilities"]
    worst = max((name for name in expected if name != "probabilities"), key=relative.get)
    same = (outputs["probabilities"].argmax(-1) == expected["probabilities"].argmax(-1)).all()
    finite = all(np.isfinite(value).all() for value in outputs.values())
    passed = probability <= FP16_PROBABILITY if fp16 else (
        probability <= PROBABILITY and relative[worst] <= RELATIVE and same)
    report(bool(passed and finite),
           f"{label}: probabilities {probability:.1e}, {worst} {relative[worst]:.1e} relative, "
           f"arg-max {'same' if same else 'differs'}")


def check(options, architecture, size, count):
    """One network: all forms, both precisions, all engines, batch 1 and the whole batch."""
    keras.utils.clear_session()
    tf_keras.backend.clear_session()
    if architecture == "ResNet50V2":
        network, save = keras_models.report_network(keras, size), save_forms
    else:
        make = getattr(keras.applications, architecture)
        network, save = make(weights=None, input_shape=(size, size, 3)), save_application
        network.name_in_keras = architecture
    inputs, expected = worthwhile(network, architecture, size, count)
    taps = keras_models.taps(architecture)
    with tempfile.TemporaryDirectory(prefix="fidelity-") as name:
        folder = pathlib.Path(name)
        first = None
        for path, exporting in save(network, size, folder):
            output = folder / f"{path.name}.safetensors"
            export(path, output, exporting)
            content = reference.load(output)
            del content[0]["source_sha256"]
            if first is None:
                first, stored = content, path
                weights = {"fp32": output, "fp16": folder / "fp16.safetensors"}
                export(path, weights["fp16"], [*exporting, "--dtype", "fp16"])
            else:
                same = content[0] == first[0] and list(content[1]) == list(first[1]) and all(
                    np.array_equal(content[1][name], tensor) for name, tensor in first[1].items())
                report(same, f"{architecture} {size}: {path.name} exports as {stored.name} does")
                output.unlink()
                path.unlink()
        variables = keras_models.variables(network)
        report(set(first[1]) == set(variables) and all(
            np.array_equal(tensor, variables[name].numpy()) for name, tensor in first[1].items()),
            f"{architecture} {size}: {len(first[1])} exported tensors are Keras's")
        for engine in engines(options):
            for precision, path in weights.items():
                for batch in {1, count}:
                    outputs = infer(options, engine, path, inputs[:batch], taps, folder)
                    compare(f"{architecture} {size} {precision} batch {batch} {' '.join(engine)}".strip(),
                            outputs, {k: v[:batch] for k, v in expected.items()}, precision == "fp16")


def engines(options):
    return [[*(["--engine", engine] if engine else []), *(["--isa", isa] if isa else [])]
            for engine in options.engine or [None] for isa in options.isa or [None]]


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mood-cli", default=str(ROOT / ".build/release/mood-cli"), metavar="PATH")
    parser.add_argument("--engine", action="append", metavar="NAME", help="may be repeated")
    parser.add_argument("--isa", action="append", metavar="NAME", help="may be repeated")
    parser.add_argument("--quick", action="store_true", help="the report's network at 96 pixels, 2 images")
    parser.add_argument("--self-test", action="store_true", help="NumPy instead of mood-cli, 96 pixels")
    options = parser.parse_args()
    count = 2 if options.quick else 8
    networks = [("ResNet50V2", 96)]
    if not options.quick:
        size = 96 if options.self_test else 224
        networks += [("ResNet50V2", 224)] if not options.self_test else []
        networks += [("ResNet101V2", size), ("ResNet152V2", size)]
    for architecture, size in networks:
        try:
            check(options, architecture, size, count)
        except (RuntimeError, OSError) as error:
            report(False, f"{architecture} {size}: {error}")
    print(f"{sum(results)} passed, {len(results) - sum(results)} failed")
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
