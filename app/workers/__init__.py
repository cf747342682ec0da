"""workers: QtCore only: worker, controller, throttle. Runs backends in threads; may import backends and
below; no widgets.
"""
