"""The report as one HTML file that needs nothing else: no script, no network, plots inline."""

from importlib import resources

from app.compare import report_page
from app.compare.fairness import is_fair
from app.compare.report import ComparisonReport
from app.compare.svg_plot import svg
from app.compare.word_diff import diff_words

_TEMPLATE = "report.html.j2"


def report_html(report: ComparisonReport) -> str:
    """A whole document, UTF-8."""
    from jinja2 import Environment, StrictUndefined  # the window starts without them
    from markupsafe import Markup

    source = resources.files("app.compare").joinpath(_TEMPLATE).read_text(encoding="utf-8")
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    plots = report_page.plots(report)
    return environment.from_string(source).render(
        report=report,
        names=report_page.side_names(report),
        fair=is_fair(report.checks),
        speed=report_page.speed_words(report),
        figures=report_page.figures_table(report),
        judgements=[
            (explanation.own, judgement)
            for explanation in report.explanations
            if (judgement := report.judgement(explanation)) is not None
        ],
        divergences=[
            (explanation.own, report_page.divergence_table(report, explanation))
            for explanation in report.explanations
        ],
        strips=[(side, report_page.token_strip(report, side)) for side in ("left", "right")],
        words=diff_words(report.left.text, report.right.text),
        plots=[(plot, Markup(svg(plot)), report_page.plot_table(plot)) for plot in plots],
    )
