"""Changes to files: blind ones to any bytes, and ones that know how a model file is built."""

from __future__ import annotations

import struct
from collections.abc import Callable
from random import Random
from typing import Any, Final

from attacks.container import METADATA, Parts

ODD_TEXTS: Final = (
    "", " ", "\x1b[2J\x1b]0;owned\x07", "\u202egnp.exe", "\x00", "\ud800", "a" * 5000, "%Y", "%d.%m.%Y", "DROP TABLE t",
    "'; --", "<img src=x>", "nan", "=1+1", "median", "no", "yes", "\n", "../../x", "year", "regression",
)  # fmt: skip
ODD_NUMBERS: Final = (
    0, -0.0, 1, -1, 2, 3, 7, 1e-300, -1e300, 1e308, 1e39, 2**31, 2**63, 2**64, 10**400, 0.5, 1e-45,
    float("nan"), float("inf"), float("-inf"),
)  # fmt: skip
ODD_WEIGHTS: Final = (float("nan"), float("inf"), float("-inf"), 3.4e38, -3.4e38, 1e30, 1e-45, -0.0)


def blind(rng: Random, content: bytes) -> bytes:
    """Change bytes without knowing what they are."""
    changed = bytearray(content)
    for _ in range(rng.choice((1, 1, 1, 2, 5, 20))):
        rng.choice(_BLIND)(rng, changed)
    return bytes(changed)


def _flip(rng: Random, content: bytearray) -> None:
    if content:
        content[rng.randrange(len(content))] ^= 1 << rng.randrange(8)


def _set(rng: Random, content: bytearray) -> None:
    if content:
        content[rng.randrange(len(content))] = rng.randrange(256)


def _digit(rng: Random, content: bytearray) -> None:
    """A digit of the header becomes another: what stays JSON says something else."""
    digits = [place for place, byte in enumerate(content[:8000]) if 48 <= byte <= 57]
    if digits:
        content[rng.choice(digits)] = rng.choice(b"0123456789")


def _cut(rng: Random, content: bytearray) -> None:
    start = rng.randrange(len(content) + 1)
    del content[start : start + rng.choice((1, 2, 8, 100, 10**6))]


def _insert(rng: Random, content: bytearray) -> None:
    start = rng.randrange(len(content) + 1)
    content[start:start] = rng.randbytes(rng.choice((1, 2, 8, 100)))


def _repeat(rng: Random, content: bytearray) -> None:
    start = rng.randrange(len(content) + 1)
    piece = content[start : start + rng.choice((1, 8, 64))]
    content[start:start] = piece * rng.choice((1, 2, 50))


def _blank(rng: Random, content: bytearray) -> None:
    start = rng.randrange(len(content) + 1)
    piece = content[start : start + rng.choice((4, 64, 1000))]
    content[start : start + len(piece)] = bytes([rng.choice((0, 0x20, 0xFF))]) * len(piece)


_BLIND: Final[tuple[Callable[[Random, bytearray], None], ...]] = (
    _flip, _flip, _flip, _set, _digit, _digit, _cut, _insert, _repeat, _blank,
)  # fmt: skip


def structured(rng: Random, parts: Parts) -> None:
    """Change what a model file says, so that it is still one to look at."""
    for _ in range(rng.choice((1, 1, 1, 2, 4))):
        rng.choice(_STRUCTURED)(rng, parts)


def _change_description(rng: Random, parts: Parts) -> None:
    _change_somewhere(rng, parts.description)


def _change_header(rng: Random, parts: Parts) -> None:
    names = [name for name in parts.header if name != METADATA]
    if names:
        _change_somewhere(rng, parts.header[rng.choice(names)])


def _change_weights(rng: Random, parts: Parts) -> None:
    for _ in range(rng.choice((1, 3, 1000))):
        if len(parts.data) >= 4:
            place = 4 * rng.randrange(len(parts.data) // 4)
            parts.data[place : place + 4] = struct.pack("<f", rng.choice((*ODD_WEIGHTS, rng.gauss(0, 1e6))))


def _resize_data(rng: Random, parts: Parts) -> None:
    if rng.random() < 0.5:
        del parts.data[rng.randrange(len(parts.data) + 1) :]
    else:
        parts.data.extend(bytes(rng.choice((1, 4, 4096))))


def _swap_tensors(rng: Random, parts: Parts) -> None:
    names = [name for name in parts.header if name != METADATA]
    first, second = rng.choice(names), rng.choice(names)
    parts.header[first], parts.header[second] = parts.header[second], parts.header[first]


def _rename_tensor(rng: Random, parts: Parts) -> None:
    names = [name for name in parts.header if name != METADATA]
    parts.header[rng.choice(("layer9.weight", "x\x1b[2J", "layer0.bias"))] = parts.header.pop(rng.choice(names))


_STRUCTURED: Final[tuple[Callable[[Random, Parts], None], ...]] = (
    *(_change_description,) * 12, _change_header, _change_header, _change_weights, _change_weights, _resize_data,
    _swap_tensors, _rename_tensor,
)  # fmt: skip


def _change_somewhere(rng: Random, value: Any) -> None:
    """Walk down to some place of a JSON value and put something else there, take it out or double it."""
    while True:
        keys = list(value) if isinstance(value, dict) else list(range(len(value)))
        if not keys:
            return
        key = rng.choice(keys)
        if isinstance(value[key], dict | list) and value[key] and rng.random() < 0.9:
            value = value[key]
            continue
        break
    action = rng.random()
    if action < 0.1:
        del value[key]
    elif action < 0.2 and isinstance(value, list):
        value.extend([value[key]] * rng.choice((1, 2, 300)))
    elif action < 0.3 and isinstance(value, dict):
        value[rng.choice(ODD_TEXTS)] = value[key]
    else:
        value[key] = _odd(rng, value[key])


def _odd(rng: Random, old: Any) -> Any:
    if isinstance(old, bool) or old is None:
        return rng.choice((not old, None, *ODD_TEXTS[:3], *ODD_NUMBERS[:5], [], {}))
    if isinstance(old, int | float) and rng.random() < 0.7:
        return rng.choice((*ODD_NUMBERS, old + 1, -old, old * 1000, old * 2))
    if isinstance(old, str) and rng.random() < 0.7:
        return rng.choice((*ODD_TEXTS, old + "\x1b[31m", old.upper(), old[:-1]))
    nest: Any = []
    for _ in range(rng.choice((1, 3, 200))):
        nest = [nest]
    return rng.choice((nest, {}, [], None, True, rng.choice(ODD_NUMBERS), rng.choice(ODD_TEXTS), [old, old]))
