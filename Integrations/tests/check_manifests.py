"""Checks the manifests offline: Kubernetes's objects by its JSON schemas, the InferenceService by KServe's own types.

    pip install kubernetes-validate pyyaml && pip install --no-deps kserve
    python tests/check_manifests.py

Strictly: a field that the type does not have is an error. That a cluster takes them is not shown by this.
"""

import ast
import importlib.util
import pathlib
import re
import sys

import kubernetes_validate
import yaml

folder = pathlib.Path(__file__).resolve().parents[1] / "kubernetes"
version = "1.37"


def objects(name):
    return [item for item in yaml.safe_load_all((folder / name).read_text()) if item]


def kserve_type(name):
    """The fields of one of KServe's types: JSON's name, and type; None where KServe does not define it."""
    models = pathlib.Path(importlib.util.find_spec("kserve").origin).parent / "models"
    file = models / (re.sub(r"(?<=[a-z0-9])(?=[A-Z][a-z])|(?<=[a-z])(?=[A-Z])", "_", name).lower() + ".py")
    if not file.exists():
        return None
    tables = {}
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Dict) and isinstance(node.targets[0], ast.Name):
            tables[node.targets[0].id] = ast.literal_eval(node.value)
    return {tables["attribute_map"][field]: kind for field, kind in tables["openapi_types"].items()}


def check(value, kind, place):
    """Raises unless `value` is of KServe's type; types of Kubernetes itself are left to its schemas."""
    simple = {"str": str, "int": int, "bool": bool, "object": object, "float": (int, float)}
    if kind in simple:
        if not isinstance(value, simple[kind]) or (kind == "int" and isinstance(value, bool)):
            raise ValueError(f"{place} is no {kind}")
    elif kind.startswith("list["):
        for index, item in enumerate(value):
            check(item, kind[5:-1], f"{place}[{index}]")
    elif not kind.startswith("dict(") and (fields := kserve_type(kind)):
        for name, item in value.items():
            if name not in fields:
                raise ValueError(f"{place} has no field {name}")
            check(item, fields[name], f"{place}.{name}")


def main():
    count = 0
    for name in ("mood.yaml", "batch.yaml"):
        for item in objects(name):
            kubernetes_validate.validate(item, version, strict=True)
            count += 1
    (service,) = objects("inferenceservice.yaml")
    check(service, "V1beta1InferenceService", "InferenceService")
    # Its predictor is a pod as well.
    pod = {"apiVersion": "v1", "kind": "Pod", "metadata": service["metadata"],
           "spec": {"containers": service["spec"]["predictor"]["containers"]}}  # fmt: skip
    kubernetes_validate.validate(pod, version, strict=True)
    # The check can fail.
    for broken in ({**service, "specc": {}}, {**service, "spec": {"predictor": {"minReplicas": "one"}}}):
        try:
            check(broken, "V1beta1InferenceService", "InferenceService")
        except ValueError:
            continue
        sys.exit("a broken InferenceService is taken")
    print(f"{count} objects keep to Kubernetes {version}'s schemas, and the InferenceService to KServe's types")


main()
