"""What the bar above the picture says in little room: always the answer, and of long names what tells them apart."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QFont, QFontMetrics

from ann_viz.explain.wording import Answer, verdict
from ann_viz.ui.canvas.bar_forms import Told, fitting, forms

NAMES = tuple(f"chinstrap_colony_{n:03}_n" for n in range(100))
SAYS = Told(
    Answer("multiclass", NAMES, ("53 %",) * 100, (0.53,) * 100, 48), truth=NAMES[81], mark="✗ ", has_answered=True
)


@pytest.fixture
def metrics(qapp) -> QFontMetrics:
    return QFontMetrics(QFont(qapp.font()))


def test_each_form_says_the_answer_and_needs_no_more_room(metrics: QFontMetrics) -> None:
    """The truth shrinks to its mark; what all names begin with goes before."""
    said = list(forms(SAYS, metrics))
    assert said[0].saying == "predicted {answer} · truth" and said[0].chip == f"✗ {NAMES[81]}"
    assert [form.chip for form in said[-3:]] == ["✗ …081_n", "✗", "✗"]
    assert {form.told.words for form in said} == {f"{NAMES[48]} · 53 %", "…048_n · 53 %"}
    widths = [form.widest + metrics.horizontalAdvance(form.saying + form.chip) for form in said]
    assert widths == sorted(widths, reverse=True)


def test_names_that_share_nothing_are_cut_in_their_middle(metrics: QFontMetrics) -> None:
    """Both ends of the name and the whole chance remain."""
    names = tuple(letter * 40 + "1" for letter in "abc")
    answer = Answer("multiclass", names, ("53 %", "30 %", "17 %"), (0.53, 0.3, 0.17), 0)
    short = verdict(fitting(answer, metrics, 160.0))
    assert metrics.horizontalAdvance(short) <= 160
    assert short.startswith("a") and short.endswith("1 · 53 %")


def test_before_anything_is_answered_a_dash_is_said(metrics: QFontMetrics) -> None:
    told = Told(SAYS.answer, SAYS.truth, mark="", has_answered=False)
    assert [form.told.words for form in forms(told, metrics)] == ["–"] * 8
    assert list(forms(told, metrics))[-1].chip == "–"
