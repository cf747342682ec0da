"""Pages that take the window's place for a while: shortcuts, settings, about. The chat goes on behind them.

A page is a widget that is made when it is first shown. May import what app/ui may.
"""
