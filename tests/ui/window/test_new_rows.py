"""One row more in a table is all it takes: what it adds is everywhere in the window where its kind is shown.

Each table has a function here that adds a row to it, and a test that walks the window. `NEW_ROWS` lists the functions;
rows of the engine's tables are added by the fixture `rows_added`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import pytest
from PySide6.QtWidgets import QLabel, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from ann_viz.data.advice import findings
from ann_viz.data.advice.finding import Evidence, Finding, role_offer
from ann_viz.explain import coach, load_coach_texts
from ann_viz.explain.coach import Rule
from ann_viz.explain.wording import layer_captions
from ann_viz.session import RunState
from ann_viz.session.samples import samples
from ann_viz.ui.charts import chart_table
from ann_viz.ui.charts.chart_page import ChartPage
from ann_viz.ui.charts.chart_table import Chart
from ann_viz.ui.importing.dialog import ImportDialog
from ann_viz.ui.window.help_dialogs import ShortcutSheet
from ann_viz.ui.window.main_window import MainWindow
from ann_viz.ui.window.palette import Palette


class Steps(ChartPage):
    """A chart of nothing but the number of steps."""

    shown = -1

    def redraw(self) -> None:
        """Remember it."""
        snapshot = self._bridge.document.snapshot
        self.shown = -1 if snapshot is None else snapshot.step


def add_chart(monkeypatch: pytest.MonkeyPatch) -> None:
    """A chart that moves into *More* in a narrow window."""
    row = Chart(
        id="steps",
        page=lambda desk: Steps(desk.bridge),
        tab="Steps",
        text="Number of steps",
        tip="How often the weights have changed",
        in_menu_when_narrow=True,
    )
    monkeypatch.setattr(chart_table, "CHARTS", (*chart_table.CHARTS, row))


def add_coach_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    """A rule that comes before all others, with the words that its entry in the file would hold."""
    rule = Rule("is_iris", "advice", lambda report: report.epoch < 500, ("train",))
    monkeypatch.setattr(coach, "RULES", (rule, *coach.RULES))
    texts = load_coach_texts()
    monkeypatch.setitem(texts.titles, rule.name, {"plain": "A small table", "technical": "n is small"})
    monkeypatch.setitem(texts.texts, rule.name, {"plain": "Only {n_train}.", "technical": "n = {n_train}."})
    monkeypatch.setitem(texts.why, rule.name, ("n_train",))
    monkeypatch.setitem(texts.words, rule.name, "training_set")


def long_names(evidence: Evidence) -> Iterator[Finding]:
    """Columns with a long name."""
    for column in evidence.table.columns:
        if len(column.name) > 9:
            done = evidence.recipe.role(column.name) == "ignore"
            yield Finding(
                kind="long name",
                columns=(column.name,),
                sentence=f"{column.name} has a long name",
                severity="warning",
                done=done,
                offer=role_offer((column.name,), done=done),
            )


def add_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    """A finding that is told after all others of its severity."""
    monkeypatch.setitem(findings.CHECKS, "long name", long_names)


NEW_ROWS: Final[tuple[Callable[[pytest.MonkeyPatch], None], ...]] = (add_chart, add_coach_rule, add_finding)


@pytest.fixture
def rows_in_every_table(rows_added: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Add them all, and those of the engine, before a window is made."""
    for add in NEW_ROWS:
        add(monkeypatch)


@pytest.fixture
def iris(rows_in_every_table: None, window: MainWindow) -> MainWindow:
    """A window with the smallest sample."""
    window.open_sample(next(sample for sample in samples() if sample.file == "iris.csv"))
    return window


def actions_in(menu: QMenu) -> list[str]:
    """Names of the actions of a menu and of the menus in it."""
    within = [action.menu() for action in menu.actions()]
    named = [action.objectName() for action in menu.actions()]
    return named + [name for each in within if each is not None for name in actions_in(each)]


def test_a_new_chart_has_a_tab_a_command_and_keys(iris: MainWindow, qtbot: QtBot) -> None:
    """It is drawn when it is in front, found in menu, palette and sheet of shortcuts, and in *More* when narrow."""
    charts, action = iris.watch_panel.charts, iris.actions_by_id["chart_steps"]
    page = charts.page("steps")
    assert page.accessibleName() == "Steps"
    action.trigger()
    assert charts.tabs.tabText(charts.tabs.currentIndex()) == "Steps"
    iris.actions_by_id["step_batch"].trigger()
    assert page.isVisible()
    assert page.shown == 1
    assert action.shortcut().toString() == f"Alt+{len(chart_table.CHARTS)}"
    menu = iris.menu_bar.findChild(QMenu, "menuView")
    assert "chart_steps" in actions_in(menu)
    sheet = ShortcutSheet(iris.actions_by_id, iris)
    assert "Number of steps" in {label.text() for label in sheet.findChildren(QLabel)}
    sheet.close()
    charts.set_compact(True)
    assert [entry.text() for entry in charts.more.menu().actions()][-1] == "Steps"
    assert charts.more.text() == "Steps"


def test_a_new_chart_is_found_in_the_palette(iris: MainWindow, qtbot: QtBot) -> None:
    """By a few letters of its text, or of its tip."""
    palette = Palette(iris.actions_by_id, iris)
    palette.show()
    qtbot.keyClicks(palette.field, "number of st")
    assert palette.list.model().index(0, 0).data().startswith("Number of steps")
    palette.close()


def test_a_new_rule_speaks(iris: MainWindow, qtbot: QtBot) -> None:
    """In both voices, with live values, and its button does what it says."""
    card = iris.watch_panel.coach
    qtbot.waitUntil(lambda: card.text == f"Only {len(iris.bridge.document.dataset.train)} rows.")
    assert card.rule == "is_iris"
    iris.view.speak("technical")
    assert card.text.startswith("n = ")
    button = next(button for button in card.findChildren(QPushButton) if button.isVisible())
    assert button.text() == "Train"
    button.click()
    assert iris.bridge.document.state in (RunState.RUNNING, RunState.FINISHED)
    iris.bridge.pause()


def test_new_rows_of_the_engine_are_chosen_and_trained_with(iris: MainWindow, qtbot: QtBot) -> None:
    """In the cards of the left column, by their labels; the picture's caption says so."""
    iris.open_sample(next(sample for sample in samples() if sample.file == "house_prices.csv"))
    hyper = iris.left_side.build.hyper
    for box, label in (
        (iris.left_side.build.network.rows[0].activation, "Cube"),
        (hyper.optimizer, "Sign"),
        (hyper.more.schedule, "Harmonic"),
        (hyper.more.loss, "Quartic"),
    ):
        box.setCurrentIndex(box.findText(label))
        box.activated.emit(box.currentIndex())
    document = iris.bridge.document
    iris.bridge.set_training(epochs=2)
    iris.actions_by_id["toggle_training"].trigger()
    qtbot.waitUntil(lambda: document.state is RunState.FINISHED)
    config = document.train_config
    assert (config.optimizer, config.schedule, document.network_config.loss) == ("sign", "harmonic", "quartic")
    assert layer_captions(document.network_config)[0].endswith(" · Cube")


@pytest.mark.usefixtures("rows_in_every_table")
def test_a_new_finding_is_a_notice_with_its_action(
    open_dialog: Callable[..., ImportDialog],
    customers: Callable[..., Path],
    settle: Callable[[ImportDialog], None],
    tmp_path: Path,
) -> None:
    """After the other warnings; its link leaves the column out, is told so, and takes it back."""
    dialog = open_dialog(customers(tmp_path / "bank.csv"))
    shown = dialog.page.notices.list

    def place() -> int:
        return next(place for place, line in enumerate(shown.notices) if "long name" in line.sentence)

    assert [notice.look for notice in shown.notices[: place() + 1]] == ["warning"] * (place() + 1)
    line = shown.notices[place()]
    assert (line.sentence, line.actions) == ("CustomerId has a long name", ("Use anyway",))
    shown.take(place())
    settle(dialog)
    assert dialog.page.heading.chips["input"].text() == "4 inputs"
    assert shown.notices[place()].actions == ("Ignore it",)
