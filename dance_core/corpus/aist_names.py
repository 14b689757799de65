"""What the name of an AIST++ sequence says, as in gWA_sBM_cAll_d25_mWA0_ch01: genre, dancer, music, dance."""

from __future__ import annotations

import re
from dataclasses import dataclass

TEMPI = (80, 90, 100, 110, 120, 130)  # BPM by the last digit of the music; house counts from 110 in fives
# The music of the official cross-modal test sequences: one piece a genre. Whatever was danced to it, by
# whomever, is near a test sequence, and nothing is learned from it.
TEST_MUSIC = frozenset({"mBR0", "mPO1", "mLO2", "mMH3", "mLH4", "mHO5", "mWA0", "mKR2", "mJS3", "mJB5"})
DANCES = 1320  # sequences that are in use: 1,365 of the archive less those of IGNORED
# The first of a genre's three dancers, in the order of GENRES; and the music of each one's basic dances, ch01
# to ch10 to every piece. (Seven advanced dances follow for each dancer; their music follows no rule.)
GENRES = {"BR": 4, "PO": 10, "LO": 13, "MH": 22, "LH": 16, "HO": 19, "WA": 25, "KR": 28, "JS": 1, "JB": 7}
_MUSIC = ((0, 1, 2, 3), (0, 1, 4, 5), (2, 3, 4, 5))
# The official ignore list: fits that failed. For archives that come without it.
IGNORED = frozenset(f"g{n[:2]}_s{n[2]}M_cAll_d{n[3:5]}_m{n[:2]}{n[5]}_ch{n[6:]}" for n in (
    "BRF05514 BRF06519 BRF04407 BRF05413 BRB04008 BRB04007 BRB04010 BRB05007 JBB07206 JBB07301 JBB07305 "
    "JBB08007 JBB08009 JBB08109 JBF08311 JBB08507 JBB09207 JBB09307 JBB09406 JBB09407 JBB09409 JBB09509 "
    "JSF01001 JSF01102 JSF02008 JSF03001 JSB03310 KRB30502 KRB30501 HOF20513 WAB27402 WAB27408 WAF26210 "
    "WAB25304 WAF27116 WAB25104 WAB27501 WAB27508 WAB27301 WAB27208 WAB26101 WAB26009 WAB27201 WAB25204 "
    "WAB25203").split())
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


def basic_dances() -> list[str]:
    """The names of the 1,200 basic dances that AIST has: ten genres, three dancers, four pieces, ten dances.

    Not all of them were fitted: of these and the 210 advanced ones AIST++ has 1,365.
    """
    return [f"g{genre}_sBM_cAll_d{first + i:02d}_m{genre}{m}_ch{ch:02d}"
            for genre, first in GENRES.items() for i, music in enumerate(_MUSIC) for m in music
            for ch in range(1, 11)]
