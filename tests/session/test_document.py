"""The document can be read by everyone and written by its session alone."""

from __future__ import annotations

import pytest

from ann_viz.session import Document, Session


def test_no_attribute_can_be_written(session: Session) -> None:
    """Whoever is given the document gets an error for `document.state = …`, here and from the type checker."""
    public = [name for name in dir(Document) if not name.startswith("_")]
    written = [name for name in vars(session) if not name.startswith("_")]
    assert "state" in public and written == []
    for name in public:
        if isinstance(getattr(Document, name), property):
            with pytest.raises(AttributeError):
                setattr(session, name, None)


def test_what_was_done_by_hand_can_only_be_read(session: Session) -> None:
    """Marks of locked and changed weights are set by the session's own commands."""
    for name in ("changed", "locked", "off"):
        with pytest.raises(AttributeError):
            setattr(session.manual_edits, name, frozenset())
