#!/usr/bin/env python3
"""Known networks with random weights through `mood-cli infer --model`, beside ONNX Runtime.

torchvision and timm make the networks, torch.onnx writes them (by both of its exporters), and both
engines are fed the same random images, batch 1 and 4. The largest difference over the largest output
must stay below 1e-4. Random weights are drawn so that signals keep their size: batch norms get means
and variances of their own. Files that other exporters wrote are compared with --files.

  networks.py [--folder DIR] [--only TEXT] [--exporters dynamo,script] [--files *.onnx] [--cli PATH]
"""

import argparse
import io
import pathlib
import subprocess
import sys
import tempfile
import warnings

import numpy as np
from safetensors.numpy import load_file, save_file

ROOT = pathlib.Path(__file__).resolve().parents[2]
NETWORKS = {
    "resnet18": ("torchvision", "resnet18", 224),
    "resnet50": ("torchvision", "resnet50", 224),
    "resnext50": ("torchvision", "resnext50_32x4d", 224),
    "mobilenet_v2": ("torchvision", "mobilenet_v2", 224),
    "mobilenet_v3": ("torchvision", "mobilenet_v3_large", 224),
    "efficientnet_b0": ("timm", "efficientnet_b0", 224),
    "efficientnet_lite0": ("timm", "tf_efficientnet_lite0", 224),
    "squeezenet": ("torchvision", "squeezenet1_1", 224),
    "shufflenet_v2": ("torchvision", "shufflenet_v2_x1_0", 224),
    "densenet121": ("torchvision", "densenet121", 224),
    "regnet_y": ("torchvision", "regnet_y_400mf", 224),
    "convnext_tiny": ("torchvision", "convnext_tiny", 224),
    "vit_tiny": ("timm", "vit_tiny_patch16_224", 224),
    "inception_v3": ("torchvision", "inception_v3", 299),
}


def network(name):
    """A network whose signals neither vanish nor grow, so that differences mean something."""
    import torch
    kind, function, _ = NETWORKS[name]
    torch.manual_seed(20_261_128)
    if kind == "timm":
        import timm
        net = timm.create_model(function, pretrained=False)
    else:
        import torchvision
        more = {"init_weights": True} if name == "inception_v3" else {}
        net = getattr(torchvision.models, function)(weights=None, **more)
    for module in net.modules():
        if isinstance(module, torch.nn.modules.batchnorm._BatchNorm):
            torch.nn.init.uniform_(module.weight, 0.5, 1.5)
            torch.nn.init.normal_(module.bias, 0, 0.1)
            module.running_mean.normal_(0, 0.1)
            module.running_var.uniform_(0.5, 1.5)
    # Norms are calibrated on one batch of noise, as training would have done.
    side = NETWORKS[name][2]
    with torch.no_grad():
        net.train()
        for module in net.modules():
            if isinstance(module, torch.nn.Dropout):
                module.eval()
            if isinstance(module, torch.nn.modules.batchnorm._BatchNorm):
                module.momentum = 1.0
        net(torch.randn(4, 3, side, side))
    return net.eval(), side


def export(name, exporter, path):
    import torch
    net, side = network(name)
    example = torch.randn(2, 3, side, side)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        if exporter == "dynamo":
            batch = torch.export.Dim("batch", min=1, max=64)
            torch.onnx.export(net, (example,), str(path), input_names=["input"], output_names=["output"],
                              dynamo=True, dynamic_shapes=({0: batch},), external_data=False, verbose=False)
        else:
            buffer = io.BytesIO()
            torch.onnx.export(net, (example,), buffer, input_names=["input"], output_names=["output"],
                              dynamo=False, opset_version=17, dynamic_axes={"input": {0: "batch"}, "output": {0: "batch"}})
            path.write_bytes(buffer.getvalue())


def compare(path, batch, options, folder):
    """The largest difference over the largest output, or a text that says what failed."""
    import onnxruntime
    settings = onnxruntime.SessionOptions()
    settings.log_severity_level = 3
    session = onnxruntime.InferenceSession(str(path), settings, providers=["CPUExecutionProvider"])
    random = np.random.default_rng(7)
    feed = {}
    for port in session.get_inputs():
        shape = [batch if axis == 0 else extent for axis, extent in enumerate(port.shape)]
        feed[port.name] = random.standard_normal(shape, "f4")
    expected = session.run(None, feed)
    save_file(feed, folder / "x.safetensors")
    process = subprocess.run(
        [options.cli, "infer", "--model", path, "--input", folder / "x.safetensors", "--output",
         folder / "y.safetensors", "--engine", options.engine], capture_output=True, text=True)
    if process.returncode:
        return f"exit {process.returncode}: {process.stderr.strip()[:2000]}"
    found = load_file(folder / "y.safetensors")
    worst = 0.0
    for port, value in zip(session.get_outputs(), expected):
        if found[port.name].shape != value.shape:
            return f"{port.name} is {found[port.name].shape}, not {value.shape}"
        worst = max(worst, float(np.abs(found[port.name] - value).max() / np.abs(value).max()))
    return worst


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--cli", default=str(ROOT / ".build/release/mood-cli"))
    parser.add_argument("--folder", type=pathlib.Path, help="where models are kept; else they are not")
    parser.add_argument("--only", default="", help="names, comma-separated")
    parser.add_argument("--exporters", default="dynamo,script")
    parser.add_argument("--files", nargs="*", type=pathlib.Path, help="files instead")
    parser.add_argument("--engine", default="auto")
    parser.add_argument("--export-only", action="store_true")
    options = parser.parse_args()
    failures = 0
    with tempfile.TemporaryDirectory() as temporary:
        temporary = pathlib.Path(temporary)
        folder = options.folder or temporary
        folder.mkdir(parents=True, exist_ok=True)
        names = [n for n in NETWORKS if not options.only or n in options.only.split(",")]
        jobs = [(f.stem, None, f) for f in options.files] if options.files else [
            (n, e, folder / f"{n}.{e}.onnx") for n in names for e in options.exporters.split(",")]
        for name, exporter, path in jobs:
            if not path.exists():
                try:
                    export(name, exporter, path)
                except Exception as error:
                    print(f"{name} {exporter}: the exporter failed: {str(error)[:300]}", flush=True)
                    continue
            if options.export_only:
                continue
            results = [compare(path, batch, options, temporary) for batch in (1, 4)]
            good = all(isinstance(r, float) and r < 1e-4 for r in results)
            failures += not good
            print(f"{'ok    ' if good else 'FAILED'} {path.name:36s} "
                  + ", ".join(f"{r:.1e}" if isinstance(r, float) else r for r in results), flush=True)
    sys.exit(failures > 0)


if __name__ == "__main__":
    main()
