"""How `facet bench` prints its document: a column for each backend, or a row for each runtime."""

from collections.abc import Iterable
from typing import Any

from rich.markup import escape
from rich.table import Table

from app.bench.comparison import contention_words
from app.cli.output import cell, print_text, printable, table_console

_TITLES = {
    "load_s": "load, s",
    "ttft_s": "first token, s",
    "prefill_tok_s": "prefill, tok/s",
    "decode_tok_s": "decode, tok/s",
    "peak_rss_bytes": "peak RSS, MB",
}


def print_backends(document: dict[str, Any]) -> None:
    """One column for each backend: figures of two stay readable in 80 columns."""
    runs = document["runs"]
    table = Table(title=_title(document), title_justify="left")
    table.add_column("")
    for run in runs:
        table.add_column(f"{run['backend']} ({run['engine']})", justify="right")
    table.add_row("weights", *(run["weights"] for run in runs))
    for name, title in _TITLES.items():
        table.add_row(title, *(_figure(name, run[name]) for run in runs))
    if any(run.get("disturbed_runs") for run in runs):
        table.add_row("disturbed runs", *(_disturbed(run) for run in runs))
    table.caption_justify = "left"
    table.caption = "\n".join(
        f"{pair}: prefill x{ratio['prefill']:.2f}, decode x{ratio['decode']:.2f}"
        for pair, ratio in document["ratios"].items()
        if pair.startswith(f"{runs[0]['name']}/")
    )
    table_console().print(table)
    for words in contention_words(document):
        print_text(words)


def print_comparison(document: dict[str, Any], notes: Iterable[str]) -> None:
    """A row for each runtime, in tables that fit into 80 columns; then `notes`."""
    console = table_console()
    for table in (_speeds(document), _costs(document["runs"]), _ratios(document)):
        console.print(table)
    for run in document["runs"]:
        print_text(f"{run['name']}: {run['weights']}, {run['engine']}")
    if "read_bandwidth_bytes_s" in document:
        found = document["read_bandwidth_bytes_s"]
        low, median, high = (f"{found[key] / 1e9:.1f}" for key in ("min", "median", "max"))
        print_text(f"Memory was read with {median} [{low} - {high}] GB/s.")
    for run in document["runs"]:
        if run.get("disturbed_runs"):
            print_text(f"{run['name']}: {_disturbed(run)} disturbed.")
    for note in (*contention_words(document), *notes):
        print_text(note)


def _speeds(document: dict[str, Any]) -> Table:
    runs = document["runs"]
    headings = ["prefill, tok/s", "decode, tok/s"]
    has_kl = any("kl" in run for run in runs)
    table = _rows(_title(document), *headings, *(["mean KL"] if has_kl else []))
    for run in runs:
        figures = [_spread(run["prefill_tok_s"], 0), _spread(run["decode_tok_s"], 1)]
        if has_kl:
            figures.append(f"{run['kl']:.1e}" if "kl" in run else "")
        table.add_row(cell(run["name"]), *figures)
    return table


def _costs(runs: list[dict[str, Any]]) -> Table:
    table = _rows("medians", "MB/token", "bandwidth", "load, s", "first, s", "RSS, MB")
    for run in runs:
        size, share = run["weight_bytes_per_token"], run.get("bandwidth_share")
        table.add_row(
            cell(run["name"]),
            f"{size / 1e6:.0f}" if size else "",
            f"{100 * share['median']:.0f} %" if share else "",
            *(f"{run[name]['median']:.2f}" for name in ("load_s", "ttft_s")),
            f"{run['peak_rss_bytes']['median'] / 1e6:.0f}",
        )
    return table


def _ratios(document: dict[str, Any]) -> Table:
    first = document["runs"][0]["name"]
    table = _rows(f"{first} by each other, ratios of each round", "prefill", "decode")
    for pair, ratio in document["ratios"].items():
        left, right = pair.split("/", 1)
        if left == first:
            spreads = (_spread(ratio[f"{phase}_pairs"], 2, "x") for phase in ("prefill", "decode"))
            table.add_row(cell(right), *spreads)
    return table


def _rows(title: str, *headings: str) -> Table:
    table = Table(title=title, title_justify="left")
    table.add_column("")
    for heading in headings:
        table.add_column(heading, justify="right")
    return table


def _title(document: dict[str, Any]) -> str:
    """How often, and on what. The set's name may be a file's: no markup."""
    count = max((len(run["measurements"]) for run in document["runs"]), default=0)
    asked = document["prompts"]
    tokens = asked["tokens"]
    many = f"{len(tokens)} prompts, " if len(tokens) > 1 else ""
    words = f"{asked['name']}: {many}{sum(tokens)} tokens in, {len(tokens) * asked['new_tokens']} out"
    return f"median \\[min - max] of {count} run{'s' if count > 1 else ''}; {escape(printable(words))}"


def _disturbed(run: dict[str, Any]) -> str:
    return f"{run['disturbed_runs']} of {len(run['measurements'])}"


def _figure(name: str, figure: dict[str, float]) -> str:
    if name == "peak_rss_bytes":
        return _spread({key: value / 1e6 for key, value in figure.items()}, 0)
    return _spread(figure, 1 if name.endswith("tok_s") else 2)


def _spread(figure: dict[str, float], digits: int, sign: str = "") -> str:
    median, low, high = (f"{figure[key]:.{digits}f}" for key in ("median", "min", "max"))
    return f"{sign}{median}" if low == high else f"{sign}{median} \\[{low} - {high}]"
