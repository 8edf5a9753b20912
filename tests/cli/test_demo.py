"""``ann-viz demo``: what it says, and the picture it saves."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from ann_viz.engine import LayerConfig, TrainConfig
from ann_viz.session.suggested import Suggestion


def test_demo_says_what_it_learned(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, run: Callable[..., int]
) -> None:
    # Intention: someone who knows nothing of networks reads how good it is, against the lazy answer.
    short = Suggestion(hidden=(LayerConfig(), LayerConfig()), output_scale=1.0, training=TrainConfig(epochs=1))
    monkeypatch.setattr("ann_viz.session.suggested.suggest_training", lambda *_: short)
    assert run("demo") == 0
    printed = capsys.readouterr().out
    assert "never seen" in printed
    assert "always answering" in printed
    assert "goes mostly by" in printed
    assert "means: leaves the bank" in printed


def test_the_demo_does_not_replace_what_it_reads(
    table: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], run: Callable[..., int]
) -> None:
    # Intention: the sample is an input like any other; found out before any work.
    before = table.read_bytes()
    monkeypatch.setattr("ann_viz.cli.demo.resource", lambda *_: table)
    assert run("demo", "--picture", table) == 2
    assert "is read here" in capsys.readouterr().err
    assert table.read_bytes() == before


@pytest.mark.slow
def test_demo_saves_a_picture_of_the_window(tmp_path: Path) -> None:
    # Intention: also without a display the picture is made, and the program ends cleanly after it.
    picture = tmp_path / "demo.png"
    command = [sys.executable, "-m", "ann_viz", "demo", "--picture", str(picture)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert picture.read_bytes().startswith(b"\x89PNG")
