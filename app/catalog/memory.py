"""How much memory a model will take when it runs natively. Estimates only; measures nothing."""

from dataclasses import dataclass

from app.formats.sbs_config import ModelConfig


@dataclass(frozen=True, slots=True)
class MemoryEstimate:
    """Bytes."""

    weights: int
    """Mapped from the file, so the system may page them out."""
    kv_cache: int

    @property
    def total(self) -> int:
        return self.weights + self.kv_cache


def estimate(config: ModelConfig, weights_bytes: int, context_tokens: int) -> MemoryEstimate:
    """For a float32 KV cache of `context_tokens` positions (at most the model's own) in every layer."""
    tokens = min(context_tokens, config.max_seq_len)
    return MemoryEstimate(weights=weights_bytes, kv_cache=tokens * config.kv_bytes_per_token)
