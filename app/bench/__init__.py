"""bench: other CPU runtimes as measured subjects, and the arithmetic of comparing with them.

A peer gets the weights of an `.sbs` file in its own format, then runs the same token ids. Peers are not
backends: they cannot chat, and nothing but `facet bench` knows them. No Qt, no torch; a peer's own package is
imported inside functions only, in a process of its own (job.py).
"""
