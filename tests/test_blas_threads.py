"""Threads of NumPy's linear algebra: one core is left, and whoever has said a number keeps it."""

from __future__ import annotations

import os

import pytest

from ann_viz.blas_threads import leave_a_core


def test_one_core_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    """For every library that NumPy may be built with; of a single core nothing can be left."""
    names = ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")
    for cores, threads in ((8, "7"), (1, "1")):
        for name in names:
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setattr(os, "cpu_count", lambda cores=cores: cores)
        leave_a_core()
        assert [os.environ[name] for name in names] == [threads] * 3


def test_what_was_said_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    """And the others follow it."""
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "3")
    monkeypatch.delenv("MKL_NUM_THREADS", raising=False)
    monkeypatch.setenv("VECLIB_MAXIMUM_THREADS", "2")
    leave_a_core()
    assert (os.environ["OPENBLAS_NUM_THREADS"], os.environ["MKL_NUM_THREADS"]) == ("3", "3")
    assert os.environ["VECLIB_MAXIMUM_THREADS"] == "2"
