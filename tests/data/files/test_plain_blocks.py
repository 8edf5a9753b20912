"""Counting plain blocks says what the careful reading says, for any file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ann_viz.data import Dialect, Scan, scan
from ann_viz.data.files import line_blocks
from ann_viz.data.files import plain_blocks as plain_module
from ann_viz.errors import DataError

CAREFULLY = {10**9: ""}  # any correction at all has the file read row by row
NAMES = ("a", "b", "c")

pieces = st.sampled_from(
    [
        "1",
        "2.5",
        "x",
        "",
        " ",
        "long text",
        ",",
        ",",
        ",",
        ",",
        ";",
        '"',
        '""',
        "\n",
        "\n",
        "\r\n",
        "\r",
        "\x1a",
        "\t",
        "é",
    ]
)


def both(path: Path, dialect: Dialect) -> tuple[Scan | str, Scan | str]:
    """What the two ways say: a scan, or the sentence of an error."""
    results: list[Scan | str] = []
    for edits in ({}, CAREFULLY):
        try:
            results.append(replace(scan(path, dialect, NAMES, edits=edits), longest=0))
        except DataError as error:
            results.append(str(error))
    return results[0], results[1]


@given(
    head=st.lists(pieces, max_size=12),
    n_plain=st.integers(0, 60),
    middle=st.lists(pieces, max_size=25),
    n_more=st.integers(0, 60),
    end=st.lists(pieces, max_size=12),
    block=st.sampled_from([64, 256, 4096]),
    header=st.booleans(),
    skip=st.integers(0, 3),
    quote=st.sampled_from(['"', "'", None]),
)
def test_any_file_is_counted_as_it_is_read(
    head: list[str],
    n_plain: int,
    middle: list[str],
    n_more: int,
    end: list[str],
    block: int,
    header: bool,
    skip: int,
    quote: str | None,
    tmp_path_factory,
) -> None:
    """Plain rows with anything before, between and behind them, in small blocks so that trouble is in every place."""
    path = tmp_path_factory.mktemp("plain") / "file.csv"
    plain, more = ("".join(f"{n},{n % 3},x{n}\n" for n in range(k)) for k in (n_plain, n_more))
    text = "".join(head) + plain + "".join(middle) + "\n" + more + "".join(end)
    path.write_text(text, encoding="utf-8", newline="")
    dialect = Dialect(header=header, skip_lines=skip, quote=quote)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(line_blocks, "_BLOCK_BYTES", block)
        patch.setattr(plain_module, "_FEW", 24)
        counted, read = both(path, dialect)
    assert counted == read


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_line_ends_are_no_characters(end: str, tmp_path: Path) -> None:
    """Counted by hand: two rows of 1 + 2 + 3 characters."""
    path = tmp_path / "file.csv"
    path.write_text(end.join(["a,b,c", "1,22,333", "4,55,666"]), newline="")
    found = scan(path, Dialect(), NAMES)
    assert (found.n_rows, found.n_characters, found.n_bad) == (2, 12, 0)
    assert found.longest >= 6


def test_trouble_after_plain_blocks_has_its_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A short row behind many plain ones is listed with the line and row where it stands."""
    monkeypatch.setattr(line_blocks, "_BLOCK_BYTES", 256)
    path = tmp_path / "file.csv"
    path.write_text("a,b,c\n" + "1,2,3\n" * 500 + "4,5\n" + "6,7,8\n" * 500)
    found = scan(path, Dialect(), NAMES)
    assert [(bad.line, bad.row, bad.found) for bad in found.bad_lines] == [(502, 501, 2)]
    assert found.n_rows == 1000


def test_bytes_that_can_not_be_decoded_have_their_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where all blocks before were plain."""
    monkeypatch.setattr(line_blocks, "_BLOCK_BYTES", 256)
    path = tmp_path / "file.csv"
    path.write_bytes(b"a,b,c\n" + b"1,2,3\n" * 300 + b"\xff\xfe,2,3\n")
    with pytest.raises(DataError, match="After line 30"):
        scan(path, Dialect(), NAMES)
