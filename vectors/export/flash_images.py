"""The flash images that vectors load, for a programmer: binary as long as the flash, Intel HEX of what is set."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from simulator.flash.geometry import geometry_of
from vectors.conform.cut_flash import image_of
from vectors.export.intel_hex import intel_hex
from vectors.pack.request import filled


def images(documents: Iterable[Mapping[str, Any]]) -> dict[str, bytes]:
    """Files by name: the vector's id, with a number from its second image on. PlanError for what is no image."""
    files: dict[str, bytes] = {}
    for document in documents:
        for name, load in _loads(document):
            size = geometry_of(load["geometry"]).block_bytes * load["blocks"]
            files[f"{name}.bin"] = image_of(load["image"], size)
            files[f"{name}.hex"] = intel_hex(_segments(load["image"])).encode("ascii")
    return files


def _loads(document: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for group in document["groups"]:
        for test in group["tests"]:
            loads = [filled(step["do"], group["given"]) for step in test["steps"] if step["do"]["op"] == "load"]
            for number, load in enumerate(loads, start=1):
                yield test["id"] if number == 1 else f"{test['id']}-{number}", load


def _segments(image: str) -> Iterator[tuple[int, bytes]]:
    for segment in filter(None, image.split(";")):
        offset, _, data = segment.partition(":")
        yield int(offset, 16), bytes.fromhex(data)
