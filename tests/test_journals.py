"""A journal keeps every record that was added, whatever stops its writer, and is never written over anything else."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from ann_viz import journals
from ann_viz.errors import OutputError
from ann_viz.journals import Journal

KIND = "numbers"


@pytest.fixture
def path(tmp_path: Path) -> Iterator[Path]:
    """A journal of three records."""
    path = tmp_path / "numbers.journal"
    with closing(Journal(path, KIND)) as journal:
        for number in range(3):
            journal.append({"n": number, "word": "größer\n"})
    yield path


def numbers(path: Path) -> list[int]:
    with closing(Journal(path, KIND)) as journal:
        return [record["n"] for record in journal.records]


def test_what_was_added_is_there_again(path: Path) -> None:
    """And more can be added."""
    with closing(Journal(path, KIND)) as journal:
        assert journal.records[2] == {"n": 2, "word": "größer\n"}
        journal.append({"n": 3})
    assert numbers(path) == [0, 1, 2, 3]


def test_a_torn_tail_is_dropped(path: Path) -> None:
    """Cut anywhere, what was whole before the cut is kept, and a new record does not stick to a half one."""
    content = path.read_bytes()
    ends = [place + 1 for place, byte in enumerate(content) if byte == ord("\n")]
    for cut in sorted({*range(0, len(content), 9), *ends, *(end - 1 for end in ends), *(end + 1 for end in ends[:-1])}):
        path.write_bytes(content[:cut])
        expected = [n for n, end in enumerate(ends[1:]) if end <= cut]
        assert numbers(path) == expected
        with closing(Journal(path, KIND)) as journal:
            journal.append({"n": 9})
        assert numbers(path) == [*expected, 9]


def test_a_damaged_record_is_left_out_alone(path: Path) -> None:
    """A byte that has changed costs its record, not those after it; noughts at the end go."""
    content = path.read_bytes().replace(b'"n":1', b'"n":7')
    path.write_bytes(content + bytes(100))
    assert numbers(path) == [0, 2]
    assert path.read_bytes() == content


@pytest.mark.parametrize("content", [b"a,b\n1,2\n", b"\x00" * 50, b'00000000 {"journal":"numbers","version":1}\n'])
def test_another_file_is_never_written(tmp_path: Path, content: bytes) -> None:
    """Not the user's table, nor anything else that is no journal."""
    path = tmp_path / "table.csv"
    path.write_bytes(content)
    with pytest.raises(OutputError, match=r"table\.csv"):
        Journal(path, KIND)
    assert path.read_bytes() == content


def test_a_journal_of_another_kind_is_left_alone(path: Path) -> None:
    """Whatever else is kept in journals one day."""
    before = path.read_bytes()
    with pytest.raises(OutputError, match="another name"):
        Journal(path, "letters")
    assert path.read_bytes() == before


def test_where_no_journal_can_be(tmp_path: Path) -> None:
    """A folder, an input, a place that is not there: one sentence each."""
    for path in (tmp_path, tmp_path / "none" / "x.journal", Path("/dev/null")):
        with pytest.raises(OutputError):
            Journal(path, KIND)
    table = tmp_path / "empty.csv"
    table.touch()
    with pytest.raises(OutputError, match="is read here"):
        Journal(table, KIND, inputs=[table])


def test_only_one_writes(path: Path) -> None:
    """Two sweeps in one journal would be neither."""
    with closing(Journal(path, KIND)), pytest.raises(OutputError, match="another program"):
        Journal(path, KIND)
    assert numbers(path) == [0, 1, 2]


def test_a_full_disk_leaves_whole_records(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A record that fits only in part is taken back, and the sentence says why."""
    real = os.write
    with closing(Journal(path, KIND)) as journal:

        def write(file: int, data: bytes) -> int:
            if len(data) < 10:
                raise OSError(errno.ENOSPC, "No space left on device")
            return real(file, data[: len(data) // 2])

        monkeypatch.setattr(journals.os, "write", write)
        with pytest.raises(OutputError, match="disk is full"):
            journal.append({"n": 3})
        monkeypatch.undo()
        journal.append({"n": 4})
    assert numbers(path) == [0, 1, 2, 4]


@pytest.mark.skipif(sys.platform == "win32", reason="kills as on Unix")
def test_a_killed_writer_loses_nothing_it_was_done_with(tmp_path: Path) -> None:
    """Every record whose number it told is in the file, and the lock went with it."""
    path = tmp_path / "killed.journal"
    program = (
        "import sys\nfrom ann_viz.journals import Journal\n"
        "journal = Journal(sys.argv[1], 'numbers')\nn = 0\n"
        "while True:\n    journal.append({'n': n, 'filling': 'x' * 5000})\n    print(n, flush=True)\n    n += 1\n"
    )
    writer = subprocess.Popen([sys.executable, "-c", program, str(path)], stdout=subprocess.PIPE, text=True)
    assert writer.stdout is not None
    told = [int(next(writer.stdout)) for _ in range(20)]
    writer.send_signal(signal.SIGKILL)
    told += [int(line) for line in writer.stdout.read().splitlines()]
    writer.stdout.close()
    writer.wait()
    found = numbers(path)
    assert found[: len(told)] == told and len(found) - len(told) in (0, 1)
