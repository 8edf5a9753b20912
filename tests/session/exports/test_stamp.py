"""Settings inside a file: what was written is found again, and nothing else is believed."""

from __future__ import annotations

from base64 import b64encode

import pytest

from ann_viz.session import Session
from ann_viz.session.exports import Subject, subject_of
from ann_viz.session.exports.stamp import read_stamp, stamp_of


@pytest.fixture
def subject(session: Session) -> Subject:
    session.train()
    session.wait()
    work = session.take_work()
    assert work is not None
    return subject_of(work)


def test_settings_come_back_from_any_file(subject: Subject) -> None:
    # Intention: whatever stands around them.
    stamp = read_stamp(b"\xff\xd8 anything " + stamp_of(subject).encode() + b'" more')
    assert stamp is not None and subject.run is not None
    assert stamp.data == "circles.csv"
    assert stamp.network == subject.model.network.config
    assert stamp.training == subject.run.record.config
    assert stamp.recipe == subject.model.recipe


@pytest.mark.parametrize("known", ["[]", "{}", '{"network": {"n_inputs": -1}}', '{"recipe": 1, "network": 2}', "{"])
def test_what_makes_no_sense_is_no_settings(known: str) -> None:
    # Intention: pictures come from anyone.
    assert read_stamp(b"ann-viz-settings:" + b64encode(known.encode())) is None
    assert read_stamp(b"no mark at all") is None
    assert read_stamp(b"\x89PNG\r\n\x1a\n\0\0\0\x20zTXt" + b"ann-viz-settings\0\0broken" + bytes(40)) is None
