"""Sizes of the music-motion retrieval module, with a reason beside each."""

from __future__ import annotations

from dataclasses import dataclass

from dance_core.generators.nets.sizes import Sizes
from dance_core.music.extract import FEATURE_NAMES


@dataclass(frozen=True)
class MmrConfig(Sizes):
    """One build of it. Lengths in frames at 30 fps."""

    clip: int = 144  # 4.8 s: two bars at 100 BPM; what becomes one vector
    patch: int = 4  # frames a token
    chunks: int = 18  # moments of 0.27 s, each with numbers of its own in the vector, one map for all of
    # them: the timing then is found at once, which one map of the whole clip to the vector learns slowly
    moment: int = 6  # numbers of the vector for each moment
    overall: int = 36  # and for the clip as a whole
    width: int = 128  # four encoders of three such blocks are 5 MB in half precision
    layers: int = 3
    heads: int = 4
    features: tuple[str, ...] = FEATURE_NAMES  # columns of the music, in order

    # --- against learning few songs by heart ---
    noise: float = 0.2  # on standardised inputs
    hidden: float = 0.2  # share of tokens that an encoder does not see
    grey: float = 0.4  # share of clips whose music comes without timbre and harmony

    temperature: float = 0.1  # of the similarities at first; then learned
    sharpest: float = 0.02  # its lower bound

    @property
    def rhythm(self) -> tuple[int, ...]:
        """Columns that say when something happens: onsets, beats, the place in beat and bar."""
        return tuple(i for i, n in enumerate(self.features) if n.startswith(("onset", "beat", "bar")))

    @property
    def colour(self) -> tuple[int, ...]:
        """Columns of timbre and harmony."""
        return tuple(i for i, n in enumerate(self.features) if n.startswith(("mfcc", "chroma")))

    @property
    def vector(self) -> int:
        """Numbers of a clip's vector, which has unit length."""
        return self.chunks * self.moment + self.overall

    @property
    def tokens(self) -> int:
        """Tokens of a clip."""
        return self.clip // self.patch

    def __post_init__(self) -> None:
        if self.clip % (self.patch * self.chunks) or self.clip <= 0:
            raise ValueError(f"a clip of {self.clip} frames is not {self.chunks} chunks of whole patches of "
                             f"{self.patch}")
        if self.width % self.heads:
            raise ValueError(f"width {self.width} does not divide among {self.heads} heads")



MMR_CONFIGS: dict[str, MmrConfig] = {
    "small": MmrConfig(),  # shipped
    "paper": MmrConfig(width=256, layers=6, moment=10, overall=76),  # the published sizes, for a GPU
    "tiny": MmrConfig(clip=96, chunks=6, width=32, layers=1, heads=2, moment=2, overall=4, hidden=0.0,
                      noise=0.05),  # for tests
}
