"""The report: everything a page that is handed in must say, and nothing that runs or loads."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from ann_viz.data import build_dataset, open_table, suggest_recipe
from ann_viz.engine import TrainConfig
from ann_viz.errors import OutputError
from ann_viz.resources import resource
from ann_viz.session import Session
from ann_viz.session.exports import Subject, format_for, report_content, subject_of, wish_for
from ann_viz.session.exports.blocks import Figure, Points, Table
from ann_viz.session.exports.figures import curve_svg
from ann_viz.session.exports.report_content import report_of
from ann_viz.session.exports.stamp import read_stamp
from ann_viz.session.exports.telling import scored

REPORT = format_for("report")
USUAL = wish_for(REPORT).chosen
DAY = date(2026, 11, 29)


def trained(path: Path, target: str, *, tested: bool = True) -> Subject:
    table = open_table(path)
    session = Session(TrainConfig(epochs=2, patience=None, batch_size=64))
    session.open(build_dataset(table, suggest_recipe(table, target)))
    session.train()
    session.wait()
    if tested:
        session.ask_test_rows()
    work = session.take_work()
    assert work is not None
    return subject_of(work)


@pytest.fixture(scope="module")
def house() -> Subject:
    return trained(resource("samples", "house_prices.csv"), "price")


@pytest.fixture(scope="module")
def penguins() -> Subject:
    return trained(resource("samples", "penguins.csv"), "species")


def test_it_says_what_is_asked_of_it(penguins: Subject) -> None:
    # Intention: data, what was left out, network, curve, columns, scores with a range, confusion, limits, seed.
    report = report_of(penguins, USUAL, DAY)
    titles = [section.title for section in report.sections]
    assert titles[0] == "The data" and titles[-1] == "What this does not say" and len(titles) == 7
    scores = next(section for section in report.sections if section.title == "How well it answers")
    tables = [block for block in scores.blocks if isinstance(block, Table)]
    right = next(row for row in tables[0].rows if row[0] == "Right answers")
    low, high = (float(end.split()[0].rstrip("\N{NO-BREAK SPACE}%")) for end in right[2].split(" – "))
    assert low <= float(right[1].rstrip("\N{NO-BREAK SPACE}%")) <= high
    assert penguins.dataset is not None
    counted = sum(int(n) for row in tables[1].rows[1:] for n in row[1:])
    assert counted == len(penguins.dataset.test)
    limits = report.sections[-1].blocks[0]
    assert isinstance(limits, Points) and any("cause" in sentence for sentence in limits.sentences)
    assert penguins.source is not None and penguins.source.sha256[:16] in report.footer


def test_the_test_rows_speak_only_once_they_were_asked() -> None:
    # Intention: taking a model along is no look at the test rows that nobody counts.
    subject = trained(resource("samples", "iris.csv"), "species", tested=False)
    assert subject.dataset is not None
    assert scored(subject, subject.dataset).part == "validation"
    limits = report_of(subject, USUAL, DAY).sections[-1].blocks[0]
    assert isinstance(limits, Points) and "not asked about this network" in " ".join(limits.sentences)
    asked = trained(resource("samples", "iris.csv"), "species")
    assert asked.dataset is not None
    found = scored(asked, asked.dataset)
    assert (found.part, found.n_rows) == ("test", len(asked.dataset.test))
    other = replace(asked, model=replace(asked.model, threshold=0.4))  # about which they were not asked
    assert scored(other, asked.dataset).part == "validation"


def test_columns_that_only_disturb_it_have_no_bar(penguins: Subject, monkeypatch: pytest.MonkeyPatch) -> None:
    # Intention: the least bad of them is no measure for the others.
    rises = [("island", -0.01), ("sex", -1.0)]
    monkeypatch.setattr(report_content, "useful_columns", lambda *_: rises)
    section = next(each for each in report_of(penguins, USUAL, DAY).sections if each.title.startswith("Columns"))
    (figure,) = section.blocks
    assert isinstance(figure, Figure) and re.findall(r'<rect[^>]* width="([0-9.]+)"', figure.svg) == ["1", "1"]


def test_a_run_that_broke_off_has_a_curve(penguins: Subject) -> None:
    # Intention: a loss that is no number any more is no number in the drawing either.
    assert penguins.history is not None
    losses = np.array([*penguins.history.train_loss[:-1], np.nan])
    assert "nan" not in curve_svg(replace(penguins.history, train_loss=losses), 1)


def test_a_number_is_judged_by_its_error(house: Subject) -> None:
    report = report_of(house, {"title": "Houses", "author": "A. Pupil"}, DAY)
    assert report.title == "Houses" and report.subtitle.startswith("A. Pupil · 29")
    rows = [row for s in report.sections for b in s.blocks if isinstance(b, Table) for row in b.rows]
    assert any(row[0] == "Mean error" and " – " in row[2] for row in rows)
    assert sum(isinstance(block, Figure) for section in report.sections for block in section.blocks) == 3


def test_the_page_runs_and_loads_nothing(house: Subject) -> None:
    page = REPORT.write(house, wish_for(REPORT, "x.html", chosen={"title": "<b>x</b>"})).decode("utf-8")
    assert "<script" not in page and "&lt;b&gt;x&lt;/b&gt;" in page and "default-src 'none'" in page
    assert not re.search(r"(?:src|href)=", page)
    stamp = read_stamp(page.encode())
    assert stamp is not None and stamp.recipe.target == "price"


def test_without_rows_or_window_it_says_why(house: Subject) -> None:
    with pytest.raises(OutputError, match="its data"):
        REPORT.write(replace(house, dataset=None), wish_for(REPORT))
    with pytest.raises(OutputError, match="as HTML"):
        REPORT.write(house, wish_for(REPORT, "x.pdf"))
