"""The comparison's part of the style sheet."""

from app.ui.look.colors import Colors


def compare_rules(c: Colors, small_px: int) -> str:
    """Rules of what only the comparison shows; see app/ui/look/stylesheet.py."""
    return f"""
#columnTop {{ border-bottom: 1px solid {c.border}; background: {c.window}; }}
#compareColumn {{ background: {c.window}; }}
#reportBar {{ background: {c.selected}; border-bottom: 1px solid {c.border}; }}
QSplitter::handle {{ background: {c.border}; }}
QSplitter::handle:hover {{ background: {c.accent}; }}
#fairnessStrip {{ background: {c.sidebar}; border-bottom: 1px solid {c.border}; }}
#fairnessStrip[unfair="true"] {{ background: {c.danger_back}; border-bottom: 1px solid {c.danger}; }}
QLabel[look="strong"][unfair="true"] {{ color: {c.danger}; }}
QLabel[look="chip"] {{
    background: {c.hover};
    border-radius: 6px;
    padding: 2px 6px;
    color: {c.muted};
    font-size: {small_px}px;
}}
QLabel[look="chip"][state="differs"] {{ background: {c.selected}; color: {c.text}; }}
QLabel[look="chip"][state="unfair"] {{ background: {c.danger}; color: {c.window}; font-weight: 600; }}
QLabel[look="badge"] {{
    background: {c.danger_back};
    border: 1px solid {c.danger};
    border-radius: 6px;
    padding: 2px 8px;
    color: {c.danger};
    font-size: {small_px}px;
    font-weight: 600;
}}
QPushButton[look="flat"] {{
    background: transparent;
    border-color: transparent;
    color: {c.muted};
    padding: 2px 8px;
}}
QPushButton[look="flat"]:hover, QPushButton[look="flat"]:checked {{ background: {c.hover}; color: {c.text}; }}
QPushButton[look="flat"]:focus {{ border-color: {c.accent}; }}
QTableView {{
    background: {c.window};
    alternate-background-color: {c.sidebar};
    border: 1px solid {c.border};
    gridline-color: {c.border};
    selection-background-color: {c.selected};
    selection-color: {c.text};
}}
#tokenStrips {{ background: {c.window}; border: 1px solid {c.border}; border-radius: 6px; }}
#tokenStrips:focus {{ border-color: {c.accent}; }}
#wordDiff, #findings {{
    background: {c.window};
    border: 1px solid {c.border};
    border-radius: 6px;
    padding: 4px;
}}
#wordDiff:focus, #findings:focus {{ border-color: {c.accent}; }}
QTableView:focus {{ border-color: {c.accent}; }}
QHeaderView {{ background: {c.sidebar}; border: none; }}
QHeaderView::section {{
    background: {c.sidebar};
    color: {c.muted};
    border: none;
    padding: 4px 8px;
    font-size: {small_px}px;
}}
QTableCornerButton::section {{ background: {c.sidebar}; border: none; }}
QCheckBox {{ spacing: 6px; }}
QCheckBox:focus {{ color: {c.accent}; }}
"""
