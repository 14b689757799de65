"""Styles that machines play: pop, LA hip-hop, house, krump, street jazz.

How the patterns are written: see `song_recipe`.
"""

from __future__ import annotations

from dance_core.corpus.studio.song_recipe import Layer, SongStyle, Tonality

POP = SongStyle(
    key="gPO", title="Pop", tempo=(96, 122), swing=(0.5, 0.54), kit="808|909",
    tonalities=(
        Tonality("minor", "Im7 Im7 bVImaj7 bVII", "bVImaj7 bVII Im7 Vm7"),
        Tonality("dorian", "Im7 Im7 IV9 IV9", "IVm7 bVII Im9 Im9")),
    verse_drums=(
        {"kick": "X.....x...x.....", "clap": "....X.......X...", "hat": "x.x.x.x.x.x.x.x.",
         "cowbell": "x..x..x.....x..."},
        {"kick": "X..x..x...x..x..", "snare": "....X.......X...", "hat": "xoxoxoxoxoxoxoxo",
         "rim": "...x..x....x...."}),
    chorus_drums=(
        {"kick": "X..x..x.X.x.....", "snare": "....X.......X..o", "clap": "....X.......X...",
         "hat": "xoxoxoxoxoxoxoxo", "open": "..x...x...x...x.", "cowbell": "x.x..x.x..x.x..."},
        {"kick": "X.....x.X..x..x.", "clap": "....X..o....X.o.", "snare": "....X.......X...",
         "hat": "x.xxx.xxx.xxx.xr", "open": "..........x.....", "tom2": "..............xx"}),
    light_drums={"hat": "x.x.x.x.x.x.x.x.", "clap": "....x.......x...", "kick": "X.......X......."},
    fills=("toms", "stutter", "claps"),
    layers=(
        Layer("bass", "bass", "bass_synth", low=28, high=52, level=-4.0, sections="ivbckc", reverb=0.0,
              pump=0.25, open=30.0, verse=("R..R..8.R..R7.8.", "R.8.R.8.R.7.5.a."),
              chorus=("R.R8.R8.R.R8.7a.", "R..8R..8R.8R.78a")),
        Layer("keys", "chords", "lead_square|supersaw", low=57, high=76, level=-13.0, sections="ivbc",
              reverb=0.18, delay=0.15, pump=0.2, open=250.0, verse=("X-....x-......x.",),
              chorus=("X-..x-..x-..x-x.", "..x-..x-..x-..x-")),
        Layer("pad", "pad", "pad", low=52, high=72, level=-15.0, sections="ibkcvo", reverb=0.3, pump=0.3,
              open=200.0),
        Layer("arp", "arp", "clav|bell", low=60, high=84, level=-16.0, sections="bck", reverb=0.2, delay=0.3,
              pump=0.2, open=300.0, verse=("1.3.2.4.3.5.4.3.",), chorus=("1324354613243546",)),
        Layer("lead", "hook", "lead_square|lead_whistle|bell", low=64, high=86, level=-8.5, sections="co",
              reverb=0.2, delay=0.25, open=250.0),
        Layer("talk", "tune", "choir|lead_square", low=55, high=74, level=-10.0, sections="vk", reverb=0.2,
              delay=0.1, open=200.0)),
    cells=("x-x-..x-x-..x-..", "x--x--x-..x-x-x-", "x.x.x-..x.x.x-..", "..x-x-x---......", "x---..x-x---x-..",
           "x.x.x.x-..x-..x-", "x-..x-..x.x.x-x-", "..x-..x-x---...."),
    words=(("Robot", "Neon", "Circuit", "Chrome", "Strobe"),
           ("Boogie", "Wave", "Parade", "Tick", "Promenade")),
    reverb_s=1.0, loose=0.0015, sweep=1.0, air=2.0)

LA_HIP_HOP = SongStyle(
    key="gLH", title="LA Hip-hop", tempo=(86, 106), swing=(0.5, 0.54), kit="808",
    tonalities=(
        Tonality("minor", "Im9 Im9 bVImaj7 V7", "Im9 bVImaj7 IVm9 V7"),
        Tonality("minor", "Im7 IVm7 Im7 bVII", "bVImaj7 bVII Im7 Im7")),
    verse_drums=(
        {"kick": "X.....x..xx.....", "clap": "....X.......X...", "hat": "x.x.x.xrx.x.x.rx",
         "rim": ".......x......x."},
        {"kick": "X..x......x..x..", "clap": "....X.......X...", "hat": "xoxoxoxrxoxoxtxo",
         "snap": "....x.......x..."}),
    chorus_drums=(
        {"kick": "X..x..x..xx..x..", "clap": "....X.......X..o", "snare": "....X.......X...",
         "hat": "xoxrxoxoxoxtxoxr", "open": "......x.......x.", "tamb": "..x...x...x...x."},
        {"kick": "X.....xx..x..x..", "clap": "....X.......X...", "snare": "....X.......X.o.",
         "hat": "xrxoxoxtxoxrxoxo", "open": "..x.......x.....", "shaker": "xoxoxoxoxoxoxoxo"}),
    light_drums={"hat": "x.x.x.x.x.x.x.x.", "snap": "....X.......X..."},
    fills=("hatroll", "claps", "drop"),
    layers=(
        Layer("bass", "bass", "bass_808", low=28, high=45, level=-1.0, sections="vbco", reverb=0.0, pump=0.35,
              open=25.0, verse=("R------R--8-..a-", "R-----..R--R--5-"),
              chorus=("R--R--..R-8-R-a-", "R-----R-..R-7-5a")),
        Layer("keys", "chords", "rhodes|piano", low=54, high=74, level=-11.0, sections="ivbcko", reverb=0.25,
              delay=0.1, pump=0.2, open=150.0, verse=("X-------x-------",), chorus=("X-----x-..x-----",)),
        Layer("pluck", "arp", "bell|guitar|vibes", low=60, high=84, level=-12.5, sections="ivbk", reverb=0.25,
              delay=0.3, pump=0.1, open=300.0, verse=("1-.3-.5-..4-3-..", "5-..3-..4-..2-3-"),
              chorus=("1-3-5-..6-5-3-4-",)),
        Layer("strings", "pad", "strings", low=55, high=76, level=-16.0, sections="bcko", reverb=0.35,
              pump=0.2, open=250.0),
        Layer("whistle", "hook", "lead_whistle|lead_square", low=72, high=91, level=-10.5, sections="ico",
              reverb=0.25, delay=0.25, open=400.0),
        Layer("voices", "tune", "choir|lead_flute", low=55, high=74, level=-12.0, sections="vk", reverb=0.3,
              delay=0.2, open=200.0)),
    cells=("x-----x-x-----x-", "x--x--x---..x-x-", "x-x-x-------....", "..x-x---x-x-x---", "x---x-x-x-------",
           "x-----x-x-x-x---", "..x---x---x-x-x-", "x--x--x-----x---"),
    words=(("Palm", "Lowrider", "Crenshaw", "Sunset", "Boulevard"),
           ("Shade", "Cruise", "Hydraulics", "Mirage", "Evening")),
    reverb_s=1.4, loose=0.002, sweep=1.0, air=3.0)

HOUSE = SongStyle(
    key="gHO", title="House", tempo=(116, 130), swing=(0.52, 0.57), kit="909",
    tonalities=(
        Tonality("minor", "Im9 IVm9 bVImaj9 Vm7", "IVm9 bVII9 bIIImaj9 Im9"),
        Tonality("dorian", "Im9 Im9 IV9 IV9", "Im9 Vm7 IV9 bVIImaj7")),
    verse_drums=(
        {"kick": "X...X...X...X...", "clap": "....X.......X...", "open": "..x...x...x...x.",
         "hat": "x.oxx.oxx.oxx.ox"},
        {"kick": "X...X...X...X...", "clap": "....X.......X...", "open": "..x...x...x...x.",
         "shaker": "xoxoxoxoxoxoxoxo", "rim": "...x..x....x..x."}),
    chorus_drums=(
        {"kick": "X...X...X...X...", "clap": "....X.......X..o", "open": "..X...X...X...X.",
         "hat": "xoxoxoxoxoxoxoxo", "shaker": "xoxoxoxoxoxoxoxo", "conga": "...x..x....x.x..",
         "tamb": "..x...x...x...x."},
        {"kick": "X...X...X...X...", "snare": "....X.......X.g.", "clap": "....X.......X...",
         "open": "..X...X...X...X.", "ride": "x.x.x.x.x.x.x.x.", "hat": "xoxoxoxoxoxoxoxo",
         "conga2": "x..x..x...x..x.."}),
    light_drums={"kick": "X...X...X...X...", "hat": "..x...x...x...x."},
    fills=("snare16", "claps", "drop"),
    layers=(
        Layer("bass", "bass", "bass_house|bass_synth", low=31, high=52, level=-4.0, sections="ivbck",
              reverb=0.0, pump=0.5, open=30.0, verse=("..R..R8...R.7.8.", "R.....R.8..R..7a"),
              chorus=("..R.R.8...R.R.87", "R..R..8.R..R7.8a")),
        Layer("organ", "chords", "organ|rhodes", low=57, high=76, level=-11.5, sections="ivb", delay=0.1,
              pump=0.4, open=200.0, verse=("x..x..x...x..x..", "..x..x....x..x.."),
              chorus=("x..x..x..x.x..x.",)),
        Layer("piano", "chords", "piano", low=57, high=79, level=-8.0, sections="bc", reverb=0.2, pump=0.35,
              open=200.0, verse=("X..x..x...x.x...",), chorus=("X..x..x.x..x..x.", "X.x..x.x..x.x.x.")),
        Layer("pad", "pad", "strings", low=60, high=79, level=-14.5, sections="bcko", reverb=0.35, pump=0.55,
              open=250.0),
        Layer("lead", "hook", "choir|lead_square|brass", low=60, high=79, level=-8.5, sections="ck",
              reverb=0.25, delay=0.25, pump=0.2, open=250.0),
        Layer("pluck", "tune", "bell|vibes|guitar", low=64, high=84, level=-13.0, sections="vi", reverb=0.25,
              delay=0.3, pump=0.3, open=300.0)),
    cells=("x--x--x-..x-x---", "..x-..x-..x-x---", "x-x-..x-x---..x-", "x--x--x--x--x-x-", "....x-x-x---x---",
           "x-..x-..x--x--x-", "..x--x--x-x-x---", "x--x-..x--x-x---"),
    words=(("Warehouse", "Sunday", "Lakeside", "Four-Leaf", "Basement"),
           ("Lights", "Sermon", "Piano", "Sunrise", "Company")),
    reverb_s=1.4, loose=0.002, sweep=1.0, air=4.0)

KRUMP = SongStyle(
    key="gKR", title="Krump", tempo=(86, 108), swing=(0.5, 0.52), kit="heavy",
    tonalities=(
        Tonality("phrygian", "Im Im bII Im", "Im bII Im bVII,bII"),
        Tonality("minor", "Im Im bVI Im", "Im bVI IVm V7")),
    verse_drums=(
        {"kick": "X..x..x.....x.x.", "snare": "........X.......", "hat": "x.x.x.x.x.x.x.x.",
         "stomp": "X...x...x...x..."},
        {"kick": "X.....x..x..x...", "snare": "........X......o", "hat": "x.xrx.x.x.xtx.x.",
         "stomp": "X...x.......x..."}),
    chorus_drums=(
        {"kick": "X.xx..x..x..x.xx", "snare": "........X......o", "clap": "........X.......",
         "hat": "xoxrxoxoxoxtxoxr", "stomp": "X...x...x...x...", "open": "..x...x...x...x.",
         "tom3": "......x.......xx"},
        {"kick": "X..x.xx...x.x.x.", "snare": "....o...X.....o.", "clap": "........X.......",
         "hat": "xoxoxoxtxoxoxrxr", "stomp": "X...x...x...x...", "ride": "x...x...x...x..."}),
    light_drums={"stomp": "X...x...x...x...", "hat": "x...x...x...x..."},
    fills=("toms", "stutter", "hits"),
    layers=(
        Layer("bass", "bass", "bass_growl", low=26, high=42, level=-2.0, sections="vbc", reverb=0.0, pump=0.4,
              open=25.0, verse=("R--R--R.....R-R-", "R-----R..a..R---"),
              chorus=("R-RR--R..R..R-R-", "R--R-8R---..R-Ra")),
        Layer("hits", "chords", "orchestra", low=53, high=72, level=-7.0, sections="ibco", reverb=0.3,
              verse=("X...............", "X-..........x.x."),
              chorus=("X-....X-....x.x.", "X-.X-...X-..X-..")),
        Layer("strings", "arp", "strings|clav", low=55, high=76, level=-10.5, sections="ivbck", reverb=0.2,
              open=200.0, verse=("1.1.2.1.3.1.2.1.", "1.1.1.2.1.1.3.2."), chorus=("1131123113113211",)),
        Layer("choir", "pad", "choir", low=50, high=69, level=-13.5, sections="bcko", reverb=0.4, pump=0.2,
              open=150.0),
        Layer("horn", "hook", "brass|lead_square", low=50, high=69, level=-7.0, sections="c", reverb=0.3),
        Layer("siren", "tune", "lead_square|bell", low=62, high=79, level=-13.5, sections="vk", reverb=0.3,
              delay=0.2, open=250.0)),
    cells=("x---..x-x---....", "x-x-x---....x-x-", "x--x--x-x-------", "x---x---x-x-x---", "..x-x-..x---x---",
           "x-----x-x-----x-", "x---x-x-..x-x---", "..x---x-x-------"),
    words=(("Get", "Buck", "Thunder", "Iron", "Gravel"),
           ("Sermon", "Stomp", "Chest", "Kingdom", "Verdict")),
    reverb_s=1.3, sweep=0.7, air=4.0)

STREET_JAZZ = SongStyle(
    key="gJS", title="Street Jazz", tempo=(92, 116), swing=(0.5, 0.56), kit="808|909",
    tonalities=(
        Tonality("major", "VIm9 IVmaj9 Imaj9 V", "IVmaj9 V VIm9 Imaj9"),
        Tonality("minor", "Im9 bVImaj9 bIIImaj9 bVII", "bVImaj9 bVII Im9 Vm7")),
    verse_drums=(
        {"kick": "X.....x...x.....", "snap": "....X.......X...", "hat": "x.xox.xox.xox.xo"},
        {"kick": "X..x..x...x..x..", "snap": "....X.......X...", "rim": "......x....x....",
         "shaker": "xoxoxoxoxoxoxoxo"}),
    chorus_drums=(
        {"kick": "X..x..x.X.x.....", "clap": "....X.......X...", "snare": "....X.......X..o",
         "hat": "xoxoxoxrxoxoxoxo", "open": "..x...x...x...x.", "shaker": "xoxoxoxoxoxoxoxo"},
        {"kick": "X...x.x.X..xx...", "clap": "....X.......X..o", "snap": "....X.......X...",
         "hat": "xoxoxoxoxoxoxrxo", "open": "......x.......x.", "tamb": "..x...x...x...x."}),
    light_drums={"snap": "....X.......X...", "shaker": "xoxoxoxoxoxoxoxo", "kick": "X..............."},
    fills=("claps", "snare8", "hatroll"),
    layers=(
        Layer("bass", "bass", "bass_synth|bass_808", low=30, high=50, level=-4.0, sections="vbck", reverb=0.0,
              pump=0.35, open=30.0, verse=("R-----R...R-..a.", "R--R--R.....8-5."),
              chorus=("R--R--8-R--R7-5a", "R-.R-.8.R-.R-.7a")),
        Layer("keys", "chords", "rhodes|piano", low=54, high=75, level=-9.5, sections="ivbcko", reverb=0.2,
              delay=0.1, pump=0.3, open=150.0, verse=("X-----x---x-----", "X--x--x-----x---"),
              chorus=("X--x--x--x--x-x-",)),
        Layer("pluck", "arp", "guitar|bell|clav", low=60, high=84, level=-12.0, sections="ivbk", reverb=0.25,
              delay=0.25, pump=0.2, open=250.0, verse=("1.3.5.4.3.5.2.3.", "5.4.3.2.3.4.5.3."),
              chorus=("1.3.5.6.5.3.4.5.",)),
        Layer("pad", "pad", "pad", low=55, high=75, level=-14.0, sections="bck", reverb=0.35, pump=0.45,
              open=250.0),
        Layer("saws", "chords", "supersaw", low=57, high=77, level=-13.0, sections="c", reverb=0.2, pump=0.5,
              open=250.0, verse=("X-......x-......",), chorus=("X--x--x-..x-x-..", "X-..X-..X-..X-x-")),
        Layer("voice", "hook", "choir|lead_square|supersaw", low=62, high=81, level=-7.5, sections="co",
              reverb=0.25, delay=0.2, open=250.0),
        Layer("tune", "tune", "lead_flute|vibes|choir", low=62, high=81, level=-10.0, sections="vk",
              reverb=0.25, delay=0.2, open=250.0)),
    cells=("x-x-x---x-x-x---", "x--x--x-x---..x-", "..x-x-x-x--x----", "x-x-..x-x-x-x---", "x---x--x--x-x---",
           "..x-x-x---x-x---", "x-x-x-x---..x-x-", "x--x--x--x--x---"),
    words=(("Telephone", "Paper", "Honey", "Taxi", "Lipstick"),
           ("Crush", "Hearts", "Summer", "Promise", "Window")),
    reverb_s=1.3, loose=0.002, sweep=1.0, air=4.0)
