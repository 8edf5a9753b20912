"""Names that a package offers without importing what holds them: whoever asks for one gets that module alone.

The window asks for a few names of each package before it stands; the rest would be imported for nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module

__all__ = ["late_names"]


def late_names(package: str, modules: Mapping[str, str]) -> Callable[[str], object]:
    """Return the ``__getattr__`` of a package.

    Parameters
    ----------
    package : str
        Its ``__name__``.
    modules : mapping of str to str
        From each module of the package to the names in it, with spaces between them.
    """
    holders = {name: module for module, names in modules.items() for name in names.split()}

    def find(name: str) -> object:
        if name not in holders:
            raise AttributeError(f"module '{package}' has no attribute '{name}'")
        return getattr(import_module(f"{package}.{holders[name]}"), name)

    return find
