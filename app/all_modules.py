"""Imports every module of Facet: `python -m app.all_modules`. Exit code 1 if one cannot be.

Views are imported when they are first looked at; what a packaged application lacks shows here before a user
opens one. Packages that are installed by whoever wants them may be missing.
"""

import importlib
import os
import pkgutil
import sys
from collections.abc import Iterator

import app

_OPTIONAL = {"torch", "transformers", "huggingface_hub", "llama_cpp", "openvino", "onnx", "onnxruntime"}
_LIBRARY = "app.backends.native.libfacet"
"""Has the name of one, and is the native library."""


def faults() -> Iterator[str]:
    """A line for each module that cannot be imported."""
    for module in pkgutil.walk_packages(app.__path__, f"{app.__name__}."):
        if module.name == _LIBRARY:
            continue
        try:
            importlib.import_module(module.name)
        except ImportError as error:
            if (error.name or "").split(".")[0] not in _OPTIONAL:
                yield f"{module.name}: {error}"


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    found = list(faults())
    sys.stderr.write("".join(f"{line}\n" for line in found))
    sys.exit(1 if found else 0)
