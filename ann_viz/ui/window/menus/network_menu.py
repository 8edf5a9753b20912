"""The menu *Network*: layers, single weights and neurons, the row on show."""

from __future__ import annotations

from typing import Final

from ann_viz.translation import translatable
from ann_viz.ui.window.menus.command import WITH_ROWS, Command, Rows

__all__ = ["NETWORK"]

NETWORK: Final[Rows] = (
    Command(
        id="add_layer", text=translatable("Add hidden layer"), tip=translatable("Add a hidden layer before the output"),
        menu="Network", shortcut="Ctrl+L", icon="plus", states=WITH_ROWS,
    ),
    Command(
        id="remove_layer", text=translatable("Remove last hidden layer"),
        tip=translatable("Remove the hidden layer next to the output"), menu="Network", shortcut="Ctrl+Backspace",
        icon="minus", states=WITH_ROWS,
    ),
    Command(
        id="lock_selected", text=translatable("Lock or unlock the selected weight"),
        tip=translatable("Training leaves a locked weight or bias as it is"), menu="Network", shortcut="Ctrl+Shift+L",
        icon="lock", states=WITH_ROWS, section=True,
    ),
    Command(
        id="switch_selected", text=translatable("Switch the selected neuron off or on"),
        tip=translatable("A neuron that is off sends nothing"), menu="Network", shortcut="Ctrl+Shift+X", icon="power",
        states=WITH_ROWS,
    ),
    Command(
        id="previous_example", text=translatable("Previous row"), tip=translatable("Show the row before"),
        menu="Network", shortcut="[", icon="chevron-left", states=WITH_ROWS, section=True,
    ),
    Command(
        id="next_example", text=translatable("Next row"), tip=translatable("Show the row after"), menu="Network",
        shortcut="]", icon="chevron-right", states=WITH_ROWS,
    ),
    Command(
        id="random_example", text=translatable("Random row"), tip=translatable("Show a row drawn by chance"),
        menu="Network", shortcut="R", icon="dices", states=WITH_ROWS,
    ),
    Command(
        id="wrong_example", text=translatable("A wrong one"),
        tip=translatable("Show the next row that the network gets wrong"), menu="Network", shortcut="W",
        icon="circle-x", states=WITH_ROWS,
    ),
)  # fmt: skip
