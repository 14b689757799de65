"""What the name of an AIST++ sequence says, as in gWA_sBM_cAll_d25_mWA0_ch01: genre, dancer, music, dance.

It is found inside longer names too: files are renamed when they are resampled, mirrored, retargeted or cut.
"""

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
_TEST_DANCE = "02"  # of those pieces the official test has the second basic dance of both of their dancers
_CODES, _GAP = "|".join(GENRES), r"[\W_]{1,3}"
_NAME = re.compile(_GAP.join((rf"g({_CODES})", "s([A-Z]{2})", r"c(?:All|\d{1,2})", r"d(\d{1,2})",
                              rf"m({_CODES})(\d)", r"ch(\d{1,2})(?!\d)")), re.IGNORECASE)
_MUSIC_ALONE = re.compile(rf"(?<![A-Za-z0-9])m({_CODES})(\d)(?![A-Za-z0-9])")  # in a name cut short


@dataclass(frozen=True)
class AistName:
    """What a sequence's name says.

    Attributes:
        genre: "gWA", the style's key. music: "mWA0". tempo: of the music in BPM, 0 where the name tells none.
        sequence: as the official lists write it (with cAll, whatever the camera), "" where the name tells no
            more than the music.
    """

    genre: str
    music: str
    tempo: float
    sequence: str = ""

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

    @property
    def official_test(self) -> bool:
        """Whether it is one of the 20 official cross-modal test sequences."""
        return bool(self.split) and "_sBM_" in self.sequence and self.sequence.endswith(f"_ch{_TEST_DANCE}")


def read_name(name: str) -> AistName | None:
    """What a name says that holds an official one, whatever else it holds; None where it holds none.

    Of several the last counts: a path's file rather than its folders.
    """
    whole, music = list(_NAME.finditer(name)), list(_MUSIC_ALONE.finditer(name))
    if whole:
        genre, way, dancer, of, digit, dance = whole[-1].groups()
        genre, of = genre.upper(), of.upper()
        sequence = f"g{genre}_s{way.upper()}_cAll_d{int(dancer):02d}_m{of}{digit}_ch{int(dance):02d}"
    elif music:
        (of, digit), sequence = music[-1].groups(), ""
        genre = of
    else:
        return None
    n = int(digit)
    tempo = 0.0 if n > 5 else 110.0 + 5 * n if of == "HO" else float(TEMPI[n])
    return AistName(f"g{genre}", f"m{of}{digit}", tempo, sequence)


def basic_dances() -> list[str]:
    """The names of the 1,200 basic dances that AIST has: ten genres, three dancers, four pieces, ten dances.

    Not all of them were fitted: of these and the 210 advanced ones AIST++ has 1,365.
    """
    return [f"g{genre}_sBM_cAll_d{first + i:02d}_m{genre}{m}_ch{ch:02d}"
            for genre, first in GENRES.items() for i, music in enumerate(_MUSIC) for m in music
            for ch in range(1, 11)]
