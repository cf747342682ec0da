"""What a file or folder is that a person gives to Facet: an `.sbs` to open, one to import, or no model."""

from pathlib import Path
from typing import Literal

Offer = Literal["open", "import", ""]


def offered(path: Path) -> tuple[Path, Offer]:
    """The model's own path, and what can be done with it; "" for what is no model by its name.

    A `config.json` stands for its folder. Looks at names only.
    """
    if path.name == "config.json" and path.is_file():
        path = path.parent
    if path.is_file():
        kinds: dict[str, Offer] = {".sbs": "open", ".gguf": "import"}
        return path, kinds.get(path.suffix.lower(), "")
    try:
        suffixes = {item.suffix.lower() for item in path.iterdir() if not item.name.startswith(".")}
    except OSError:
        return path, ""
    if ".sbs" in suffixes:
        return path, "open"
    return path, "import" if ".gguf" in suffixes or (path / "config.json").is_file() else ""
