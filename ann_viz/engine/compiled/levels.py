"""For which instruction sets the C sources are compiled, with which flags, and under which name the library lies.

It imports nothing of the program: it is read when the package is built, and that may be before NumPy is there.
"""

from __future__ import annotations

import platform
import sys
from pathlib import Path
from typing import Final, NamedTuple

__all__ = ["FLAGS", "LEVELS", "SOURCES", "Level", "library_path", "machine"]

SOURCES: Final = Path(__file__).with_name("c")
FLAGS: Final = (
    "-std=c11",
    "-O3",
    # A product and a sum may be rounded once; nothing else may be rearranged, and numbers that are not finite count.
    "-ffp-contract=fast",
    "-fno-math-errno",
    "-fno-trapping-math",
    "-fvisibility=hidden",
)
_AVX2: Final = ("-mavx2", "-mfma", "-mbmi2")
_AVX512: Final = ("-mavx512f", "-mavx512dq", "-mavx512bw", "-mavx512vl", "-mprefer-vector-width=512")
_SUFFIXES: Final = {"win32": ".dll", "darwin": ".dylib"}


class Level(NamedTuple):
    """An instruction set: how many floats a register holds, and what a compiler is told."""

    lanes: int
    flags: tuple[str, ...] = ()


LEVELS: Final = {
    "x86_64": {"sse2": Level(4), "avx2": Level(8, _AVX2), "avx512": Level(16, (*_AVX2, *_AVX512))},
    "aarch64": {"neon": Level(4)},
}
"""Of each kind of processor, the oldest first: a processor that has one has those before it."""


def machine() -> str:
    """Return the kind of this processor, in one spelling on all systems."""
    name = platform.machine().lower()
    return {"amd64": "x86_64", "arm64": "aarch64"}.get(name, name)


def library_path(system: str = sys.platform) -> Path:
    """Return where the library lies, or would lie; its name changes with the sources: others fit none."""
    import hashlib  # loads the cryptography of the system

    digest = hashlib.sha256(repr((FLAGS, LEVELS)).encode())
    for path in sorted(SOURCES.iterdir()):
        digest.update(path.read_bytes().replace(b"\r\n", b"\n"))
    return SOURCES.with_name(f"turbo-{digest.hexdigest()[:8]}{_SUFFIXES.get(system, '.so')}")
