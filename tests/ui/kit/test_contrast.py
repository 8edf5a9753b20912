"""Colours can be told apart: text from its ground in every theme, and meanings with each kind of colour blindness."""

from __future__ import annotations

import re
from itertools import combinations
from typing import Final

import numpy as np
import pytest
from numpy.typing import NDArray

from ann_viz.resources import resource
from ann_viz.ui.kit.theme import THEMES, Tokens

# What is written on what, in the stylesheet and by whatever paints itself.
PAGES: Final = ("bg", "surface", "surface2", "canvas")
TEXT_ON: Final = {
    "text": (*PAGES, "surface3", "accent_soft", "warning_soft", "ok_soft", "danger_soft", "error_soft"),
    "text2": (*PAGES, "surface3", "accent_soft", "warning_soft", "ok_soft", "danger_soft"),
    "muted": (*PAGES, "surface3", "accent_soft"),
    "accent": (*PAGES, "surface3", "accent_soft"),
    "positive_text": ("surface", "surface2", "canvas", "positive_soft"),
    "negative_text": ("surface", "surface2", "canvas", "negative_soft"),
    "error": ("surface", "surface2", "canvas", "error_soft"),
    "ok": ("surface", "canvas", "ok_soft"),
    "warning": ("surface", "warning_soft"),
    "danger": ("surface", "surface2", "danger_soft"),
    "train": ("surface",),
    "validation": ("surface",),
    "on_fill": ("fill", "fill_hover"),
}

# Machado, Oliveira & Fernandes 2009, "A physiologically-based model for simulation of color vision deficiency",
# IEEE TVCG 15(6), table 1: severity 1.0, for linear RGB.
BLINDNESS: Final = {
    "protanopia": [
        [0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881],
    ],
    "tritanopia": [
        [1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900],
    ],
}  # fmt: skip

# IEC 61966-2-1, sRGB to XYZ under D65.
TO_XYZ: Final = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)
D65: Final = np.array([0.95047, 1.0, 1.08883])

# ΔE (CIE76) that design.md promises for the themes it designs; magenta's own mark is its dots.
FLOORS: Final = {
    ("positive", "negative"): 96,
    ("train", "validation"): 26,
    ("error", "positive"): 14,
    ("error", "negative"): 14,
    ("error", "train"): 14,
}


def linear(colour: str) -> NDArray[np.float64]:
    """Red, green and blue in proportion to light."""
    parts = np.array([int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)])
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    """The ratio of WCAG 2.2, 1 to 21."""
    dark, light = sorted(float(linear(colour) @ TO_XYZ[1]) for colour in (one, other))
    return (light + 0.05) / (dark + 0.05)


def lab(rgb: NDArray[np.float64]) -> NDArray[np.float64]:
    """CIE L*a*b* of linear RGB."""
    xyz = TO_XYZ @ rgb / D65
    f = np.where(xyz > (6 / 29) ** 3, np.cbrt(xyz), xyz / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def difference(one: str, other: str, blindness: str) -> float:
    """ΔE (CIE76) of two colours as seen with a colour blindness."""
    matrix = np.array(BLINDNESS[blindness])
    seen = [lab(np.clip(matrix @ linear(colour), 0.0, 1.0)) for colour in (one, other)]
    return float(np.linalg.norm(seen[0] - seen[1]))


def needed(tokens: Tokens) -> float:
    """WCAG AA, in the themes of high contrast AAA."""
    return 7.0 if tokens.contrast else 4.5


@pytest.mark.parametrize("name", list(THEMES))
def test_text_stands_out_from_its_ground(name: str) -> None:
    """Every pair of colours that is used for text reaches 4.5:1, in high contrast 7:1."""
    tokens = THEMES[name]
    pairs = [(ink, ground) for ink, grounds in TEXT_ON.items() for ground in grounds]
    ratios = {pair: contrast(getattr(tokens, pair[0]), getattr(tokens, pair[1])) for pair in pairs}
    assert {pair: round(ratio, 2) for pair, ratio in ratios.items() if ratio < needed(tokens)} == {}


@pytest.mark.parametrize("name", list(THEMES))
def test_every_rule_of_the_stylesheet_is_readable(name: str) -> None:
    """Where one rule sets both colours, they too stand out; what is disabled may be faint."""
    tokens = THEMES[name]
    sheet = resource("style.qss").read_text(encoding="utf-8")
    poor = {}
    found = 0
    for selector, body in re.findall(r"([^{}]+)\{([^{}]*)\}", sheet):
        ink = re.search(r"(?:^|[;\s])color:\s*(\$\w+|#\w{6})", body)
        ground = re.search(r"background:\s*(\$\w+|#\w{6})", body)
        if ink is None or ground is None or ":disabled" in selector:
            continue
        found += 1
        both = [colour if colour[0] == "#" else getattr(tokens, colour[1:]) for colour in (ink[1], ground[1])]
        if contrast(both[0], both[1]) < needed(tokens):
            poor[selector.strip()] = round(contrast(both[0], both[1]), 2)
    assert found > 8
    assert poor == {}


@pytest.mark.parametrize("name", list(THEMES))
def test_lines_and_marks_stand_out(name: str) -> None:
    """What carries a meaning without being text reaches 3:1, and in high contrast so does every border."""
    tokens = THEMES[name]
    marks = ["positive", "negative", "error", "train", "validation", "accent"]
    marks += ["border", "border_strong", "faint"] if tokens.contrast else []
    for mark in marks:
        assert contrast(getattr(tokens, mark), tokens.canvas) >= 3.0, mark
        assert contrast(getattr(tokens, mark), tokens.surface) >= 3.0, mark


@pytest.mark.parametrize("blindness", list(BLINDNESS))
@pytest.mark.parametrize("name", ["light", "dark"])
def test_meanings_differ_for_the_colour_blind(name: str, blindness: str) -> None:
    """Blue and orange, violet and teal, and the magenta of the way back stay apart as far as the design says."""
    tokens = THEMES[name]
    for (one, other), floor in FLOORS.items():
        delta = difference(getattr(tokens, one), getattr(tokens, other), blindness)
        assert round(delta) >= floor, (one, other, delta)


@pytest.mark.parametrize("blindness", list(BLINDNESS))
@pytest.mark.parametrize("name", ["contrast-light", "contrast-dark"])
def test_high_contrast_does_not_cost_the_colour_blind(name: str, blindness: str) -> None:
    """Darker and lighter colours have less room between them, and still stay well apart."""
    tokens = THEMES[name]
    floors = {pair: 85 if pair == ("positive", "negative") else min(floor, 26) for pair, floor in FLOORS.items()}
    for (one, other), floor in floors.items():
        delta = difference(getattr(tokens, one), getattr(tokens, other), blindness)
        assert round(delta) >= (floor if floor > 14 else 13), (one, other, delta)


def test_the_measures_themselves() -> None:
    """Black on white is 21:1, a grey keeps its L*, and red and green meet where they should not be told apart."""
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21.0)
    assert lab(linear("#777777"))[0] == pytest.approx(50.0, abs=0.1)
    assert difference("#9C9C00", "#9C9C00", "protanopia") == 0.0
    plain = float(np.linalg.norm(lab(linear("#C83232")) - lab(linear("#5A7D00"))))
    assert difference("#C83232", "#5A7D00", "deuteranopia") < plain / 2


@pytest.mark.parametrize("name", list(THEMES))
def test_runs_are_told_apart(name: str) -> None:
    """Curves of any two runs differ with every colour blindness, and each stands out from its ground."""
    tokens, floor = THEMES[name], 20.0 if THEMES[name].dark else 15.0
    near = {
        (one, other, blindness)
        for one, other in combinations(tokens.runs, 2)
        for blindness in BLINDNESS
        if difference(one, other, blindness) < floor
    }
    assert near == set()
    assert [colour for colour in tokens.runs if contrast(colour, tokens.surface) < 3.0] == []
