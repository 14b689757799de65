"""Sizes of the diffusion transformer, with a reason beside each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from dance_core.generators.hotdance.dances import SEGMENT
from dance_core.generators.nets.sizes import Sizes
from dance_core.music.extract import FEATURE_NAMES
from dance_core.settings import MOTION_FPS

PATCH = 8  # frames of a column, as in image_config.py, which needs torch; this is read without
TARGETS = ("data", "velocity")
CLOCKS = ("shared", "caption")
SHORTEST = 12  # columns of the shortest segment that it learns from
USUAL = 125.0  # BPM, which all music is danced at: see pacing.py
SLOWEST, FASTEST = 0.62, 1.4  # paces: 78 to 175 BPM are one tempo; what is beyond is danced slower, or faster


@dataclass(frozen=True)
class DitConfig(Sizes):
    """One build of the transformer. A column is what one latent place in time covers: `PATCH` frames."""

    SAMPLING: ClassVar[frozenset[str]] = frozenset({
        "steps", "guidance", "own", "more", "beyond", "paced", "temper", "verve", "calm", "trunk_hz",
        "arms_hz", "hands_hz", "lead", "tries", "even", "bones"})

    # --- what the image codec is like ---
    latents: int = 32  # Z, channels of its latents
    heights: int = 8  # R, their places over the bins
    # --- what goes beside the image: principal shapes of 8 frames, and how many numbers of them ---
    contact_latents: int = 12  # of which feet stand: a foot that glides a little would not be seen to
    hand_latents: int = 20  # of both hands
    face_latents: int = 16
    features: tuple[str, ...] = FEATURE_NAMES  # columns of the music, in order

    # --- the transformer ---
    rows: int = 8  # R' of the R rows in a token: R is a token a column
    width: int = 256
    layers: int = 8
    heads: int = 8
    ratio: float = 2.67  # of the gated MLP's inner width: as many weights as a plain one of 4
    music_layers: int = 1  # that the music's tokens have to themselves, before any pose is seen
    music_ahead: int = 16  # frames of music beyond the segment: dancers know what comes
    dancers: int = 0  # whose manner it knows, those of the corpus: nets/manner.py; 0: it is told of none
    # "shared": pose and music have one clock. "caption": music lies on an axis of its own, as words do, and
    # the transformer would have to learn which token of it sounds when
    clock: str = "shared"
    beside: int = 1  # columns on either side that the linear guess looks at
    shown: bool = True  # the reference clip: how the dancer is built, the frames that a segment goes on from
    target: str = "data"  # or "velocity", as published: on a small corpus ten times as jittery

    # --- training ---
    drop_music: float = 0.2  # segments without music, for guidance
    told: float = 0.85  # segments whose manner is told
    alone: float = 0.2  # segments of which no frame is known, N = 0: they begin by themselves
    first: float = 0.2  # segments of which the first frame is known: how a dance begins, in a given pose
    overlap: float = 0.35  # segments whose overlap with the one before is known; the rest: 2 to 32 frames
    ends: float = 0.15  # segments whose last frames are known too
    shorter: float = 0.3  # batches of shorter segments
    kept: float = 0.15  # segments of which one or two of body, hands and face are known throughout
    context_noise: float = 0.08  # most noise on known frames: when it dances they are its own work

    # --- sampling ---
    context: int = 16  # frames that segments overlap by, as published
    steps: int = 6  # from noise to a dance
    guidance: float = 2.2  # of the body, on the music; 1 = as trained
    own: float = 1.5  # how far a dance's manner is a dancer's of its style; 0: the mean of theirs
    more: float = 1.3  # times as fast as that dancer is what is asked for: less is done than asked
    beyond: float = 0.6  # times what a manner changes that it is led beyond: told only, half of it is danced
    paced: float = 0.3  # share of the clock's pace that the manner makes up for
    # dancers give more or less: each dance's guidance is guidance × e^±temper, by its seed and song
    temper: float = 0.5
    verve: float = 0.3  # each dance's body begins as noise × e^±verve: some dancers are wild, some are tame
    calm: float = 0.25  # of the noise that hands and face begin as: of all of it they move twice too much
    # what is faster is taken from the trunk, which accelerates too much, from the arms, and from the fingers,
    # which would never rest; from the legs: 6 Hz
    trunk_hz: float = 4.0
    arms_hz: float = 6.0
    hands_hz: float = 1.2
    tries: int = 2  # segments drawn each time; that in which the ear hears the music's metre best is danced
    lead: int = 1  # frames of music that it is ahead
    even: float = 1.0  # share of the way, in logarithms, that all music is danced as at one tempo: pacing.py
    bones: int = 1  # 1: every guess has links as long as the dancer's
    styles: tuple[str, ...] = ()

    @property
    def image(self) -> int:
        """Numbers of a column that are the image's latents."""
        return self.latents * self.heights

    @property
    def body(self) -> int:
        """Numbers of a column that tell the body: those, and which feet stand."""
        return self.image + self.contact_latents

    @property
    def details(self) -> int:
        """Numbers of a column that are not the image's: feet, hands and face."""
        return self.numbers - self.image

    @property
    def numbers(self) -> int:
        """Numbers of a column."""
        return self.body + self.hand_latents + self.face_latents

    @property
    def heard(self) -> tuple[int, ...]:
        """Columns of the music that a dance can tell: not the colour of the sound, not its chords."""
        return tuple(i for i, n in enumerate(self.features) if not n.startswith(("mfcc", "chroma")))

    @property
    def metre(self) -> tuple[int, ...]:
        """Columns of the music that say where in the beat and in the bar a frame lies."""
        return tuple(i for i, n in enumerate(self.features) if "_phase_" in n)

    @property
    def columns(self) -> int:
        """Of the longest segment."""
        return SEGMENT // PATCH

    @property
    def column_seconds(self) -> float:
        """How long a column lasts."""
        return PATCH / MOTION_FPS

    @property
    def longest(self) -> tuple[float, float | None]:
        """Seconds, and beats of the music, of the longest segment.

        Where all music has one tempo there are as many beats in each. Else a segment has no more frames than
        the clock, whose pace is slower where it must be.
        """
        if self.even < 1.0:
            return self.columns * self.column_seconds, None
        seconds = (SEGMENT - 2) / MOTION_FPS  # on the clock, a frame more on each side to be read between
        return seconds / SLOWEST, seconds * USUAL / 60.0

    def __post_init__(self) -> None:
        if self.heights % self.rows:
            raise ValueError(f"{self.rows} rows a token do not divide {self.heights}")
        if self.music_ahead % PATCH:
            raise ValueError(f"music_ahead is {self.music_ahead}, expected whole columns of {PATCH} frames")
        if self.width % self.heads or self.width // self.heads % 8:
            raise ValueError(f"width {self.width} in {self.heads} heads: each needs a multiple of 8 numbers")
        if self.target not in TARGETS or self.clock not in CLOCKS:
            raise ValueError(f"target {self.target!r} and clock {self.clock!r}, expected one of {TARGETS} "
                             f"and one of {CLOCKS}")


DIT_CONFIGS: dict[str, DitConfig] = {
    "small": DitConfig(),  # shipped: learns and dances on a CPU core
    # Lumina-Image 2.0's sizes, patches of 2 rows, velocity as there. For GPUs and hundreds of hours
    "paper": DitConfig(latents=16, heights=64, rows=2, width=2304, layers=26, heads=24, music_layers=2,
                       target="velocity", drop_music=0.3, steps=30, guidance=3.0),
    # learns something in seconds, for tests
    "tiny": DitConfig(latents=12, heights=4, rows=4, contact_latents=6, hand_latents=8, face_latents=8,
                      width=48, layers=2, heads=2, beside=0, shorter=0.0, steps=3, kept=0.1, tries=1),
}
# 2D: no feet, hands or face beside the image, no ends that are given, nobody's manner
FLAT_CONFIGS: dict[str, DitConfig] = {
    "small": DitConfig(latents=16, heights=16, rows=16, contact_latents=0, hand_latents=0, face_latents=0,
                       width=192, layers=6, heads=6, kept=0.0, ends=0.0, steps=8, guidance=1.6, temper=0.6,
                       even=0.0, bones=0),
    "paper": DitConfig(latents=16, heights=64, rows=2, contact_latents=0, hand_latents=0, face_latents=0,
                       width=2304, layers=26, heads=24, music_layers=2, target="velocity", drop_music=0.3,
                       kept=0.0, ends=0.0, steps=30, guidance=3.0),
    "tiny": DitConfig(latents=24, heights=4, rows=4, contact_latents=0, hand_latents=0, face_latents=0,
                      width=48, layers=2, heads=2, beside=0, shorter=0.0, steps=3, kept=0.0, ends=0.0),
}
