"""Model files that claim to be huge, or are: refused at once, without the memory they ask for."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Final

from attacks.container import METADATA, Parts, parts_of
from attacks.models import target
from attacks.registry import kind
from attacks.work import ENVIRONMENT, PYTHON, new_folder

MOST_MEGABYTES: Final = 300
MOST_SECONDS: Final = 20
GIGABYTE: Final = 1 << 30

LOADER: Final = """
import re, resource, sys
from pathlib import Path
from ann_viz.errors import AnnVizError
from ann_viz.session import load_model
try:
    load_model(sys.argv[1])
    end = "opened"
except AnnVizError:
    end = "refused"
if sys.platform == "linux":  # the other count begins with what the parent had
    kilobytes = int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1])
else:
    kilobytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1024 if sys.platform == "darwin" else 1)
print(end, kilobytes // 1024)
"""


@kind("model: sizes that are not true", fast=6)
def size_claimed(rng: Random) -> str | None:
    """Open it in a process of its own, which tells how much memory it took."""
    path = new_folder() / "m.annviz"
    rng.choice(_CLAIMS)(rng, path)
    try:
        done = subprocess.run(
            [PYTHON, "-c", LOADER, str(path)], env=ENVIRONMENT, capture_output=True, text=True, timeout=MOST_SECONDS,
            check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return f"takes more than {MOST_SECONDS} s"
    finally:
        path.unlink()
    found = re.fullmatch(r"(refused|opened) (\d+)\n", done.stdout)
    if found is None:
        return f"ends with {done.stderr[-200:]!r}"
    if found[1] == "opened":
        return "is opened"
    return f"takes {found[2]} MB" if int(found[2]) > MOST_MEGABYTES else None


def _parts() -> Parts:
    return parts_of(target("format2").content)


def _longer_than_it_says(rng: Random, path: Path) -> None:
    path.write_bytes(target("format2").content)
    os.truncate(path, rng.choice((1, 4, 8)) * GIGABYTE)


def _nothing_but_zeros(rng: Random, path: Path) -> None:
    path.touch()
    os.truncate(path, rng.choice((1, 4, 8)) * GIGABYTE)


def _long_header(rng: Random, path: Path) -> None:
    path.write_bytes((rng.choice((1, 4)) * GIGABYTE).to_bytes(8, "little") + b"{")
    os.truncate(path, 5 * GIGABYTE)


def _network_of_gigabytes(rng: Random, path: Path) -> None:
    """All that it says fits together, and the file has the length for it without taking the disk."""
    parts = _parts()
    n_inputs, n_hidden = 1_000_000, rng.choice((200, 1000))
    parts.description["network"].update(n_inputs=n_inputs, hidden=[{"neurons": n_hidden}])
    end = 0
    parts.header = {METADATA: parts.header[METADATA]}
    for name, shape in (
        ("layer0.weight", [n_inputs, n_hidden]), ("layer0.bias", [n_hidden]), ("layer1.weight", [n_hidden, 1]),
        ("layer1.bias", [1]),
    ):  # fmt: skip
        size = 4 * shape[0] * (shape[1] if len(shape) > 1 else 1)
        parts.header[name] = {"dtype": "F32", "shape": shape, "data_offsets": [end, end + size]}
        end += size
    parts.data = bytearray()
    content = parts.joined(signed=False)
    path.write_bytes(content)
    os.truncate(path, len(content) + end)


def _many_tensors(rng: Random, path: Path) -> None:
    """Names of tensors, all of nothing, as many as a header may hold."""
    parts = _parts()
    end = len(parts.data)
    n_names = rng.choice((10_000, 200_000))
    names = {f"t{place}": {"dtype": "F32", "shape": [0], "data_offsets": [end, end]} for place in range(n_names)}
    parts.header |= names
    parts.description["format"] = rng.choice((2, 99))
    parts.description["encoder"] = {}
    path.write_bytes(parts.joined(signed=False))


def _many_values(rng: Random, path: Path) -> None:
    """The description is a list of empty lists, which takes more memory than anything else of its length."""
    nest = "[" + "[]," * rng.choice((2_600_000, 10_000_000)) + "[]]"
    header = json.dumps({METADATA: {"ann_viz": nest}}).encode()
    path.write_bytes(len(header).to_bytes(8, "little") + header)


def _deep(rng: Random, path: Path) -> None:
    """Brackets in brackets, in the header or in the description."""
    nest = "[" * rng.choice((2_000, 1_000_000))
    header = rng.choice((nest, json.dumps({METADATA: {"ann_viz": nest}}))).encode()
    path.write_bytes(len(header).to_bytes(8, "little") + header)


_CLAIMS: Final[tuple[Callable[[Random, Path], None], ...]] = (
    _longer_than_it_says, _nothing_but_zeros, _long_header, _network_of_gigabytes, _many_tensors, _many_values, _deep,
)  # fmt: skip
