"""``ann-viz sweep``: what it prints, what it keeps, and how it is stopped."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from ann_viz.cli import main
from ann_viz.session.sweeping import crew

GRID = ("--search", "grid", "--grid", "hidden=3/5", "learning_rate=0.01/0.1", "--epochs", "4", "--seeds", "2")


def sweep(table: Path, *arguments: object) -> int:
    return main(["sweep", str(table), "--target", "answer", *map(str, arguments)])


@pytest.mark.slow
def test_json_has_the_best_first(table: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Settings, mean, spread and seeds of every run; a second time all comes from the journal, and as a table."""
    journal = tmp_path / "sweep.journal"
    assert sweep(table, *GRID, "--json", "--journal", journal) == 0
    printed = capsys.readouterr()
    told = json.loads(printed.out)
    assert printed.err == "" and len(told["runs"]) == 4
    means = [each["mean"] for each in told["runs"]]
    assert means == sorted(means)
    first = told["runs"][0]
    assert set(first["settings"]) == {"hidden", "learning_rate"} and isinstance(first["settings"]["hidden"], list)
    assert len(first["seeds"]) == 2 and first["mean"] == pytest.approx(np.mean(first["seeds"]))
    assert first["spread"] == pytest.approx(np.std(first["seeds"], ddof=1))
    assert [each["model"] for each in told["baselines"]][:2] == ["guessing", "linear"]
    assert sweep(table, *GRID, "--journal", journal) == 0
    printed = capsys.readouterr()
    assert "in the journal already" in printed.err and "4 of 4" not in printed.err
    lines = printed.out.splitlines()
    assert (
        lines[0].split() == ["Learning", "rate", "Hidden", "layers", "validation", "loss", "parameters"]
        or "Hidden" in lines[0]
    )
    assert lines[1].startswith("1") and "±" in lines[1] and "Guessing" in printed.out


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["--search", "grid"], "--grid"),
        (["--grid", "depth=3"], "depth"),
        (["--grid", "hidden"], "hidden=first/second"),
        (["--search", "grid", "--grid", "learning_rate=0.1..1"], "range"),
        (["--best", "rmse"], "--best"),
        (["--runs", 0], "runs"),
        (["--patience", -1], "patience"),
        (["--seed", -1], "seed"),
        (["--workers", 0], "--workers"),
        (["--journal", "/dev/null"], "device"),
        (["--scheduler", "tcp://127.0.0.1:9"], "cluster"),
    ],
)
def test_what_the_user_can_mend_is_one_line_and_code_2(
    table: Path, arguments: list[object], word: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is trained for it."""
    monkeypatch.setattr(crew.LocalCrew, "submit", None)
    monkeypatch.setattr("ann_viz.session.sweeping.cluster.find_spec", lambda _: None)
    assert sweep(table, *arguments) == 2
    printed = capsys.readouterr()
    assert printed.out == "" and word in printed.err and len(printed.err.splitlines()) == 1


def test_the_table_is_no_journal(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """By whatever name it is called."""
    before = table.read_bytes()
    link = table.with_name("link.journal")
    link.symlink_to(table)
    for journal in (table, link):
        assert sweep(table, *GRID, "--journal", journal) == 2
        assert "is read here" in capsys.readouterr().err
    assert table.read_bytes() == before


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="signals as on Unix")
@pytest.mark.parametrize(("sent", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGKILL, -9)])
def test_stopped_it_keeps_what_was_done_and_goes_on(table: Path, tmp_path: Path, sent: int, code: int) -> None:
    """The exit code is that of the signal; the same command does the rest."""
    journal = tmp_path / "sweep.journal"
    arguments = [sys.executable, "-m", "ann_viz", "sweep", str(table), "--target", "answer", "--journal", str(journal)]
    arguments += ["--runs", "6", "--seeds", "2", "--epochs", "400", "--patience", "0", "--no-baselines"]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "bufsize": 0}
    with subprocess.Popen(arguments, env={**os.environ, "PYTHONPATH": os.getcwd()}, **pipes) as stopped:  # type: ignore[call-overload]
        for line in stopped.stderr:
            if line.startswith(b"runs done: ") and journal.read_bytes().count(b'"result"') >= 3:
                break
        stopped.send_signal(sent)
        out, err = stopped.communicate(timeout=30)
    assert stopped.returncode == code and out == b""
    said = [line for line in err.splitlines() if not line.startswith(b"runs done: ")]
    assert said == ([] if code < 0 else [b"ann-viz: stopped"])
    n_kept = journal.read_bytes().count(b'"result"')
    assert 3 <= n_kept < 6 * 2
    if sent != signal.SIGKILL:  # once is enough
        return
    again = subprocess.run(
        [*arguments, "--json"], env={**os.environ, "PYTHONPATH": os.getcwd()}, capture_output=True, check=True
    )
    assert b"in the journal already" in again.stderr
    assert len(json.loads(again.stdout)["runs"]) == 6
