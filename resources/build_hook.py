"""Lets the build of the package compile Turbo where a C compiler is; where none is, the package is pure Python."""

from __future__ import annotations

import importlib.util
import sys
import sysconfig
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class TurboBuildHook(BuildHookInterface):
    """Adds the compiled library to a wheel, or lays it into the checkout of an editable install."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile; a failure is said and leaves the package as it is without."""
        turbo = self._tool()
        library = turbo.load_levels().library_path()
        try:
            if not library.exists():
                turbo.compile_turbo(library)
        except turbo.CompilerError as error:
            self.app.display_warning(f"Turbo was not compiled: {error}. NumPy does its work, more slowly.")
            return
        if version == "editable":
            return
        build_data["artifacts"].append(str(library.relative_to(self.root)))
        build_data["pure_python"] = False
        build_data["tag"] = f"py3-none-{sysconfig.get_platform().replace('-', '_').replace('.', '_')}"

    def _tool(self) -> Any:
        """Import the module that compiles; it lies beside this one and is no part of the package."""
        path = Path(self.root, "resources", "compile_turbo.py")
        spec = importlib.util.spec_from_file_location("compile_turbo", path)
        assert spec is not None and spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        sys.modules[spec.name] = module
        spec.loader.exec_module(module)
        return module
