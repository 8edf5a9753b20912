"""What the window draws for exports: asked from a job's thread, done in its own, and gone when the dialog goes."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication

from ann_viz.errors import Cancelled
from ann_viz.session import RunState
from ann_viz.session.exports import subject_of
from ann_viz.session.exports.beside import session_beside
from ann_viz.session.exports.course import course_of
from ann_viz.session.exports.easel import Frame, Shot
from ann_viz.session.job import Job
from ann_viz.ui.taking.easel import WindowEasel
from ann_viz.ui.taking.handing_over import HandingOver
from ann_viz.ui.window.main_window import unasked_window


@pytest.fixture
def easel(window):
    easel = WindowEasel(window.motif, unasked_window)
    yield easel
    easel.close()
    easel.deleteLater()


def from_thread(work, qtbot):
    """Return what comes of work in another thread while this one goes on."""
    job = Job("asking the window", lambda _progress, _cancelled: work())
    qtbot.waitUntil(lambda: job.done, timeout=20_000)
    return job.take()


@pytest.mark.parametrize(("suffix", "start"), [(".png", b"\x89PNG"), (".svg", b"<?xml"), (".pdf", b"%PDF")])
def test_a_picture_may_be_asked_for_in_any_thread(easel, qtbot, suffix, start) -> None:
    shot = Shot(motif="card", suffix=suffix, scale=1.0, title="Iris", remark="ann-viz")
    assert from_thread(lambda: easel.draw(shot), qtbot).startswith(start)


@pytest.mark.parametrize("film", ["network", "loss", pytest.param("window", marks=pytest.mark.slow)])
def test_a_film_shows_other_epochs_and_leaves_the_window_alone(window, easel, qtbot, film) -> None:
    """Its pictures differ, have the size that was asked for, and nothing of it is left behind."""
    subject = replace(subject_of(window.bridge.take_work()), easel=easel)
    session = session_beside(subject, course_of(subject))
    frames = [Frame(film=film, epoch=epoch, width=402, height=280, step=5) for epoch in (0, 2, 2)]
    pictures = from_thread(lambda: list(easel.frames(lambda: session, frames)), qtbot)
    assert [len(picture) for picture in pictures] == [3 * 402 * 280] * 3
    assert pictures[0] != pictures[1] and pictures[1] == pictures[2]
    assert window.bridge.document.looking_at is None and len(window.bridge.document.dataset.X)
    QApplication.sendPostedEvents()
    assert session.state is RunState.EMPTY


def test_whoever_waits_for_a_window_that_has_gone_is_told(qtbot) -> None:
    """A job ends with it instead of waiting for ever."""
    hand = HandingOver()
    asked = threading.Event()
    told: list[type] = []

    def wait() -> None:
        asked.set()
        try:
            hand.call(lambda: None)
        except Cancelled:
            told.append(Cancelled)

    hand.close()
    thread = threading.Thread(target=wait)
    thread.start()
    thread.join(5)
    assert asked.is_set() and told == [Cancelled]
    hand.deleteLater()
