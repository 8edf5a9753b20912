"""The start card: it asks for a file, or names the sample the user took."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QLabel, QMenu

from ann_viz.resources import resource
from ann_viz.scene.thumbnail import Thumbnail
from ann_viz.session import Session, save_model
from ann_viz.session.autosave import Rescue
from ann_viz.session.headless import open_dataset
from ann_viz.session.project_summary import ProjectSummary, summarise
from ann_viz.session.projectfile import save_project
from ann_viz.session.samples import samples
from ann_viz.ui.kit import theme
from ann_viz.ui.window.sample_tiles import SampleTile
from ann_viz.ui.window.start_card import StartCard


@pytest.fixture
def card(qtbot, qapp) -> StartCard:
    theme.apply(qapp, "light")
    made = StartCard()
    qtbot.addWidget(made)
    made.show()
    return made


def test_open_asks_for_the_file_dialog(card, qtbot) -> None:
    """The primary button reports that a file is wanted; nothing else happens here."""
    with qtbot.waitSignal(card.open_requested):
        qtbot.mouseClick(card.open, Qt.MouseButton.LeftButton)


@pytest.mark.parametrize("position", range(4))
def test_a_tile_names_its_file(card, qtbot, position) -> None:
    """Clicking anywhere on a tile, also on its words, asks for a file that exists."""
    tile = card.tiles[position]
    with qtbot.waitSignal(card.sample_requested) as caught:
        qtbot.mouseClick(tile, Qt.MouseButton.LeftButton, pos=QPoint(60, 20))
    assert resource("samples", caught.args[0].file).is_file()


def test_the_menu_holds_the_other_samples(card, qtbot) -> None:
    """Tiles and menu together offer every sample once."""
    offered = [tile.sample.file for tile in card.tiles]
    for action in card.more.menu().actions():
        with qtbot.waitSignal(card.sample_requested) as caught:
            action.trigger()
        offered.append(caught.args[0].file)
    assert sorted(offered) == sorted(sample.file for sample in samples())


def test_a_tile_is_pressed_from_the_keyboard(card, qtbot) -> None:
    """Tab and Space are enough."""
    with qtbot.waitSignal(card.sample_requested):
        qtbot.keyClick(card.tiles[0], Qt.Key.Key_Space)
    assert card.tiles[0].accessibleName().startswith("Bank customers")


@pytest.mark.parametrize("has_rescue", [False, True])
def test_no_text_is_cut_off(card, qapp, has_rescue: bool) -> None:
    """Every label is as wide as its text; with rescued work on it the card is no higher than the smallest page."""
    if has_rescue:
        picture = Thumbnail(sizes=(3, 2, 1), lines=((0, 2, 1, -5), (1, 0, 0, 9)))
        rescue = Rescue(
            path=Path("x"), saved_at=0.0, name="bank_customers.csv", n_runs=12, epoch=1234, thumbnail=picture
        )
        card.rescue.show_rescue(rescue, 1)
        assert card.sizeHint().height() <= 480
    qapp.processEvents()
    for label in card.findChildren(QLabel):
        if not label.isVisible():
            continue
        assert label.width() >= label.sizeHint().width(), label.text()
        assert card.rect().contains(QRect(label.mapTo(card, QPoint(0, 0)), label.size())), label.text()


def test_samples_say_what_they_teach_and_where_they_are_from(qtbot) -> None:
    """Every tile and every entry of the menu tells its lesson, source and licence."""
    card = StartCard()
    qtbot.addWidget(card)
    abouts = {sample.about for sample in samples()}
    told = {tile.toolTip() for tile in card.findChildren(SampleTile)}
    told |= {action.toolTip() for menu in card.findChildren(QMenu) for action in menu.actions()}
    assert abouts <= told
    assert all("Licence: " in about and "\n" in about for about in abouts)


def summary(name: str, *, is_there: bool = True) -> ProjectSummary:
    picture = Thumbnail(sizes=(3, 2, 1), lines=((0, 2, 1, -5), (1, 0, 0, 9)))
    return ProjectSummary(
        path=Path("/kept") / name, is_there=is_there, target="species", n_runs=2, best_loss=0.331, thumbnail=picture
    )


def test_projects_are_offered_as_far_as_there_is_room(card, qtbot) -> None:
    """A click opens one, or asks where it is now; newcomers' words make room, and of samples the titles are left."""
    card.fit(2000)
    card.show_projects([summary("a.annviz"), summary("b.annviz", is_there=False), *map(summary, "cdef")])
    assert sum(not row.isHidden() for row in card.recent.rows) == 5
    first, second = card.recent.rows[:2]
    assert first.accessibleName() == "a.annviz: predicts species · 2 runs · best 0.331"
    with qtbot.waitSignal(card.recent.open_requested) as opened:
        first.click()
    with qtbot.waitSignal(card.recent.find_requested) as sought:
        second.click()
    assert (opened.args, sought.args) == ([Path("/kept/a.annviz")], [Path("/kept/b.annviz")])
    assert not any(tile.isVisible() for tile in card.tiles)
    with qtbot.waitSignal(card.sample_requested) as caught:
        card.brief_tiles[0].click()
    assert caught.args == [card.tiles[0].sample]
    assert len(card.all.menu().actions()) == len(samples())
    card.fit(300)
    assert sum(not row.isHidden() for row in card.recent.rows) == 1
    card.show_projects([])
    assert card.recent.isHidden()
    for height in (300, 2000):  # a low page has room for the titles of a few samples; a menu has all
        card.fit(height)
        assert all(tile.isVisible() == (height == 2000) for tile in card.tiles)
        assert all(tile.isVisible() == (height == 300) for tile in (*card.brief_tiles, card.all))
        assert card.sizeHint().height() <= height


def test_rescued_work_that_is_found_late_has_its_gap(card, qapp) -> None:
    """It is looked for in a thread, when projects are listed already: some of these make room."""
    card.fit(2000)
    card.show_projects(list(map(summary, "abcdef")))
    qapp.processEvents()
    card.rescue.show_rescue(Rescue(path=Path("x"), saved_at=0.0, name="bank.csv", n_runs=1, epoch=3), 0)
    card.adjustSize()
    qapp.processEvents()
    title = next(label for label in card.findChildren(QLabel) if label.text().startswith("Teach"))
    assert title.y() - card.rescue.geometry().bottom() > 16
    assert sum(not row.isHidden() for row in card.recent.rows) < 5


def test_a_list_of_projects_is_read_from_their_beginnings(tmp_path: Path) -> None:
    """Of one that is gone, damaged or only a model, it is said that it is not there."""
    session = Session()
    session.open(open_dataset(resource("samples", "iris.csv")))
    session.step("batch")
    whole, model, broken = tmp_path / "w.annviz", tmp_path / "m.annviz", tmp_path / "b.annviz"
    save_project(whole, session.project())
    save_model(model, session.model())
    broken.write_bytes(whole.read_bytes()[:300])
    found = summarise(whole)
    assert (found.is_there, found.target, found.n_runs) == (True, "species", 1) and found.thumbnail is not None
    assert [summarise(path).is_there for path in (model, broken, tmp_path / "none.annviz")] == [False] * 3
    session.close()
