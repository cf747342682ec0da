"""transformers: Hugging Face transformers. The only place that imports torch, and only inside functions or the modules that open() loads."""
