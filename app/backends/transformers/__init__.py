"""transformers: Hugging Face transformers.

The only place that imports torch, and only inside functions or in the modules that open() loads.
"""
