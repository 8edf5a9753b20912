"""The menu *View*: panels, charts, what the lines show, zoom, themes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ann_viz.translation import translatable
from ann_viz.ui.charts import chart_table
from ann_viz.ui.window.menus.command import LOADED, WITH_ROWS, Command, Rows

__all__ = ["VIEW"]


def _charts() -> Iterator[Command]:
    """Yield a command for every chart."""
    for place, chart in enumerate(chart_table.CHARTS, start=1):
        yield Command(
            id=f"chart_{chart.id}", text=chart.text, tip=chart.tip, menu="View", shortcut=f"Alt+{place}",
            states=WITH_ROWS if chart.needs_rows else LOADED, submenu=translatable("Chart"),
        )  # fmt: skip


VIEW: Final[Rows] = (
    Command(
        id="show_rows", text=translatable("Show rows"), tip=translatable("The table as it was read"), menu="View",
        shortcut="Ctrl+D", icon="table", states=WITH_ROWS,
    ),
    Command(
        id="show_build", text=translatable("Build"), tip=translatable("Data, network and hyperparameters"),
        menu="View", shortcut="Ctrl+Shift+B", states=LOADED, section=True,
    ),
    Command(
        id="show_try", text=translatable("Try"), tip=translatable("Ask the network about a row of your own"),
        menu="View", shortcut="Ctrl+Shift+T", icon="user-plus", states=LOADED,
    ),
    Command(
        id="show_runs", text=translatable("Runs"), tip=translatable("All networks that were trained on these data"),
        menu="View", shortcut="Ctrl+Shift+U", icon="list-tree", states=LOADED,
    ),
    Command(
        id="show_watch", text=translatable("Watch"), tip=translatable("Loss, scores and the coach"), menu="View",
        shortcut="Ctrl+Shift+W", states=LOADED,
    ),
    Command(
        id="show_inspector", text=translatable("Inspect"), tip=translatable("The selected neuron or connection"),
        menu="View", shortcut="Ctrl+I", states=LOADED,
    ),
    Command(
        id="show_why", text=translatable("Why"),
        tip=translatable("What mattered for this answer, and what would change it"), menu="View",
        shortcut="Ctrl+Shift+Y", icon="list-filter", states=LOADED,
    ),
    _charts,
    Command(
        id="enlarge", text=translatable("Enlarge the chart"),
        tip=translatable("Give it the room of the picture; again, or Esc, shrinks it"), menu="View",
        shortcut="Ctrl+M", icon="maximize-2", states=WITH_ROWS,
    ),
    Command(
        id="runs_table", text=translatable("Runs as a table"),
        tip=translatable("All runs side by side, to be sorted by score or setting; again, or Esc, shrinks it"),
        menu="View", shortcut="Ctrl+Shift+M", icon="table", states=LOADED,
    ),
    Command(
        id="network_text", text=translatable("Network as text"),
        tip=translatable("Every neuron in a table and in sentences"), menu="View", shortcut="Ctrl+Shift+N",
        icon="file-text", states=LOADED,
    ),
    Command(
        id="lines_weights", text=translatable("Lines show weights"), tip=translatable("What the network has learned"),
        menu="View", shortcut="Ctrl+1", states=LOADED, section=True,
    ),
    Command(
        id="lines_signals", text=translatable("Lines show signals"),
        tip=translatable("What travels along the lines for this row"), menu="View", shortcut="Ctrl+2", states=LOADED,
    ),
    Command(
        id="lines_gradients", text=translatable("Lines show gradients"),
        tip=translatable("Who is to blame for the last batch's error"), menu="View", shortcut="Ctrl+3", states=LOADED,
    ),
    Command(
        id="lines_change", text=translatable("Lines show change"), tip=translatable("What the last epoch has changed"),
        menu="View", shortcut="Ctrl+4", states=LOADED,
    ),
    Command(
        id="fold", text=translatable("Fold or unfold categories"),
        tip=translatable("One input for each column of categories"), menu="View", shortcut="Ctrl+G", states=LOADED,
    ),
    Command(
        id="looks_for", text=translatable("What neurons look for"),
        tip=translatable("Beside each hidden neuron: a map of the plane, or its strongest incoming signs"), menu="View",
        shortcut="Ctrl+Shift+K", icon="eye", states=LOADED,
    ),
    Command(
        id="zoom_in", text=translatable("Zoom in"), tip=translatable("Make the network larger"), menu="View",
        shortcut="Ctrl++", icon="zoom-in", states=LOADED, section=True,
    ),
    Command(
        id="zoom_out", text=translatable("Zoom out"), tip=translatable("Make the network smaller"), menu="View",
        shortcut="Ctrl+-", icon="zoom-out", states=LOADED,
    ),
    Command(
        id="zoom_fit", text=translatable("Show the whole network"), tip=translatable("Fit the network to the window"),
        menu="View", shortcut="Ctrl+0", icon="maximize", states=LOADED,
    ),
    Command(
        id="theme_light", text=translatable("Light theme"), tip=translatable("Dark text on white"), menu="View",
        shortcut="Ctrl+T, L", icon="sun", section=True, submenu=translatable("Theme"),
    ),
    Command(
        id="theme_dark", text=translatable("Dark theme"), tip=translatable("Light text on black"), menu="View",
        shortcut="Ctrl+T, D", icon="moon", submenu=translatable("Theme"),
    ),
    Command(
        id="theme_contrast_light", text=translatable("High contrast light"),
        tip=translatable("Black on white, strong borders and lines"), menu="View", shortcut="Ctrl+T, W", icon="sun",
        submenu=translatable("Theme"),
    ),
    Command(
        id="theme_contrast_dark", text=translatable("High contrast dark"),
        tip=translatable("White on black, strong borders and lines"), menu="View", shortcut="Ctrl+T, B", icon="moon",
        submenu=translatable("Theme"),
    ),
    Command(
        id="theme_system", text=translatable("System theme"), tip=translatable("Follow the desktop"), menu="View",
        shortcut="Ctrl+T, S", submenu=translatable("Theme"),
    ),
    Command(
        id="text_100", text=translatable("Text at 100 %"), tip=translatable("Size of text and of everything around it"),
        menu="View", shortcut="Ctrl+T, 1", submenu=translatable("Text size"),
    ),
    Command(
        id="text_125", text=translatable("Text at 125 %"), tip=translatable("Size of text and of everything around it"),
        menu="View", shortcut="Ctrl+T, 2", submenu=translatable("Text size"),
    ),
    Command(
        id="text_150", text=translatable("Text at 150 %"), tip=translatable("Size of text and of everything around it"),
        menu="View", shortcut="Ctrl+T, 3", submenu=translatable("Text size"),
    ),
    Command(
        id="text_175", text=translatable("Text at 175 %"), tip=translatable("Size of text and of everything around it"),
        menu="View", shortcut="Ctrl+T, 4", submenu=translatable("Text size"),
    ),
    Command(
        id="text_200", text=translatable("Text at 200 %"), tip=translatable("Size of text and of everything around it"),
        menu="View", shortcut="Ctrl+T, 5", submenu=translatable("Text size"),
    ),
    Command(
        id="less_motion", text=translatable("Less motion"), tip=translatable("Nothing runs along the lines on its own"),
        menu="View", shortcut="Ctrl+T, M",
    ),
    Command(
        id="presentation", text=translatable("Presentation"),
        tip=translatable("Large words for the back row; Esc ends it"), menu="View", shortcut="F11", icon="presentation",
        section=True,
    ),
)  # fmt: skip
