"""The settings of a run inside a picture, page or report, so that the file itself tells how it came about.

They are one line of letters and digits behind a mark, whatever the kind of file has for remarks: a text in a PNG, the
metadata of an SVG or PDF, an element in the head of a page. Reading looks for the mark and believes nothing it finds.
"""

from __future__ import annotations

import json
import re
import zlib
from base64 import b64decode, b64encode
from dataclasses import dataclass
from typing import Any, Final

from ann_viz.data import Recipe
from ann_viz.engine import NetworkConfig, TrainConfig
from ann_viz.errors import AnnVizError
from ann_viz.session.exports.about import about
from ann_viz.session.exports.subject import Subject
from ann_viz.typed_json import parse_json, typed

__all__ = ["KEY", "Stamp", "read_stamp", "stamp_of"]

KEY: Final = "ann-viz-settings"
"""What the remark is called where it has a name of its own."""

MARK: Final = b"ann-viz-settings:"
_FOUND: Final = re.compile(MARK + rb"([A-Za-z0-9+/=]{16,})")
_PNG: Final = b"\x89PNG\r\n\x1a\n"
MOST_BYTES: Final = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """What a file says of the run that it shows.

    Parameters
    ----------
    data : str
        Name of the file that was learned from; empty where it is not known.
    recipe : Recipe
    network : NetworkConfig
    training : TrainConfig or None
    """

    data: str
    recipe: Recipe
    network: NetworkConfig
    training: TrainConfig | None


def stamp_of(subject: Subject) -> str:
    """Return the settings of what is taken along as a line of letters; no row and no path is in it."""
    known = {**about(subject), "recipe": json.loads(subject.model.recipe.to_json())}
    text = json.dumps(known, ensure_ascii=False).encode("utf-8", "surrogatepass")
    return MARK.decode("ascii") + b64encode(text).decode("ascii")


def read_stamp(content: bytes) -> Stamp | None:
    """Return the settings inside a file; None where there are none that make sense."""
    found = _FOUND.search(_png_remark(content) if content.startswith(_PNG) else content)
    if found is None or len(found[1]) > MOST_BYTES:
        return None
    try:
        known = parse_json(b64decode(found[1], validate=True).decode("utf-8", "surrogatepass"))
        return _stamp(known) if isinstance(known, dict) else None
    except (ValueError, AnnVizError):
        return None


def _png_remark(content: bytes) -> bytes:
    """Return the remark of ours in a PNG file, where long texts are packed; empty where there is none."""
    place = len(_PNG)
    while place + 12 <= len(content):
        length, kind = int.from_bytes(content[place : place + 4], "big"), content[place + 4 : place + 8]
        name, _, text = content[place + 8 : place + 8 + length].partition(b"\0")
        if name == KEY.encode("ascii") and kind == b"tEXt":
            return text
        if name == KEY.encode("ascii") and kind == b"zTXt":
            try:
                return zlib.decompressobj().decompress(text[1:], MOST_BYTES)
            except zlib.error:
                return b""
        place += 12 + length
    return b""


def _stamp(known: dict[str, Any]) -> Stamp:
    data, training = known.get("data"), known.get("training")
    return Stamp(
        data=str(data.get("name", "")) if isinstance(data, dict) else "",
        recipe=Recipe.from_json(json.dumps(known.get("recipe"))),
        network=NetworkConfig.from_json(known.get("network")),
        training=None if training is None else typed(TrainConfig, training, "its training"),
    )
