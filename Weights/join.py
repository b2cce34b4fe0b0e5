"""Makes a weight file of an accelerator's results, and says all that a card says of it.

The way is that of any other network: Keras's .h5, evaluation through Keras, export. The kernels came home in fp16,
so the exported file holds the same numbers as the .h5.
"""

import os
import sys

os.environ.setdefault("KERAS_BACKEND", "torch")

import card
import evaluate_keras
import export_keras
import fer
import keras_network
import measures
import results


def join(o):
    try:
        files, document = results.read(o.results)
    except results.ResultsError as error:
        sys.exit(f"bundle.py join: {error}")
    if o.role not in files:
        sys.exit(f"bundle.py join: the results hold no network of role {o.role}, only {', '.join(files)}")
    print(f"{len(document['parts'])} parts and {', '.join(files)}: all hashes are right; {o.role} has SHA-256"
          f" {results.digest(files[o.role])}")
    if not document["finished"]:
        print("the run was cut off: these are the best weights until then")
    o.output.parent.mkdir(parents=True, exist_ok=True)
    joined, keras_file = o.output.with_suffix(".joined.safetensors"), o.output.with_suffix(".h5")
    joined.write_bytes(files[o.role])
    network, _ = keras_network.load(joined)
    joined.unlink()
    network.save(keras_file)
    part = fer.load(o.faces, "validation")
    targets, usable = fer.targets(part["label"], part["votes"], "fer2013" if o.role == "labels" else "ferplus")
    z = evaluate_keras.logits(network, part["faces"], "none")
    temperature = round(measures.fit_temperature(z[usable], targets[usable]), 4)
    status = export_keras.main([
        str(keras_file), "--output", str(o.output), "--dtype", "fp16", "--color", "gray", "--resampling", "bicubic",
        "--temperature", str(temperature), "--abstain-below", str(o.abstain_below)])
    if status:
        sys.exit(status)
    for path in (keras_file, o.output):
        print(f"{path}: SHA-256 {results.digest(path.read_bytes())}")
    there = document["reports"][o.role]
    print("there, in the accelerator's precision: "
          + ", ".join(f"{there[truth]['right']} of {there[truth]['faces']} ({truth})" for truth in ("ferplus", "fer2013")))
    card.show(card.report(z, part, temperature, targets, usable))
