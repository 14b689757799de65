"""Styles that a band plays: break, lock, middle hip-hop, waack, ballet jazz.

How the patterns are written: see `song_recipe`.
"""

from __future__ import annotations

from dance_core.corpus.studio.song_recipe import Layer, SongStyle, Tonality

BREAK = SongStyle(
    key="gBR", title="Break", tempo=(104, 128), swing=(0.52, 0.56), kit="break|funk",
    tonalities=(
        Tonality("dorian", "Im7 Im7 IV9 IV9", "Im9 IV9 bVII9 IV9"),
        Tonality("dorian", "Im9 Im9 Im9 IV9", "Im7 bVII9 IV9 Im7,V7#9")),
    verse_drums=(
        {"kick": "X.x.......x..x..", "snare": "....X..g.g..X..g", "hat": "x.x.x.x.x.x.x.x.",
         "open": "......x........."},
        {"kick": "X.x...x...xx....", "snare": "....X..g.g..X..g", "hat": "x.xox.xox.xox.xo",
         "bongo": "x..o..x.x..o.xx."}),
    chorus_drums=(
        {"kick": "X.x...x...xx..x.", "snare": "....X..g.g..X.gg", "hat": "xoxoxoxoxoxoxoxo",
         "open": "......x.......x.", "conga": "..x..x.x..x..xx.", "tamb": "....x.......x..."},
        {"kick": "X.x....x..x..x..", "snare": "....X..g.g..X..g", "ride": "x.x.x.x.x.x.x.x.",
         "bongo": "x.xo.xxox.xo.xxo", "conga2": "...x..x....x..x."}),
    light_drums={"hat": "x.x.x.x.x.x.x.x.", "bongo": "x..o..x.x..o.xx.", "kick": "X.......x......."},
    fills=("snare16", "toms", "stutter"),
    layers=(
        Layer("bass", "bass", "bass_finger|bass_slap", low=29, high=50, level=-3.5, sections="ivbcko",
              reverb=0.02, open=30.0, verse=("R..Rg.8.R.g7.8a.", "R.g.R..8..R.7.5a"),
              chorus=("R.8gR.7.R.8g5.7a", "R..8g.R8..7.5.a.")),
        Layer("guitar", "chords", "wah", low=55, high=74, level=-15.0, sections="ivbc", reverb=0.08,
              open=350.0, verse=("..x.x..x..x.x.x.", "x.xx..x.x.xx.xx."), chorus=("x.xxx.xxx.xxx.xx",)),
        Layer("stabs", "chords", "brass", low=58, high=79, level=-9.5, sections="bco", reverb=0.2, open=200.0,
              verse=("X--...........x.", "............x.X-"),
              chorus=("X-....x-....X-x.", "X--..x....x-X-..")),
        Layer("clav", "chords", "clav", low=55, high=74, level=-15.5, sections="vk", reverb=0.08, open=250.0,
              verse=("..x..x....x..x..",), chorus=("x..x..x...x..x..",)),
        Layer("horns", "hook", "brass", low=62, high=82, level=-7.5, sections="c", reverb=0.22, delay=0.1,
              open=200.0),
        Layer("organ", "tune", "organ|vibes|lead_flute", low=60, high=79, level=-11.0, sections="vk",
              reverb=0.18, open=200.0)),
    cells=("x-.x..x-..x.x---", "x-x-..x.x--.....", "..x.x-x-..xxx-..", "x...x-.xx-.x----", "x-.x-.x-x-x-..x-",
           "x.x.x-..x.x.x-..", "..x-..x-..x-x.x-", "x-x.x-x.x-..x---"),
    words=(("Cardboard", "Concrete", "Windmill", "Six-Step", "Backspin"),
           ("Circle", "Session", "Cypher", "Avenue", "Groove")),
    lateness=0.003, reverb_s=0.9, loose=0.004, dust=0.35, air=1.0)

LOCK = SongStyle(
    key="gLO", title="Lock", tempo=(100, 118), swing=(0.51, 0.55), kit="funk|break",
    tonalities=(
        Tonality("mixolydian", "I9 I9 I9 IV9", "I9 IV9 I9 bVII9,IV9"),
        Tonality("dorian", "Im7 IV9 Im7 IV9", "Im9 bVII9 IV9 Im9,V7#9")),
    verse_drums=(
        {"kick": "X..x..x...x.....", "snare": "....X..g....X.g.", "hat": "xoxoxoxoxoxoxoxo",
         "open": "..............x."},
        {"kick": "X.x....x.xx.....", "snare": "....X..g.g..X..g", "hat": "x.xxx.xxx.xxx.xx"}),
    chorus_drums=(
        {"kick": "X.x...x.X.x..x..", "snare": "....X..g.g..X.gg", "hat": "xoxoxoxoxoxoxoxo",
         "open": "..x...x...x...x.", "tamb": "x.xxx.xxx.xxx.xx", "cowbell": "x...x...x...x..."},
        {"kick": "X..x..x.X.x...x.", "snare": "....X..g.g..X..g", "hat": "xoxoxoxoxoxoxoxo",
         "clap": "....x.......x...", "conga": "x..x..x..x.x..x.", "tamb": "..x...x...x...x."}),
    light_drums={"hat": "xoxoxoxoxoxoxoxo", "clap": "....x.......x...", "cowbell": "x...x...x...x..."},
    fills=("snare16", "toms", "stutter", "hits"),
    layers=(
        Layer("bass", "bass", "bass_slap", low=28, high=50, level=-3.5, sections="ivbckc", reverb=0.02,
              open=30.0, verse=("R.gR..8.g.R.8.7a", "R..g8.R.g8..7.5a"),
              chorus=("R.g8R.g8.7g8R.5a", "Rg8.Rg8.Rg7.5g8a")),
        Layer("guitar", "chords", "wah", low=57, high=76, level=-14.5, sections="ivbc", reverb=0.06,
              open=350.0, verse=("x.xxx.x.x.xxx.x.", "..xx..xx..xx.xx."), chorus=("xxx.xxx.xxx.xxx.",)),
        Layer("stabs", "chords", "brass", low=58, high=80, level=-8.0, sections="vbco", reverb=0.18,
              open=200.0, verse=("X-............x.", "......x.X-......"),
              chorus=("X-.x..X-......x.", "X-..X-.x..x-..X-")),
        Layer("clav", "chords", "clav|rhodes", low=55, high=73, level=-15.0, sections="vck", reverb=0.06,
              open=250.0, verse=("x..x..xx.x.x..x.",), chorus=("x.xx.xx.x.xx.xx.",)),
        Layer("horns", "hook", "brass", low=63, high=84, level=-7.0, sections="c", reverb=0.2, open=200.0),
        Layer("organ", "tune", "organ|rhodes|lead_flute", low=60, high=79, level=-11.0, sections="vk",
              open=200.0)),
    cells=("x.x-..x.x-..x.x-", "..x.x.x-x-..x---", "x-..x-..x.x.x---", "xxx-..x-x-......", "x.x.x-x-..x-x-..",
           "x-.x..x-x-.x..x-", "..xxx-..x.x-x---", "x-..x.x.x-..x.x-"),
    words=(("Saturday", "Platform", "Uncle", "Campbell Street", "Golden"),
           ("Strut", "Shoes", "Point", "Handshake", "Brass")),
    lateness=0.004, reverb_s=0.8, loose=0.004)

MIDDLE_HIP_HOP = SongStyle(
    key="gMH", title="Middle Hip-hop", tempo=(84, 100), swing=(0.57, 0.62), kit="dust|break",
    tonalities=(
        Tonality("minor", "Im9 IVm9 bVImaj9 V7", "bVImaj9 Vm7 Im9 Im9"),
        Tonality("dorian", "Im9 IV9 Im9 IV9", "IIm7 V7 Im9 bVIImaj7")),
    verse_drums=(
        {"kick": "X.....x..x......", "snare": "....X.......X..g", "hat": "x.x.x.x.x.x.x.x."},
        {"kick": "X......x..x.....", "snare": "....X..g....X...", "hat": "x.xox.xox.xox.xo"}),
    chorus_drums=(
        {"kick": "X.....x.x.x..x..", "snare": "....X..g.g..X..g", "hat": "x.xox.xox.xox.xo",
         "open": "..............x.", "tamb": "....x.......x..."},
        {"kick": "X..x....x.x.....", "snare": "....X..g....X..g", "hat": "xoxoxoxoxoxoxoxo",
         "rim": "...x......x..x..", "shaker": "x.x.x.x.x.x.x.x."}),
    light_drums={"hat": "x.x.x.x.x.x.x.x.", "rim": "....x.......x...", "kick": "X.......o......."},
    fills=("stutter", "snare8", "drop"),
    layers=(
        Layer("bass", "bass", "bass_upright|bass_finger", low=28, high=48, level=-2.5, sections="vbcko",
              reverb=0.02, open=30.0, verse=("R--..5..R-.7.5a.", "R---..R.8-..5-a."),
              chorus=("R-.g..8.R-.57-.a", "R--.g.5-R.8-7.5a")),
        Layer("keys", "chords", "rhodes|piano", low=53, high=73, level=-8.5, sections="ivbcko", reverb=0.2,
              delay=0.1, pump=0.15, open=130.0, verse=("X------.x---....", "X--...x----..x--"),
              chorus=("X---..x--.x---..", "X-----x---..x---")),
        Layer("loop", "arp", "piano|guitar|vibes", low=60, high=81, level=-12.5, sections="ivc", reverb=0.25,
              open=250.0, verse=("3-.5-.4-2-..3-..", "5-4-..3-..2-3-.."), chorus=("5---4-3-5-..6-4-",)),
        Layer("vibes", "hook", "vibes|brass|lead_flute", low=64, high=84, level=-9.0, sections="co",
              reverb=0.3, delay=0.2, open=250.0),
        Layer("flute", "tune", "lead_flute|choir", low=64, high=82, level=-11.5, sections="vk", reverb=0.3,
              delay=0.15, open=250.0)),
    cells=("x--x--x-....x---", "..x-x-x-..x-....", "x-..x-x---..x-x-", "....x-x-x-x-x---", "x---..x-..x-x---",
           "..x--x--x-x-x---", "x-x-x---........", "x--x-..x--x-x---"),
    words=(("Corner Store", "Late Train", "Dusty", "Brownstone", "Rooftop"),
           ("Tape", "Crate", "Blend", "Letter", "Lamp")),
    lateness=0.009, reverb_s=1.2, loose=0.005, dust=1.0, air=1.5)

WAACK = SongStyle(
    key="gWA", title="Waack", tempo=(108, 128), swing=(0.5, 0.53), kit="disco",
    tonalities=(
        Tonality("minor", "Im7 IVm7 bVII9 bIIImaj7", "bVImaj7 IVm7 V7sus4,V7 Im7"),
        Tonality("minor", "Im9 bVII bVImaj7 V7", "IVm7 bVII9 bIIImaj7 bVImaj7,V7")),
    verse_drums=(
        {"kick": "X...X...X...X...", "snare": "....X.......X...", "hat": "x.xox.xox.xox.xo",
         "open": "..x...x...x...x."},
        {"kick": "X...X...X...X...", "snare": "....X.......X..g", "hat": "xoxoxoxoxoxoxoxo",
         "conga": "..x..x.x..x..x.x"}),
    chorus_drums=(
        {"kick": "X...X...X...X...", "snare": "....X.......X..g", "clap": "....x.......x...",
         "hat": "xoxoxoxoxoxoxoxo", "open": "..X...X...X...X.", "tamb": "xoxoxoxoxoxoxoxo",
         "conga": "..x..x.x..x..x.x"},
        {"kick": "X...X...X...X.x.", "snare": "....X..g....X...", "open": "..X...X...X...X.",
         "hat": "xoxoxoxoxoxoxoxo", "tamb": "..x...x...x...x.", "cowbell": "x...x...x...x...",
         "conga2": "x..x..x..x.x..x."}),
    light_drums={"hat": "xoxoxoxoxoxoxoxo", "kick": "X...X...X...X...", "conga": "..x..x.x..x..x.x"},
    fills=("toms", "snare16", "hits"),
    layers=(
        Layer("bass", "bass", "bass_finger|bass_slap", low=28, high=52, level=-4.0, sections="ivbck",
              reverb=0.02, pump=0.2, open=30.0, verse=("R.8.R.8.R.8.R.8.", "R.8.R.8.5.8.7.8a"),
              chorus=("R.88R.88R.885.8a", "R.8.R.8gR.8.5a8.")),
        Layer("guitar", "chords", "wah", low=59, high=77, level=-15.0, sections="ivbc", reverb=0.08,
              open=350.0, verse=("x.xx.xx.x.xx.xx.", "..x...x...x...xx"), chorus=("xxx.xxx.xxx.xxx.",)),
        Layer("keys", "chords", "rhodes", low=55, high=74, level=-12.5, sections="vk", open=180.0,
              verse=("X--...x-......x-",), chorus=("X-..x-..x-..x-x-",)),
        Layer("strings", "pad", "strings", low=62, high=84, level=-12.0, sections="ibcko", reverb=0.35,
              open=250.0),
        Layer("stabs", "chords", "brass", low=60, high=81, level=-10.5, sections="bc", reverb=0.2, open=200.0,
              verse=("X-............x.",), chorus=("X-....x-..x-....", "X-.x..X-......X-")),
        Layer("violins", "hook", "strings|brass", low=70, high=91, level=-7.5, sections="c", reverb=0.3,
              delay=0.1, open=250.0),
        Layer("flute", "tune", "lead_flute|vibes|choir", low=67, high=86, level=-10.5, sections="vko",
              reverb=0.3, delay=0.15, open=250.0)),
    cells=("x-x-x---..x-x-x-", "x---x-x-x---x---", "..x-x-x-x-x-x---", "x-x-..x-x-..x-x-", "xxx-x---xxx-x---",
           "x---x---x-x-x-x-", "..x-x---..x-x---", "x--x--x-x-x-x---"),
    words=(("Mirror", "Velvet", "Sequin", "Midnight", "Silver"),
           ("Ball", "Rope", "Wrists", "Runway", "Queen")),
    reverb_s=1.5, sweep=0.5, air=1.0)

BALLET_JAZZ = SongStyle(
    key="gJB", title="Ballet Jazz", tempo=(80, 108), swing=(0.5, 0.5), kit="soft",
    tonalities=(
        Tonality("major", "Iadd9 V VIm7 IVmaj9", "IVmaj9 V Iadd9 VIm7"),
        Tonality("minor", "Im9 bVImaj9 bIIImaj9 bVII", "bVImaj9 bVII Im9 IVm9")),
    verse_drums=(
        {"kick": "X.......o.......", "rim": "....x.......x...", "shaker": "x.o.x.o.x.o.x.o."},
        {"kick": "X.......x.....o.", "snap": "....o.......o...", "ride": "x...o.x.x...o.x."}),
    chorus_drums=(
        {"kick": "X.....o.x.......", "snare": "....o.......o...", "ride": "x.o.x.o.x.o.x.o.",
         "shaker": "xoxoxoxoxoxoxoxo", "tom3": "..............oo"},
        {"kick": "X.....x.x.......", "snare": "....x.......x...", "hat": "x.o.x.o.x.o.x.o.",
         "tamb": "....o.......o...", "shaker": "xoxoxoxoxoxoxoxo"}),
    light_drums={"shaker": "x.o.x.o.x.o.x.o."},
    fills=("swell", "tomsoft"),
    layers=(
        Layer("bass", "bass", "bass_upright", low=28, high=48, level=-4.0, sections="vbc", reverb=0.1,
              open=30.0, verse=("R-------5---..a-", "R-------R---5---"), chorus=("R---..R-8---5-a-",)),
        Layer("piano", "arp", "piano", low=48, high=76, level=-4.0, sections="ivbcko", reverb=0.3, open=80.0,
              verse=("1-3-5-3-4-3-5-3-", "1-3-4-5-6-5-4-3-"),
              chorus=("1-3-5-6-5-4-3-5-", "135-6-5-135-4-3-")),
        Layer("left", "chords", "piano", low=46, high=67, voices=3, level=-9.5, sections="ivbco", reverb=0.3,
              open=100.0, verse=("X-------x-------",), chorus=("X-------x---x---",)),
        Layer("harp", "arp", "guitar", low=60, high=91, level=-13.0, sections="bck", reverb=0.4, delay=0.1,
              open=250.0, verse=("1-2-3-4-5-6-7-6-",), chorus=("1234567876543212",)),
        Layer("strings", "pad", "strings", low=55, high=79, level=-9.5, sections="bcvo", reverb=0.4,
              open=150.0),
        Layer("violins", "hook", "strings|choir", low=69, high=88, level=-6.5, sections="c", reverb=0.4,
              open=200.0),
        Layer("flute", "tune", "lead_flute|vibes", low=67, high=86, level=-8.0, sections="vk", reverb=0.4,
              delay=0.1, open=200.0)),
    cells=("x---x---x-x-x---", "x-----x-x-------", "x---x-x-x---x---", "..x-x-x-x-------", "x---x---x-------",
           "x-----x-x---x---", "x-x-x---x-------", "..x---x-x-x-x---"),
    words=(("First", "Linen", "Winter", "Falling", "Open"),
           ("Snow", "Arabesque", "Letter", "Window", "Tide")),
    reverb_s=2.2, loose=0.005, air=3.0)
