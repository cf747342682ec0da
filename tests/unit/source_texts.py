"""The texts that the window can show, as they stand in the program's sources."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_FUNCTIONS = ("tr", "marked", "sentence")


@dataclass(frozen=True, slots=True)
class Asked:
    """A call of `tr`, `marked` or `sentence`."""

    place: str
    """File and line."""
    call: ast.Call
    at_import: bool
    """Whether it is made when its module is imported: outside every function."""

    @property
    def function(self) -> str:
        assert isinstance(self.call.func, ast.Name)
        return self.call.func.id

    @property
    def text(self) -> str | None:
        """None when it is no literal."""
        return _literal(self.call.args[0]) if self.call.args else None

    @property
    def hint(self) -> str:
        return (_literal(self.call.args[1]) or "") if len(self.call.args) > 1 else ""

    @property
    def counts(self) -> bool:
        return self.function == "tr" and len(self.call.args) > 2


def asked() -> Iterator[Asked]:
    """Every call in the sources; of app/language.py itself those with a text."""
    own = ROOT / "app" / "language.py"
    for path in sorted((ROOT / "app").rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for call, at_import in _calls(tree, True):
            found = Asked(f"{path.relative_to(ROOT)}:{call.lineno}", call, at_import)
            if path != own or found.text is not None:
                yield found


def _calls(node: ast.AST, at_import: bool) -> Iterator[tuple[ast.Call, bool]]:
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _FUNCTIONS:
        yield node, at_import
    later = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
    for child in ast.iter_child_nodes(node):
        yield from _calls(child, at_import and not later)


def _literal(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None
