"""Styles in bars of three quarters and of six eighths: waltz, ballet jazz, middle hip-hop.

How the patterns are written: see `song_recipe`; a bar has twelve steps. In 3/4 a beat is four of them (bass
on one, chords on two and three); in 6/8 it is six, a dotted quarter of three eighths.
"""

from __future__ import annotations

from dataclasses import replace

from dance_core.corpus.studio.song_book_bands import BALLET_JAZZ, MIDDLE_HIP_HOP
from dance_core.corpus.studio.song_metre import METRES
from dance_core.corpus.studio.song_recipe import Layer, SongStyle, Tonality

_THREE, _SIX = METRES["3/4"], METRES["6/8"]
# rhythms of a bar of melody
_CELLS_3_4 = ("x---x---x---", "x-------x---", "x-----x-x---", "x---x-x-x-x-", "x-x-x---x---", "x-------x-x-",
              "x-----------", "x-x-x-x-x---")
_CELLS_6_8 = ("x---x-x---x-", "x---x-x-----", "x-x-x-x-----", "x-----x-x-x-", "x-----x---x-", "x-x-x-x---x-",
              "x-----x-----", "..x-x-x---x-")


def _played(style: SongStyle,
            patterns: dict[str, tuple[tuple[str, ...], tuple[str, ...]]]) -> tuple[Layer, ...]:
    """The layers of a style with other patterns: name → (verse, chorus). Pads and melodies have none."""
    return tuple(replace(layer, verse=patterns[layer.name][0], chorus=patterns[layer.name][1])
                 if layer.name in patterns else layer for layer in style.layers)


WALTZ = SongStyle(
    key="waltz", title="Waltz", tempo=(92, 172), swing=(0.5, 0.5), kit="soft|funk",
    tonalities=(
        Tonality("major", "I6 VIm7 IIm7 V7", "Iadd9 IVmaj7 IIm7 V7sus4,V7"),
        Tonality("major", "Iadd9 Iadd9 IVmaj7 V7", "IVmaj7 V7 IIIm7 VIm7"),
        Tonality("minor", "Im IVm6 V7 Im", "bVImaj7 bVII bIIImaj7 V7")),
    verse_drums=(
        {"kick": "X...........", "rim": "....x...x...", "shaker": "x.o.x.o.x.o."},
        {"kick": "X.........o.", "snap": "....x...x...", "ride": "x...x.o.x.o."}),
    chorus_drums=(
        {"kick": "X...........", "snare": "....o...o...", "ride": "x...x.o.x.o.", "tamb": "....x...x...",
         "shaker": "x.o.x.o.x.o."},
        {"kick": "X.......x...", "snare": "....x...o...", "hat": "x.o.x.o.x.o.", "rim": "........x...",
         "ride": "x...x...x.x."}),
    light_drums={"rim": "....x...x...", "shaker": "x.o.x.o.x.o."},
    fills=("swell", "tomsoft", "drop"),
    layers=(
        Layer("bass", "bass", "bass_upright", low=28, high=48, level=-3.0, sections="ivbcko", reverb=0.08,
              open=30.0, verse=("R-------....5-------....", "R-----......R-----....a-"),
              chorus=("R-------..5-", "R-----..5-a-")),
        Layer("comp", "chords", "piano|guitar", low=52, high=72, voices=3, level=-6.5, sections="ivbcko",
              reverb=0.25, open=120.0, verse=("....X--.x--.", "....X-..x-.."), chorus=("....X--.x--.",)),
        Layer("strings", "pad", "strings", low=55, high=77, level=-12.0, sections="bco", reverb=0.4,
              open=200.0),
        Layer("harp", "arp", "guitar|vibes", low=60, high=86, level=-12.5, sections="vck", reverb=0.35,
              delay=0.1, open=250.0, verse=("1-2-3-4-3-2-", "..3-..4-5-4-"), chorus=("1-3-5-6-5-3-",)),
        Layer("violins", "hook", "strings|organ|lead_flute", low=67, high=88, level=-5.5, sections="co",
              reverb=0.35, open=200.0),
        Layer("flute", "tune", "lead_flute|vibes|organ", low=65, high=84, level=-7.0, sections="vk",
              reverb=0.35, delay=0.08, open=200.0)),
    cells=_CELLS_3_4,
    words=(("Paper", "Carousel", "Lantern", "Orchard", "Winter"),
           ("Ballroom", "Terrace", "Promenade", "Carriage", "Chandelier")),
    reverb_s=1.8, loose=0.004, air=2.0, metre=_THREE)

WALTZ_6_8 = replace(
    WALTZ, tempo=(50, 74), metre=_SIX, cells=_CELLS_6_8,
    verse_drums=(
        {"kick": "X.....o.....", "rim": "....x.....x.", "shaker": "x.o.x.x.o.x."},
        {"kick": "X...........", "snap": "......x.....", "ride": "x...x.x...x."}),
    chorus_drums=(
        {"kick": "X.....x.....", "snare": "....o.....o.", "tamb": "..x.x...x.x.", "shaker": "x.o.x.x.o.x."},
        {"kick": "X.........x.", "snare": "......x.....", "hat": "x.o.o.x.o.o.", "tamb": "......x....."}),
    light_drums={"rim": "....x.....x.", "shaker": "x.o.o.x.o.o."},
    layers=_played(WALTZ, {
        "bass": (("R---..5---..", "R-----5---a-"), ("R---..5---a-", "R---..8-5-a-")),
        "comp": (("..x-x-..x-x-", "..X---..x---"), ("..x-x-..x-x-",)),
        "harp": (("1-2-3-4-3-2-", "1-3-5-4-3-2-"), ("1-3-5-6-5-3-",))}))

BALLET_JAZZ_3_4 = replace(
    BALLET_JAZZ, tempo=(84, 138), metre=_THREE, cells=_CELLS_3_4, fills=("swell", "tomsoft"),
    verse_drums=(
        {"kick": "X...........", "rim": "....x...o...", "shaker": "x.o.x.o.x.o."},
        {"kick": "X.........o.", "snap": "........o...", "ride": "x...o.x.x..."}),
    chorus_drums=(
        {"kick": "X.......o...", "snare": "....o...o...", "ride": "x.o.x.o.x.o.", "shaker": "xoxoxoxoxoxo"},
        {"kick": "X.....x.....", "snare": "....o...x...", "hat": "x.o.x.o.x.o.", "tamb": "....o...o...",
         "tom3": "..........oo"}),
    light_drums={"shaker": "x.o.x.o.x.o."},
    layers=_played(BALLET_JAZZ, {
        "bass": (("R-----------5-------..a-", "R-------5---"), ("R-----8-5-a-",)),
        "piano": (("1-3-5-4-5-3-", "1-3-4-5-6-5-4-3-5-4-3-2-"), ("1-3-5-6-5-3-", "135-6-5-4-3-")),
        "left": (("X-------x---",), ("X---x---x---",)),
        "harp": (("1-2-3-4-5-4-",), ("123456765432",))}))

BALLET_JAZZ_6_8 = replace(
    BALLET_JAZZ, tempo=(44, 64), metre=_SIX, cells=_CELLS_6_8, fills=("swell", "tomsoft"),
    verse_drums=(
        {"kick": "X.....o.....", "rim": "......x.....", "shaker": "x.o.o.x.o.o."},
        {"kick": "X.........o.", "snap": "......o.....", "ride": "x.o.o.x.o.o."}),
    chorus_drums=(
        {"kick": "X.........o.", "snare": "......o.....", "ride": "x.o.x.x.o.x.", "shaker": "xoxoxoxoxoxo"},
        {"kick": "X...x.......", "snare": "......x.....", "hat": "x.o.o.x.o.o.", "tamb": "......o.....",
         "tom3": "..........oo"}),
    light_drums={"shaker": "x.o.o.x.o.o."},
    layers=_played(BALLET_JAZZ, {
        "bass": (("R-----------", "R-----5-----"), ("R-----R---5-", "R---..5---a-")),
        "piano": (("1-3-5-4-3-2-", "1-3-5-6-5-3-"), ("1-3-5-6-5-3-", "135-6-5-4-3-")),
        "left": (("X-----x-----",), ("X-----x---x-",)),
        "harp": (("1-2-3-4-5-4-",), ("123456765432",))}))

MIDDLE_HIP_HOP_3_4 = replace(
    MIDDLE_HIP_HOP, tempo=(80, 108), metre=_THREE, fills=("stutter", "drop"),
    verse_drums=(
        {"kick": "X.....x.....", "snare": "....X...X..g", "hat": "x.x.x.x.x.x."},
        {"kick": "X.x.........", "snare": "....X..gX...", "hat": "x.xox.xox.xo"}),
    chorus_drums=(
        {"kick": "X..x......x.", "snare": "....X...X..g", "hat": "x.xox.xox.xo", "open": "......x.....",
         "tamb": "....x...x..."},
        {"kick": "X.....x..x..", "snare": "....X..gX...", "hat": "xoxoxoxoxoxo", "rim": "...x......x.",
         "shaker": "x.x.x.x.x.x."}),
    light_drums={"hat": "x.x.x.x.x.x.", "rim": "....x...x...", "kick": "X..........."},
    layers=_played(MIDDLE_HIP_HOP, {
        "bass": (("R--...5-..a-", "R---..R.8-.."), ("R-.g..8.5-.a", "R--.g.5-7.a.")),
        "keys": (("X-----.x----", "X---....x---"), ("X---..x--.x-", "X-----x---x-")),
        "loop": (("3-.5-.4-2-..", "5-4-..3-..2-"), ("5---4-3-..4-",))}),
    cells=("x--x--x-....", "..x-x-x-..x-", "x-..x-x-x---", "....x-x-x---", "x---..x-x---", "x--x--x-x---",
           "x-x-x---....", "x--x-..x-x--"))

MIDDLE_HIP_HOP_6_8 = replace(
    MIDDLE_HIP_HOP, tempo=(54, 78), swing=(0.5, 0.5), metre=_SIX, fills=("snare16", "drop", "stutter"),
    verse_drums=(
        {"kick": "X.........x.", "snare": "......X.....", "hat": "x.x.x.x.x.x."},
        {"kick": "X...x.....x.", "snare": "......X....g", "hat": "x.o.o.x.o.o."}),
    chorus_drums=(
        {"kick": "X...x.....x.", "snare": "......X..g..", "hat": "x.x.x.x.x.x.", "open": "..........x.",
         "tamb": "......x....."},
        {"kick": "X..x......x.", "snare": "......X....g", "hat": "xoxoxoxoxoxo", "shaker": "x.o.o.x.o.o.",
         "clap": "......x....."}),
    light_drums={"hat": "x.x.x.x.x.x.", "rim": "......x.....", "kick": "X..........."},
    layers=_played(MIDDLE_HIP_HOP, {
        "bass": (("R-----..5-a-", "R---..R---a-"), ("R-..g.R-..5a", "R---5-8-..a-")),
        "keys": (("X-----x-----", "X---x-------"), ("X---x-x---x-", "X-..x-x-..x-")),
        "loop": (("1-3-5-4-3-2-", "5-4-3-..2-3-"), ("5-4-3-6-5-4-",))}),
    cells=_CELLS_6_8)
