"""ui: Qt Widgets: build, show, forward intent. No backend, no thread, no file here; may import workers and
below.
"""
