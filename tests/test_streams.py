"""Standard streams that are closed, full, or lack letters: what was asked for arrives or is refused in a sentence."""

from __future__ import annotations

import errno
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from ann_viz.errors import OutputError
from ann_viz.streams import StandardStream, prepare_streams

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="descriptors and limits of POSIX")
LETTERS = "café,czy\nja,1\nžluťoučký,0\n日本,1\nnein,0\nja,1\nnein,0\n"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "data.csv"
    path.write_text(LETTERS, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model of that table."""
    folder = tmp_path_factory.mktemp("model")
    (folder / "data.csv").write_text(LETTERS, encoding="utf-8")
    path = folder / "m.annviz"
    assert run("train", folder / "data.csv", "--target", "czy", "--epochs", 2, "-o", path).returncode == 0
    return path


def run(*arguments: object, **options: object) -> subprocess.CompletedProcess[bytes]:
    options = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | options
    return subprocess.run([sys.executable, "-m", "ann_viz", *map(str, arguments)], check=False, timeout=60, **options)


def closed(*descriptors: int):
    def close() -> None:
        for descriptor in descriptors:
            os.close(descriptor)

    return close


@POSIX
@pytest.mark.parametrize("arguments", [["--version"], ["inspect", "{table}"], ["inspect", "{table}", "--json"]])
def test_a_closed_standard_output_is_one_sentence(arguments: list[str], table: Path) -> None:
    # Intention: what was asked for can't be had.
    done = run(*(each.format(table=table) for each in arguments), preexec_fn=closed(1))
    assert (done.returncode, done.stderr.count(b"\n")) == (2, 1), done.stderr
    assert b"Standard output can't be written (it is closed)" in done.stderr


@POSIX
def test_words_that_nobody_hears_are_no_failure(table: Path) -> None:
    # Intention: what was asked for was done; a sentence about a failure is lost, its exit code isn't.
    done = run("inspect", table, preexec_fn=closed(2), stderr=None)
    assert done.returncode == 0
    assert "café" in done.stdout.decode()
    assert run("inspect", "gone.csv", preexec_fn=closed(2), stderr=None).returncode == 2


@POSIX
def test_no_file_takes_the_place_of_a_closed_stream(table: Path, tmp_path: Path) -> None:
    # Intention: the first file opened would have its number, and be written into.
    model = tmp_path / "m.annviz"
    done = run("train", table, "--target", "czy", "--epochs", 2, "-o", model, preexec_fn=closed(0, 1, 2))
    assert done.returncode == 2
    out = tmp_path / "out.csv"
    assert run("predict", model, table, "-o", out, preexec_fn=closed(0, 1, 2)).returncode == 0
    assert len(out.read_text(encoding="utf-8").splitlines()) == 7


@POSIX
@pytest.mark.parametrize(("ending", "code"), [("closed", 2), ("unread", 0)])
@pytest.mark.parametrize("command", ["train {table} --target czy --epochs 2 --json", "predict {model} {table} --json"])
def test_words_that_cannot_be_said_take_no_file_away(
    table: Path, model: Path, tmp_path: Path, command: str, ending: str, code: int
) -> None:
    # Intention: the work is done, and its result is where it was asked for; whoever reads no words gets no error.
    out = tmp_path / "out"
    reader, writer = os.pipe()
    os.close(reader)
    options = {"preexec_fn": closed(1)} if ending == "closed" else {"stdout": writer}
    done = run(*command.format(model=model, table=table).split(), "-o", out, **options)
    os.close(writer)
    assert (done.returncode, out.stat().st_size > 100) == (code, True), done.stderr
    assert (b"Standard output can't be written" in done.stderr) == (code == 2)


@POSIX
def test_a_full_standard_output_is_one_sentence(tmp_path: Path) -> None:
    # Intention: also when it is noticed at the very end, when Python itself writes what is left.
    def limit() -> None:
        import resource

        resource.setrlimit(resource.RLIMIT_FSIZE, (10, 10))

    with (tmp_path / "said").open("wb") as place:
        done = run("--help", stdout=place, preexec_fn=limit)
    assert (done.returncode, done.stderr.count(b"\n")) == (2, 1), done.stderr
    assert os.strerror(errno.EFBIG).encode() in done.stderr


@pytest.mark.parametrize("encoding", ["ascii", "cp437", "cp1252"])
def test_a_console_with_few_letters_gets_the_others_by_number(table: Path, encoding: str) -> None:
    # Intention: never a traceback, and JSON stays JSON with nothing lost.
    environment = os.environ | {"PYTHONIOENCODING": encoding}
    done = run("inspect", table, env=environment)
    assert (done.returncode, done.stderr) == (0, b"")
    done = run("inspect", table, "--json", env=environment)
    assert json.loads(done.stdout.decode(encoding))["columns"][0]["name"] == "café"


def test_answers_are_not_written_with_other_letters(table: Path, model: Path) -> None:
    # Intention: data that can't be written as they are, are refused; the sentence says what helps.
    done = run("predict", model, table, env=os.environ | {"PYTHONIOENCODING": "ascii"})
    assert (done.returncode, done.stderr.count(b"\n")) == (2, 1)
    assert b"in its encoding, ascii" in done.stderr and b"-o" in done.stderr
    done = run("predict", model, table, env=os.environ | {"PYTHONIOENCODING": "cp437"})
    assert b"in its encoding, cp437" in done.stderr


def test_the_streams_of_the_process_are_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Intention: what they are joined to and how it is written stay; what was closed refuses, or swallows words.
    with (tmp_path / "out").open("w", encoding="ascii") as out:
        monkeypatch.setattr(sys, "stdout", out)
        monkeypatch.setattr(sys, "stderr", None)
        prepare_streams()
        print("é", end="", flush=True)
        print("lost", file=sys.stderr)
        assert sys.stdout.fileno() == out.fileno()
        assert not sys.stdout.isatty() and not sys.stderr.isatty()
        with pytest.raises(OSError, match="fileno"):
            sys.stderr.fileno()
    assert (tmp_path / "out").read_text() == "\\xe9"


def test_a_stream_without_a_buffer_is_replaced_as_well(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Intention: that is how `python -u` has them; every line is there at once.
    raw = io.FileIO(tmp_path / "out", "wb")
    with io.TextIOWrapper(raw, "utf-8", write_through=True) as out:
        monkeypatch.setattr(sys, "stdout", out)
        monkeypatch.setattr(sys, "stderr", out)
        prepare_streams()
        print("é")
        assert (tmp_path / "out").read_text(encoding="utf-8") == "é\n"


class _Full(io.RawIOBase):
    """Takes nothing, like a full disk."""

    def __init__(self, error: OSError) -> None:
        super().__init__()
        self.error = error

    def write(self, _data: object, /) -> int:
        raise self.error


def test_a_stream_fails_once_and_is_silent_then() -> None:
    # Intention: Python writes what is left in the buffers at the end, where nobody could answer.
    stream = StandardStream(_Full(OSError(errno.ENOSPC, "No space left on device")), needed=True)
    with pytest.raises(OutputError, match="No space left on device"):
        stream.write(b"abc")
    assert stream.write(b"abc") == 3


def test_a_reader_that_has_enough_is_told_apart() -> None:
    # Intention: `| head` is no fault.
    with pytest.raises(BrokenPipeError):
        StandardStream(_Full(BrokenPipeError()), needed=True).write(b"abc")
    assert StandardStream(_Full(BrokenPipeError()), needed=False).write(b"abc") == 3
