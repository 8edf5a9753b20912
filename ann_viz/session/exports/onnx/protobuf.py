"""The wire format of protobuf, as far as ONNX files need it: messages as bytes, field by field.

References
----------
https://protobuf.dev/programming-guides/encoding/
"""

from __future__ import annotations

import struct
from collections.abc import Iterable
from typing import Final

__all__ = ["Field", "message"]

Field = tuple[int, "int | float | str | bytes | None"]
"""Number of a field and its value: an int or text as it is, a message or packed numbers as bytes; None is left out."""

_VARINT: Final = 0
_BYTES: Final = 2
_FLOAT: Final = 5
_WHOLE: Final = (1 << 64) - 1
_SEVEN: Final = 0x7F


def message(fields: Iterable[Field]) -> bytes:
    """Return a message; a field may come more than once."""
    return b"".join(_field(number, value) for number, value in fields if value is not None)


def _field(number: int, value: int | float | str | bytes | None) -> bytes:
    if isinstance(value, int):
        return _varint(number << 3 | _VARINT) + _varint(value & _WHOLE)
    if isinstance(value, float):
        return _varint(number << 3 | _FLOAT) + struct.pack("<f", value)
    content = value.encode("utf-8") if isinstance(value, str) else value or b""
    return _varint(number << 3 | _BYTES) + _varint(len(content)) + content


def _varint(value: int) -> bytes:
    """Return a whole number in groups of seven bits, the lowest first."""
    groups = bytearray()
    while value > _SEVEN:
        groups.append(value & _SEVEN | _SEVEN + 1)
        value >>= 7
    groups.append(value)
    return bytes(groups)
