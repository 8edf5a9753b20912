"""Packed files and Parquet: they read as the same table in plain text does, and a full disk is told."""

from __future__ import annotations

import gzip
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import numpy as np
import pytest

from ann_viz.data import Table, look, open_table
from ann_viz.data.files.unpack import zstd
from ann_viz.errors import DataError

COLOURS = ("red", "green", "blue")
TEXT = "size,colour,when,paid,note\n" + "".join(
    f"{i / 4},{COLOURS[i % 3]},2024-{1 + i % 12:02}-05,{('yes', 'no')[i % 2]},{'' if i % 5 == 2 else f'No. {i}'}\n"
    for i in range(240)
)
KINDS = ["number", "category", "date", "yes_no"]


pytestmark = pytest.mark.usefixtures("temporary")


def assert_same(table: Table, plain: Table) -> None:
    """Names, kinds, rows and numbers are equal."""
    assert [(c.name, c.kind, c.n_missing) for c in table.columns] == [
        (c.name, c.kind, c.n_missing) for c in plain.columns
    ]
    assert table.rows() == plain.rows()
    np.testing.assert_array_equal(table.numbers(0), plain.numbers(0))


@pytest.mark.parametrize(("ending", "pack"), [("gz", gzip.compress), ("zst", zstd.compress)])
def test_packed_text_reads_as_plain_text(tmp_path: Path, temporary: Path, ending: str, pack: object) -> None:
    """A packed file says how it is packed and is the same table; the unpacked copy does not stay."""
    assert callable(pack)
    plain, packed = tmp_path / "plain.csv", tmp_path / f"packed.csv.{ending}"
    plain.write_text(TEXT)
    packed.write_bytes(pack(TEXT.encode()))
    with open_table(plain) as expected, open_table(packed) as table:
        assert look(packed).packed == table.packed == {"gz": "gzip", "zst": "zstd"}[ending]
        assert table.size_bytes == packed.stat().st_size
        assert_same(table, expected)
        assert [column.kind for column in table.columns[:4]] == KINDS
        assert not list(temporary.rglob("packed.csv"))
    assert not list(temporary.iterdir())


def test_zst_cut_short_is_told(tmp_path: Path, temporary: Path) -> None:
    """A packed file that ends too early is one sentence, and nothing is left of it."""
    path = tmp_path / "cut.csv.zst"
    path.write_bytes(zstd.compress(TEXT.encode() * 50)[:-40])
    with pytest.raises(DataError, match=r"'cut.csv.zst' is packed, but can't be unpacked to its end"):
        open_table(path)
    assert not list(temporary.iterdir())


def test_parquet_keeps_the_kinds(tmp_path: Path) -> None:
    """A table written as Parquet with types of its own reads as the text it came from."""
    plain, path = tmp_path / "plain.csv", tmp_path / "typed.parquet"
    plain.write_text(TEXT)
    with duckdb.connect() as database:
        columns = 'size::DOUBLE AS size, colour, "when"::DATE AS "when", paid, note'
        database.execute(f"COPY (SELECT {columns} FROM read_csv('{plain}', all_varchar = true)) TO '{path}'")
    with open_table(plain) as expected, open_table(path) as table:
        assert table.packed == "parquet"
        assert [(c.name, c.kind) for c in table.columns] == [(c.name, c.kind) for c in expected.columns]
        assert [column.kind for column in table.columns[:4]] == KINDS
        assert table.n_rows == expected.n_rows
        for column in expected.columns[1:]:
            assert table.texts(column.index).tolist() == expected.texts(column.index).tolist()
        np.testing.assert_array_equal(table.numbers(0), expected.numbers(0))
        np.testing.assert_array_equal(table.numbers(2), expected.numbers(2))


ON_A_SMALL_DISK = """
import sys, tempfile
from ann_viz.data import open_table
from ann_viz.data.files import unpack
from ann_viz.errors import DataError

tempfile.tempdir = sys.argv[1]
for spare in (unpack._SPARE_BYTES, -(10**12)):  # found out before writing, then by writing
    unpack._SPARE_BYTES = spare
    try:
        open_table(sys.argv[2])
    except DataError as error:
        print(error)
"""


@pytest.mark.parametrize("pack", [gzip.compress, zstd.compress], ids=["gzip", "zstd"])
def test_full_disk_while_unpacking_is_told(tmp_path: Path, pack: object) -> None:
    """On a real disk of 2 MB, a file that unpacks to 5 MB is one sentence each time, whenever it is found out."""
    assert callable(pack)
    own_mounts = ["unshare", "--user", "--map-root-user", "--mount"]
    if (
        shutil.which("unshare") is None
        or subprocess.run([*own_mounts, "true"], check=False, capture_output=True).returncode
    ):
        pytest.skip("only a system with mounts of its own for a process can lend a small disk")
    disk, path = tmp_path / "disk", tmp_path / "many.csv.packed"
    disk.mkdir()
    path.write_bytes(pack(TEXT.encode() * 700))
    script = 'mount -t tmpfs -o size=2m none "$1" && exec "$2" -c "$3" "$1" "$4"'
    command = [*own_mounts, "sh", "-c", script, "sh", str(disk), sys.executable, ON_A_SMALL_DISK, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    told = done.stdout.splitlines()
    assert len(told) == 2
    assert all(
        line.startswith("'many.csv.packed' holds more than the disk for temporary files has room for.") for line in told
    )
