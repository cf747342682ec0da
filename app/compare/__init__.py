"""compare: two runs of one prompt side by side: what differs, by how much, and whether it is rounding.

Values, arithmetic and reports, and the few loops that drive sessions. No Qt, no torch, no window: the pane
and the command both stand on this. May import backends and below.
"""
