"""compare: the comparison view: columns, the strip between them, plots, the differences.

Part of the ui floor, under its rules.
"""
