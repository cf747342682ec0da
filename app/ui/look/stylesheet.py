"""The style sheet of the whole window, from one set of colours.

Widgets ask for a look by object name or by the dynamic property `look`, never by a style sheet of their own.
"""

from pathlib import Path

from app.ui.compare.stylesheet import compare_rules
from app.ui.look.colors import Colors
from app.ui.look.contrast_rules import contrast_rules

_RESOURCES = Path(__file__).parents[3] / "resources"


def stylesheet(colors: Colors, small_px: int, *, mirrored: bool = False) -> str:
    """Qt style sheet for `colors`; `small_px` is the smaller of the two font sizes, `mirrored` whether it
    is read from right to left. Qt mirrors layouts, but no borders.
    """
    rules = _rules(colors, small_px) + compare_rules(colors, small_px) + _side_rules(colors, mirrored)
    return rules + contrast_rules(colors) if colors.high else rules


def _side_rules(c: Colors, mirrored: bool) -> str:
    """Of what stands at the window's sides: a line towards the middle."""
    begin, end = ("right", "left") if mirrored else ("left", "right")
    return f"""
#sidebar {{ border-{end}: 1px solid {c.border}; }}
#sidePanel {{ border-{begin}: 1px solid {c.border}; }}
"""


def _rules(c: Colors, small_px: int) -> str:
    line_px = max(20, round(small_px * 1.42))  # a layout may press a field to this, not to its text's height
    return f"""
#palette {{ background: {c.raised}; border: 1px solid {c.border}; border-radius: 12px; }}
#paletteList {{ background: transparent; border: none; outline: none; }}
#pages, #pageScroll, #pageBody {{ background: {c.window}; }}
QMainWindow, #centre, #transcript, #transcript > QWidget {{ background: {c.window}; }}
QWidget {{ color: {c.text}; }}
QToolTip {{ background: {c.raised}; color: {c.text}; border: 1px solid {c.border}; padding: 4px 6px; }}
QScrollArea {{ border: none; }}
#transcript {{ border: 1px solid transparent; }}
#transcript:focus {{ border-color: {c.accent}; }}
#sidebar, #sidePanel, #panelBody {{ background: {c.sidebar}; }}
#topBar {{ border-bottom: 1px solid {c.border}; background: {c.window}; }}
QLabel[look="muted"] {{ color: {c.muted}; font-size: {small_px}px; }}
QLabel[look="heading"] {{ color: {c.muted}; font-size: {small_px}px; font-weight: 600; }}
QLabel[look="strong"] {{ font-weight: 600; }}
QLabel[look="danger"] {{ color: {c.danger}; font-weight: 600; }}
QPushButton {{
    background: {c.raised};
    border: 1px solid {c.border};
    border-radius: 8px;
    padding: 6px 12px;
    min-height: {line_px}px;
}}
QPushButton:hover {{ background: {c.hover}; }}
QPushButton:focus, QToolButton:focus {{ border: 1px solid {c.accent}; }}
QPushButton:disabled {{ color: {c.muted}; }}
QToolButton {{ background: transparent; border: 1px solid transparent; border-radius: 8px; padding: 5px; }}
QToolButton::menu-indicator, QPushButton::menu-indicator {{ image: none; width: 0; }}
QToolButton:hover {{ background: {c.hover}; }}
QToolButton:checked {{ background: {c.hover}; }}
QToolButton[look="round"] {{ background: {c.accent}; border-radius: 17px; padding: 0; }}
QToolButton[look="round"]:disabled {{ background: {c.hover}; }}
QToolButton[look="round"]:focus {{ border: 2px solid {c.text}; }}
QToolButton[look="tiny"] {{ border-radius: 6px; padding: 0; }}
QToolButton[look="jump"] {{ background: {c.raised}; border: 1px solid {c.border}; border-radius: 17px; }}
#backendSwitch, QFrame[look="segments"] {{ background: {c.hover}; border-radius: 8px; }}
#backendSwitch QPushButton, QFrame[look="segments"] QPushButton {{
    background: transparent;
    border: 1px solid transparent;
    border-radius: 6px;
    padding: 4px 14px;
    color: {c.muted};
}}
#backendSwitch QPushButton:hover, QFrame[look="segments"] QPushButton:hover {{ color: {c.text}; }}
#backendSwitch QPushButton:checked, QFrame[look="segments"] QPushButton:checked {{
    background: {c.raised if not c.dark else c.selected};
    color: {c.text};
    border-color: {c.border};
}}
#backendSwitch QPushButton:focus, QFrame[look="segments"] QPushButton:focus {{ border-color: {c.accent}; }}
#backendSwitch QPushButton:disabled {{ color: {c.muted}; font-style: italic; }}
QFrame[look="segments"] QPushButton:disabled {{ color: {c.muted}; }}
QLineEdit, QSpinBox, QDoubleSpinBox, QComboBox, #systemText {{
    background: {c.raised};
    border: 1px solid {c.border};
    border-radius: 6px;
    padding: 4px 8px;
    min-height: {line_px}px;
    selection-background-color: {c.accent};
    selection-color: {c.on_accent};
}}
QLineEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus, QComboBox:focus, #systemText:focus {{
    border-color: {c.accent};
}}
QLineEdit:disabled, QSpinBox:disabled, QDoubleSpinBox:disabled, QComboBox:disabled {{ color: {c.muted}; }}
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button, QAbstractSpinBox::up-arrow,
QAbstractSpinBox::down-arrow {{ width: 0; height: 0; border: none; image: none; }}
QComboBox {{ combobox-popup: 0; }}
QComboBox::drop-down {{ border: none; width: 24px; }}
QComboBox QAbstractItemView {{
    background: {c.raised};
    border: 1px solid {c.border};
    padding: 4px;
    outline: none;
    selection-background-color: {c.selected};
    selection-color: {c.text};
}}
#modelPicker {{ border-color: transparent; background: transparent; font-weight: 600; }}
#modelPicker:hover {{ background: {c.hover}; }}
#modelPicker:focus {{ border-color: {c.accent}; }}
#modelsSheet, #factsBody {{ background: {c.window}; }}
#modelsList {{ background: {c.sidebar}; border: none; border-top: 1px solid {c.border};
    border-right: 1px solid {c.border}; outline: none; padding: 8px; }}
#benchmarkChoices {{ background: {c.sidebar}; }}
#benchmarkBody {{ background: {c.window}; }}
#checkList {{ background: {c.raised}; border: 1px solid {c.border}; border-radius: 6px; outline: none; }}
#checkList:focus {{ border-color: {c.accent}; }}
#checkList::item {{ padding: 3px 4px; color: {c.text}; }}
#checkList::item:disabled {{ color: {c.muted}; }}
#checkList::item:selected {{ background: {c.selected}; color: {c.text}; }}
#chatList {{ background: transparent; border: 1px solid transparent; border-radius: 8px; outline: none; }}
#chatList:focus {{ border-color: {c.accent}; }}
#chatList::item {{ border-radius: 8px; padding: 8px; color: {c.text}; }}
#chatList::item:hover {{ background: {c.hover}; }}
#chatList::item:selected {{ background: {c.selected}; color: {c.text}; }}
#composer {{ background: {c.raised}; border: 1px solid {c.border}; border-radius: 16px; }}
#composer[focused="true"] {{ border-color: {c.accent}; }}
#composer QPlainTextEdit {{ background: transparent; border: none; }}
#userBubble {{ background: {c.hover}; border-radius: 14px; }}
#attachmentChip, #attachmentCard {{
    background: {c.sidebar};
    border: 1px solid {c.border};
    border-radius: 8px;
}}
QPushButton[look="link"] {{
    background: transparent;
    border: 1px solid transparent;
    border-radius: 6px;
    padding: 2px 4px;
    color: {c.accent};
    font-size: {small_px}px;
}}
QPushButton[look="link"]:hover {{ background: {c.hover}; }}
QPushButton[look="link"]:focus {{ border-color: {c.accent}; }}
QToolButton[look="small"] {{ border-radius: 6px; padding: 3px; }}
#bubbleEditor {{ background: {c.raised}; border: 1px solid {c.border}; border-radius: 8px; padding: 2px; }}
#bubbleEditor:focus {{ border-color: {c.accent}; }}
#messageText {{
    background: transparent;
    border: none;
    selection-background-color: {c.accent};
    selection-color: {c.on_accent};
}}
#findBar {{ background: {c.sidebar}; border-bottom: 1px solid {c.border}; }}
#notice {{ background: {c.hover}; border-bottom: 1px solid {c.border}; }}
#unseenMark {{ color: {c.muted}; font-size: {small_px}px; border-bottom: 1px dashed {c.muted}; }}
#errorCard {{ background: {c.raised}; border: 1px solid {c.danger}; border-radius: 10px; }}
#loadBar {{ background: {c.sidebar}; border: 1px solid {c.border}; border-radius: 10px; }}
QCheckBox::indicator, #checkList::indicator {{
    width: 14px;
    height: 14px;
    border: 1px solid {c.muted};
    border-radius: 3px;
    background: {c.raised};
}}
QCheckBox::indicator:hover, #checkList::indicator:hover {{ border-color: {c.accent}; }}
QCheckBox::indicator:checked, #checkList::indicator:checked {{
    background: {c.accent};
    border-color: {c.accent};
    image: url({_tick(c)});
}}
QCheckBox::indicator:focus {{ border: 2px solid {c.accent}; }}
QCheckBox::indicator:checked:focus {{ border: 2px solid {c.text}; }}
QCheckBox::indicator:disabled, #checkList::indicator:disabled {{ border-color: {c.border}; }}
QProgressBar {{ background: {c.hover}; border: none; border-radius: 3px; max-height: 6px; min-height: 6px; }}
QProgressBar::chunk {{ background: {c.accent}; border-radius: 3px; }}
QScrollBar:vertical {{ background: transparent; width: 12px; margin: 0; }}
QScrollBar::handle:vertical {{ background: {c.border}; border-radius: 4px; min-height: 32px; margin: 2px; }}
QScrollBar::handle:vertical:hover {{ background: {c.muted}; }}
QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 0; }}
QScrollBar::handle:horizontal {{ background: {c.border}; border-radius: 4px; min-width: 32px; margin: 2px; }}
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {{
    background: transparent;
    border: none;
    width: 0;
    height: 0;
}}
"""


def _tick(c: Colors) -> str:
    """The file of the sign in a pressed check box: a style sheet takes pictures from files only."""
    return (_RESOURCES / ("tick-dark.svg" if c.dark else "tick-light.svg")).as_posix()
