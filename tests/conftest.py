"""What every test needs: no screen, settings of its own, and nothing left running or open when it ends."""

from __future__ import annotations

import atexit
import gc
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import hypothesis
import pytest

if TYPE_CHECKING:
    from read_once import ReadOnce

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["QT_NO_GUI_THREADPOOL"] = "1"
os.environ["LC_ALL"] = "C.UTF-8"  # numbers as the tests expect them, whatever the language of the machine
# Workers share the cores already, sums come out the same on every machine, and threads that wait for each other on busy
# cores take fifty times as long. Before the first import of NumPy, which must not stand above.
assert "numpy" not in sys.modules or "OPENBLAS_NUM_THREADS" in os.environ, "NumPy has its threads already"
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
# Before the first import of Qt, which remembers where settings are kept. Each worker has a folder of its own.
HOME = tempfile.mkdtemp(prefix="ann-viz-tests-")
atexit.register(shutil.rmtree, HOME, ignore_errors=True)
for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
    os.environ[name] = HOME

# What a shell or nohup has its background jobs ignore, the programs that tests start would ignore too.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
for each in ("SIGHUP", "SIGQUIT"):  # not everywhere
    if hasattr(signal, each) and signal.getsignal(getattr(signal, each)) is signal.SIG_IGN:
        signal.signal(getattr(signal, each), signal.SIG_DFL)

# How fast examples are drawn depends on what else the machine does. A change is judged by the same examples everywhere;
# new ones are looked for by hand: python -m pytest -m hypothesis --hypothesis-profile=explore
_ANY_SPEED = hypothesis.settings(deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.register_profile("ann-viz", _ANY_SPEED, derandomize=True)
hypothesis.settings.register_profile("explore", _ANY_SPEED, database=None)
hypothesis.settings.load_profile("ann-viz")

MOST_WORKERS = 8
"""A worker takes half a gigabyte of memory and some seconds to start; more of them have too little to do."""

# Qt keeps its one tooltip for the life of the program.
KEPT_BY_QT = {"QTipLabel"}


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Return what ``-n auto`` means: a worker per core, and none for few tests, over before one has started."""
    is_selected = bool(config.option.keyword) or any("::" in path for path in config.args)
    return 0 if is_selected else min(_n_cores(), MOST_WORKERS)


def _n_cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def pytest_collection_finish() -> None:
    """Leave modules and tests, which stay to the end, out of the search for garbage after each test with a window."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Iterator[None]:
    """Leave out what stays of a file of tests, too: after thousands of tests a search would take a second."""
    try:
        return (yield)
    finally:
        if nextitem is None or nextitem.path != item.path:
            gc.collect()
            gc.freeze()


@pytest.fixture(autouse=True)
def _own_settings(tmp_path: Path) -> None:
    """Give each test empty settings, so that none sees what another one saved."""
    if "PySide6.QtCore" in sys.modules:
        from PySide6.QtCore import QSettings

        for kind in (QSettings.Format.NativeFormat, QSettings.Format.IniFormat):
            QSettings.setPath(kind, QSettings.Scope.UserScope, str(tmp_path))


@pytest.fixture(autouse=True)
def _own_app_folder(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give each test a place of its own for what the program keeps: decisions, recent files."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path_factory.getbasetemp() / "kept" / uuid4().hex))


@pytest.fixture(autouse=True)
def _nobody_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let windows close without the question about unsaved work, which nobody would answer."""
    if "PySide6.QtWidgets" in sys.modules:
        from ann_viz.ui.window.save_question import SaveQuestion

        monkeypatch.setattr(SaveQuestion, "ask", lambda *_: "discard")


@pytest.fixture(autouse=True)
def _no_thread_survives() -> Iterator[None]:
    """Fail a test that leaves a thread running."""
    before = set(threading.enumerate())
    yield
    started = [thread for thread in threading.enumerate() if thread not in before]
    for thread in started:
        thread.join(timeout=20.0)
    left = [thread.name for thread in started if thread.is_alive()]
    assert not left, f"threads still running after the test: {left}"


@pytest.fixture(autouse=True)
def _no_window_survives() -> Iterator[None]:
    """Fail a test that leaves a top-level widget behind."""
    before = set(_top_level_widgets())
    yield
    left = [widget for widget in _top_level_widgets() if widget not in before]
    if left:
        left.clear()
        gc.collect()  # a widget in a reference cycle goes with its cycle
        _delete_what_is_due()
        left = [widget for widget in _top_level_widgets() if widget not in before]
    names = [f"{type(widget).__name__} {widget.objectName()}".strip() for widget in left]
    for widget in left:
        widget.deleteLater()
    _delete_what_is_due()
    assert not names, f"top-level widgets left after the test: {names}"


def _top_level_widgets() -> list:
    if "PySide6.QtWidgets" not in sys.modules:
        return []
    from PySide6.QtWidgets import QApplication

    if QApplication.instance() is None:
        return []
    return [w for w in QApplication.topLevelWidgets() if w.metaObject().className() not in KEPT_BY_QT]


def _delete_what_is_due() -> None:
    if "PySide6.QtWidgets" not in sys.modules:
        return
    from PySide6.QtCore import QCoreApplication, QEvent

    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def rows_added(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give every table of the engine one row more: "cube", "quartic", "sign" and "harmonic"."""
    import numpy as np

    from ann_viz.engine.activations import ACTIVATIONS, Activation
    from ann_viz.engine.losses import LOSSES, Loss
    from ann_viz.engine.optimizers import OPTIMIZERS, UpdateRule
    from ann_viz.engine.schedules import SCHEDULES, Schedule

    cube = Activation(
        name="cube",
        label="Cube",
        formula="z³",
        forward=lambda A, work: [partial(np.copyto, work[0], A), partial(np.power, A, 3, A)],
        backward=lambda A, D, work: [partial(np.square, work[0], work[0]), lambda: np.multiply(D, 3 * work[0], D)],
        initializer="lecun_normal",
    )
    quartic = Loss(
        name="quartic",
        label="Quartic",
        task="regression",
        formula="(ŷ − y)⁴",
        values=lambda Z, Y: (Z - Y) ** 4,
        slope=lambda Z, T: [partial(np.subtract, Z, T, Z), lambda: np.copyto(Z, 4 * Z**3 / Z.size)],
    )
    sign = UpdateRule(
        name="sign",
        label="Sign",
        formula="Δw = −η·sign(g)",
        direction=lambda b: [partial(np.sign, b.g, b.t), partial(np.multiply, b.t, b.step_length, b.t)],
    )
    harmonic = Schedule(name="harmonic", label="Harmonic", share=lambda now: 1 / (1 + now.epoch))
    for table, row in ((ACTIVATIONS, cube), (LOSSES, quartic), (OPTIMIZERS, sign), (SCHEDULES, harmonic)):
        monkeypatch.setitem(table, row.name, row)


@pytest.fixture(scope="session")
def library_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return where the compiled engine lies: the installed one, or one made now; skip where there is no compiler.

    ANN_VIZ_TURBO names another one, such as one with a sanitizer.
    """
    from ann_viz.engine.compiled.levels import library_path

    path = Path(os.environ.get("ANN_VIZ_TURBO", library_path()))
    if not path.exists():
        path = tmp_path_factory.mktemp("turbo") / path.name
        command = (sys.executable, str(Path(__file__).parents[1] / "resources" / "compile_turbo.py"), str(path))
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            pytest.skip(done.stderr.strip())
    return path


@pytest.fixture
def turbo(library_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the program find the compiled engine."""
    from ann_viz.engine.compiled import library

    monkeypatch.setattr(library, "library_path", lambda: library_file)


@pytest.fixture(scope="session")
def _read_once() -> Iterator[ReadOnce]:
    from read_once import ReadOnce

    made = ReadOnce()
    yield made
    made.close()


@pytest.fixture
def files_read_once(_read_once: ReadOnce, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let small files be read, and looked at by the coach, once for all tests that are not about that."""
    from ann_viz.data.tables import opening_table
    from ann_viz.session import coach_data

    monkeypatch.setattr(opening_table, "load_table", _read_once.open)
    monkeypatch.setattr(coach_data, "look_at_data", _read_once.look_at_data)


def _customers(path: Path, *, delimiter: str = ",", n: int = 240, broken: tuple[int, ...] = ()) -> Path:
    lines = [delimiter.join(("CustomerId", "Country", "Age", "Balance", "Exited"))]
    for row in range(1, n + 1):
        age = "" if row % 40 == 0 else str(20 + row * 7 % 50)
        cells = (
            str(9_000_000 + row * 7919),
            ("France", "Spain", "Germany")[row % 3],
            age,
            f"{row * 13.25:.2f}",
            str(int(row % 5 == 0)),
        )
        lines.append(delimiter.join(cells[:-1] if row in broken else cells))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def customers() -> Callable[..., Path]:
    """Return a writer of small files like the bank's; rows in `broken` lack their last cell."""
    return _customers
