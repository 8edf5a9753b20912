"""Files of a few lines."""

from __future__ import annotations

from pathlib import Path


def write(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "file.csv"
    path.write_bytes(text.encode(encoding))
    return path
