"""Compiles the engine's C sources into one library: run by hand, by the build of the package, and by the tests.

python resources/compile_turbo.py [FILE]    # by default into the checkout, where the program looks for it

CC names another compiler, CFLAGS more flags for it.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parents[1]


class CompilerError(RuntimeError):
    """There is no compiler, or it refused the sources."""


def load_levels(root: Path = ROOT) -> ModuleType:
    """Import the list of instruction sets without the program around it, which may lack what it needs."""
    path = root / "ann_viz" / "engine" / "compiled" / "levels.py"
    spec = importlib.util.spec_from_file_location("levels", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def find_compiler() -> list[str] | None:
    """Return the command of a C compiler: what CC names, or the first that is found."""
    named = os.environ.get("CC", "").split()
    if named:
        return named if shutil.which(named[0]) else None
    found = next((path for name in ("cc", "gcc", "clang") if (path := shutil.which(name))), None)
    return [found] if found else None


def compile_turbo(
    target: Path | None = None,
    *,
    compiler: Sequence[str] | None = None,
    kind: str | None = None,
    system: str = sys.platform,
    flags: Sequence[str] = (),
) -> Path:
    """Compile the library and return where it is.

    Parameters
    ----------
    target : Path, optional
        The library to write; by default where the program of this checkout looks for it.
    compiler : sequence of str, optional
        The command; by default what `find_compiler` finds.
    kind : str, optional
        Of processor, as in ``levels.LEVELS``; by default this machine's.
    system : str
        As ``sys.platform`` has it.
    flags : sequence of str
        More of them, such as those of a sanitizer.

    Raises
    ------
    CompilerError
        When there is no compiler, or it fails.
    """
    levels = load_levels()
    command, kind = list(compiler or find_compiler() or ()), kind or levels.machine()
    if not command:
        raise CompilerError("no C compiler was found")
    if kind not in levels.LEVELS:
        raise CompilerError(f"it has not been written for {kind} processors")
    target = target or levels.library_path(system)
    flags = (*flags, *os.environ.get("CFLAGS", "").split())
    own, libraries = ((), ()) if system == "win32" else (("-fPIC",), ("-lm",))
    with tempfile.TemporaryDirectory() as folder:
        library = Path(folder, target.name)
        objects = _compile_parts([*command, *levels.FLAGS, *own, *flags], levels, kind, Path(folder))
        _run([*command, *flags, "-shared", "-o", str(library), *objects, *libraries])
        arriving = target.with_name(f"{target.name}.new")
        shutil.copyfile(library, arriving)
        os.replace(arriving, target)  # at once: another process may be about to load it
    return target


def _compile_parts(command: list[str], levels: ModuleType, kind: str, folder: Path) -> list[str]:
    """Compile the engine once for every instruction set, and what chooses among them; return the object files."""
    parts: dict[str, tuple[str, ...]] = {"processor": ("processor.c",)}
    for name, level in levels.LEVELS[kind].items():
        parts[name] = ("engine.c", *level.flags, f"-DLANES={level.lanes}", f"-DLEVEL={name}")
    objects = []
    for name, (source, *options) in parts.items():
        objects.append(str(folder / f"{name}.o"))
        _run([*command, *options, "-c", str(levels.SOURCES / source), "-o", objects[-1]])
    return objects


def _run(command: list[str]) -> None:
    try:
        done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
    except OSError as error:
        raise CompilerError(f"{command[0]} can't be started ({error.strerror})") from error
    if done.returncode:
        said = next((line for line in done.stderr.splitlines() if "error" in line.lower()), "it gave no reason")
        raise CompilerError(f"{Path(command[0]).name} failed: {said}")


def forget_former(target: Path) -> None:
    """Delete the libraries of other sources that lie beside this one."""
    for former in target.parent.glob("turbo-*"):
        if former != target:
            former.unlink()


if __name__ == "__main__":
    try:
        made = compile_turbo(*map(Path, sys.argv[1:]))
    except CompilerError as error:
        sys.exit(f"Turbo was not compiled: {error}")
    forget_former(made)
    print(made)
