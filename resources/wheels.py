"""Builds a wheel with the compiled engine for every system from one machine; zig, from PyPI, is the compiler.

Run by hand in an environment with the ``release`` extra: ``python resources/wheels.py [FOLDER]`` (default: dist).
"""

from __future__ import annotations

import importlib.util
import os
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from compile_turbo import ROOT, compile_turbo, load_levels


class Target(NamedTuple):
    """A system: its tag on a wheel, what zig calls it, what ``sys.platform`` says there, and its kind of processor."""

    tag: str
    zig: str
    system: str
    kind: str


TARGETS = (
    Target("manylinux_2_28_x86_64", "x86_64-linux-gnu.2.28", "linux", "x86_64"),
    Target("manylinux_2_28_aarch64", "aarch64-linux-gnu.2.28", "linux", "aarch64"),
    Target("macosx_11_0_x86_64", "x86_64-macos.11.0", "darwin", "x86_64"),
    Target("macosx_11_0_arm64", "aarch64-macos.11.0", "darwin", "aarch64"),
    Target("win_amd64", "x86_64-windows-gnu", "win32", "x86_64"),
)


def build(target: Target, folder: Path) -> Path:
    """Compile for one system and build its wheel; return where it is."""
    from hatchling.builders.wheel import WheelBuilder

    with tempfile.TemporaryDirectory() as scratch:
        library = compile_turbo(
            Path(scratch, load_levels().library_path(target.system).name),
            compiler=(sys.executable, "-m", "ziglang", "cc", "-target", target.zig),
            kind=target.kind,
            system=target.system,
            flags=("-g0",),
        )
        os.environ |= {"ANN_VIZ_WHEEL": target.tag, "ANN_VIZ_LIBRARY": str(library)}  # for the build hook
        return Path(next(WheelBuilder(str(ROOT)).build(directory=str(folder))))


def main() -> None:
    """Build all wheels and list them with their sizes."""
    if importlib.util.find_spec("ziglang") is None:
        sys.exit('zig is missing: python -m pip install -e ".[release]"')
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "dist")
    for target in TARGETS:
        wheel = build(target, folder)
        print(f"{wheel.name}: {wheel.stat().st_size / 1e6:.2f} MB", flush=True)


if __name__ == "__main__":
    main()
