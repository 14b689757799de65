"""From bytes to a checked, decoded Song, and from a Song to Beats and Features.

    sniff.py      which container a file is and what its header promises, in plain Python
    reading/      takes a file apart into what can be decoded, and chooses track and channel
    worker.py     decodes one file, as a process of its own
    process.py    runs the worker under a clock and a cap
    decode.py     load_song(path) -> Song; every refusal is one plain sentence
    tracker.py    track_beats(song) -> Beats, by way of onsets.py (what begins when), pulse_beats.py (a pulse
                  without networks, from tempo.py, pulse.py and metre.py) and heard_beats.py
    heard_beats.py  beat_net.py, a learned network in numpy (beat_inputs.py before it, bar_pointer.py after
                  it), grids.py and choice.py, the grids that may be the beat, grid_net.py, a second network
                  that hears them, bars.py and bar_length.py, and sureness.py; fitted.py: their small models.
                  beatnet/ trains and fits all of it
    spectrum.py   filter banks and short-time spectra that tracker and features share
    extract.py    extract_features(song, beats) -> Features, 30 rows a second
    byhand.py     beats corrected by hand: tempo, phase, "one", beats a bar; taps.py: tapped along
    beatfile.py   beats from files: JSON, labels, times, and by way of midi.py a MIDI's tempo map
    analysis.py   analyse(song) -> Analysis (beats and features), kept on disk by digest
    playback.py   what the player plays: write_playback(song, path) without loss, write_small(song, path)
                  for phones, by way of aac.py
    seek_table.py makes every moment of that file one that a browser finds
    ogg.py        write_ogg(song, path): a small file, for songs that the app ships

Nothing is imported here, so that `dance_core.music.song` costs no more than numpy.
"""
