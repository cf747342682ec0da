"""What a loaded model is called for people."""

import pytest

from app.backends.base import ModelInfo


@pytest.mark.parametrize(
    ("weight_type", "in_memory", "text"),
    [
        ("bf16", "asis", "bf16"),
        ("bf16", "q8", "bf16 in 8 bits"),
        ("bf16", "q4", "bf16 in 5 bits"),
        ("sfp", "q8", "sfp"),
        ("sfp", "q4", "sfp in 5 bits"),
    ],
)
def test_weights_are_named_as_memory_holds_them(weight_type: str, in_memory: str, text: str) -> None:
    info = ModelInfo(
        vocab_size=8,
        max_seq_len=8,
        num_layers=1,
        parameters=8,
        weight_type=weight_type,
        eos_ids=(1,),
        weights_in_memory=in_memory,
    )
    assert info.weights_text == text
