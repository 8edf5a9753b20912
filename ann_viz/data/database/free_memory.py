"""How much memory this process may still take, where the system tells: of the machine, its group and its own limit."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import Final

__all__ = ["free_memory"]

_GROUPS: Final = Path("/sys/fs/cgroup")


def free_memory() -> int:
    """Return the number of bytes that may be taken without pushing anything else out; 0 where nobody knows."""
    if sys.platform != "linux":
        return 0
    with suppress(OSError, ValueError, KeyError):
        return max(0, min(_free_in_machine(), _free_of_own_limit(), *_free_in_groups()))
    return 0


def _free_in_machine() -> int:
    return _kilobytes(Path("/proc/meminfo"), "MemAvailable")


def _free_of_own_limit() -> int:
    import resource

    most, _ = resource.getrlimit(resource.RLIMIT_AS)
    return sys.maxsize if most == resource.RLIM_INFINITY else most - _kilobytes(Path("/proc/self/status"), "VmSize")


def _free_in_groups() -> Iterator[int]:
    """Yield what the group of this process and those around it have left; containers limit memory in this way."""
    named = [line.split(":", 2) for line in Path("/proc/self/cgroup").read_text(encoding="utf-8").splitlines()]
    own = PurePosixPath(next((path for _, kinds, path in named if not kinds), "/"))
    for group in (own, *own.parents):
        folder = _GROUPS / group.relative_to("/")
        with suppress(OSError, ValueError):  # "max" where there is no limit, and no file in the outermost group
            most = int((folder / "memory.max").read_text(encoding="ascii"))
            yield most - int((folder / "memory.current").read_text(encoding="ascii"))


def _kilobytes(path: Path, field: str) -> int:
    """Return a figure of such a file of the system in bytes."""
    lines = (line.partition(":") for line in path.read_text(encoding="ascii").splitlines())
    return 1024 * int({name: rest for name, _, rest in lines}[field].split()[0])
