"""Curves and their table."""

import math

import numpy as np
from PySide6.QtCore import QLocale, Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from app.ui.compare.curves import Series
from app.ui.compare.number_axis import NumberAxis
from app.ui.compare.series_plot import SeriesItemModel, SeriesPlot, thinned
from app.ui.look.colors import DARK, LIGHT


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
    assert plot._dots.getData()[1].tolist() == [7.0], "a line of one point would not be seen"
    plot.show_series([Series("left", [1, 2], [10.0, 20.0])])
    assert len(plot._dots.getData()[1]) == 0


def test_the_axis_begins_at_zero_so_that_twice_as_much_looks_twice_as_much(qtbot: QtBot) -> None:
    plot = SeriesPlot("Speed", "token", "tok/s", LIGHT)
    qtbot.addWidget(plot)
    plot.show_series([Series("left", [1, 2], [90.0, 100.0])])
    bottom, top = plot._view.viewRange()[1]
    assert bottom <= 0
    assert 100 <= top < 110


def test_a_logarithmic_axis_has_a_place_for_zero_a_gap_for_infinity_and_a_band(qtbot: QtBot) -> None:
    plot = SeriesPlot("How far apart", "token", "nats", LIGHT, least=1e-9)
    qtbot.addWidget(plot)
    plot.show_series(
        [Series("left", [1, 2, 3], [0.0, 1e-3, float("inf")])], Series("rounding alone", [1, 2], [1e-4, 1e-2])
    )
    drawn = plot._curves[0].getData()[1]
    assert drawn[:2].tolist() == [-9.0, -3.0]
    assert math.isnan(drawn[2])
    assert plot._behind.getData()[1].tolist() == [-4.0, -2.0]
    bottom, top = plot._view.viewRange()[1]
    assert bottom <= -9 < -2 <= top
    plot.table_button.click()
    assert [plot.items.data(plot.items.index(1, column)) for column in range(4)] == [
        "2",
        "0.001",
        "2",
        "0.01",
    ]
    assert "rounding alone" in plot._legend.text()


def test_a_long_curve_is_drawn_with_fewer_points_and_keeps_its_peaks_and_gaps() -> None:
    xs = np.arange(5000, dtype=float)
    ys = np.sin(xs)
    ys[1234], ys[4321], ys[2000:2100] = 40.0, -40.0, np.nan
    few_xs, few_ys = thinned(xs, ys)
    assert len(few_xs) <= 600
    assert (few_ys[few_xs == 1234], few_ys[few_xs == 4321]) == (40.0, -40.0)
    assert np.isnan(few_ys).any()
    assert (np.diff(few_xs) > 0).all()
    assert len(thinned(xs[:600], ys[:600])[0]) == 600


def test_an_axis_writes_its_numbers_as_the_language_does(qtbot: QtBot) -> None:
    before = QLocale()
    QLocale.setDefault(QLocale("de_DE"))
    try:
        assert NumberAxis("left").tickStrings([0.5, 1.0], 1, 0.5) == ["0,5", "1,0"]
    finally:
        QLocale.setDefault(before)
