"""A safetensors file taken apart and put together by hand, also in ways that no library would."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any

METADATA = "__metadata__"


@dataclass
class Parts:
    """Header and data of a file; the description is that of a model, JSON texts in it parsed as well."""

    header: dict[str, Any]
    description: dict[str, Any]
    nested: tuple[str, ...]
    data: bytearray

    def joined(self, *, signed: bool) -> bytes:
        """Return the bytes of a file; with a checksum that fits, if an enemy is to know how to make one."""
        told = {name: json.dumps(value) if name in self.nested else value for name, value in self.description.items()}
        header = dict(self.header)
        metadata = dict(header.get(METADATA) or {})
        metadata["ann_viz"] = json.dumps(told)
        header[METADATA] = metadata
        if not signed or "sha256" not in metadata:
            return _file(header, self.data)
        metadata["sha256"] = "0" * 64
        metadata["sha256"] = hashlib.sha256(_file(header, self.data)).hexdigest()
        return _file(header, self.data)


def parts_of(content: bytes) -> Parts:
    """Take a model file apart."""
    length = int.from_bytes(content[:8], "little")
    header = json.loads(content[8 : 8 + length])
    description = json.loads(header[METADATA]["ann_viz"])
    nested = tuple(name for name, value in description.items() if isinstance(value, str) and value.startswith("{"))
    for name in nested:
        description[name] = json.loads(description[name])
    return Parts(header, description, nested, bytearray(content[8 + length :]))


def _file(header: dict[str, Any], data: bytes | bytearray) -> bytes:
    text = json.dumps(header, separators=(",", ":"), sort_keys=True).encode()
    text += b" " * (-len(text) % 8)
    return len(text).to_bytes(8, "little") + text + bytes(data)
