"""A KV cache for transformers that can be cut back to any length.

transformers' own cache drops what leaves the window of a sliding layer, so it cannot go back to an
earlier prefix, and it copies all of a layer for every token. This one keeps every position of every layer
in buffers that double; the attention mask applies the window.
"""

from typing import Any

import torch
from transformers.cache_utils import Cache, DynamicLayer

_FIRST_CAPACITY = 256


class GrowingLayer(DynamicLayer):  # type: ignore[misc] # transformers has no types
    """Keys and values of one layer, [batch, kv_heads, positions, head_dim], as views of larger buffers."""

    def __init__(self) -> None:
        super().__init__()
        self._key_buffer: torch.Tensor | None = None
        self._value_buffer: torch.Tensor | None = None
        self._length = 0

    def update(
        self, key_states: torch.Tensor, value_states: torch.Tensor, *args: Any, **kwargs: Any
    ) -> tuple[torch.Tensor, torch.Tensor]:
        begin, end = self._length, self._length + key_states.shape[-2]
        if not self.is_initialized:
            self.lazy_initialization(key_states, value_states)
        self._key_buffer = _grown(self._key_buffer, key_states, begin, end)
        self._value_buffer = _grown(self._value_buffer, value_states, begin, end)
        self._key_buffer[..., begin:end, :] = key_states
        self._value_buffer[..., begin:end, :] = value_states
        self._show(end)
        return self.keys, self.values

    def get_seq_length(self) -> int:
        return self._length

    def cut(self, length: int) -> None:
        """Forget positions from `length` on."""
        if length < self._length:
            self._show(length)

    def _show(self, length: int) -> None:
        assert self._key_buffer is not None
        assert self._value_buffer is not None
        self._length = length
        self.keys = self._key_buffer[..., :length, :]
        self.values = self._value_buffer[..., :length, :]


def _grown(buffer: torch.Tensor | None, states: torch.Tensor, used: int, needed: int) -> torch.Tensor:
    """`buffer` with room for `needed` positions, the first `used` of which are kept."""
    capacity = 0 if buffer is None else buffer.shape[-2]
    if buffer is not None and needed <= capacity:
        return buffer
    shape = (*states.shape[:-2], max(needed, 2 * capacity, _FIRST_CAPACITY), states.shape[-1])
    larger = torch.empty(shape, dtype=states.dtype, device=states.device)
    if buffer is not None:
        larger[..., :used, :] = buffer[..., :used, :]
    return larger


class GrowingCache(Cache):  # type: ignore[misc] # as above
    """One GrowingLayer per layer of the model."""

    def __init__(self, num_layers: int) -> None:
        super().__init__(layers=[GrowingLayer() for _ in range(num_layers)])

    def cut(self, length: int) -> None:
        """Forget positions from `length` on, in every layer."""
        for layer in self.layers:
            layer.cut(length)
