"""A tensor file gives what was asked for, or nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from safetensors import safe_open

from ann_viz.session.tensorfile import ForeignFile, TensorFile, signed

NUMBERS = np.arange(6, dtype=np.float32).reshape(2, 3)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file with one tensor."""
    path = tmp_path / "t.annviz"
    path.write_bytes(signed({"numbers": NUMBERS}, {"ann_viz": '{"sha256":"1"}'}))
    return path


def written(path: Path, header: Any, data: bytes = b"") -> Path:
    """A file put together by hand."""
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    path.write_bytes(len(text).to_bytes(8, "little") + text + data)
    return path


def tensor(start: int, stop: int, **changes: Any) -> dict[str, Any]:
    return {"dtype": "F32", "shape": [(stop - start) // 4], "data_offsets": [start, stop]} | changes


def test_what_is_signed_is_read_here_and_by_the_library(path: Path) -> None:
    """The checksum is one more text among the metadata, and the file is like any other of its kind."""
    with TensorFile(path) as file:
        file.check(must_be_signed=True)
        assert file.describes("numbers", (2, 3), np.dtype("float32"))
        read = np.empty((2, 3), np.float32)
        file.read_into("numbers", read)
    np.testing.assert_array_equal(read, NUMBERS)
    with safe_open(path, framework="numpy") as file:
        np.testing.assert_array_equal(file.get_tensor("numbers"), NUMBERS)


def test_another_shape_or_kind_is_not_there(path: Path) -> None:
    """Neither fewer numbers nor others are taken for what is asked for."""
    with TensorFile(path) as file:
        for name, shape, dtype in (
            ("numbers", (3, 2), "float32"), ("numbers", (6,), "float32"), ("numbers", (2, 3), "float64"),
            ("numbers", (2, 3), "int32"), ("others", (2, 3), "float32"),
        ):  # fmt: skip
            assert not file.describes(name, shape, np.dtype(dtype))
    lying = written(path, {"__metadata__": {}, "numbers": tensor(0, 8, shape=[2, 3])}, bytes(8))
    with TensorFile(lying) as file:
        assert not file.describes("numbers", (2, 3), np.dtype("float32"))


@pytest.mark.parametrize(
    "header",
    [
        b"", b"{", b"[]", b"3", b"\xff\xfe", {}, {"__metadata__": None}, {"__metadata__": {"a": 3}},
        {"__metadata__": {}, "t": 3}, {"__metadata__": {}, "t": {"dtype": "F32"}},
        {"__metadata__": {}, "t": tensor(0, 4, shape=["1"])}, {"__metadata__": {}, "t": tensor(0, 4, data_offsets=[0])},
        pytest.param({"__metadata__": {}} | {f"t{n}": tensor(0, 0) for n in range(20_001)}, id="too many parts"),
    ],
    ids=str,
)  # fmt: skip
def test_a_header_that_is_none_is_foreign(tmp_path: Path, header: Any) -> None:
    """Whatever is wrong with it, the file is of another kind."""
    with pytest.raises(ForeignFile):
        TensorFile(written(tmp_path / "t", header, bytes(4)))


@pytest.mark.parametrize(
    "spans",
    [[(0, 4)], [(0, 4), (8, 12)], [(0, 8), (4, 12)], [(4, 12)], [(0, 12), (12, 16)], [(0, 8), (8, 4), (4, 12)], []],
)
def test_tensors_fill_the_file(tmp_path: Path, spans: list[tuple[int, int]]) -> None:
    """Twelve bytes are there: gaps, overlaps, too few and too many are noticed."""
    header = {"__metadata__": {}} | {f"t{n}": tensor(*span, shape=[1]) for n, span in enumerate(spans)}
    with TensorFile(written(tmp_path / "t", header, bytes(12))) as file, pytest.raises(ValueError, match="it"):
        file.check(must_be_signed=False)


@pytest.mark.parametrize("digest", ["0" * 64, "", "x", "\ud800" * 64])
def test_only_the_true_checksum_fits(path: Path, digest: str) -> None:
    """Neither zeros nor anything else in its place, nor none where one must be."""
    content = path.read_bytes()
    header = json.loads(content[8 : 8 + int.from_bytes(content[:8], "little")])
    for metadata in (header["__metadata__"] | {"sha256": digest}, {"ann_viz": "{}"}):
        changed = written(path, header | {"__metadata__": metadata}, NUMBERS.tobytes())
        with TensorFile(changed) as file, pytest.raises(ValueError, match="checksum"):
            file.check(must_be_signed=True)


def test_a_file_that_shrinks_while_it_is_read_is_noticed(path: Path) -> None:
    """No number is made up for what is missing."""
    many = np.zeros(100_000, np.float32)
    path.write_bytes(signed({"numbers": many}, {}))
    with TensorFile(path) as file:
        with path.open("r+b") as other:
            other.truncate(path.stat().st_size - 4)
        with pytest.raises(ValueError, match="shorter"):
            file.read_into("numbers", many)
