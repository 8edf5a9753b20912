"""The rows of a table inside its project: the file they came from, byte for byte, packed."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ann_viz.errors import OutputError
from ann_viz.temporary import TemporaryFolder
from ann_viz.translation import translate

__all__ = ["MOST_BYTES", "pack_file", "unpack_file"]

MOST_BYTES: Final = 200_000_000
"""Of a file that may be inside a project; a larger one is better left where it is."""

_CHUNK: Final = 1 << 20
_PLAIN_NAME: Final = "table.csv"
_LONGEST_NAME: Final = 200


def pack_file(path: Path) -> NDArray[np.uint8]:
    """Return the bytes of a file, packed.

    Raises
    ------
    OSError
        When it can't be read.
    OutputError
        When it is too large.
    """
    if path.stat().st_size > MOST_BYTES:
        sentence = translate("The rows are too large to be inside the project (more than 200 MB). Leave them out.")
        raise OutputError(sentence)
    packer, parts = zlib.compressobj(), []
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            parts.append(packer.compress(chunk))
    parts.append(packer.flush())
    return np.frombuffer(b"".join(parts), np.uint8)


def unpack_file(packed: NDArray[np.uint8], folder: TemporaryFolder, name: str, n_bytes: int, sha256: str) -> Path:
    """Write a packed file into a folder and return where it is.

    Parameters
    ----------
    packed : (n,) array of uint8
    folder : TemporaryFolder
    name : str
        What the file was called; it may come from a stranger.
    n_bytes, sha256
        How long it must be, and the sum over its bytes.

    Raises
    ------
    ValueError
        When it is another file than that.
    DataError
        When the disk is full.
    """
    if not 0 <= n_bytes <= MOST_BYTES:
        raise ValueError("its rows are larger than they may be")
    digest = hashlib.sha256()

    def told() -> Iterator[bytes]:
        for chunk in _unpacked(packed, n_bytes):
            digest.update(chunk)
            yield chunk

    path = folder.write_bytes(_safe(name), told())
    if path.stat().st_size != n_bytes or digest.hexdigest() != sha256:
        raise ValueError("its rows are not those it learned from")
    return path


def _unpacked(packed: NDArray[np.uint8], n_bytes: int) -> Iterator[bytes]:
    """Yield what is packed, and no more than that many bytes."""
    unpacker, data, left = zlib.decompressobj(), packed.tobytes(), n_bytes
    try:
        while data and left >= 0 and not unpacker.eof:
            chunk = unpacker.decompress(data, _CHUNK)
            data, left = unpacker.unconsumed_tail, left - len(chunk)
            yield chunk
        yield unpacker.flush()
    except zlib.error as error:
        raise ValueError("its rows can't be unpacked") from error


def _safe(name: str) -> str:
    """Return a name that is one on every system."""
    fits = name.isprintable() and 0 < len(name.encode("utf-8", "replace")) <= _LONGEST_NAME
    return name if fits and not name.startswith(".") and not set(name) & set('/\\:*?"<>|') else _PLAIN_NAME
