"""benchmark: the page that measures models and runtimes in turn, and shows what earlier runs gave."""
