"""The right side: figures, system prompt, sampling, how a model is opened."""
