"""What comes of doing what the coach says: its first button pressed once, or again and again."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

from ann_viz.errors import AnnVizError
from ann_viz.explain.coach import observe
from ann_viz.session import Session
from ann_viz.session.coaching import report_of
from ann_viz.session.remedies import remedy
from ann_viz.session.remedy import carry_out
from coach_cases.running import Case, ask, build, one_epoch, score, to_end

__all__ = ["effect", "followed", "obey", "press"]

ROUNDS, ROUND_EPOCHS, LOOKED_AT = 6, 30, 5
BETTER, LOWER = 0.03, 0.9  # of a score; of a loss


def press(session: Session) -> str:
    """Do what the first possible button does; return its name, or nothing."""
    report = report_of(session)
    assert report is not None
    for action in observe(report).rule.actions:
        found = remedy(action, session, report)
        if found is not None and action != "train":
            carry_out(session, found)
            return action
    return ""


def followed(folder: Path, case: Case, seed: int, went_on: Session, at: int) -> dict[str, Any]:
    """Press the first button half way, and compare with the run that went on; then follow all advice."""
    other = build(folder, case, seed)
    for _ in range(went_on.snapshot.epoch + 1 if went_on.state.value == "failed" else at):
        if not one_epoch(other):
            break
        ask(other)
    if other.state.value != "failed":
        other.set_training(epochs=max(case["train"]["epochs"], other.snapshot.epoch + 10), patience=None)
    action = press(other)
    row: dict[str, Any] = {"button": action, "effect": "no button"}
    if action:
        to_end(other)
        row["effect"] = effect(case, score(went_on), score(other))
    other.close()
    if case["effect"] == "score_up" and (case["repair"] is not None or case["repaired_csv"]):
        mended = build(folder, case, seed, (case["repair"] or {}) | {"mended": True})
        to_end(mended)
        with suppress(AnnVizError):
            mended.restore_best()
        goal, sick = score(mended)[0], max(0.0, score(went_on)[0])
        mended.close()
        got, pressed = obey(folder, case, seed)
        row |= {"cured": got > sick + 0.5 * (goal - sick), "pressed": pressed}
    return row


def effect(case: Case, went_on: tuple[float, float], pressed: tuple[float, float]) -> str:
    """Say what pressing did; where a score was too good to be true, telling the truth helps."""
    (x, x_loss), (y, y_loss) = went_on, pressed
    if case["effect"] == "score_down":
        return "helps" if y < x - BETTER else "no change"
    if y > x + BETTER or (y_loss < LOWER * x_loss and y > x - BETTER):
        return "helps"
    return "hurts" if x > y + BETTER or (x_loss < LOWER * y_loss and x > y - BETTER) else "no change"


def obey(folder: Path, case: Case, seed: int) -> tuple[float, list[str]]:
    """Train 30 epochs and press the first button, six times; return the score in the end, of the best weights."""
    session, pressed = build(folder, case, seed), []
    session.set_training(epochs=0, patience=None)
    for turn in range(ROUNDS + 1):
        for epoch in range(ROUND_EPOCHS):
            if not one_epoch(session):
                break
            if epoch >= ROUND_EPOCHS - LOOKED_AT:
                ask(session)
        if turn < ROUNDS:
            pressed.append(press(session))
    with suppress(AnnVizError):
        session.restore_best()
    got = score(session)[0]
    session.close()
    return got, [action for action in pressed if action]
