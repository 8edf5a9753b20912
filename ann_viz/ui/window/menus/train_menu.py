"""The menu *Train*: training, steps, sweeps, twins, looking back."""

from __future__ import annotations

from typing import Final

from ann_viz.translation import translatable
from ann_viz.ui.window.menus.command import LOADED, STEPPABLE, TRAINED, WITH_ROWS, Command, Rows

__all__ = ["TRAIN"]

TRAIN: Final[Rows] = (
    Command(
        id="toggle_training", text=translatable("Train"), tip=translatable("Train or pause"), menu="Train",
        shortcut="Space", icon="play", states=WITH_ROWS,
    ),
    Command(
        id="step", text=translatable("Step"), tip=translatable("Repeat the step chosen last"), menu="Train",
        shortcut="S", icon="step-forward", states=STEPPABLE, section=True,
    ),
    Command(
        id="step_phase", text=translatable("One phase"), tip=translatable("One layer forward or back"), menu="Train",
        shortcut="P", states=STEPPABLE,
    ),
    Command(
        id="step_batch", text=translatable("One batch"), tip=translatable("One update of all weights"), menu="Train",
        shortcut="B", states=STEPPABLE,
    ),
    Command(
        id="step_epoch", text=translatable("One epoch"), tip=translatable("Once through all training rows"),
        menu="Train", shortcut="E", states=STEPPABLE,
    ),
    Command(
        id="train_on_row", text=translatable("Train on this row only, once"),
        tip=translatable("One step of learning that only the row on show has a say in"), menu="Train",
        shortcut="Ctrl+B", states=WITH_ROWS,
    ),
    Command(
        id="reset", text=translatable("Reset"), tip=translatable("Back to the same starting weights"), menu="Train",
        shortcut="Ctrl+R", icon="rotate-ccw", states=WITH_ROWS, section=True,
    ),
    Command(
        id="new_start", text=translatable("New start"), tip=translatable("Draw new starting weights"), menu="Train",
        shortcut="Ctrl+Shift+R", icon="dices", states=WITH_ROWS,
    ),
    Command(
        id="sweep", text=translatable("Sweep…"), tip=translatable("Try many settings at once"), menu="Train",
        shortcut="Ctrl+Shift+G", icon="chart-scatter", states=WITH_ROWS,
    ),
    Command(
        id="restore_best", text=translatable("Back to the best epoch"),
        tip=translatable("Take the weights of the epoch that did best on rows not learned from"), menu="Train",
        shortcut="Ctrl+Home", icon="history", states=TRAINED,
    ),
    Command(
        id="defaults", text=translatable("Back to defaults"),
        tip=translatable("Start anew with what was chosen for this data and this size of network"), menu="Train",
        shortcut="Ctrl+Alt+D", states=LOADED,
    ),
    Command(
        id="find_rate", text=translatable("Find a learning rate…"),
        tip=translatable("Try all rates on a copy of the network, and choose one"), menu="Train",
        shortcut="Ctrl+Alt+R", icon="gauge",
        states=WITH_ROWS, section=True,
    ),
    Command(
        id="twin", text=translatable("Twin…"),
        tip=translatable("The same network again with one thing changed, trained in step"), menu="Train",
        shortcut="Ctrl+Shift+D", icon="copy-plus", states=WITH_ROWS, section=True,
    ),
    Command(
        id="compare", text=translatable("Compare runs"),
        tip=translatable("The run in the window beside the best other one"), menu="Train", shortcut="Ctrl+Shift+C",
        icon="arrow-left-right", states=WITH_ROWS,
    ),
    Command(
        id="run_test", text=translatable("Run the test"),
        tip=translatable("Judge the network by the rows that were kept back for the end"), menu="Train",
        shortcut="Ctrl+Alt+T", states=TRAINED,
    ),
    Command(
        id="look_play", text=translatable("Play the run again"),
        tip=translatable("From the epoch on show, or from the start"), menu="Train", shortcut="Ctrl+Space",
        icon="circle-play", states=LOADED, section=True, submenu=translatable("Look back"),
    ),
    Command(
        id="look_back", text=translatable("One epoch back"), tip=translatable("Show the epoch before"), menu="Train",
        shortcut=",", states=LOADED, submenu=translatable("Look back"),
    ),
    Command(
        id="look_forward", text=translatable("One epoch forward"), tip=translatable("Show the epoch after"),
        menu="Train", shortcut=".", states=LOADED, submenu=translatable("Look back"),
    ),
    Command(
        id="look_back_ten", text=translatable("Ten epochs back"), tip=translatable("Show the tenth epoch before"),
        menu="Train", shortcut="Shift+,", states=LOADED, submenu=translatable("Look back"),
    ),
    Command(
        id="look_forward_ten", text=translatable("Ten epochs forward"), tip=translatable("Show the tenth epoch after"),
        menu="Train", shortcut="Shift+.", states=LOADED, submenu=translatable("Look back"),
    ),
    Command(
        id="look_at_best", text=translatable("Look at the best epoch"),
        tip=translatable("Show it without taking its weights"), menu="Train", shortcut="Home", icon="flag",
        states=LOADED, submenu=translatable("Look back"),
    ),
    Command(
        id="look_at_now", text=translatable("Return to now"), tip=translatable("Show the newest weights again"),
        menu="Train", shortcut="End", states=LOADED, submenu=translatable("Look back"),
    ),
    Command(
        id="continue_from_here", text=translatable("Continue from here"),
        tip=translatable("Train on from the weights on show, in a run of its own"), menu="Train",
        shortcut="Ctrl+Return", states=WITH_ROWS, submenu=translatable("Look back"),
    ),
)  # fmt: skip
