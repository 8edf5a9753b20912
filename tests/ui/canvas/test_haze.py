"""The haze: one cloud at a time while training runs, all of them exact when nothing moves."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from ann_viz.engine import LayerConfig
from ann_viz.scene import LineCurves, arrange, build_curves
from ann_viz.ui.canvas import haze
from ann_viz.ui.canvas.haze import Haze
from ann_viz.ui.kit import theme


@pytest.fixture
def curves() -> LineCurves:
    """Two gaps of a network that is drawn over a haze."""
    return build_curves(arrange([64, 32, 16], 800, 500))


def _numbers(seed: int) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=64 * 32 + 32 * 16)


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Which gaps' clouds have been drawn."""
    gaps: list[int] = []
    draw = haze.haze
    monkeypatch.setattr(haze, "haze", lambda layout, gap, n: gaps.append(gap) or draw(layout, gap, n))
    return gaps


def test_one_cloud_at_a_time_and_not_too_often(
    qapp: QApplication, curves: LineCurves, drawn: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [100.0]
    monkeypatch.setattr(haze.time, "monotonic", lambda: now[0])
    clouds, tokens = Haze(), theme.current()
    clouds.renew(curves, _numbers(0), tokens)
    assert drawn == [0, 1] and not clouds.is_empty
    clouds.renew(curves, _numbers(1), tokens)
    assert drawn == [0, 1], "it is too early"
    now[0] += haze.INTERVAL_S
    clouds.renew(curves, _numbers(2), tokens)
    clouds.renew(curves, _numbers(3), tokens)
    assert sorted(drawn[2:]) == [0, 1], "one each time"


def test_standing_still_all_clouds_show_the_newest_numbers(
    qapp: QApplication, curves: LineCurves, drawn: list[int]
) -> None:
    clouds, tokens, last = Haze(), theme.current(), _numbers(1)
    clouds.renew(curves, _numbers(0), tokens)
    clouds.renew(curves, last, tokens, exactly=True)
    assert drawn == [0, 1, 0, 1]
    clouds.renew(curves, last, tokens, exactly=True)
    assert drawn == [0, 1, 0, 1], "the same numbers are not drawn twice"


def test_clouds_lie_between_the_columns(qapp: QApplication, curves: LineCurves) -> None:
    image = QImage(800, 500, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    clouds = Haze()
    clouds.renew(curves, _numbers(0), theme.current())
    with QPainter(image) as painter:
        clouds.paint(painter, curves)
    alpha = np.frombuffer(image.constBits(), np.uint8).reshape(500, 800, 4)[..., 3].max(axis=0)  # of every column
    layout = curves.layout
    for gap in range(2):
        left, right = layout.x[gap] + layout.radius[gap], layout.x[gap + 1] - layout.radius[gap + 1]
        assert alpha[round(left) + 1 : round(right) - 1].min() > 0
    assert alpha[: round(layout.x[0]) - 20].max() == 0


def test_the_haze_comes_and_goes_with_the_lines_left_out(bank, canvas) -> None:
    """Under all of the lines there is none; fewer lines bring it back, however often one changes one's mind."""
    bank.bridge.set_hidden((LayerConfig(neurons=30), LayerConfig(neurons=20)))

    def picture(share: float) -> QImage:
        bank.view.show_share(share)
        return canvas.grab().toImage()

    few, every = picture(0.05), picture(1.0)
    assert canvas.frame.lines.n_drawn == canvas.frame.lines.n_total > 400
    assert picture(0.05) == few
    assert picture(1.0) == every
    canvas.layers.forget()
    assert canvas.grab().toImage() == every
