"""Methods that are called in turn, as long as their objects live."""

from __future__ import annotations

import gc

import pytest
import shiboken6
from PySide6.QtCore import QObject

from ann_viz.ui.kit.listeners import Listeners


class _Ear(QObject):
    def __init__(self, name: str, heard: list[str]) -> None:
        super().__init__()
        self.name = name
        self._heard = heard

    def hear(self) -> None:
        self._heard.append(self.name)


@pytest.fixture
def heard() -> list[str]:
    """Names of those who were called."""
    return []


def test_all_are_called_in_the_order_they_came(heard, qapp) -> None:
    """As with a signal."""
    listeners, ears = Listeners(), [_Ear(name, heard) for name in "abc"]
    for ear in ears:
        listeners.connect(ear.hear)
    listeners.emit()
    listeners.emit()
    assert heard == list("abcabc")


def test_whose_object_is_gone_is_not_called(heard, qapp) -> None:
    """Neither one that Qt has deleted nor one that Python has."""
    listeners, ears = Listeners(), [_Ear(name, heard) for name in "abc"]
    for ear in ears:
        listeners.connect(ear.hear)
    shiboken6.delete(ears[0])
    del ears[1], ear
    gc.collect()
    listeners.emit()
    assert heard == ["c"]
    listeners.emit()
    assert heard == ["c", "c"]
    assert len(listeners) == 1, "they are forgotten"


def test_one_who_joins_while_all_are_called_waits_for_the_next_time(heard, qapp) -> None:
    """The round goes over those who were there when it began."""
    listeners, late = Listeners(), _Ear("late", heard)

    class Host(_Ear):
        def hear(self) -> None:
            super().hear()
            listeners.connect(late.hear)

    host = Host("host", heard)
    listeners.connect(host.hear)
    listeners.emit()
    assert heard == ["host"]
    listeners.emit()
    assert heard == ["host", "host", "late"]
