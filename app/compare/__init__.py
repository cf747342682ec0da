"""compare: the mathematics of comparing two runtimes. Pure: numpy only, no Qt. May import app.errors."""
