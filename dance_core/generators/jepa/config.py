"""Sizes of the JEPA system, with a reason beside each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from dance_core.generators.nets.sizes import Sizes
from dance_core.music.extract import FEATURE_NAMES


@dataclass(frozen=True)
class JepaConfig(Sizes):
    """One build of the system. Lengths in frames at 30 fps unless said.

    A window is what the world model calls a moment: `window` frames, seen as window / patch tokens by the
    encoder and kept as `chunks` latent vectors of `latent` numbers.
    """

    SAMPLING: ClassVar[frozenset[str]] = frozenset({"steps", "tries", "guidance", "temper"})

    # --- what is seen ---
    window: int = 64  # 2.1 s: a bar at 112 BPM; a multiple of patch × chunks
    patch: int = 4  # frames a token: 0.13 s, finer than any beat division that is danced
    patch_latents: int = 160  # PCA of a patch; 0.3 cm of mean joint error
    music_ahead: int = 16  # frames of music beyond the window: dancers know what comes
    features: tuple[str, ...] = FEATURE_NAMES  # columns of the music, in order

    # --- f and g: the world model ---
    chunks: int = 4  # latent vectors a window: one would be a bottleneck for 2 s
    latent: int = 64  # numbers in each; in 32 the timing found no room
    encoder_width: int = 192
    encoder_layers: int = 3
    predictor_width: int = 192
    predictor_layers: int = 3
    heads: int = 8
    history: int = 3  # windows the predictor looks back on
    rollout: int = 4  # windows it is trained to go on by itself

    # --- d: the decoder ---
    decoder_width: int = 256
    decoder_layers: int = 6
    context: int = 16  # frames of the dance so far that stand before each window
    music_layers: int = 1  # of the music encoder of g and of d

    # --- losses of the world model (weights as PLDM has them, scaled to predict = 1) ---
    variance: float = 4.0  # hinge on the spread of each latent number over the batch
    moving: float = 3.0  # the same within one dance: else the state says who dances, not what
    covariance: float = 1.0  # on what they share
    recall: float = 1.5  # on hearing beat and bar back from two successive states: else g may be deaf
    again: float = 1.5  # on the same from the states that g predicts
    pulse: float = 2.0  # on telling from a state how fast each limb moves when: timing, which f would drop

    # --- sampling ---
    steps: int = 8  # of the decoder; 16 are no better
    tries: int = 2  # windows drawn each time; the one that rests more on the beats is danced
    guidance: float = 2.2  # on the music; 1 = as trained, which is calmer and looser in time than dancers are
    # dancers give more or less: each dance's guidance is guidance × e^±temper, by its seed and song. With one
    # for all, dances are more alike than people's (val split)
    temper: float = 0.0
    lead: int = 2  # frames of music that it is ahead: bodies come to rest 60 ms after the beat (val split)
    # where on the path the passes begin of a decoder that was taught to need few (swift.py); (): it was not
    swift: tuple[float, ...] = ()
    drop_music: float = 0.12  # training windows without music, for guidance
    styles: tuple[str, ...] = ()

    @property
    def music_features(self) -> int:
        """Columns of the music."""
        return len(self.features)

    @property
    def rhythm(self) -> tuple[int, ...]:
        """Columns that a dance can tell: not the colour of the sound, not its chords."""
        return tuple(i for i, n in enumerate(self.features) if not n.startswith(("mfcc", "chroma")))

    @property
    def metre(self) -> tuple[int, ...]:
        """Columns that say where in the beat and in the bar a frame lies."""
        return tuple(i for i, n in enumerate(self.features) if "_phase_" in n)

    @property
    def tokens(self) -> int:
        """Tokens of a window."""
        return self.window // self.patch

    @property
    def context_tokens(self) -> int:
        """Tokens of the context."""
        return self.context // self.patch

    @property
    def music_tokens(self) -> int:
        """Tokens of a window's music, with what comes after it."""
        return (self.window + self.music_ahead) // self.patch

    def __post_init__(self) -> None:
        if self.window % (self.patch * self.chunks) or self.context % self.patch \
                or self.music_ahead % self.patch:
            raise ValueError(f"window {self.window}, context {self.context} and music_ahead "
                             f"{self.music_ahead} must be whole patches of {self.patch}, the window in "
                             f"{self.chunks} chunks")
        if self.swift and (self.swift[0] != 0.0 or list(self.swift) != sorted({*self.swift})
                           or self.swift[-1] >= 1.0):
            raise ValueError(f"passes at {self.swift}: they begin at 0 and come before 1, one after another")



CONFIGS: dict[str, JepaConfig] = {
    # shipped: learns and dances on two CPU cores; guidance 1.3 to 4.0 is as varied as people (val);
    # three passes are worth eight, the first two short: there is decided what the window is
    "small": JepaConfig(swift=(0.0, 0.25, 0.6), guidance=2.28, temper=0.56),
    # the sizes of the published system: 60-frame windows, width 512, 8 encoder and 4 predictor blocks, a
    # state of 512 numbers, decoder 512 × 6. For a GPU and AIST++ whole
    "paper": JepaConfig(window=60, patch=1, patch_latents=140, context=10, music_ahead=15, chunks=4,
                        latent=128, encoder_width=512, encoder_layers=8, predictor_width=512,
                        predictor_layers=4, decoder_width=512, decoder_layers=6, rollout=3, music_layers=2,
                        swift=(0.0, 0.25, 0.5, 0.75)),
    # learns something in seconds, for tests
    "tiny": JepaConfig(patch_latents=48, latent=16, encoder_width=32, encoder_layers=1, predictor_width=32,
                       predictor_layers=1, decoder_width=48, decoder_layers=2, heads=2, rollout=2, again=0.2,
                       swift=(0.0, 0.5)),
}
