"""Files packed by gzip or zstd: recognised by their first bytes, read as they are, or unpacked into a folder."""

from __future__ import annotations

import gzip
import shutil
import sys
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final, cast

from ann_viz.errors import Cancelled, DataError
from ann_viz.temporary import is_disk_full
from ann_viz.translation import translate

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

__all__ = ["opened", "packing_of", "unpack"]

_MAGIC: Final = {b"\x1f\x8b": "gzip", b"\x28\xb5\x2f\xfd": "zstd"}
_CHUNK: Final = 1 << 20
_SPARE_BYTES: Final = 500_000_000


def packing_of(head: bytes) -> str | None:
    """Return how a file is packed by its first bytes: ``"gzip"``, ``"zstd"`` or ``None``."""
    return next((name for magic, name in _MAGIC.items() if head.startswith(magic)), None)


@contextmanager
def opened(path: Path, packed: str | None) -> Iterator[IO[bytes]]:
    """Open a file for reading what is packed in it.

    Raises
    ------
    DataError
        When what is packed is damaged.
    """
    try:
        if packed == "gzip":
            with gzip.open(path, "rb") as unzipped:
                yield cast(IO[bytes], unzipped)
        elif packed == "zstd":
            with zstd.open(path, "rb") as unpacked:
                yield cast(IO[bytes], unpacked)
        else:
            with path.open("rb") as file:
                yield file
    except (EOFError, gzip.BadGzipFile, zlib.error, zstd.ZstdError) as error:
        hint = translate("Perhaps its download was cut short: fetch it again.")
        raise DataError(
            translate("'{name}' is packed, but can't be unpacked to its end.").format(name=path.name), hint=hint
        ) from error


def unpack(
    path: Path,
    packed: str,
    target: Path,
    progress: Callable[[float], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> None:
    """Unpack a file, as long as the disk has room.

    Parameters
    ----------
    path : Path
        The packed file.
    packed : str
        ``"gzip"`` or ``"zstd"``.
    target : Path
        Where to write.
    progress : callable, optional
        Called with the share done, 0 to 1, as far as it can be known.
    cancelled : callable, optional
        Asked every megabyte; true stops the work.

    Raises
    ------
    DataError
        When what is packed is damaged or the disk has no room for it.
    Cancelled
        When ``cancelled`` says so.
    """
    try:
        _unpack(path, packed, target, progress, cancelled)
    except OSError as error:
        if not is_disk_full(error):
            raise
        raise _no_room(path) from error
    if progress is not None:
        progress(1.0)


def _unpack(
    path: Path,
    packed: str,
    target: Path,
    progress: Callable[[float], None] | None,
    cancelled: Callable[[], bool] | None,
) -> None:
    size = max(1, path.stat().st_size)
    free = shutil.disk_usage(target.parent).free
    written = 0
    with opened(path, packed) as source, target.open("wb") as out:
        while chunk := source.read(_CHUNK):
            if cancelled is not None and cancelled():
                raise Cancelled("Unpacking the file was stopped.")
            written += len(chunk)
            if written > free - _SPARE_BYTES:
                raise _no_room(path)
            out.write(chunk)
            if progress is not None:
                # Tables shrink to about a fifth; the last part of the bar is kept for what does not.
                progress(min(0.95, written / (5 * size)))


def _no_room(path: Path) -> DataError:
    return DataError(
        translate("'{name}' holds more than the disk for temporary files has room for.").format(name=path.name),
        hint=translate("Free some room, or unpack a part of it."),
    )
