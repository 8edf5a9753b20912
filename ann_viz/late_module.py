"""A library that is imported when something of it is first used, wherever ``import`` stands before: NumPy at the start.

The first window says ``import numpy`` in a hundred modules and needs none of it. Python will know this as ``lazy
import`` (PEP 810).
"""

from __future__ import annotations

import sys
import threading
from importlib.abc import Loader
from importlib.machinery import ModuleSpec
from importlib.util import find_spec, module_from_spec
from types import ModuleType

__all__ = ["import_late"]

_lock = threading.RLock()  # while one thread imports it the others wait, and it asks itself for its own parts


def import_late(name: str) -> None:
    """Put off the import of a library that is not imported yet.

    It is imported by the thread that first uses it. That has to be the only one that runs then: one that imports a part
    of the library meanwhile would hold the part's lock, which the library may wait for, and wait for the library.
    """
    spec = find_spec(name)
    if spec is None or name in sys.modules:
        return
    module = module_from_spec(spec)
    del module.__path__  # who imports one of its parts asks for it, and so comes to the library first
    module.__class__ = _LateModule
    sys.modules[name] = module
    sys.meta_path.insert(0, _Part)


class _LateModule(ModuleType):
    """Stands for a library until it is asked for what only the library has, then becomes it."""

    def __getattr__(self, name: str) -> object:
        with _lock:
            if "__path__" not in vars(self):
                self._become()
        return ModuleType.__getattribute__(self, name)  # which this is by now, unless it asks itself while imported

    def _become(self) -> None:
        spec = self.__spec__
        assert spec is not None
        assert spec.loader is not None
        assert spec.submodule_search_locations is not None
        self.__path__ = spec.submodule_search_locations
        spec.loader.exec_module(self)
        self.__class__ = ModuleType  # type: ignore[assignment]


class _Part(Loader):
    """Finds a part that the library has imported just now, for whoever wanted it first: it must not run again."""

    def __init__(self, module: ModuleType) -> None:
        self._module, self._spec = module, module.__spec__

    @classmethod
    def find_spec(cls, name: str, _path: object = None, target: ModuleType | None = None) -> ModuleSpec | None:
        """Return it; nothing of a module that is not there, or to be imported anew."""
        module = sys.modules.get(name)
        return None if module is None or target is not None else ModuleSpec(name, cls(module))

    def create_module(self, _spec: ModuleSpec) -> ModuleType:
        """Return the module that is there."""
        return self._module

    def exec_module(self, module: ModuleType) -> None:
        """Leave it as it was."""
        module.__spec__ = self._spec
