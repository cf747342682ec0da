"""Writes sampling-vectors.json and its twin .txt: what docs/sampling.md says, computed literally.

    python tests/golden/make_sampling_vectors.py

Nothing is shared with app/backends/sampling.py: plain lists, `struct` for 32-bit arithmetic, no shortcuts.
Both samplers are held against the result.

The text twin has one item a line; words are separated by one space, `#` starts a comment line. Numbers are
decimal integers, or floats as C's %a prints them ("0x1.8p+1"), "nan", "inf", "-inf": strtof/strtod read
them all.

    uniform <seed> <position> <u>
    case <name>
    logits <float> ...                  32-bit; or instead:
    formula <count> <salt> <divisor>    logit i = (((i * 2654435761 + salt) mod 2^32 >> 16) - 32768) / divisor
    context <id> ...                    possibly none
    position <n>
    seed <n>
    temperature <float>                 32-bit, as are top_p, min_p, repetition_penalty
    top_k <n>
    top_p <float>
    min_p <float>
    repetition_penalty <float>
    repetition_window <n>
    expect <id>                         the token, or -1: an error, the best logit is not finite
    logprob <float>                     64-bit, of that token; hold it to 1e-5. Absent when expect is -1
    end
"""

import json
import math
import struct
from dataclasses import asdict, dataclass, field
from pathlib import Path

HERE = Path(__file__).parent
NAN, INF = math.nan, math.inf
MODULUS = 1 << 64


def f32(value: float) -> float:
    """Rounded to 32 bits."""
    try:
        return float(struct.unpack("f", struct.pack("f", value))[0])
    except OverflowError:
        return math.copysign(INF, value)


@dataclass(frozen=True)
class Case:
    name: str
    logits: list[float] = field(default_factory=list)
    formula: tuple[int, int, int] | None = None
    context: list[int] = field(default_factory=list)
    position: int = 7
    seed: int = 42
    temperature: float = 1.0
    top_k: int = 0
    top_p: float = 1.0
    min_p: float = 0.0
    repetition_penalty: float = 1.0
    repetition_window: int = 0

    def values(self) -> list[float]:
        if self.formula is None:
            return [f32(value) for value in self.logits]
        count, salt, divisor = self.formula
        return [((((i * 2654435761 + salt) % 2**32) >> 16) - 32768) / divisor for i in range(count)]


def uniform(seed: int, position: int) -> float:
    x = (seed + 0x9E3779B97F4A7C15 * (position + 1)) % MODULUS
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9 % MODULUS
    x = (x ^ (x >> 27)) * 0x94D049BB133111EB % MODULUS
    x = x ^ (x >> 31)
    return float((x >> 11) * 2**-53)


def left_to_right(weights: list[float]) -> float:
    total = 0.0
    for weight in weights:  # not sum(): since Python 3.12 it compensates
        total += weight
    return total


def token(case: Case) -> int:
    logits = case.values()
    penalty = f32(case.repetition_penalty)
    for seen in set(case.context[-case.repetition_window :] if case.repetition_window else case.context):
        logits[seen] = f32(logits[seen] / penalty if logits[seen] > 0 else logits[seen] * penalty)
    numbers = [i for i, logit in enumerate(logits) if not math.isnan(logit)]
    order = sorted(numbers, key=lambda i: (-logits[i], i))
    if not order or not math.isfinite(logits[order[0]]):
        return -1
    if case.temperature == 0:
        return order[0]
    distance = {i: (logits[i] - logits[order[0]]) / f32(case.temperature) for i in order}
    order = [i for i in order if distance[i] >= -40]
    if case.top_k:
        order = order[: case.top_k]
    weight = {i: math.exp(distance[i]) for i in order}
    if f32(case.top_p) < 1:
        threshold = f32(case.top_p) * left_to_right([weight[i] for i in order])
        running = 0.0
        for kept, i in enumerate(order, start=1):
            running += weight[i]
            if running >= threshold:
                order = order[:kept]
                break
    order = [i for i in order if i == order[0] or weight[i] >= f32(case.min_p) * weight[order[0]]]
    threshold = uniform(case.seed, case.position) * left_to_right([weight[i] for i in order])
    running = 0.0
    for i in order:
        running += weight[i]
        if running > threshold:
            return i
    return order[-1]


def logprob(case: Case, chosen: int) -> float:
    finite = [value for value in case.values() if math.isfinite(value)]
    highest = max(finite)
    return (
        case.values()[chosen] - highest - math.log(math.fsum(math.exp(value - highest) for value in finite))
    )


def cases() -> list[Case]:
    small = [1.0, 3.0, 2.5, -1.0, 3.0, 0.25, 2.0, -4.0]
    made = [
        Case("greedy takes the lower id of a tie", small, temperature=0.0),
        Case("greedy with a single entry", [-5.0], temperature=0.0),
        Case("greedy passes over NaN", [NAN, 1.0, NAN, 2.0], temperature=0.0),
        Case("greedy passes over -inf", [-INF, -1e30, -INF], temperature=0.0),
        Case("no finite logit is an error", [NAN, -INF, NAN], temperature=0.0),
        Case("no finite logit is an error when drawing", [NAN, -INF], temperature=1.0),
        Case("an infinite logit is an error", [1.0, INF, 2.0], temperature=0.0),
        Case("drawing passes over NaN and -inf", [NAN, 1.0, -INF, 1.0, NAN], seed=3),
        Case(
            "penalty divides a positive logit", small, temperature=0.0, context=[1, 4], repetition_penalty=1.5
        ),
        Case(
            "penalty multiplies a negative logit",
            [-1.0, -1.2],
            temperature=0.0,
            context=[0],
            repetition_penalty=1.3,
        ),
        Case("penalty leaves zero alone", [0.0, -1e-6], temperature=0.0, context=[0], repetition_penalty=2.0),
        Case(
            "penalty counts an id once",
            [4.0, 2.5],
            temperature=0.0,
            context=[0, 0, 0],
            repetition_penalty=1.5,
        ),
        Case(
            "penalty forgets what lies before the window",
            small,
            temperature=0.0,
            context=[1, 4, 2, 6],
            repetition_penalty=1.5,
            repetition_window=2,
        ),
        Case("penalty below one invites", [1.0, 1.1], temperature=0.0, context=[0], repetition_penalty=0.5),
        Case("a huge penalty leaves candidates", [3e38, -3e38, 1.0], context=[1], repetition_penalty=8.0),
        Case("floor drops what is 40 below", [0.0, -40.1, -39.9], temperature=1.0, position=1),
        Case("top-k of one is greedy", small, top_k=1, temperature=5.0),
        Case("top-p keeps the first", small, top_p=1e-6, temperature=5.0),
        Case("min-p of one keeps ties of the best", small, min_p=1.0, temperature=5.0),
        # 0.3 and 0.7 differ in 32 and 64 bits, and here so does the token.
        Case("top-p is a 32-bit number", [2.0] * 10, top_p=0.3, position=5),
        Case("temperature is a 32-bit number", formula=(20000, 7, 4096), temperature=0.7, position=17771),
        Case("equal logits are drawn by id order", [2.0] * 16, seed=11),
    ]
    for position in range(6):
        made += [
            Case(f"temperature 1, position {position}", small, position=position),
            Case(f"temperature 0.7, position {position}", small, temperature=0.7, position=position),
            Case(f"top-k 3, position {position}", small, top_k=3, temperature=2.0, position=position),
            Case(f"top-p 0.8, position {position}", small, top_p=0.8, temperature=2.0, position=position),
            Case(f"min-p 0.3, position {position}", small, min_p=0.3, temperature=2.0, position=position),
        ]
    for seed in (0, 1, 2**63, 2**64 - 1, 0x9E3779B97F4A7C15):
        made.append(
            Case(
                f"everything at once, seed {seed}",
                small,
                context=[1, 2, 1],
                seed=seed,
                temperature=1.3,
                top_k=6,
                top_p=0.95,
                min_p=0.05,
                repetition_penalty=1.1,
            )
        )
    for position in range(4):
        wide = (20000, 7 + position, 4096)
        made += [
            Case(f"wide, plain, position {position}", formula=wide, position=position),
            Case(f"wide, flat, position {position}", formula=wide, position=position, temperature=50.0),
            Case(f"wide, sharp, position {position}", formula=wide, position=position, temperature=0.1),
            Case(f"wide, top-k 40, position {position}", formula=wide, position=position, top_k=40),
            Case(f"wide, top-k 5000, position {position}", formula=wide, position=position, top_k=5000),
            Case(f"wide, top-p 0.5, position {position}", formula=wide, position=position, top_p=0.5),
            Case(f"wide, top-p 0.02, position {position}", formula=wide, position=position, top_p=0.02),
            Case(f"wide, min-p 0.02, position {position}", formula=wide, position=position, min_p=0.02),
            Case(f"wide, min-p 0.5, position {position}", formula=wide, position=position, min_p=0.5),
            Case(
                f"wide, top-p 0.9 min-p 0.1, position {position}",
                formula=(20000, 99 + position, 2048),
                position=position,
                temperature=0.8,
                top_p=0.9,
                min_p=0.1,
            ),
            Case(
                f"ties across the top-k border, position {position}",
                [float(i % 7) for i in range(300)],
                position=position,
                top_k=50,
            ),
        ]
    return made


def main() -> None:
    uniforms = [
        (seed, position, uniform(seed, position))
        for seed in (0, 1, 42, 2**63, 2**64 - 1)
        for position in (0, 1, 7, 4095, 2**31 - 1)
    ]
    document: dict[str, list[object]] = {"uniform": [], "cases": []}
    lines = ["# Made by make_sampling_vectors.py, which says how to read this."]
    for seed, position, u in uniforms:
        document["uniform"].append({"seed": str(seed), "position": position, "u": u.hex()})
        lines.append(f"uniform {seed} {position} {u.hex()}")
    for case in cases():
        chosen = token(case)
        log = logprob(case, chosen) if chosen >= 0 else None
        entry = asdict(case) | {"expect": chosen, "logprob": log, "seed": str(case.seed)}
        # JSON has no NaN: floats that matter to the last bit are hexadecimal text.
        entry["logits"] = [f32(value).hex() for value in case.logits]
        document["cases"].append(entry)
        lines.append(f"case {case.name}")
        if case.formula is None:
            lines.append(" ".join(["logits", *(f32(value).hex() for value in case.logits)]))
        else:
            lines.append(" ".join(["formula", *map(str, case.formula)]))
        lines.append(" ".join(["context", *map(str, case.context)]))
        integers = ("position", "seed", "top_k", "repetition_window")
        floats = ("temperature", "top_p", "min_p", "repetition_penalty")
        lines += [f"{name} {getattr(case, name)}" for name in integers]
        lines += [f"{name} {f32(getattr(case, name)).hex()}" for name in floats]
        lines.append(f"expect {chosen}")
        if log is not None:
            lines.append(f"logprob {log.hex()}")
        lines.append("end")
    (HERE / "sampling-vectors.json").write_text(json.dumps(document, indent=1) + "\n")
    (HERE / "sampling-vectors.txt").write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
