"""Finding words in the chat on screen: the bar, and where the matches are, also in messages that have no
widget.
"""
