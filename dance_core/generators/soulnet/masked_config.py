"""Sizes of what predicts codes from music, with a reason beside each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from dance_core.generators.nets.sizes import Sizes
from dance_core.music.extract import FEATURE_NAMES


@dataclass(frozen=True)
class MaskedConfig(Sizes):
    """One build of the two transformers. A moment is what one code of a part covers: `patch` frames."""

    SAMPLING: ClassVar[frozenset[str]] = frozenset({
        "iterations", "guided", "guidance", "temperature", "whim", "least", "level_temperature", "tries",
        "lead", "temper", "calmer", "weary", "trunk_hz", "arms_hz", "hands_hz", "moved", "stiff",
        "after", "facing", "own"})

    # --- what the codec and the retrieval module are like ---
    codes: int = 512  # of a codebook
    levels: int = 6  # base and residual
    dim: int = 64  # numbers of a code's vector
    patch: int = 4  # frames a moment
    vector: int = 0  # numbers of a retrieval vector; 0: without
    features: tuple[str, ...] = FEATURE_NAMES  # columns of the music, in order
    dancers: int = 0  # manners in the book, the corpus' training dances; 0: no bearing is told

    # --- a window ---
    window: int = 72  # moments, at most: 9.6 s; a segment of four bars at 112 BPM is made in one
    context: int = 8  # of them at the beginning are known where there is a dance so far: half a bar
    music_ahead: int = 16  # frames of music beyond it: dancers know what comes

    # --- the transformers ---
    width: int = 256
    layers: int = 4  # of the one for base codes
    level_layers: int = 2  # of the one for deeper levels, which runs once a level
    heads: int = 8
    music_layers: int = 1
    moments: bool = True  # each moment hears its own music; False: only the retrieval vectors are told
    # tokens a moment: 3, one a part, as published; 1: the parts' embeddings are added up and each part has
    # its own answer, at a third of the cost
    tokens: int = 1

    # --- training ---
    drop_music: float = 0.12  # windows without music, for guidance
    hide: float = 0.3  # windows whose retrieval vectors are not told
    random: float = 0.1  # share of the masked codes that become another code
    shown: float = 0.12  # share of the masked codes that stay as they are, and are asked for all the same
    mistaken: float = 0.04  # share of the known codes that are wrong: when it dances they are its own work
    no_past: float = 0.12  # windows without context: every other segment of two waves begins so
    ends: float = 0.15  # windows whose end is known too
    shorter: float = 0.5  # batches of shorter windows
    by_part: float = 0.25  # windows in which one or two parts are known throughout
    held: float = 0.12  # windows that begin with a held pose
    broken_off: float = 0.6  # of the others: windows whose past was coded without what follows, as in dancing
    say: float = 0.82  # windows whose manner is told; and those that are told where the dancer looks
    # weight of the retrieval loss. 0, without it: at .1 a dance rests a little more on the beats, but its
    # codes are less likely ones (2.80 nats against 2.57 of half masked windows) and people's dances far away
    # (FID_k 52 to 112 against 25). What the retrieval module hears is told to the network either way.
    alignment: float = 0.0
    aligned: int = 12  # windows of a batch that it is taken of: decoding to motion is dear

    # --- sampling ---
    iterations: int = 4  # from all masked to none
    guided: int = 18  # of them, the first, are guided at most: the last ones decide about the beat as well
    guidance: float = 1.8  # of the body, on the music; 1 = as trained. Guided so, hands and face would hurry
    # dancers give more or less: each dance's guidance is guidance × e^±temper, by its seed and song
    temper: float = 0.8
    temperature: float = 0.9  # of base codes
    calmer: float = 4.0  # how many times colder those of hands and face are drawn: else they would fidget
    # nats by which a code of the body gets less likely, an e-fold beyond `often`: else it may only bounce
    weary: float = 3.0
    often: float = 0.06  # share of a window that a code of the body may have
    # what is faster is taken from spine and root, which would tremble; from the arms, which would wave; from
    # the fingers, which would fidget; of legs and face: 6
    trunk_hz: float = 4.0
    arms_hz: float = 2.5
    hands_hz: float = 1.1
    whim: float = 1.5  # chance in which codes are kept first; 0: always the surest
    least: float = 0.05  # how likely a code must be against the likeliest, to be drawn
    level_temperature: float = 0.0  # of the deeper levels
    tries: int = 3  # windows drawn each time; the one that rests more on the beats is danced
    moved: float = 1.5  # frames by which a moment is moved at most, to rest on a beat: nets/retiming.py
    stiff: float = 2.0  # what it costs to change the pace for that
    after: float = 1.0  # frames after the beat at which it then rests, as dancers do
    lead: int = 1  # frames of music that it is ahead: what is guided so comes to rest a little late
    facing: float = 0.9  # how much of a dance shall be danced to the front: mean cos of the heading
    # how far a dance's manner is a dancer's of its style, 0 the mean of theirs: three fifths are followed
    own: float = 1.6
    styles: tuple[str, ...] = ()

    @property
    def heard(self) -> tuple[int, ...]:
        """Columns that a dance can tell: not the colour of the sound, not its chords."""
        return tuple(i for i, n in enumerate(self.features) if not n.startswith(("mfcc", "chroma")))

    @property
    def music_tokens(self) -> int:
        """Tokens of a window's music, with what comes after it."""
        return self.window + self.music_ahead // self.patch

    @property
    def mask(self) -> int:
        """The code that says: to be found."""
        return self.codes

    @property
    def nothing(self) -> int:
        """The code that says: outside of the dance."""
        return self.codes + 1

    def __post_init__(self) -> None:
        if self.music_ahead % self.patch:
            raise ValueError(f"music_ahead {self.music_ahead} is not whole patches of {self.patch}")
        if not 0 < self.context < self.window:
            raise ValueError(f"a context of {self.context} in a window of {self.window}")
        if self.tokens not in (1, 3):
            raise ValueError(f"{self.tokens} tokens a moment, expected 1 or 3")



MASKED_CONFIGS: dict[str, MaskedConfig] = {
    "small": MaskedConfig(),  # shipped: learns and dances on two CPU cores
    # the published sizes: 8 layers of 384, a token for each part of a moment, 18 guided iterations
    "paper": MaskedConfig(dim=512, width=384, layers=8, level_layers=8, heads=6, tokens=3, iterations=18,
                          guided=18, guidance=4.0, tries=1, alignment=0.1),
    # learns something in seconds, for tests
    "tiny": MaskedConfig(window=30, context=6, width=48, layers=2, level_layers=1, heads=2, shorter=0.0,
                         iterations=3, guided=3, aligned=4, alignment=0.2),
}
