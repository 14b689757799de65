"""Sizes of SoulNet, with a reason beside each."""

from __future__ import annotations

from dataclasses import dataclass

from dance_core.generators.nets.sizes import Sizes

KINDS = ("hrvq", "rvq", "vq")


@dataclass(frozen=True)
class SoulNetConfig(Sizes):
    """One build of the system. Frames are at 30 fps."""

    # --- the codec: rows of a pose code <-> codes ---
    # hrvq: body, hands and face have codes of their own, hands hear of the body's and the face of the hands';
    # rvq: one stream of everything, as many levels; vq: the same, one level. The last two are for comparison
    kind: str = "hrvq"
    frames: int = 4  # a code: 7.5 codes a second, two or more on every beat that is danced
    patch_latents: tuple[int, ...] = (160, 32, 24)  # leading directions of 4 frames of body, hands and face
    levels: int = 6  # one base code and five that add what is left; published: more gain nothing
    book: int = 512  # codes of a codebook
    dim: int = 64  # numbers of a code vector; 18 books of 512 x 64 are 2.4 MB
    encoder_widths: tuple[int, ...] = (256, 128, 128)  # body, hands, face
    encoder_dilations: tuple[int, ...] = (1, 3)  # of the residual blocks: what a code knows of its neighbours
    decoder_width: int = 384
    # (dilation, codes ahead) of each residual block of the decoder. Two codes of look-ahead in all, so that a
    # dance that streams needs to wait for only 0.27 s
    decoder_blocks: tuple[tuple[int, int], ...] = ((1, 1), (1, 0), (2, 0), (1, 0))

    # --- what it learns from ---
    commit: float = 0.1  # pull of the encoder towards the codes it was given
    decay: float = 0.98  # of the moving averages that the codes are: 50 steps
    # codes that are used less than this share of what they would be if all were used alike begin anew as
    # a vector of the batch
    dead: float = 0.3
    drop_levels: float = 0.2  # share of stretches that are learned from their first levels only

    @property
    def streams(self) -> int:
        """Sequences of codes: 3 (body, hands, face), or 1 where everything is one stream."""
        return 3 if self.kind == "hrvq" else 1

    @property
    def depth(self) -> int:
        """Levels that the kind has."""
        return 1 if self.kind == "vq" else self.levels

    @property
    def vector(self) -> int:
        """Numbers of a code vector: three streams' in one where there is but one."""
        return self.dim * 3 // self.streams

    @property
    def bits(self) -> float:
        """Bits a second that the codes need."""
        return 30 / self.frames * self.streams * self.depth * (self.book - 1).bit_length()

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"no such kind of codec: {self.kind!r}; there are {', '.join(KINDS)}")
        for name in ("encoder_widths", "patch_latents"):
            if len(getattr(self, name)) != 3:
                raise ValueError(f"{name} has {len(getattr(self, name))} numbers, expected 3: body, hands, "
                                 "face")
        for dilation, ahead in self.decoder_blocks:
            if not 0 <= ahead <= 2 * dilation:
                raise ValueError(f"a decoder block of dilation {dilation} looks 0 to {2 * dilation} codes "
                                 f"ahead, not {ahead}")



CONFIGS: dict[str, SoulNetConfig] = {
    "small": SoulNetConfig(),  # shipped: learns on one CPU core in half an hour
    # the published sizes: width 512 throughout, three dilated blocks. For a GPU
    "paper": SoulNetConfig(dim=512, encoder_widths=(512, 512, 512), encoder_dilations=(9, 3, 1),
                           decoder_width=512, decoder_blocks=((9, 9), (3, 3), (1, 1)), commit=0.02,
                           decay=0.99),
    # learns something in seconds, for tests
    "tiny": SoulNetConfig(book=32, patch_latents=(48, 16, 12), levels=3, dim=16,
                          encoder_widths=(48, 24, 24), encoder_dilations=(1,), decoder_width=64,
                          decoder_blocks=((1, 1),), decay=0.9),
}
