"""Texts that ask for files and pages, and the files and the port that notice when they are opened.

Python's own audit hook does not see what Qt opens, so the files lie in a folder that the kernel watches (inotify).
"""

from __future__ import annotations

import ctypes
import os
import socket
import struct
from pathlib import Path

from PySide6.QtGui import QImage

__all__ = ["TEXTS", "Bait"]

TEXTS = {
    "number": '<img src="{bait}">Age & co',
    "hole": '<table background="{bait}"><tr><td>Balance</td></tr></table>',
    "column": "<style>@import url({bait});</style>Country {{0}} %1",
    "code": '<a href="{bait}">Id</a>',
    "notes": '<p style="background-image:url({bait})">Notes',
    "target": '<body background="{bait}">Exited',
    "category": '<p>x<link rel="stylesheet" href="{bait}" type="text/css">France',
    "bidi": '<img src="{bait}">\u202eGermany\u202c &lt;b&gt; AT&amp;T **bold',
    "truth": '<img src="{bait}">yes',
    "other": "<img src={bait}>no",
    "cell": '<img src="{bait}">words in a cell that is long enough',
    "broken": "<img src={bait}>one cell too many",
    "missing": "<img src={bait}>",
    "phrase": '<img src="{bait}">leaves',
    "row": "<img src={bait}>Customer",
    "file": "<img src={bait}> & co[*].csv",
    "lesson": '<img src="{bait}">lesson',
    "error": '<img src="{bait}">error',
    "sample": '<img src="{bait}">sample',
    "fetched": '<img src="{bait}">fetched',
}
"""One text for every place that data come from; each asks for a picture of its own."""

IN_OPEN = 0x20
EVENT = struct.Struct("iIII")


class Bait:
    """Pictures in a folder, and a port of this machine, that remember being opened."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        for name in TEXTS:
            QImage(2, 2, QImage.Format.Format_RGB32).save(str(folder / f"{name}.png"))
        libc = ctypes.CDLL(None, use_errno=True)
        self._inotify = libc.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC)
        assert libc.inotify_add_watch(self._inotify, os.fsencode(folder), IN_OPEN) > 0
        self._server = socket.create_server(("127.0.0.1", 0))
        self._server.setblocking(False)

    @property
    def address(self) -> str:
        """Where a picture would be, were it fetched."""
        return f"http://127.0.0.1:{self._server.getsockname()[1]}/fetched.png"

    def taken(self) -> list[str]:
        """Return what was opened since this was asked last."""
        names = []
        try:
            events = os.read(self._inotify, 1 << 16)
        except BlockingIOError:
            events = b""
        while events:
            length = EVENT.unpack_from(events)[3]
            names.append(os.fsdecode(events[EVENT.size : EVENT.size + length].rstrip(b"\0")))
            events = events[EVENT.size + length :]
        try:
            self._server.accept()[0].close()
        except BlockingIOError:
            return names
        return [*names, self.address]

    def close(self) -> None:
        """Watch no longer."""
        os.close(self._inotify)
        self._server.close()
