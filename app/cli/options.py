"""Arguments and options that several commands share, so that they read and behave alike."""

from enum import StrEnum
from typing import Annotated

import typer


class Dtype(StrEnum):
    """Precision of the transformers backend."""

    BFLOAT16 = "bfloat16"
    FLOAT32 = "float32"


class Weights(StrEnum):
    """Form of the native weights in memory."""

    AUTO = "auto"
    ASIS = "asis"
    Q8 = "q8"
    Q4 = "q4"


ModelArgument = Annotated[str, typer.Argument(metavar="MODEL", help="A catalog name or a path.")]
BackendOption = Annotated[
    str, typer.Option(help="native, transformers or gemma-cli; without it the first that opens the model.")
]
EngineOption = Annotated[str, typer.Option(help="Engine of the native backend: builtin or gemma.cpp.")]
DtypeOption = Annotated[Dtype, typer.Option(help="Precision of the transformers backend.")]
WeightsOption = Annotated[
    Weights,
    typer.Option(
        "--weights-in-memory",
        help="Native weights: as in the file, in 8 bits, in 5 bits (lossy), or auto: 8 where faster.",
    ),
]
ThreadsOption = Annotated[int, typer.Option(min=0, help="0 = the processors this process may use.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")]
