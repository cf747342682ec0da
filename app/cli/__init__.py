"""cli: the commands: parse, call, print. A composition root: may import everything."""
