"""The tensors of an `.sbs` file under transformers' names: torch tensors, and no copy on disk.

bf16 tensors are the file's own pages, mapped copy-on-write; what has to be decoded or rearranged is built in
memory, one tensor at a time. Names and shapes: sbs format §5.1 and §5.5.
"""

from collections.abc import Iterable, Iterator

import numpy as np
import torch

from app.formats.codecs import f32_to_bf16
from app.formats.element_type import ElementType
from app.formats.sbs_config import LayerConfig, PostNorm
from app.formats.sbs_reader import SbsFile

_NORMS = {
    "pre_att_ns": "input_layernorm",
    "post_att_ns": "post_attention_layernorm",
    "pre_ff_ns": "pre_feedforward_layernorm",
    "post_ff_ns": "post_feedforward_layernorm",
    "query_norm": "self_attn.q_norm",
    "key_norm": "self_attn.k_norm",
}
_NORMS_GEMMA_1 = {"pre_att_ns": "input_layernorm", "pre_ff_ns": "post_attention_layernorm"}
"""Named as in Llama: that norm follows the attention block, and is applied before the next one."""


class SbsWeights:
    """Named tensors of one file in one dtype (bfloat16 or float32)."""

    def __init__(self, file: SbsFile, dtype: torch.dtype) -> None:
        self._file = file
        self._dtype = dtype

    def groups(self) -> Iterator[tuple[int, dict[str, torch.Tensor]]]:
        """(bytes of the file it was made from, tensors): the embedding with the final norm, then layer by
        layer."""
        yield (
            self._bytes(("c_embedding", "c_final_norm")),
            {
                "model.embed_tokens.weight": self._matrix("c_embedding"),
                "model.norm.weight": self._vector("c_final_norm"),
            },
        )
        for index in range(self._file.config.num_layers):
            names = [name for name in self._file.tensors if name.endswith(f"_{index}")]
            tensors = self._layer(index)
            yield (
                self._bytes(names),
                {f"model.layers.{index}.{name}.weight": t for name, t in tensors.items()},
            )

    def total_bytes(self) -> int:
        return self._bytes(self._file.tensors)

    def _bytes(self, names: Iterable[str]) -> int:
        return sum(self._file.tensors[name].size for name in names)

    def _layer(self, index: int) -> dict[str, torch.Tensor]:
        layer = self._file.config.layers[index]
        queries, keys, values = self._attention_input(index, layer)
        gate, up = self._parts(
            f"gating_ein_{index}", (f"gating1_w_{index}", f"gating2_w_{index}"), layer.ff_hidden_dim
        )
        tensors = {
            "self_attn.q_proj": queries,
            "self_attn.k_proj": keys,
            "self_attn.v_proj": values,
            "self_attn.o_proj": self._attention_output(index, layer),
            "mlp.gate_proj": gate,
            "mlp.up_proj": up,
            "mlp.down_proj": self._matrix(f"linear_w_{index}"),
        }
        norms = _NORMS if layer.post_norm is PostNorm.SCALE else _NORMS_GEMMA_1
        for name, target in norms.items():
            if f"{name}_{index}" in self._file.tensors:
                tensors[target] = self._vector(f"{name}_{index}")
        return tensors

    def _parts(self, fused: str, split: tuple[str, str], border: int) -> tuple[torch.Tensor, torch.Tensor]:
        """Two matrices that the file holds one above the other (rows up to `border` first) or apart."""
        if fused in self._file.tensors:
            matrix = self._matrix(fused)
            return matrix[:border], matrix[border:]
        return self._matrix(split[0]), self._matrix(split[1])

    def _attention_input(
        self, index: int, layer: LayerConfig
    ) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Query, key and value projection. K and V rows alternate per kv head, or stand behind their Q."""
        heads, kv_heads, q, dim = layer.heads, layer.kv_heads, layer.qkv_dim, layer.model_dim
        fused = f"qkv_ein_{index}"
        if layer.per_head_qkv and fused in self._file.tensors:
            parts = self._matrix(fused).reshape(heads, 3, q, dim).unbind(1)
            queries, keys, values = (part.reshape(heads * q, dim) for part in parts)
            return queries, keys, values
        queries, pairs = self._parts(fused, (f"qkv1_w_{index}", f"qkv2_w_{index}"), heads * q)
        keys, values = (
            part.reshape(kv_heads * q, dim) for part in pairs.reshape(kv_heads, 2, q, dim).unbind(1)
        )
        return queries, keys, values

    def _attention_output(self, index: int, layer: LayerConfig) -> torch.Tensor:
        heads, q, dim = layer.heads, layer.qkv_dim, layer.model_dim
        if f"att_w_{index}" in self._file.tensors:
            return self._matrix(f"att_w_{index}")
        per_head = self._matrix(f"att_ein_{index}").reshape(heads, dim, q)
        return per_head.permute(1, 0, 2).reshape(dim, heads * q)

    def _vector(self, name: str) -> torch.Tensor:
        return self._matrix(name).reshape(-1)

    def _matrix(self, name: str) -> torch.Tensor:
        """[rows, cols]; raw norm weights as transformers has them, the +1 is its own."""
        record = self._file.tensors[name]
        if self._dtype == torch.float32:
            return torch.from_numpy(self._file.decode(name))
        if record.scale != 1.0 or record.type not in (ElementType.BF16, ElementType.SFP):
            # The scale is applied in float32, so that it is rounded once.
            bits = f32_to_bf16(self._file.decode(name))
        elif record.type is ElementType.BF16:
            # Mapped anew copy-on-write: torch warns of arrays that cannot be written.
            shape = (record.rows, record.cols)
            bits = np.memmap(self._file.path, "<u2", mode="c", offset=record.offset, shape=shape)
        else:
            bits = self._file.bf16_bits(name)
        return torch.from_numpy(bits).view(torch.bfloat16)
