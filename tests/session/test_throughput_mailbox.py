"""The measured rate and the one-slot mailbox."""

from __future__ import annotations

from ann_viz.session.mailbox import Mailbox
from ann_viz.session.throughput import Throughput


def test_rate_looks_back_about_a_second() -> None:
    # Intention: what happened long ago does not blur the rate shown now.
    throughput = Throughput()
    assert throughput.per_second == 0
    throughput.restart(at=10.0, count=100)
    assert throughput.per_second == 0
    throughput.read(at=10.0, count=100)
    assert throughput.per_second == 0
    throughput.read(at=10.5, count=600)
    assert throughput.per_second == 1000
    for tenth in range(1, 21):
        throughput.read(at=10.5 + tenth / 10, count=600 + 20 * tenth)
    assert abs(throughput.per_second - 200) < 1e-6


def test_mailbox_keeps_the_newest_only() -> None:
    # Intention: frames in between are dropped, and nothing is handed out twice.
    mailbox: Mailbox[str] = Mailbox()
    assert mailbox.take() is None
    mailbox.put("old")
    mailbox.put("new")
    assert mailbox.take() == "new"
    assert mailbox.take() is None
