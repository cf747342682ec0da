"""Facet: run Gemma on one's own machine, and see what runs.

Floors, lowest first: errors/paths/logs/settings, formats/chat, catalog, backends, workers, ui,
then cli, api and __main__. A file imports only from lower floors; import-linter holds it to that.
"""
