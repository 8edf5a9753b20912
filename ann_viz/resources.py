"""Where the icons, fonts, sample data and texts lie, in a checkout, an editable install and a wheel."""

from __future__ import annotations

from pathlib import Path

__all__ = ["resource"]

_PACKAGE = Path(__file__).resolve().parent


def resource(*parts: str) -> Path:
    """Path of a file or folder in ``resources/``.

    Parameters
    ----------
    *parts : str
        Names below ``resources/``, such as ``"icons", "play.svg"``; none for the folder itself.

    Returns
    -------
    Path
        The absolute path. It is not checked: reading a file that isn't there says so by itself.
    """
    return _root(_PACKAGE).joinpath(*parts)


def _root(package: Path) -> Path:
    """The copy that a wheel carries inside the package, or else the folder beside the package in a checkout."""
    packaged = package / "_resources"
    return packaged if packaged.is_dir() else package.parent / "resources"
