"""The menu *File*: opening, saving, taking along."""

from __future__ import annotations

from typing import Final

from ann_viz.translation import translatable
from ann_viz.ui.window.menus.command import LOADED, WITH_ROWS, Command, Rows

__all__ = ["FILE"]

FILE: Final[Rows] = (
    Command(
        id="new", text=translatable("New"), tip=translatable("Begin anew, with the start card"), menu="File",
        shortcut="Ctrl+N", states=LOADED,
    ),
    Command(
        id="open_csv", text=translatable("Open CSV…"), tip=translatable("Open a table from a file"), menu="File",
        shortcut="Ctrl+O", icon="file-plus-2",
    ),
    Command(
        id="open_project", text=translatable("Open project…"),
        tip=translatable("Go on with work that was saved"), menu="File", shortcut="Ctrl+Shift+O", icon="folder-open",
    ),
    Command(
        id="reload", text=translatable("Reload"), tip=translatable("Read the open file again in the same way"),
        menu="File", shortcut="F5", icon="refresh-cw", states=WITH_ROWS,
    ),
    Command(
        id="save", text=translatable("Save"), tip=translatable("Save the project: network, runs and settings"),
        menu="File", shortcut="Ctrl+S", icon="save", states=LOADED, section=True,
    ),
    Command(
        id="save_as", text=translatable("Save as…"), tip=translatable("Save the project in another file"), menu="File",
        shortcut="Ctrl+Shift+S", icon="copy", states=LOADED,
    ),
    Command(
        id="back_to_saved", text=translatable("Back to the saved state"),
        tip=translatable("Open the project again as it is in its file; Undo brings back what was changed"), menu="File",
        shortcut="Ctrl+Alt+Z", icon="history", states=LOADED,
    ),
    Command(
        id="predict_file", text=translatable("Predict a file…"),
        tip=translatable("Answer every row of another file with this network"), menu="File", shortcut="Ctrl+Shift+F",
        icon="file-down", states=LOADED, section=True,
    ),
    Command(
        id="take", text=translatable("Take it with you…"),
        tip=translatable("Save a web page, picture, video, report or program made of the network"), menu="File",
        shortcut="Ctrl+E", icon="download", states=LOADED,
    ),
    Command(
        id="record", text=translatable("Record a film…"), tip=translatable("Save the training as a film"), menu="File",
        shortcut="Ctrl+Alt+E", icon="film", states=WITH_ROWS,
    ),
    Command(
        id="take_again", text=translatable("Take the same again"),
        tip=translatable("Write what was taken along last once more, to the same file"), menu="File",
        shortcut="Ctrl+Shift+E", states=LOADED,
    ),
    Command(
        id="print_report", text=translatable("Print…"), tip=translatable("Put a report on paper"), menu="File",
        shortcut="Ctrl+P", states=WITH_ROWS,
    ),
    Command(
        id="quit", text=translatable("Quit"), tip=translatable("Close the window"), menu="File", shortcut="Ctrl+Q",
        icon="log-out", section=True,
    ),
)  # fmt: skip
