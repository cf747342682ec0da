"""answer: how a message's text becomes a laid-out document, in steps that never stall the window.

May import app.ui.look.colors and what is on lower floors; knows no transcript, backend or request.
"""
