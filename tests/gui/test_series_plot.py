"""Curves and their table."""

from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from app.ui.colors import DARK, LIGHT
from app.ui.compare.series_plot import Series, SeriesItemModel, SeriesPlot


def test_the_table_keeps_qts_rules_and_names_its_columns(qtmodeltester: ModelTester) -> None:
    items = SeriesItemModel("token", "tok/s")
    qtmodeltester.check(items)
    items.show_series([Series("left", [1, 2, 3], [10.0, 20.0, 30.5]), Series("right", [1], [5.0])])
    qtmodeltester.check(items)
    titles = [items.headerData(column, Qt.Orientation.Horizontal) for column in range(4)]
    assert titles == ["left\ntoken", "left\ntok/s", "right\ntoken", "right\ntok/s"]
    assert [items.index(2, column).data() for column in range(4)] == ["3", "30.5", "", ""]


def test_a_curve_has_the_colour_of_its_side_in_either_theme_and_a_name_in_words(qtbot: QtBot) -> None:
    plot = SeriesPlot("Speed", "token", "tok/s", LIGHT)
    qtbot.addWidget(plot)
    plot.show_series([Series("left", [1, 2], [10.0, 20.0]), Series("right", [], [])])
    for colors in (LIGHT, DARK):
        plot.show_colors(colors)
        pens = [curve.opts["pen"].color().name() for curve in plot._curves]
        assert pens == list(colors.sides)
    assert plot.plot.accessibleName() == "Speed. left: 2 points, last 20"
    assert plot._curves[0].getData()[1].tolist() == [10.0, 20.0]
    plot.show_series([Series("left", [1], [7.0])])
    assert plot._curves[0].getData()[1].tolist() == [7.0]
