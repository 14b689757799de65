"""The Source noun: the file that an imported dance was read from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Source:
    """Where an imported dance came from, and what had to be guessed.

    Attributes:
        file: its name, without folders. User text.
        sha256: of its bytes, 64 hex digits.
        kind: what it is ("BVH", "EDGE's pickle"); skeleton: whose joints it has ("Mixamo"), or "".
        fps: its own frames a second; frames: how many it has.
        said: sentences on what was guessed, is missing in it, or was changed.
    """

    file: str
    sha256: str
    kind: str
    skeleton: str
    fps: float
    frames: int
    said: tuple[str, ...] = ()

    def record(self) -> dict[str, Any]:
        """As JSON has it."""
        return {**asdict(self), "said": list(self.said)}


def read_source(told: Mapping[str, Any]) -> Source:
    """Of what `Source.record` gave. Raises ValueError, KeyError or TypeError for anything else."""
    said = told["said"]
    if not isinstance(said, list) or not all(isinstance(s, str) for s in said):
        raise TypeError("said")
    texts = {k: told[k] for k in ("file", "sha256", "kind", "skeleton")}
    if not all(isinstance(v, str) for v in texts.values()):
        raise TypeError("file")
    return Source(**texts, fps=float(told["fps"]), frames=int(told["frames"]), said=tuple(said))
