"""What deploy/jupyterhub holds for Kubernetes and for systemd, as far as it can be judged without a cluster."""

import functools
import json
import pathlib
import re

import yaml

HERE = pathlib.Path(__file__).resolve().parents[2] / "deploy/jupyterhub"
VALUES = yaml.safe_load((HERE / "kubernetes/values.yaml").read_text("utf-8"))
SWITCH, NUMBER, WORDS, SIZE = bool, (int, float), str, (int, float, str)
# What the chart's values.schema.yaml (jupyterhub/zero-to-jupyterhub-k8s) allows of what stands in ours; it allows more.
ALLOWED = {
    "hub": {"config": dict, "concurrentSpawnLimit": int},
    "singleuser": {
        "image": {"name": WORDS, "tag": WORDS}, "cmd": list, "defaultUrl": WORDS,
        "memory": {"guarantee": SIZE, "limit": SIZE}, "cpu": {"guarantee": NUMBER, "limit": NUMBER},
        "storage": {"type": WORDS, "capacity": WORDS, "homeMountPath": WORDS},
        "networkPolicy": {"enabled": SWITCH, "egressAllowRules": {
            "nonPrivateIPs": SWITCH, "privateIPs": SWITCH, "cloudMetadataServer": SWITCH}},
    },
    "cull": {"enabled": SWITCH, "timeout": int, "every": int},
    "prePuller": {"hook": {"enabled": SWITCH}, "continuous": {"enabled": SWITCH}},
    "scheduling": {"userScheduler": {"enabled": SWITCH}, "podPriority": {"enabled": SWITCH},
                   "userPlaceholder": {"enabled": SWITCH, "replicas": int}},
}


def allowed(path):
    return functools.reduce(lambda part, name: part[name], path, ALLOWED)


def leaves(tree, path=()):
    for name, branch in tree.items():
        if isinstance(branch, dict) and isinstance(allowed((*path, name)), dict):
            yield from leaves(branch, (*path, name))
        else:
            yield (*path, name), branch


def test_the_values_for_kubernetes_have_names_and_types_that_the_chart_knows():
    for path, value in leaves(VALUES):
        assert isinstance(value, allowed(path)), path


def test_a_learner_starts_with_the_course_of_the_image():
    image = re.search(r"--target-repo-dir=(\S+)", (HERE / "README.md").read_text("utf-8"))[1]
    assert VALUES["singleuser"]["cmd"] == ["python3", f"{image}/deploy/jupyterhub/learner.py"]
    assert (HERE / "learner.py").is_file()


def test_the_service_starts_what_the_readme_installs():
    service, readme = ((HERE / name).read_text("utf-8") for name in ("catrnn-hub.service", "README.md"))
    start = re.search(r"ExecStart=(.*)", service)[1]
    assert start in readme


def test_the_proxy_is_locked_with_hashes_and_without_addresses_of_packages():
    lock = json.loads((HERE / "package-lock.json").read_text("utf-8"))
    packages = {name: package for name, package in lock["packages"].items() if name}
    assert "node_modules/configurable-http-proxy" in packages
    assert all("integrity" in package and "resolved" not in package for package in packages.values())
