"""What is saved from the window: pictures from the painters of the screen, and only where nothing is lost by it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog

from ann_viz.resources import resource
from ann_viz.session import load_model
from ann_viz.session.headless import open_dataset
from ann_viz.session.samples import samples
from ann_viz.ui.document import saving
from ann_viz.ui.document.saving import ReplaceQuestion, picture_of
from ann_viz.ui.kit.file_dialogs import ask_file
from ann_viz.ui.window import keeping


@pytest.fixture
def window(window):
    """Return the window with data."""
    window.open_sample(next(sample for sample in samples() if sample.file == "iris.csv"))
    return window


def grey(image: QImage) -> np.ndarray:
    """Return the lightness of all pixels, 0 to 255."""
    image = image.convertToFormat(QImage.Format.Format_Grayscale8)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : image.width()].astype(float)


def test_words_are_as_sharp_as_the_picture(window) -> None:
    """At twice the size, words have edges of one pixel: steeper than those of an enlarged picture."""
    canvas = window.canvas_card.canvas
    small, large = picture_of(canvas, 1.0), picture_of(canvas, 2.0)
    blown_up = small.scaled(large.size())
    words = slice(0, 100), slice(0, 600)  # headings
    assert (
        np.abs(np.diff(grey(large)[words], axis=1)).sum() > 1.15 * np.abs(np.diff(grey(blown_up)[words], axis=1)).sum()
    )
    again = picture_of(canvas, 1.0)
    assert (grey(again) == grey(small)).all()  # the screen's own sharpness is back


def test_projects_are_saved_where_they_are_meant(window, tmp_path, monkeypatch, qtbot) -> None:
    """The file holds what its ending says; a project is a model as well."""
    monkeypatch.setattr(saving, "ask_where", lambda *_: str(tmp_path / "here"))
    window.actions_by_id["step"].trigger()
    with qtbot.waitSignal(window.opener.keeper.saved):
        window.actions_by_id["save"].trigger()
    assert load_model(tmp_path / "here").recipe == window.bridge.document.dataset.recipe
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(("here", "."))] == ["here"]


def test_the_open_data_are_not_written_over(window, tmp_path, monkeypatch, qtbot) -> None:
    """Not even when the user chose their name and said yes to replacing them."""
    data = tmp_path / "mine.csv"
    data.write_bytes(resource("samples", "iris.csv").read_bytes())
    dataset = open_dataset(data)
    window.bridge.open_dataset(dataset)
    window.actions_by_id["step"].trigger()
    told = []
    monkeypatch.setattr(saving, "ask_where", lambda *_: str(data))
    monkeypatch.setattr(keeping, "show_error", lambda _parent, title, error: told.append(f"{title}: {error}"))
    before = data.read_bytes()
    window.actions_by_id["save"].trigger()
    qtbot.waitUntil(lambda: len(told) == 1)
    assert "is read here" in told[0]
    assert data.read_bytes() == before


@pytest.mark.parametrize(("typed", "chosen"), [("mine", "mine.png"), ("mine.v2.png", "mine.v2.png")])
def test_a_name_without_an_ending_gets_one(window, tmp_path, monkeypatch, typed, chosen) -> None:
    """The dialog adds it, so that it also asks about the name that is meant; one that is there is kept."""
    monkeypatch.chdir(tmp_path)

    def type_in(dialog) -> int:
        dialog.selectFile(typed)
        return 1

    monkeypatch.setattr(QFileDialog, "exec", type_in)
    path = saving.ask_where(window, "Export picture", "network.png", "PNG picture (*.png)", "pictures")
    assert Path(path).name == chosen


@pytest.mark.parametrize(("replace", "chosen"), [(True, "work.v2.png"), (False, "")])
def test_an_ending_that_was_added_replaces_no_file_unasked(window, tmp_path, monkeypatch, replace, chosen) -> None:
    """The dialog has asked about the name without it, and knows nothing of the other."""
    (tmp_path / "work.v2.png").write_bytes(b"mine")
    names: list[str] = []
    monkeypatch.setattr(ReplaceQuestion, "ask", lambda _window, name: names.append(name) or replace)
    monkeypatch.setattr(QFileDialog, "exec", lambda dialog: dialog.selectFile(str(tmp_path / "work.v2")) or 1)
    path = saving.ask_where(window, "Export picture", "network.png", "PNG picture (*.png)", "pictures")
    assert Path(path).name == chosen and names == ["work.v2.png"]


def test_the_question_before_a_file_is_replaced(window, qtbot) -> None:
    """Cancel is what Enter and Esc do."""
    box = ReplaceQuestion(window, "a\nb.png")
    qtbot.addWidget(box)
    assert box.defaultButton() is box.cancel and box.escapeButton() is box.cancel
    assert "\n" not in box.text()


def test_every_purpose_has_a_last_folder_of_its_own(window, tmp_path, monkeypatch) -> None:
    """Saved there, begun there; what was chosen for another purpose does not matter, nor what was called off."""
    begun: list[Path] = []
    places, answers = iter(["a", "b", "c"]), iter([1, 1, 0])

    def choose(dialog) -> int:
        folder = tmp_path / next(places)
        folder.mkdir()
        dialog.selectFile(str(folder / "x.png"))
        return next(answers)

    def look(dialog) -> int:
        begun.append(Path(dialog.directory().absolutePath()))
        return 0

    monkeypatch.setattr(QFileDialog, "exec", choose)
    for purpose in ("pictures", "exports", "exports"):
        saving.ask_where(window, "Save", "x.png", "PNG picture (*.png)", purpose)
    monkeypatch.setattr(QFileDialog, "exec", look)
    for purpose in ("pictures", "exports"):
        assert ask_file(window, "Open", purpose, "PNG picture (*.png)") is None
    assert begun == [tmp_path / "a", tmp_path / "b"]
