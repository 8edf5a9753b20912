"""How the network is looked at is told to everyone at once, and the voice outlives the program."""

from __future__ import annotations

from ann_viz.ui.document.bridge import Bridge
from ann_viz.ui.document.view import View


def test_the_voice_is_told_once_and_remembered(bridge: Bridge) -> None:
    """It begins with plain words; the next window begins with the voice of this one."""
    view, heard = View(bridge), []
    view.voice_changed.connect(lambda: heard.append(view.voice))
    view.speak("plain")
    view.toggle_voice()
    view.speak("technical")
    assert heard == ["technical"]
    again = View(bridge)
    assert again.voice == "technical"
    again.toggle_voice()
    assert again.voice == "plain" == View(bridge).voice


def test_one_command_changes_every_part_of_the_window(bank, qtbot) -> None:
    """Explanation, coach, glossary and lesson all speak the voice of the view."""
    qtbot.waitUntil(lambda: bank.bridge.document.coach_memory.data is not None)  # the coach waits for it
    bank.side_windows.show_word("bias")
    bank.school.tour()

    def said() -> list[str]:
        return [
            bank.explain_panel.sentence,
            bank.watch_panel.coach.text,
            bank.side_windows.glossary.first.text(),
            bank.school.course.panel.text,
        ]

    plain = said()
    bank.actions_by_id["toggle_voice"].trigger()
    assert all(now != before for now, before in zip(said(), plain, strict=True))
    bank.actions_by_id["toggle_voice"].trigger()
    assert said() == plain
    bank.side_windows.glossary.close()
