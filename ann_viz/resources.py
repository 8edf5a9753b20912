"""Where the icons, fonts, sample data and texts lie, in a checkout, an editable install and a wheel."""

from __future__ import annotations

from pathlib import Path

__all__ = ["folder_for", "resource", "use_language"]

_PACKAGE = Path(__file__).resolve().parent
_language: list[str] = []  # none, or one


def use_language(name: str) -> None:
    """Prefer the files in ``resources/translations/name`` from now on; an empty name ends that."""
    _language[:] = [name] if name else []


def resource(*parts: str) -> Path:
    """Path of a file or folder in ``resources/``, or of the file's translation where there is one.

    Parameters
    ----------
    *parts : str
        Names below ``resources/``, such as ``"icons", "play.svg"``; none for the folder itself.

    Returns
    -------
    Path
        The absolute path. It is not checked: reading a file that isn't there says so by itself.
    """
    root = folder_for(_PACKAGE)
    translated = [root.joinpath("translations", name, *parts) for name in _language]
    return next((path for path in translated if path.is_file()), root.joinpath(*parts))


def folder_for(package: Path) -> Path:
    """The copy that a wheel carries inside the package, or else the folder beside the package in a checkout."""
    packaged = package / "_resources"
    return packaged if packaged.is_dir() else package.parent / "resources"
