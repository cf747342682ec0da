"""Weights in memory as a transformers model, built on the meta device and given its tensors one group at
a time.

Nothing is initialised, downloaded or written, and no tensor is held twice.
"""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Protocol

import torch
import transformers
from transformers import (
    Gemma2Config,
    Gemma2ForCausalLM,
    Gemma3ForCausalLM,
    GemmaConfig,
    GemmaForCausalLM,
    PretrainedConfig,
    PreTrainedModel,
)

from app import garbage
from app.backends.base import DEFAULT_CONTEXT_TOKENS, LoadProgress, ModelInfo, OpenOptions, ProgressCallback
from app.backends.transformers.architecture import transformers_config
from app.backends.transformers.folder_weights import FolderWeights, read_folder_config
from app.backends.transformers.memory_errors import told_as_out_of_memory
from app.backends.transformers.sbs_weights import SbsWeights
from app.backends.transformers.session import TransformersSession
from app.errors import BadModelFile, Cancelled, UnsupportedModel, UsageError
from app.formats.regular_file import SizeWatch
from app.formats.sbs_reader import SbsFile
from app.language import sentence

_DTYPES = {"bfloat16": (torch.bfloat16, "bf16"), "float32": (torch.float32, "f32")}


class Weights(Protocol):
    """Tensors under transformers' names, in groups small enough to report progress between them."""

    def total_bytes(self) -> int: ...

    def groups(self) -> Iterator[tuple[int, dict[str, torch.Tensor]]]: ...


class TransformersModel:
    """Implements app.backends.base.LoadedModel."""

    backend = "transformers"
    engine = "torch"

    def __init__(
        self,
        network: PreTrainedModel,
        options: OpenOptions,
        weight_type: str,
        check_weights: Callable[[], None],
    ) -> None:
        self._check_weights = check_weights
        self._network: PreTrainedModel | None = network
        self._options = options
        config = network.config
        eos = config.eos_token_id
        self.info = ModelInfo(
            vocab_size=config.vocab_size,
            max_seq_len=config.max_position_embeddings,
            num_layers=config.num_hidden_layers,
            parameters=sum(parameter.numel() for parameter in network.parameters()),
            weight_type=weight_type,
            eos_ids=tuple(eos) if isinstance(eos, list) else (eos,) if eos is not None else (),
        )

    def session(self) -> TransformersSession:
        if self._network is None:
            raise UsageError(sentence("The model is closed."))
        context = min(self._options.context_tokens or DEFAULT_CONTEXT_TOKENS, self.info.max_seq_len)
        return TransformersSession(
            self._network, self.info, context, self._options.threads, self._check_weights
        )

    def close(self) -> None:
        """Lets go of the weights; sessions that are still open keep them."""
        self._network = None
        garbage.request_collection()  # modules refer to each other in cycles


def open_model(
    source: Path, is_sbs: bool, options: OpenOptions, progress: ProgressCallback
) -> TransformersModel:
    """Raises ModelError, OutOfMemory, Cancelled."""
    _be_quiet()
    dtype, weight_type = _DTYPES[options.dtype]
    watch = SizeWatch(source)
    with told_as_out_of_memory(
        sentence("the weights of {name} in {dtype}", name=source.name, dtype=options.dtype)
    ):
        with _config_and_weights(source, is_sbs, dtype) as (config, weights):
            network = _build(config, weights, progress, source)
        return TransformersModel(network, options, weight_type, watch.check)


@contextmanager
def _config_and_weights(
    source: Path, is_sbs: bool, dtype: torch.dtype
) -> Iterator[tuple[PretrainedConfig, Weights]]:
    if not is_sbs:
        yield read_folder_config(source), FolderWeights(source, dtype)
        return
    with closing(SbsFile.open(source)) as file:
        try:
            config = transformers_config(file.config)
        except UnsupportedModel as error:
            raise UnsupportedModel(
                sentence("{path}: {error}", path=source, error=error), error.next_step
            ) from error
        yield config, SbsWeights(file, dtype)


def _build(
    config: PretrainedConfig, weights: Weights, progress: ProgressCallback, source: Path
) -> PreTrainedModel:
    # SDPA is as exact (KL to eager 6e-12 in float32 on the demo model) and closer to it in bfloat16; but
    # it has no soft cap for the scores, and transformers' Gemma 2 insists on eager.
    capped = isinstance(config, Gemma2Config) or getattr(config, "attn_logit_softcapping", None)
    config._attn_implementation = "eager" if capped else "sdpa"
    kinds = {GemmaConfig: GemmaForCausalLM, Gemma2Config: Gemma2ForCausalLM}
    kind = kinds.get(type(config), Gemma3ForCausalLM)
    with torch.device("meta"):
        network: PreTrainedModel = kind(config)
    _make_buffers_real(network, config)
    total, done = weights.total_bytes(), 0
    expected = {name: tuple(parameter.shape) for name, parameter in network.named_parameters()}
    for size, tensors in weights.groups():
        for name, tensor in tensors.items():
            if expected.pop(name, None) != tuple(tensor.shape):
                raise BadModelFile(
                    sentence(
                        "{path}: '{name}' is {shape} or not part of the model.",
                        path=source,
                        name=name,
                        shape=tuple(tensor.shape),
                    )
                )
        network.load_state_dict(tensors, strict=False, assign=True)
        done += size
        if not progress(LoadProgress(sentence("reading weights"), done, total)):
            raise Cancelled
    expected.pop("lm_head.weight", None)
    if expected:
        raise BadModelFile(sentence("{path}: '{name}' is missing.", path=source, name=next(iter(expected))))
    network.lm_head.weight = network.model.embed_tokens.weight
    network.requires_grad_(False)
    network.eval()
    _keep_head_from_copying(network)
    return network


def _keep_head_from_copying(network: PreTrainedModel) -> None:
    """The head's input is cut out of a longer tensor, whose strides make matmul take a batched product and
    copy the whole embedding for it: 0.7 s a prompt on Gemma 3 270M. A small copy of the input avoids that.
    """
    network.get_output_embeddings().register_forward_pre_hook(
        lambda _, args: (args[0].clone(memory_format=torch.contiguous_format),)
    )


def _make_buffers_real(network: PreTrainedModel, config: PretrainedConfig) -> None:
    """The few numbers that no file stores: RoPE frequencies and the embedding's factor."""
    network.model.rotary_emb = type(network.model.rotary_emb)(config)
    for module in network.modules():
        for name, buffer in module.named_buffers(recurse=False):
            if buffer.is_meta:
                module.register_buffer(name, torch.tensor(config.hidden_size**0.5), persistent=False)


def _be_quiet() -> None:
    """stderr belongs to the commands: no progress bars, no advice."""
    transformers.logging.set_verbosity_error()
    transformers.logging.disable_progress_bar()
