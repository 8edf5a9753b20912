"""Take it with you: what it promises, what it saves, and that rows go along only when they are ticked."""

from __future__ import annotations

import json

import pytest
from PySide6.QtCore import QSettings

from ann_viz.session.exports.stamp import read_stamp
from ann_viz.ui.document import saving
from ann_viz.ui.taking.dialog import TakeDialog
from ann_viz.ui.taking.easel import WindowEasel
from ann_viz.ui.window.main_window import unasked_window


@pytest.fixture
def dialog(window, qtbot):
    """Return the dialog, which has looked at the first format."""
    easel = WindowEasel(window.motif, unasked_window)
    dialog = TakeDialog(window.bridge.take_work(), easel, "First run", (), window)
    dialog.show()
    qtbot.waitUntil(lambda: not dialog.busy)
    yield dialog
    dialog.reject()
    easel.close()
    easel.deleteLater()
    dialog.deleteLater()


def test_it_shows_what_will_be_saved_and_how_large_it_is(dialog, qtbot) -> None:
    """A drawing of the page at first, then the code of a script."""
    assert dialog.formats.format.name == "page" and dialog.amount.text().startswith("about ")
    assert dialog.preview.sheet.isVisible() and dialog.browse.isVisible()
    wide = dialog.preview.sheet.grab().toImage()
    dialog.preview.device.button("narrow").click()
    assert dialog.preview.sheet.grab().toImage() != wide
    dialog.formats.choose("python")
    qtbot.waitUntil(lambda: not dialog.busy)
    assert "import numpy" in dialog.preview.text.toPlainText() and not dialog.browse.isVisible()
    assert not dialog.preview.device.isVisible()
    assert "Python script" in dialog.save.text()


def test_rows_are_inside_only_when_ticked_and_it_warns(dialog, qtbot, tmp_path) -> None:
    """The promise in the footer is what the file keeps."""
    assert "stay on this computer" in dialog.promise.text()
    dialog.save_to(tmp_path / "without.html")
    qtbot.waitUntil(lambda: dialog.written is not None)
    assert '"rows":[]' in (tmp_path / "without.html").read_text(encoding="utf-8")
    dialog.options.rows.setChecked(True)
    assert dialog.promise.text() == "up to 50 rows of the table will be in the file"
    assert dialog.promise.property("role") == "warningChip"
    dialog.written = None
    dialog.save_to(tmp_path / "with.html")
    qtbot.waitUntil(lambda: dialog.written is not None)
    assert '"rows":[{' in (tmp_path / "with.html").read_text(encoding="utf-8")
    assert "rows" not in json.loads(QSettings().value("taking/chosen/page"))


def test_what_was_chosen_last_comes_back(dialog, qtbot, tmp_path) -> None:
    dialog.formats.choose("picture")
    qtbot.waitUntil(lambda: not dialog.busy)
    dialog.save_to(tmp_path / "net.png")
    qtbot.waitUntil(lambda: dialog.written is not None)
    assert (tmp_path / "net.png").read_bytes().startswith(b"\x89PNG")
    assert QSettings().value("taking/format") == "picture"
    assert read_stamp((tmp_path / "net.png").read_bytes()).recipe.target == "species"


def test_a_format_that_lacks_a_package_says_which(dialog, monkeypatch) -> None:
    """The row stays, and so does the reason."""
    monkeypatch.setattr(type(dialog.formats.format), "missing", property(lambda _self: ("nothing",)))
    dialog.formats.choose("video")
    assert "nothing" in dialog.preview.message.text() and not dialog.save.isEnabled()


def test_the_window_says_where_it_went_and_does_the_same_again(window, qtbot, monkeypatch, tmp_path) -> None:
    """Ctrl+E, save; then Ctrl+Shift+E writes the same file without a question."""
    path = tmp_path / "page.html"
    monkeypatch.setattr(saving, "ask_where", lambda *_: str(path))

    def press_save(dialog: TakeDialog) -> int:
        dialog.show()
        qtbot.waitUntil(lambda: not dialog.busy)
        dialog.save.click()
        qtbot.waitUntil(lambda: dialog.written is not None)
        return 1

    monkeypatch.setattr(TakeDialog, "exec", press_save)
    window.actions_by_id["take"].trigger()
    assert "page.html" in window.messages.text
    first = path.read_bytes()
    path.unlink()
    window.actions_by_id["take_again"].trigger()
    qtbot.waitUntil(path.exists)
    assert path.read_bytes() == first
    qtbot.waitUntil(lambda: "page.html" in window.messages.text)


def test_a_picture_that_is_dropped_brings_its_settings_back(window, dialog, qtbot, tmp_path) -> None:
    """Network and training are as they were; Undo takes that back; other files are none of its business."""
    dialog.formats.choose("picture")
    qtbot.waitUntil(lambda: not dialog.busy)
    dialog.save_to(tmp_path / "net.png")
    qtbot.waitUntil(lambda: dialog.written is not None)
    hidden = window.bridge.document.network_config.hidden
    window.bridge.set_training(learning_rate=0.5)
    window.bridge.set_hidden(())
    assert window.taking.takes(tmp_path / "net.png")
    assert window.bridge.document.network_config.hidden == hidden
    assert window.bridge.document.train_config.learning_rate != 0.5
    (tmp_path / "other.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    assert not window.taking.takes(tmp_path / "other.png") and not window.taking.takes(tmp_path / "none.png")
