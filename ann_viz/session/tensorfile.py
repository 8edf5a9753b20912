"""A safetensors file read as if an enemy had written it: sizes first, then the header, then only the tensors asked for.

The library maps the whole file into memory and hands out any tensor in it. Here nothing is read that was not measured
before, and a sum over every byte tells whether one was changed.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save

from ann_viz.typed_json import parse_json, typed

__all__ = ["ForeignFile", "TensorFile", "signed"]

_MOST_FILE_BYTES: Final = 500_000_000  # more than a hundred million weights; training them takes a dozen times as much
_MOST_HEADER_BYTES: Final = 8_000_000  # thousands of columns; read, it may take thirty times as much memory
_MOST_TENSORS: Final = 20_000  # a dozen a run, and three for everything set by hand
_LENGTH_BYTES: Final = 8
_CHUNK: Final = 1 << 20
_METADATA: Final = "__metadata__"
_CHECKSUM: Final = "sha256"
_CHECKSUM_MARK: Final = b'"sha256":"'  # inside another text of the header, quotes follow a backslash
_UNSIGNED: Final = "0" * 64
_DTYPES: Final = {
    np.dtype("uint8"): "U8",
    np.dtype("float32"): "F32",
    np.dtype("float64"): "F64",
    np.dtype("int32"): "I32",
    np.dtype("int64"): "I64",
}


class ForeignFile(ValueError):  # noqa: N818 - says what it is
    """The file is of another kind."""


@dataclass(frozen=True, kw_only=True)
class _Tensor:
    """What the header says of one tensor."""

    dtype: str
    shape: tuple[int, ...]
    data_offsets: tuple[int, int]


def signed(tensors: Mapping[str, NDArray[Any]], metadata: Mapping[str, str]) -> bytes:
    """Return the bytes of a file with a checksum over all of them, in which its own digits count as zeros.

    Raises
    ------
    ValueError
        When it would be larger than what is read again.
    """
    content = save(dict(tensors), {**metadata, _CHECKSUM: _UNSIGNED})
    header_bytes = int.from_bytes(content[:_LENGTH_BYTES], "little")
    if len(content) > _MOST_FILE_BYTES or header_bytes > _MOST_HEADER_BYTES:
        raise ValueError("it would be larger than such a file may be")
    start = content.index(_CHECKSUM_MARK, 0, _LENGTH_BYTES + header_bytes) + len(_CHECKSUM_MARK)
    digest = hashlib.sha256(content).hexdigest().encode()
    return content[:start] + digest + content[start + len(digest) :]


class TensorFile:
    """An opened file, its header read and found to fit the file's length; a context manager.

    Parameters
    ----------
    path : Path
        A regular file.

    Attributes
    ----------
    metadata : dict of str to str

    Raises
    ------
    ForeignFile
        When it is of another kind.
    OSError
        When it can't be read.
    """

    def __init__(self, path: Path) -> None:
        self._file = path.open("rb")
        try:
            self._length = os.fstat(self._file.fileno()).st_size
            self._header = self._read_header()
            self._start = _LENGTH_BYTES + len(self._header)
            described = parse_json(self._header)
            if not isinstance(described, dict):
                raise ValueError("its header is no object")
            self.metadata = _texts(described.pop(_METADATA, None))
            if len(described) > _MOST_TENSORS:
                raise ValueError("it has too many parts")
            self._tensors = {str(name): typed(_Tensor, value, "a tensor") for name, value in described.items()}
        except ValueError as error:
            self._file.close()
            raise ForeignFile(str(error)) from error
        except BaseException:
            self._file.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def _read_header(self) -> bytes:
        """The JSON text at the beginning, read only when its length can be true."""
        if not _LENGTH_BYTES < self._length <= _MOST_FILE_BYTES:
            raise ValueError("no such file has this length")
        length = int.from_bytes(self._file.read(_LENGTH_BYTES), "little")
        if length > min(_MOST_HEADER_BYTES, self._length - _LENGTH_BYTES):
            raise ValueError("its header is longer than it may be")
        return self._file.read(length)

    def check(self, *, must_be_signed: bool) -> None:
        """Find out whether the tensors fill the file and, where there is a checksum, whether any byte was changed.

        Raises
        ------
        ValueError
            When that is not so.
        """
        end = 0
        for start, stop in sorted(tensor.data_offsets for tensor in self._tensors.values()):
            if start != end or stop < start:
                raise ValueError("its parts overlap or leave gaps")
            end = stop
        if end != self._length - self._start:
            raise ValueError("it has another length than it says")
        written = self.metadata.get(_CHECKSUM)
        if written is None and must_be_signed:
            raise ValueError("it has no checksum")
        if written is not None and written != self._checksum(written):
            raise ValueError("its checksum does not fit")

    def _checksum(self, written: str) -> str | None:
        """The sum over the whole file with zeros for the digits of the one that is written; None if it is no such."""
        marked = _CHECKSUM_MARK + written.encode("utf-8", "replace")
        if len(written) != len(_UNSIGNED) or self._header.count(marked) != 1:
            return None
        digest = hashlib.sha256(len(self._header).to_bytes(_LENGTH_BYTES, "little"))
        digest.update(self._header.replace(marked, _CHECKSUM_MARK + _UNSIGNED.encode()))
        self._file.seek(self._start)
        while chunk := self._file.read(_CHUNK):
            digest.update(chunk)
        return digest.hexdigest()

    def describes(self, name: str, shape: tuple[int, ...], dtype: np.dtype[Any]) -> bool:
        """Say whether there is a tensor of that name, shape and kind of numbers, of as many bytes as these take."""
        tensor = self._tensors.get(name)
        if tensor is None or tensor.shape != shape or tensor.dtype != _DTYPES.get(dtype):
            return False
        start, stop = tensor.data_offsets
        return stop - start == dtype.itemsize * int(np.prod(shape, dtype=np.int64))

    def shape_of(self, name: str) -> tuple[int, ...] | None:
        """Return the shape that a tensor is said to have; None where there is none of that name."""
        tensor = self._tensors.get(name)
        return None if tensor is None else tensor.shape

    def read_into(self, name: str, array: NDArray[Any]) -> None:
        """Read a tensor that `describes` says is there into a contiguous array of its shape.

        Raises
        ------
        ValueError
            When the file became shorter meanwhile.
        """
        self._file.seek(self._start + self._tensors[name].data_offsets[0])
        if self._file.readinto(memoryview(array).cast("B")) != array.nbytes:  # type: ignore[arg-type]  # an array has a buffer
            raise ValueError("it became shorter while it was read")
        if sys.byteorder == "big":
            array.byteswap(inplace=True)


def _texts(metadata: object) -> dict[str, str]:
    if not isinstance(metadata, dict) or not all(isinstance(value, str) for value in metadata.values()):
        raise ValueError("it says nothing of itself")
    return metadata
