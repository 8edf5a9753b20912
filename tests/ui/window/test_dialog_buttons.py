"""Buttons of dialogs carry words only: the pictures of Qt's own style belong to another time."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QDialogButtonBox, QProxyStyle, QStyle

from ann_viz.ui.kit import theme


class _WithIcons(QProxyStyle):
    """A desktop that gives every button its picture."""

    def styleHint(self, hint, option=None, widget=None, returnData=None) -> int:
        if hint == QStyle.StyleHint.SH_DialogButtonBox_ButtonsHaveIcons:
            return 1
        return super().styleHint(hint, option, widget, returnData)


@pytest.mark.parametrize("name", ["light", "dark"])
def test_no_button_of_a_dialog_has_an_icon(qapp, qtbot, name) -> None:
    """Also where the desktop would give it one."""
    theme.apply(qapp, name)
    style, box = _WithIcons("fusion"), QDialogButtonBox()
    qtbot.addWidget(box)
    style.setParent(box)  # or it would be gone before the box
    box.setStyle(style)
    box.setStandardButtons(QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel)
    assert [button.icon().isNull() for button in box.buttons()] == [True, True]
