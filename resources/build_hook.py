"""Lets the build of the package compile Turbo where a C compiler is; where none is, the package is pure Python."""

from __future__ import annotations

import importlib.util
import os
import re
import sys
import sysconfig
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class TurboBuildHook(BuildHookInterface):
    """Adds the compiled library to a wheel, or lays it into the checkout of an editable install."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile; a failure is said and leaves the package as it is without.

        ANN_VIZ_LIBRARY and ANN_VIZ_WHEEL name a library that was compiled for another system, and the tag of its wheel.
        """
        tag = os.environ.get("ANN_VIZ_WHEEL") or re.sub("[-.]", "_", sysconfig.get_platform())
        try:
            library = Path(os.environ.get("ANN_VIZ_LIBRARY") or self._compiled())
        except RuntimeError as error:
            self.app.display_warning(f"Turbo was not compiled: {error}. NumPy does its work, more slowly.")
            return
        if version != "editable":
            build_data["force_include"][str(library)] = f"ann_viz/engine/compiled/{library.name}"
            build_data["pure_python"], build_data["tag"] = False, f"py3-none-{tag}"

    def _compiled(self) -> Path:
        """Return the library of this checkout; raises RuntimeError where it can't be made."""
        turbo = self._tool()
        library = turbo.load_levels().library_path()
        return library if library.exists() else turbo.compile_turbo(library)

    def _tool(self) -> Any:
        """Import the module that compiles; it lies beside this one and is no part of the package."""
        path = Path(self.root, "resources", "compile_turbo.py")
        spec = importlib.util.spec_from_file_location("compile_turbo", path)
        assert spec is not None and spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        sys.modules[spec.name] = module
        spec.loader.exec_module(module)
        return module
