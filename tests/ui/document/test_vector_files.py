"""Widgets as files that keep lines and letters: the network and a chart, with a remark that nobody sees."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import pytest
from saved_work import train

from ann_viz.session.exports.stamp import read_stamp
from ann_viz.session.samples import find_sample
from ann_viz.ui.document.vector_files import SVG, pdf_of_widget, svg_of_widget

REMARK = "ann-viz-settings:" + "A" * 20


@pytest.fixture
def window(window, qtbot):
    """Return the window with data that have learned a little."""
    window.open_sample(find_sample("iris.csv"))
    train(window, 2, qtbot)
    return window


def parts(root: ET.Element, name: str) -> list[ET.Element]:
    return list(root.iter(f"{{{SVG}}}{name}"))


def test_the_network_keeps_its_curves_and_its_words(window) -> None:
    """One path a pen, no picture of pixels, every name as text."""
    content = svg_of_widget(window.canvas, "Which species?", REMARK)
    root = ET.fromstring(content)
    texts = {"".join(text.itertext()).strip() for text in parts(root, "text")}
    assert {"Input layer", "sepal length (cm)"} & texts and len(texts) > 12
    assert "C" in "".join(path.get("d", "") for path in parts(root, "path"))
    assert len(parts(root, "image")) <= 3  # small icons
    assert root.findtext("{*}metadata") == REMARK and root.findtext("{*}title") == "Which species?"


def test_lines_of_a_chart_have_their_width_in_any_program(window) -> None:
    """Nothing is scaled that other programs would draw as wide as the page, and curves end at the chart's edge."""
    chart = window.watch_panel.charts.page("loss")
    root = ET.fromstring(svg_of_widget(chart, "loss"))
    for group in parts(root, "g"):
        if any(shape.get("vector-effect") == "non-scaling-stroke" for shape in group):
            assert re.match(r"matrix\(1,0,0,1,", group.get("transform", ""))
    assert any(group.get("clip-path") for group in parts(root, "g"))


def test_a_page_is_as_large_as_the_widget_and_carries_the_remark(window) -> None:
    content = pdf_of_widget(window.canvas, "Which species?", REMARK)
    width = float(re.search(rb"/MediaBox \[0 0 ([\d.]+)", content)[1])
    assert content.startswith(b"%PDF") and abs(width - window.canvas.width() * 0.75) < 2
    assert REMARK.encode() in content and read_stamp(content) is None  # nothing is behind this one
