"""Whether there is a compiled library, which functions suit this processor, and what is said where there is none."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from ann_viz.engine import LayerConfig, NetworkConfig
from ann_viz.engine.compiled import library as libraries
from ann_viz.engine.compiled.kernels import lacking
from ann_viz.engine.compiled.levels import LEVELS, library_path, machine
from ann_viz.engine.compiled.library import Library, installed, load, missing


def test_the_newest_instruction_set_is_taken(library: Library) -> None:
    """Of those the processor has, which come in the order of the table."""
    assert library.levels == tuple(LEVELS[machine()])[: len(library.levels)]
    assert library.level == library.levels[-1]


def test_an_instruction_set_that_is_not_there_is_refused(library_file: Path) -> None:
    """Its functions would end the program."""
    with pytest.raises(OSError, match="no mmx"):
        Library(library_file, "mmx")
    assert installed(library_file, "mmx") == "its library can't be loaded (this processor has no mmx)"


def test_what_is_no_library_is_said(tmp_path: Path) -> None:
    """Nothing there, or something else."""
    assert "takes a C compiler" in str(installed(tmp_path / "none.so"))
    (tmp_path / "other.so").write_bytes(b"no library")
    assert "can't be loaded" in str(installed(tmp_path / "other.so"))


def test_a_library_of_other_sources_is_not_loaded(library_file: Path, tmp_path: Path, monkeypatch: Any) -> None:
    """Its name tells, and if that was changed, the size of what it shares with Python."""
    copy = tmp_path / "renamed.so"
    shutil.copyfile(library_file, copy)

    class LargerState(libraries.State):
        _fields_ = (("one_more", libraries.c_int64),)

    monkeypatch.setattr(libraries, "State", LargerState)
    assert "bytes instead of" in str(installed(copy))


def test_the_environment_forbids_it(library_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """ANN_VIZ_ENGINE=numpy is for whoever trusts no compiled code, or looks for a fault."""
    monkeypatch.setattr(libraries, "library_path", lambda: library_file)
    assert isinstance(load(), Library)
    assert missing() == ""
    monkeypatch.setenv("ANN_VIZ_ENGINE", "NumPy")
    assert load() is None
    assert missing() == "ANN_VIZ_ENGINE=numpy forbids it"


def test_where_it_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """There is no library and a reason."""
    monkeypatch.setattr(libraries, "library_path", lambda: tmp_path / library_path().name)
    assert load() is None
    assert missing().startswith("it was not compiled")


def test_what_c_lacks_is_named() -> None:
    """Another precision."""
    assert lacking(NetworkConfig(n_inputs=3, n_outputs=1)) == ""
    assert lacking(NetworkConfig(n_inputs=3, n_outputs=1, dtype="float64")) == "it computes in float32, not float64"


@pytest.mark.usefixtures("rows_added")
def test_rows_without_kernel_are_named() -> None:
    """What is new in a table trains with NumPy."""
    cube = NetworkConfig(n_inputs=3, n_outputs=1, hidden=(LayerConfig(activation="cube"),))
    assert lacking(cube) == "it does not know the activation cube"
    quartic = NetworkConfig(n_inputs=3, n_outputs=1, task="regression", loss="quartic")
    assert lacking(quartic) == "it does not know the loss quartic"
