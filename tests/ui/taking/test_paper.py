"""A report on paper: whatever it says, nothing of it is beyond the end of a page."""

from __future__ import annotations

import re

import pytest
from PySide6.QtWidgets import QApplication

from ann_viz.session.exports.blocks import Figure, Points, Report, Section
from ann_viz.session.exports.markup import element
from ann_viz.ui.taking.paper import pdf_of_report


@pytest.mark.parametrize(("n_sentences", "n_pages"), [(3, 1), (52, 2)])
def test_a_wide_drawing_that_does_not_fit_goes_to_the_next_page(
    qapp: QApplication, n_sentences: int, n_pages: int
) -> None:
    """As sections in columns do; what was left out of a table may take many sentences."""
    told = Points(("A row was left out.",) * n_sentences)
    drawing = Figure(element("svg", element("rect", width=774, height=541), viewBox="0 0 774 541"), "The network")
    sections = (Section("Data", (told,)), Section("Network", (told,)), Section("Picture", (drawing,), is_wide=True))
    report = Report(title="T", subtitle="S", lead=("a", "b", "c"), sections=sections, footer="F")
    assert len(re.findall(rb"/Type\s*/Page\b", pdf_of_report(report, "remark"))) == n_pages
