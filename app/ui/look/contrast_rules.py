"""What the style sheet adds in high contrast: borders where else a shade tells surfaces apart."""

from app.ui.look.colors import Colors


def contrast_rules(c: Colors) -> str:
    """Rules that come after all others; see app/ui/look/stylesheet.py."""
    return f"""
#userBubble, #backendSwitch, QFrame[look="segments"], QLabel[look="chip"], QProgressBar, QToolTip {{
    border: 1px solid {c.border};
}}
#backendSwitch QPushButton:checked, QFrame[look="segments"] QPushButton:checked,
QToolButton:checked, QPushButton[look="flat"]:checked {{
    background: {c.selected};
    border: 1px solid {c.border};
}}
QPushButton:hover, QToolButton:hover, #modelPicker, #chatList::item:selected {{
    border: 1px solid {c.border};
}}
QScrollBar::handle:vertical, QScrollBar::handle:horizontal {{ background: {c.muted}; }}
"""
