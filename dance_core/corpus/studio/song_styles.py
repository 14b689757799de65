"""What makes a song belong to a style: tempo, swing, drums, harmony, layers, melody rhythms.

All patterns are written here as text, a character a sixteenth note (16 or 32 of them):

- drums: X accent, x hit, o soft, g ghost note, r two strokes in one step, t three, . rest
- bass: R root, 8 octave, 5 fifth, 3 third, 7 seventh (or sixth), a step towards the next root, g muted, - hold, . rest
- chords: X accent, x stab, - hold, . rest; arpeggios: 1…9 chord tones upwards, - hold, . rest
- melody cells: x note, - hold, . rest

Progressions: a word a bar, a comma halves it; Roman numerals count from the major scale.
The sections that a layer plays in: i intro, v verse, b build, c chorus, k break, o outro.
"""

from __future__ import annotations

from dataclasses import dataclass

from dance_core.errors import UserError

SCALES = {
    "major": (0, 2, 4, 5, 7, 9, 11),
    "mixolydian": (0, 2, 4, 5, 7, 9, 10),
    "dorian": (0, 2, 3, 5, 7, 9, 10),
    "minor": (0, 2, 3, 5, 7, 8, 10),
    "phrygian": (0, 1, 3, 5, 7, 8, 10),
}


@dataclass(frozen=True)
class Layer:
    """One player.

    Attributes:
        role: bass, chords, pad, arp, hook (the chorus melody), tune (the verse melody) or riff.
        instrument: name in `instruments.INSTRUMENTS`.
        verse, chorus: patterns to choose from by seed; the verse's serve all sections but the chorus.
        low, high: MIDI range. level: dB against the drums. sections: where it plays.
        reverb, delay, pump: 0 to 1; pump = how far the kick pushes it down.
        open: Hz above which it may sound (a high-pass that leaves room for the bass).
    """

    name: str
    role: str
    instrument: str
    verse: tuple[str, ...] = ()
    chorus: tuple[str, ...] = ()
    low: int = 52
    high: int = 76
    level: float = -10.0
    sections: str = "ivbcko"
    reverb: float = 0.15
    delay: float = 0.0
    pump: float = 0.0
    open: float = 120.0


@dataclass(frozen=True)
class Tonality:
    """A mode with the progressions that go with it."""

    mode: str
    verse: str
    chorus: str


Pattern = dict[str, str]


@dataclass(frozen=True)
class SongStyle:
    """Everything that a style gives to a song. Tempi in BPM, `lateness` of the backbeat in s."""

    key: str
    title: str
    tempo: tuple[int, int]
    swing: tuple[float, float]  # where the off sixteenth falls in its eighth: .5 straight, .67 triplet
    kit: str
    tonalities: tuple[Tonality, ...]
    verse_drums: tuple[Pattern, ...]
    chorus_drums: tuple[Pattern, ...]
    light_drums: Pattern
    fills: tuple[str, ...]
    layers: tuple[Layer, ...]
    cells: tuple[str, ...]
    words: tuple[tuple[str, ...], tuple[str, ...]]
    lateness: float = 0.0
    reverb_s: float = 1.1
    loose: float = 0.003  # standard deviation of the players' timing, s
    dust: float = 0.0  # vinyl crackle


STYLES: dict[str, SongStyle] = {}


def _add(style: SongStyle) -> None:
    STYLES[style.key] = style


def song_style(key: str) -> SongStyle:
    """The style with this key. Raises UserError for an unknown one."""
    if key not in STYLES:
        raise UserError(f"There is no song style {key!r}; the {len(STYLES)} styles are {', '.join(sorted(STYLES))}.")
    return STYLES[key]


_add(SongStyle(
    key="gBR", title="Break", tempo=(104, 128), swing=(0.52, 0.56), kit="break",
    tonalities=(Tonality("dorian", "Im7 Im7 IV9 IV9", "Im9 IV9 bVII9 IV9"),
                Tonality("dorian", "Im9 Im9 Im9 IV9", "Im7 bVII9 IV9 Im7,V7#9")),
    verse_drums=(
        {"kick": "X.x.......x..x..", "snare": "....X..g.g..X..g", "hat": "x.x.x.x.x.x.x.x.", "open": "......x........."},
        {"kick": "X.x...x...xx....", "snare": "....X..g.g..X..g", "hat": "x.xox.xox.xox.xo", "bongo": "x..o..x.x..o.xx."}),
    chorus_drums=(
        {"kick": "X.x...x...xx..x.", "snare": "....X..g.g..X.gg", "hat": "xoxoxoxoxoxoxoxo", "open": "......x.......x.",
         "conga": "..x..x.x..x..xx.", "tamb": "....x.......x..."},
        {"kick": "X.x....x..x..x..", "snare": "....X..g.g..X..g", "ride": "x.x.x.x.x.x.x.x.", "bongo": "x.xo.xxox.xo.xxo",
         "conga2": "...x..x....x..x."}),
    light_drums={"hat": "x.x.x.x.x.x.x.x.", "bongo": "x..o..x.x..o.xx.", "kick": "X.......x......."},
    fills=("snare16", "toms", "stutter"),
    layers=(
        Layer("bass", "bass", "bass_finger", ("R..Rg.8.R.g7.8a.", "R.g.R..8..R.7.5a"),
              ("R.8gR.7.R.8g5.7a", "R..8g.R8..7.5.a."), 29, 50, -3.5, "ivbcko", 0.02, open=30.0),
        Layer("guitar", "chords", "wah", ("..x.x..x..x.x.x.", "x.xx..x.x.xx.xx."), ("x.xxx.xxx.xxx.xx",), 55, 74, -15.0, "ivbc", 0.08,
              open=350.0),
        Layer("stabs", "chords", "brass", ("X--...........x.", "............x.X-"), ("X-....x-....X-x.", "X--..x....x-X-.."), 58, 79,
              -9.5, "bco", 0.2, open=200.0),
        Layer("clav", "chords", "clav", ("..x..x....x..x..",), ("x..x..x...x..x..",), 55, 74, -15.5, "vk", 0.08, open=250.0),
        Layer("horns", "hook", "brass", low=62, high=82, level=-7.5, sections="c", reverb=0.22, delay=0.1, open=200.0),
        Layer("organ", "tune", "organ", low=60, high=79, level=-11.0, sections="vk", reverb=0.18, open=200.0)),
    cells=("x-.x..x-..x.x---", "x-x-..x.x--.....", "..x.x-x-..xxx-..", "x...x-.xx-.x----", "x-.x-.x-x-x-..x-"),
    words=(("Cardboard", "Concrete", "Windmill", "Six-Step", "Backspin"), ("Circle", "Session", "Cypher", "Avenue", "Groove")),
    lateness=0.003, reverb_s=0.9, loose=0.004, dust=0.35))

_add(SongStyle(
    key="gPO", title="Pop", tempo=(96, 122), swing=(0.5, 0.54), kit="808",
    tonalities=(Tonality("minor", "Im7 Im7 bVImaj7 bVII", "bVImaj7 bVII Im7 Vm7"),
                Tonality("dorian", "Im7 Im7 IV9 IV9", "IVm7 bVII Im9 Im9")),
    verse_drums=(
        {"kick": "X.....x...x.....", "clap": "....X.......X...", "hat": "x.x.x.x.x.x.x.x.", "cowbell": "x..x..x.....x..."},
        {"kick": "X..x..x...x..x..", "snare": "....X.......X...", "hat": "xoxoxoxoxoxoxoxo", "rim": "...x..x....x...."}),
    chorus_drums=(
        {"kick": "X..x..x.X.x.....", "snare": "....X.......X..o", "clap": "....X.......X...", "hat": "xoxoxoxoxoxoxoxo",
         "open": "..x...x...x...x.", "cowbell": "x.x..x.x..x.x..."},
        {"kick": "X.....x.X..x..x.", "clap": "....X..o....X.o.", "snare": "....X.......X...", "hat": "x.xxx.xxx.xxx.xr",
         "open": "..........x.....", "tom2": "..............xx"}),
    light_drums={"hat": "x.x.x.x.x.x.x.x.", "clap": "....x.......x...", "kick": "X.......X......."},
    fills=("toms", "stutter", "claps"),
    layers=(
        Layer("bass", "bass", "bass_synth", ("R..R..8.R..R7.8.", "R.8.R.8.R.7.5.a."), ("R.R8.R8.R.R8.7a.", "R..8R..8R.8R.78a"), 28, 52,
              -4.0, "ivbckc", 0.0, pump=0.25, open=30.0),
        Layer("keys", "chords", "lead_square", ("X-....x-......x.",), ("X-..x-..x-..x-x.", "..x-..x-..x-..x-"), 57, 76, -13.0, "ivbc", 0.18,
              0.15, 0.2, 250.0),
        Layer("pad", "pad", "pad", low=52, high=72, level=-15.0, sections="ibkcvo", reverb=0.3, pump=0.3, open=200.0),
        Layer("arp", "arp", "clav", ("1.3.2.4.3.5.4.3.",), ("1324354613243546",), 60, 84, -16.0, "bck", 0.2, 0.3, 0.2, 300.0),
        Layer("lead", "hook", "lead_square", low=64, high=86, level=-8.5, sections="co", reverb=0.2, delay=0.25, open=250.0),
        Layer("talk", "tune", "choir", low=55, high=74, level=-10.0, sections="vk", reverb=0.2, delay=0.1, open=200.0)),
    cells=("x-x-..x-x-..x-..", "x--x--x-..x-x-x-", "x.x.x-..x.x.x-..", "..x-x-x---......", "x---..x-x---x-..")
    , words=(("Robot", "Neon", "Circuit", "Chrome", "Strobe"), ("Boogie", "Wave", "Parade", "Tick", "Promenade")),
    reverb_s=1.0, loose=0.0015))

_add(SongStyle(
    key="gLO", title="Lock", tempo=(100, 118), swing=(0.51, 0.55), kit="funk",
    tonalities=(Tonality("mixolydian", "I9 I9 I9 IV9", "I9 IV9 I9 bVII9,IV9"),
                Tonality("dorian", "Im7 IV9 Im7 IV9", "Im9 bVII9 IV9 Im9,V7#9")),
    verse_drums=(
        {"kick": "X..x..x...x.....", "snare": "....X..g....X.g.", "hat": "xoxoxoxoxoxoxoxo", "open": "..............x."},
        {"kick": "X.x....x.xx.....", "snare": "....X..g.g..X..g", "hat": "x.xxx.xxx.xxx.xx"}),
    chorus_drums=(
        {"kick": "X.x...x.X.x..x..", "snare": "....X..g.g..X.gg", "hat": "xoxoxoxoxoxoxoxo", "open": "..x...x...x...x.",
         "tamb": "x.xxx.xxx.xxx.xx", "cowbell": "x...x...x...x..."},
        {"kick": "X..x..x.X.x...x.", "snare": "....X..g.g..X..g", "hat": "xoxoxoxoxoxoxoxo", "clap": "....x.......x...",
         "conga": "x..x..x..x.x..x.", "tamb": "..x...x...x...x."}),
    light_drums={"hat": "xoxoxoxoxoxoxoxo", "clap": "....x.......x...", "cowbell": "x...x...x...x..."},
    fills=("snare16", "toms", "stutter", "hits"),
    layers=(
        Layer("bass", "bass", "bass_slap", ("R.gR..8.g.R.8.7a", "R..g8.R.g8..7.5a"), ("R.g8R.g8.7g8R.5a", "Rg8.Rg8.Rg7.5g8a"), 28, 50, -3.5,
              "ivbckc", 0.02, open=30.0),
        Layer("guitar", "chords", "wah", ("x.xxx.x.x.xxx.x.", "..xx..xx..xx.xx."), ("xxx.xxx.xxx.xxx.",), 57, 76, -14.5, "ivbc", 0.06, open=350.0),
        Layer("stabs", "chords", "brass", ("X-............x.", "......x.X-......"), ("X-.x..X-......x.", "X-..X-.x..x-..X-"), 58, 80, -8.0,
              "vbco", 0.18, open=200.0),
        Layer("clav", "chords", "clav", ("x..x..xx.x.x..x.",), ("x.xx.xx.x.xx.xx.",), 55, 73, -15.0, "vck", 0.06, open=250.0),
        Layer("horns", "hook", "brass", low=63, high=84, level=-7.0, sections="c", reverb=0.2, open=200.0),
        Layer("organ", "tune", "organ", low=60, high=79, level=-11.0, sections="vk", reverb=0.15, open=200.0)),
    cells=("x.x-..x.x-..x.x-", "..x.x.x-x-..x---", "x-..x-..x.x.x---", "xxx-..x-x-......", "x.x.x-x-..x-x-..")
    , words=(("Saturday", "Platform", "Uncle", "Campbell Street", "Golden"), ("Strut", "Shoes", "Point", "Handshake", "Brass")),
    lateness=0.004, reverb_s=0.8, loose=0.004))

_add(SongStyle(
    key="gMH", title="Middle Hip-hop", tempo=(84, 100), swing=(0.57, 0.62), kit="dust",
    tonalities=(Tonality("minor", "Im9 IVm9 bVImaj9 V7", "bVImaj9 Vm7 Im9 Im9"),
                Tonality("dorian", "Im9 IV9 Im9 IV9", "IIm7 V7 Im9 bVIImaj7")),
    verse_drums=(
        {"kick": "X.....x..x......", "snare": "....X.......X..g", "hat": "x.x.x.x.x.x.x.x."},
        {"kick": "X......x..x.....", "snare": "....X..g....X...", "hat": "x.xox.xox.xox.xo"}),
    chorus_drums=(
        {"kick": "X..x..x..xx...x.", "snare": "....X..g.g..X..g", "hat": "x.xox.xox.xox.xo", "open": "..............x.",
         "tamb": "....x.......x..."},
        {"kick": "X.x....x..x..x..", "snare": "....X..g....X..g", "hat": "xoxoxoxoxoxoxoxo", "rim": "...x......x..x..",
         "shaker": "x.x.x.x.x.x.x.x."}),
    light_drums={"hat": "x.x.x.x.x.x.x.x.", "rim": "....x.......x...", "kick": "X.......o......."},
    fills=("stutter", "snare8", "drop"),
    layers=(
        Layer("bass", "bass", "bass_upright", ("R--..5..R-.7.5a.", "R---..R.8-..5-a."), ("R-.R..8.7-.5R-.a", "R--.g.5-R.8-7.5a"), 28, 48, -2.5,
              "vbcko", 0.02, open=30.0),
        Layer("keys", "chords", "rhodes", ("X------.x---....", "X--...x----..x--"), ("X---..x--.x---..", "X-----x---..x---"), 53, 73, -8.5, "ivbcko",
              0.2, 0.1, 0.15, 130.0),
        Layer("loop", "arp", "piano", ("3-.5-.4-2-..3-..", "5-4-..3-..2-3-.."), ("5-.4-.3-5-..6-4-",), 60, 81, -12.5, "ivc", 0.25, open=250.0),
        Layer("vibes", "hook", "vibes", low=64, high=84, level=-9.0, sections="co", reverb=0.3, delay=0.2, open=250.0),
        Layer("flute", "tune", "lead_flute", low=64, high=82, level=-11.5, sections="vk", reverb=0.3, delay=0.15, open=250.0)),
    cells=("x--x--x-....x---", "..x-x-x-..x-....", "x-..x-x---..x-x-", "....x-x-x-x-x---", "x---..x-..x-x---"),
    words=(("Corner Store", "Late Train", "Dusty", "Brownstone", "Rooftop"), ("Tape", "Crate", "Blend", "Letter", "Lamp")),
    lateness=0.009, reverb_s=1.2, loose=0.005, dust=1.0))

_add(SongStyle(
    key="gLH", title="LA Hip-hop", tempo=(86, 106), swing=(0.5, 0.54), kit="808",
    tonalities=(Tonality("minor", "Im9 Im9 bVImaj7 V7", "Im9 bVImaj7 IVm9 V7"),
                Tonality("minor", "Im7 IVm7 Im7 bVII", "bVImaj7 bVII Im7 Im7")),
    verse_drums=(
        {"kick": "X.....x..xx.....", "clap": "....X.......X...", "hat": "x.x.x.xrx.x.x.rx", "rim": ".......x......x."},
        {"kick": "X..x......x..x..", "clap": "....X.......X...", "hat": "xoxoxoxrxoxoxtxo", "snap": "....x.......x..."}),
    chorus_drums=(
        {"kick": "X..x..x..xx..x..", "clap": "....X.......X..o", "snare": "....X.......X...", "hat": "xoxrxoxoxoxtxoxr",
         "open": "......x.......x.", "tamb": "..x...x...x...x."},
        {"kick": "X.....xx..x..x..", "clap": "....X.......X...", "snare": "....X.......X.o.", "hat": "xrxoxoxtxoxrxoxo",
         "open": "..x.......x.....", "shaker": "xoxoxoxoxoxoxoxo"}),
    light_drums={"hat": "x.x.x.x.x.x.x.x.", "snap": "....X.......X..."},
    fills=("hatroll", "claps", "drop"),
    layers=(
        Layer("bass", "bass", "bass_808", ("R------R--8-..a-", "R-----..R--R--5-"), ("R--R--..R-8-R-a-", "R-----R-..R-7-5a"), 28, 45, -1.0, "vbco",
              0.0, pump=0.35, open=25.0),
        Layer("keys", "chords", "rhodes", ("X-------x-------",), ("X-----x-..x-----",), 54, 74, -11.0, "ivbcko", 0.25, 0.1, 0.2, 150.0),
        Layer("pluck", "arp", "bell", ("1-.3-.5-..4-3-..", "5-..3-..4-..2-3-"), ("1-3-5-..6-5-3-4-",), 60, 84, -12.5, "ivbk", 0.25, 0.3, 0.1,
              300.0),
        Layer("strings", "pad", "strings", low=55, high=76, level=-16.0, sections="bcko", reverb=0.35, pump=0.2, open=250.0),
        Layer("whistle", "hook", "lead_whistle", low=72, high=91, level=-10.5, sections="ico", reverb=0.25, delay=0.25, open=400.0),
        Layer("voices", "tune", "choir", low=55, high=74, level=-12.0, sections="vk", reverb=0.3, delay=0.2, open=200.0)),
    cells=("x-----x-x-----x-", "x--x--x---..x-x-", "x-x-x-------....", "..x-x---x-x-x---", "x---x-x-x-------"),
    words=(("Palm", "Lowrider", "Crenshaw", "Sunset", "Boulevard"), ("Shade", "Cruise", "Hydraulics", "Mirage", "Evening")),
    reverb_s=1.4, loose=0.002))

_add(SongStyle(
    key="gHO", title="House", tempo=(116, 130), swing=(0.52, 0.57), kit="909",
    tonalities=(Tonality("minor", "Im9 IVm9 bVImaj9 Vm7", "IVm9 bVII9 bIIImaj9 Im9"),
                Tonality("dorian", "Im9 Im9 IV9 IV9", "Im9 Vm7 IV9 bVIImaj7")),
    verse_drums=(
        {"kick": "X...X...X...X...", "clap": "....X.......X...", "open": "..x...x...x...x.", "hat": "x.oxx.oxx.oxx.ox"},
        {"kick": "X...X...X...X...", "clap": "....X.......X...", "open": "..x...x...x...x.", "shaker": "xoxoxoxoxoxoxoxo",
         "rim": "...x..x....x..x."}),
    chorus_drums=(
        {"kick": "X...X...X...X...", "clap": "....X.......X..o", "open": "..X...X...X...X.", "hat": "xoxoxoxoxoxoxoxo",
         "shaker": "xoxoxoxoxoxoxoxo", "conga": "...x..x....x.x..", "tamb": "..x...x...x...x."},
        {"kick": "X...X...X...X...", "snare": "....X.......X.g.", "clap": "....X.......X...", "open": "..X...X...X...X.",
         "ride": "x.x.x.x.x.x.x.x.", "hat": "xoxoxoxoxoxoxoxo", "conga2": "x..x..x...x..x.."}),
    light_drums={"kick": "X...X...X...X...", "hat": "..x...x...x...x."},
    fills=("snare16", "claps", "drop"),
    layers=(
        Layer("bass", "bass", "bass_house", ("..R..R8...R.7.8.", "R.....R.8..R..7a"), ("..R.R.8...R.R.87", "R..R..8.R..R7.8a"), 31, 52, -4.0, "ivbck", 0.0,
              pump=0.5, open=30.0),
        Layer("organ", "chords", "organ", ("x..x..x...x..x..", "..x..x....x..x.."), ("x..x..x..x.x..x.",), 57, 76, -11.5, "ivb", 0.15, 0.1, 0.4,
              200.0),
        Layer("piano", "chords", "piano", ("X..x..x...x.x...",), ("X..x..x.x..x..x.", "X.x..x.x..x.x.x."), 57, 79, -8.0, "bc", 0.2, 0.0, 0.35, 200.0),
        Layer("pad", "pad", "strings", low=60, high=79, level=-14.5, sections="bcko", reverb=0.35, pump=0.55, open=250.0),
        Layer("lead", "hook", "choir", low=60, high=79, level=-8.5, sections="ck", reverb=0.25, delay=0.25, pump=0.2, open=250.0),
        Layer("pluck", "tune", "bell", low=64, high=84, level=-13.0, sections="vi", reverb=0.25, delay=0.3, pump=0.3, open=300.0)),
    cells=("x--x--x-..x-x---", "..x-..x-..x-x---", "x-x-..x-x---..x-", "x--x--x--x--x-x-", "....x-x-x---x---"),
    words=(("Warehouse", "Sunday", "Lakeside", "Four-Leaf", "Basement"), ("Lights", "Sermon", "Piano", "Sunrise", "Company")),
    reverb_s=1.4, loose=0.002))

_add(SongStyle(
    key="gWA", title="Waack", tempo=(108, 128), swing=(0.5, 0.53), kit="disco",
    tonalities=(Tonality("minor", "Im7 IVm7 bVII9 bIIImaj7", "bVImaj7 IVm7 V7sus4,V7 Im7"),
                Tonality("minor", "Im9 bVII bVImaj7 V7", "IVm7 bVII9 bIIImaj7 bVImaj7,V7")),
    verse_drums=(
        {"kick": "X...X...X...X...", "snare": "....X.......X...", "hat": "x.xox.xox.xox.xo", "open": "..x...x...x...x."},
        {"kick": "X...X...X...X...", "snare": "....X.......X..g", "hat": "xoxoxoxoxoxoxoxo", "conga": "..x..x.x..x..x.x"}),
    chorus_drums=(
        {"kick": "X...X...X...X...", "snare": "....X.......X..g", "clap": "....x.......x...", "hat": "xoxoxoxoxoxoxoxo",
         "open": "..X...X...X...X.", "tamb": "xoxoxoxoxoxoxoxo", "conga": "..x..x.x..x..x.x"},
        {"kick": "X...X...X...X.x.", "snare": "....X..g....X...", "open": "..X...X...X...X.", "hat": "xoxoxoxoxoxoxoxo",
         "tamb": "..x...x...x...x.", "cowbell": "x...x...x...x...", "conga2": "x..x..x..x.x..x."}),
    light_drums={"hat": "xoxoxoxoxoxoxoxo", "kick": "X...X...X...X...", "conga": "..x..x.x..x..x.x"},
    fills=("toms", "snare16", "hits"),
    layers=(
        Layer("bass", "bass", "bass_finger", ("R.8.R.8.R.8.R.8.", "R.8.R.8.5.8.7.8a"), ("R.88R.88R.885.8a", "R.8.R.8gR.8.5a8."), 28, 52, -4.0, "ivbck",
              0.02, pump=0.2, open=30.0),
        Layer("guitar", "chords", "wah", ("x.xx.xx.x.xx.xx.", "..x...x...x...xx"), ("xxx.xxx.xxx.xxx.",), 59, 77, -15.0, "ivbc", 0.08, open=350.0),
        Layer("keys", "chords", "rhodes", ("X--...x-......x-",), ("X-..x-..x-..x-x-",), 55, 74, -12.5, "vk", 0.15, open=180.0),
        Layer("strings", "pad", "strings", low=62, high=84, level=-12.0, sections="ibcko", reverb=0.35, open=250.0),
        Layer("stabs", "chords", "brass", ("X-............x.",), ("X-....x-..x-....", "X-.x..X-......X-"), 60, 81, -10.5, "bc", 0.2, open=200.0),
        Layer("violins", "hook", "strings", low=70, high=91, level=-7.5, sections="c", reverb=0.3, delay=0.1, open=250.0),
        Layer("flute", "tune", "lead_flute", low=67, high=86, level=-10.5, sections="vko", reverb=0.3, delay=0.15, open=250.0)),
    cells=("x-x-x---..x-x-x-", "x---x-x-x---x---", "..x-x-x-x-x-x---", "x-x-..x-x-..x-x-", "xxx-x---xxx-x---"),
    words=(("Mirror", "Velvet", "Sequin", "Midnight", "Silver"), ("Ball", "Rope", "Wrists", "Runway", "Queen")),
    reverb_s=1.5, loose=0.003))

_add(SongStyle(
    key="gKR", title="Krump", tempo=(86, 108), swing=(0.5, 0.52), kit="heavy",
    tonalities=(Tonality("phrygian", "Im Im bII Im", "Im bII Im bVII,bII"),
                Tonality("minor", "Im Im bVI Im", "Im bVI IVm V7")),
    verse_drums=(
        {"kick": "X..x..x.....x.x.", "snare": "........X.......", "hat": "x.x.x.x.x.x.x.x.", "stomp": "X...x...x...x..."},
        {"kick": "X.....x..x..x...", "snare": "........X......o", "hat": "x.xrx.x.x.xtx.x.", "stomp": "X...x.......x..."}),
    chorus_drums=(
        {"kick": "X.xx..x..x..x.xx", "snare": "........X......o", "clap": "........X.......", "hat": "xoxrxoxoxoxtxoxr",
         "stomp": "X...x...x...x...", "open": "..x...x...x...x.", "tom3": "......x.......xx"},
        {"kick": "X..x.xx...x.x.x.", "snare": "....o...X.....o.", "clap": "........X.......", "hat": "xoxoxoxtxoxoxrxr",
         "stomp": "X...x...x...x...", "ride": "x...x...x...x..."}),
    light_drums={"stomp": "X...x...x...x...", "hat": "x...x...x...x..."},
    fills=("toms", "stutter", "hits"),
    layers=(
        Layer("bass", "bass", "bass_growl", ("R--R--R.....R-R-", "R-----R..a..R---"), ("R-RR--R..R..R-R-", "R--R-8R---..R-Ra"), 26, 42, -2.0, "vbc", 0.0, pump=0.4,
              open=25.0),
        Layer("hits", "chords", "orchestra", ("X...............", "X-..........x.x."), ("X-....X-....x.x.", "X-.X-...X-..X-.."), 53, 72, -7.0, "ibco", 0.3,
              open=120.0),
        Layer("strings", "arp", "strings", ("1.1.2.1.3.1.2.1.", "1.1.1.2.1.1.3.2."), ("1131123113113211",), 55, 76, -10.5, "ivbck", 0.2, open=200.0),
        Layer("choir", "pad", "choir", low=50, high=69, level=-13.5, sections="bcko", reverb=0.4, pump=0.2, open=150.0),
        Layer("horn", "hook", "brass", low=50, high=69, level=-7.0, sections="c", reverb=0.3, open=120.0),
        Layer("siren", "tune", "lead_square", low=62, high=79, level=-13.5, sections="vk", reverb=0.3, delay=0.2, open=250.0)),
    cells=("x---..x-x---....", "x-x-x---....x-x-", "x--x--x-x-------", "x---x---x-x-x---", "..x-x-..x---x---"),
    words=(("Get", "Buck", "Thunder", "Iron", "Gravel"), ("Sermon", "Stomp", "Chest", "Kingdom", "Verdict")),
    reverb_s=1.3, loose=0.003))

_add(SongStyle(
    key="gJS", title="Street Jazz", tempo=(92, 116), swing=(0.5, 0.56), kit="808",
    tonalities=(Tonality("major", "VIm9 IVmaj9 Imaj9 V", "IVmaj9 V VIm9 Imaj9"),
                Tonality("minor", "Im9 bVImaj9 bIIImaj9 bVII", "bVImaj9 bVII Im9 Vm7")),
    verse_drums=(
        {"kick": "X.....x...x.....", "snap": "....X.......X...", "hat": "x.xox.xox.xox.xo"},
        {"kick": "X..x..x...x..x..", "snap": "....X.......X...", "rim": "......x....x....", "shaker": "xoxoxoxoxoxoxoxo"}),
    chorus_drums=(
        {"kick": "X..x..x.X.x.....", "clap": "....X.......X...", "snare": "....X.......X..o", "hat": "xoxoxoxrxoxoxoxo",
         "open": "..x...x...x...x.", "shaker": "xoxoxoxoxoxoxoxo"},
        {"kick": "X...x.x.X..xx...", "clap": "....X.......X..o", "snap": "....X.......X...", "hat": "xoxoxoxoxoxoxrxo",
         "open": "......x.......x.", "tamb": "..x...x...x...x."}),
    light_drums={"snap": "....X.......X...", "shaker": "xoxoxoxoxoxoxoxo", "kick": "X..............."},
    fills=("claps", "snare8", "hatroll"),
    layers=(
        Layer("bass", "bass", "bass_synth", ("R-----R...R-..a.", "R--R--R.....8-5."), ("R--R--8-R--R7-5a", "R-.R-.8.R-.R-.7a"), 30, 50, -4.0, "vbck", 0.0,
              pump=0.35, open=30.0),
        Layer("keys", "chords", "rhodes", ("X-----x---x-----", "X--x--x-----x---"), ("X--x--x--x--x-x-",), 54, 75, -9.5, "ivbcko", 0.2, 0.1, 0.3, 150.0),
        Layer("pluck", "arp", "guitar", ("1.3.5.4.3.5.2.3.", "5.4.3.2.3.4.5.3."), ("1.3.5.6.5.3.4.5.",), 60, 84, -12.0, "ivbk", 0.25, 0.25, 0.2, 250.0),
        Layer("pad", "pad", "pad", low=55, high=75, level=-14.0, sections="bck", reverb=0.35, pump=0.45, open=250.0),
        Layer("saws", "chords", "supersaw", ("X-......x-......",), ("X--x--x-..x-x-..", "X-..X-..X-..X-x-"), 57, 77, -13.0, "c", 0.2, 0.0, 0.5, 250.0),
        Layer("voice", "hook", "choir", low=62, high=81, level=-7.5, sections="co", reverb=0.25, delay=0.2, open=250.0),
        Layer("tune", "tune", "lead_flute", low=62, high=81, level=-10.0, sections="vk", reverb=0.25, delay=0.2, open=250.0)),
    cells=("x-x-x---x-x-x---", "x--x--x-x---..x-", "..x-x-x-x--x----", "x-x-..x-x-x-x---", "x---x--x--x-x---"),
    words=(("Telephone", "Paper", "Honey", "Taxi", "Lipstick"), ("Crush", "Hearts", "Summer", "Promise", "Window")),
    reverb_s=1.3, loose=0.002))

_add(SongStyle(
    key="gJB", title="Ballet Jazz", tempo=(80, 108), swing=(0.5, 0.5), kit="soft",
    tonalities=(Tonality("major", "Iadd9 V VIm7 IVmaj9", "IVmaj9 V Iadd9 VIm7"),
                Tonality("minor", "Im9 bVImaj9 bIIImaj9 bVII", "bVImaj9 bVII Im9 IVm9")),
    verse_drums=(
        {"kick": "X.......o.......", "rim": "....x.......x...", "shaker": "x.o.x.o.x.o.x.o."},
        {"kick": "X.......x.....o.", "snap": "....o.......o...", "ride": "x...o.x.x...o.x."}),
    chorus_drums=(
        {"kick": "X.....o.x.......", "snare": "....o.......o...", "ride": "x.o.x.o.x.o.x.o.", "shaker": "xoxoxoxoxoxoxoxo",
         "tom3": "..............oo"},
        {"kick": "X.....x.x.......", "snare": "....x.......x...", "hat": "x.o.x.o.x.o.x.o.", "tamb": "....o.......o...",
         "shaker": "xoxoxoxoxoxoxoxo"}),
    light_drums={"shaker": "x.o.x.o.x.o.x.o."},
    fills=("swell", "tomsoft"),
    layers=(
        Layer("bass", "bass", "bass_upright", ("R-------5---..a-", "R-------R---5---"), ("R---..R-8---5-a-",), 28, 48, -4.0, "vbc", 0.1, open=30.0),
        Layer("piano", "arp", "piano", ("1-3-5-3-4-3-5-3-", "1-3-4-5-6-5-4-3-"), ("1-3-5-6-5-4-3-5-", "135-6-5-135-4-3-"), 48, 76, -4.0, "ivbcko", 0.3, open=80.0),
        Layer("left", "chords", "piano", ("X-------x-------",), ("X-------x---x---",), 46, 67, -9.5, "ivbco", 0.3, open=100.0),
        Layer("harp", "arp", "guitar", ("1-2-3-4-5-6-7-6-",), ("1234567876543212",), 60, 91, -13.0, "bck", 0.4, 0.1, 0.0, 250.0),
        Layer("strings", "pad", "strings", low=55, high=79, level=-9.5, sections="bcvo", reverb=0.4, open=150.0),
        Layer("violins", "hook", "strings", low=69, high=88, level=-6.5, sections="c", reverb=0.4, open=200.0),
        Layer("flute", "tune", "lead_flute", low=67, high=86, level=-8.0, sections="vk", reverb=0.4, delay=0.1, open=200.0)),
    cells=("x---x---x-x-x---", "x-----x-x-------", "x---x-x-x---x---", "..x-x-x-x-------", "x---x---x-------"),
    words=(("First", "Linen", "Winter", "Falling", "Open"), ("Snow", "Arabesque", "Letter", "Window", "Tide")),
    reverb_s=2.2, loose=0.005))
