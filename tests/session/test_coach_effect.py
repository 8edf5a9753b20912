"""Whether a button has helped is said from the run before and the run since."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from ann_viz.explain import RunReport
from ann_viz.session import Session
from ann_viz.session.coach_effect import Tried, effect_of
from ann_viz.session.coaching import effect_so_far, note_tried, report_of


@pytest.fixture
def report(session: Session) -> RunReport:
    """A run after 30 epochs."""
    session.set_training(epochs=30)
    session.train()
    session.wait()
    found = report_of(session)
    assert found is not None
    return replace(found, known_held=0.7, validation_loss=np.full(31, 0.5), finished=None)


@pytest.mark.parametrize(
    ("score", "loss", "outcome"),
    [
        (0.8, 0.5, "helped"),
        (0.7, 0.4, "helped"),
        (0.7, 0.5, "no_difference"),
        (0.6, 0.5, "hurt"),
        (0.7, 0.7, "hurt"),
    ],
)
def test_what_came_of_it(report: RunReport, score: float, loss: float, outcome: str) -> None:
    """By the score, or by the loss where the score is as before."""
    now = replace(report, epoch=40, since=30, known_held=score, validation_loss=np.full(41, loss))
    assert effect_of(Tried("label", None, report, other_rows=False), now).outcome == outcome


def test_it_is_not_judged_at_once(report: RunReport) -> None:
    """Some epochs have to pass; and after a change of rows only the scores are told."""
    tried = Tried("label", None, report, other_rows=False)
    assert effect_of(tried, replace(report, epoch=32, since=30)).outcome == "waiting"
    assert effect_of(tried, replace(report, epoch=8, since=0)).outcome == "waiting"
    assert effect_of(Tried("label", None, report, other_rows=True), replace(report, epoch=50)).outcome == "other_rows"


def test_what_was_taken_back_is_not_spoken_of(session: Session) -> None:
    """With the settings of before there is nothing to compare."""
    session.step("epoch")
    session.wait()
    note_tried(session, "Learning rate 0.1", other_rows=False)
    assert effect_so_far(session) is None
    session.set_training(learning_rate=0.1)
    session.step("epoch")
    session.wait()
    effect = effect_so_far(session)
    assert effect is not None
    assert effect.outcome == "waiting"
    session.set_training(learning_rate=0.01)
    session.step("epoch")
    session.wait()
    assert effect_so_far(session) is None
