"""Findings in the import dialog: their lines, what their links do, and how they are taken back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QListView
from pytestqt.qtbot import QtBot

from ann_viz.data.advice.findings import Finding, Offer
from ann_viz.session.importing.notice import Notice
from ann_viz.ui.importing.dialog import ImportDialog
from ann_viz.ui.importing.missing_words import MissingWords
from ann_viz.ui.importing.notices import NoticeList

Write = Callable[..., Path]
Open = Callable[..., ImportDialog]
Wait = Callable[[ImportDialog], None]


def line_of(shown: NoticeList, name: str) -> int:
    """Return the place of the first line with a link about a column."""
    return next(place for place, line in enumerate(shown.notices) if name in line.names and line.actions)


def test_findings_follow_the_choices(open_dialog: Open, tmp_path: Path, customers: Write, settle: Wait) -> None:
    """A column used anyway is found again as used; its link ignores it again."""
    dialog = open_dialog(customers(tmp_path / "bank.csv"))
    shown = dialog.page.notices.list
    shown.take(line_of(shown, "CustomerId"))
    assert dialog.page.heading.chips["input"].text() == "4 inputs"
    settle(dialog)
    shown.take(line_of(shown, "CustomerId"))
    assert dialog.page.heading.chips["input"].text() == "3 inputs"


def test_an_offer_that_leaves_no_finding_can_be_undone(open_dialog: Open, tmp_path: Path) -> None:
    """A heavy skew scaled by its logarithm is no finding any more, but the line stays with Undo."""
    path = tmp_path / "skew.csv"
    rows = "".join(f"{1.2 ** (n % 60):.3f},{n * 7 % 31},{n * n % 3 % 2}\n" for n in range(300))
    path.write_text(f"income,age,y\n{rows}", encoding="utf-8")
    dialog = open_dialog(path)
    choices, shown = dialog.choices, dialog.page.notices.list
    assert choices is not None
    finding = Finding(
        kind="skew",
        columns=("age",),
        sentence="age is uneven",
        severity="info",
        offer=Offer(label="Use a log scale", column="age", plan=choices.plan("age").__class__(scaling="log")),
    )
    dialog.page.notices.action_taken.emit(
        Notice(names=("age",), sentence=finding.sentence, finding=finding, actions=("Use a log scale",))
    )
    assert choices.plan("age").scaling == "log"
    place = line_of(shown, "age")
    assert (shown.notices[place].actions, shown.notices[place].look) == (("Undo",), "done")
    shown.take(place)
    assert choices.plan("age").scaling is None
    assert choices.applied == []


def test_new_missing_words_are_read_with(open_dialog: Open, tmp_path: Path, customers: Write, settle: Wait) -> None:
    """An offer of other words reads the file again, and Undo reads it as before."""
    dialog = open_dialog(customers(tmp_path / "bank.csv"))
    before = dialog.choices.table.dialect.missing if dialog.choices is not None else ()
    finding = Finding(
        kind="doubtful missing",
        columns=("Country",),
        sentence="Country has “Spain”",
        severity="info",
        offer=Offer(label="Treat as missing", missing=("", "Spain")),
    )
    dialog.page.notices.action_taken.emit(
        Notice(names=("Country",), sentence="", finding=finding, actions=("Treat as missing",))
    )
    settle(dialog)
    assert dialog.page.missing.aside.text() == "86 cells"
    shown = dialog.page.notices.list
    place = next(n for n, line in enumerate(shown.notices) if line.actions == ("Undo",))
    shown.take(place)
    settle(dialog)
    assert dialog.choices is not None
    assert dialog.choices.table.dialect.missing == before


def test_links_are_taken_by_mouse_and_keys(qtbot: QtBot) -> None:
    """A click on the link or Enter on its line takes it; a click beside it does not."""
    view = NoticeList()
    qtbot.addWidget(view)
    view.resize(400, 120)
    lines = [
        Notice(names=("Id",), sentence="Id looks like an identifier: ignored", actions=("Use anyway",)),
        Notice(names=(), sentence="A long sentence " * 20, look="info"),
    ]
    view.show_notices(lines)
    view.show()
    taken: list[Notice] = []
    view.action_taken.connect(taken.append)
    box = view.visualRect(view.model().index(0, 0))
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(30, box.center().y()))
    assert taken == []
    qtbot.mouseMove(view.viewport(), QPoint(box.right() - 20, box.center().y()))
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(box.right() - 20, box.center().y()))
    qtbot.keyClick(view, Qt.Key.Key_Return)
    qtbot.keyClick(view, Qt.Key.Key_Down)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert taken == [lines[0], lines[0]]
    assert view.visualRect(view.model().index(1, 0)).height() > box.height()
    assert view.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole).endswith("ignored Use anyway")
    assert not view.grab().isNull()


def test_several_links_stand_below_the_sentence_and_each_is_taken(qtbot: QtBot) -> None:
    """A click takes the link under it; Left and Right walk the links, and another line begins with its first."""
    view = NoticeList()
    qtbot.addWidget(view)
    view.resize(400, 160)
    offers = [Offer(label=label, column="x") for label in ("Leave the row out", "Treat as text")]
    finding = Finding(
        kind="odd cells", columns=("x",), sentence="x", severity="warning", offer=offers[0], further=(offers[1],)
    )
    labels = tuple(offer.label for offer in offers)
    view.show_notices([Notice(sentence="x", finding=finding, actions=labels)] * 2)
    view.show()
    taken: list[str] = []
    view.action_taken.connect(lambda notice: taken.append(notice.finding.offer.label))
    box = view.visualRect(view.model().index(0, 0))
    first = view.fontMetrics().horizontalAdvance(labels[0])
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(30, box.bottom() - 8))
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(first + 60, box.bottom() - 8))
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(390, box.bottom() - 8))
    assert taken == [*labels]
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Return, Qt.Key.Key_Left, Qt.Key.Key_Return):
        qtbot.keyClick(view, key)
    qtbot.keyClick(view, Qt.Key.Key_Right)
    qtbot.keyClick(view, Qt.Key.Key_Down)
    qtbot.keyClick(view, Qt.Key.Key_Space)
    assert taken[2:] == [labels[1], labels[0], labels[0]]
    assert view.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "x Leave the row out · Treat as text"
    assert not view.grab().isNull()


def test_thousands_of_findings_are_one_list(qtbot: QtBot) -> None:
    """No line has a widget of its own."""
    view = NoticeList()
    qtbot.addWidget(view)
    view.show_notices([Notice(names=(f"c{n}",), sentence=f"c{n} is constant: ignored") for n in range(5000)])
    view.show()
    assert isinstance(view, QListView)
    assert len(view.viewport().children()) == 0


def test_the_words_that_mean_missing_can_be_changed(
    open_dialog: Open, tmp_path: Path, settle: Wait, customers: Write
) -> None:
    """Each word says where it was found; one is ticked off, another added, and the file is read again once."""
    path = tmp_path / "words.csv"
    rows = "".join(f"{'NA' if n % 9 == 0 else n % 40},{('none', 'red', 'blue')[n % 3]},{n % 2}\n" for n in range(90))
    path.write_text(f"size,colour,y\n{rows}", encoding="utf-8")
    dialog = open_dialog(path)
    dialog.page.missing.words.click()
    (popover,) = dialog.findChildren(MissingWords)
    assert not popover.apply.isEnabled()
    popover.word.setText("red")
    popover.add.click()
    assert popover.apply.isEnabled()
    assert not popover.grab().isNull()
    popover.apply.click()
    settle(dialog)
    assert dialog.choices is not None
    assert "red" in dialog.choices.table.dialect.missing
    assert dialog.choices.column("colour").n_missing == 30
