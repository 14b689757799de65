"""What the name of an AIST++ sequence says, as in gWA_sBM_cAll_d25_mWA0_ch01: genre, dancer, music, dance."""

from __future__ import annotations

import re
from dataclasses import dataclass

TEMPI = (80, 90, 100, 110, 120, 130)  # BPM by the last digit of the music; house counts from 110 in fives
# The music of the official cross-modal test sequences: one piece a genre. Whatever was danced to it, by
# whomever, is near a test sequence, and nothing is learned from it.
TEST_MUSIC = frozenset({"mBR0", "mPO1", "mLO2", "mMH3", "mLH4", "mHO5", "mWA0", "mKR2", "mJS3", "mJB5"})
_NAME = re.compile(r"(g(?:BR|PO|LO|MH|LH|HO|WA|KR|JS|JB))_s[A-Z]{2}_c[A-Za-z0-9]+_d\d\d_(m([A-Z]{2})(\d))"
                   r"_ch\d\d")


@dataclass(frozen=True)
class AistName:
    """What a sequence's name says.

    Attributes:
        genre: "gWA", the style's key. music: "mWA0". tempo: of the music in BPM, 0 where the name tells none.
    """

    genre: str
    music: str
    tempo: float

    @property
    def family(self) -> str:
        """All dances of a genre are one family, whatever they were converted by."""
        return f"aistpp-{self.genre}"

    @property
    def group(self) -> str:
        """All dances to one piece of music are one group: its dancers share steps, and each other's."""
        return f"aistpp/{self.genre}_{self.music}"

    @property
    def split(self) -> str:
        """Test where the music is that of the official test sequences; else "", and any split will do."""
        return "test" if self.music in TEST_MUSIC else ""


def read_name(name: str) -> AistName | None:
    """What the name says; None for a name that is none of AIST++'s."""
    found = _NAME.fullmatch(name)
    if not found:
        return None
    digit = int(found[4])
    tempo = 0.0 if digit > 5 else 110.0 + 5 * digit if found[3] == "HO" else float(TEMPI[digit])
    return AistName(found[1], found[2], tempo)
