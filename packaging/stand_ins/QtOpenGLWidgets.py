"""In the packaged application instead of PySide6.QtOpenGLWidgets: what pyqtgraph derives a class from."""

from PySide6.QtWidgets import QWidget as QOpenGLWidget

__all__ = ["QOpenGLWidget"]
