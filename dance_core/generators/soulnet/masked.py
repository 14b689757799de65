"""Both transformers in one module: what is kept in their file of weights."""

from __future__ import annotations

from torch import nn

from dance_core.generators.soulnet.base_codes import BaseCodes
from dance_core.generators.soulnet.level_codes import LevelCodes
from dance_core.generators.soulnet.masked_config import MaskedConfig

NAME = "masked"  # of the files


class Masked(nn.Module):
    """Base codes from music, and the deeper levels from them."""

    def __init__(self, c: MaskedConfig) -> None:
        super().__init__()
        self.config = c
        self.base, self.levels = BaseCodes(c), LevelCodes(c)
