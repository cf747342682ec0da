"""In the packaged application instead of PySide6.QtOpenGL, 9 MB: pyqtgraph imports it, and draws without."""
