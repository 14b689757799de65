"""The sound that is in a file, all of it: what worker.py is made of.

A file may say how long it is and be wrong, or hold several songs in a row, or several tracks. So the file is
first taken apart in plain Python into parts that are each a simple file of their own; then each is decoded by
the library that does it best, and what comes out is held against what the part's own packets add up to.

    view.py     pieces of a file, and bytes put between them, as one file
    mpeg.py     frames of MP3 (MP2, MP1) and of AAC in ADTS
    riff.py     WAV, RF64, BW64, RIFX, Wave64 and AIFF
    pages.py    pages of Ogg
    parts.py    a file → its parts
    libs.py     a part → blocks of samples, by libsndfile or by ffmpeg's libraries
    tracks.py   which of several tracks has the music
    mix.py      how channels become one, where their mean would lose something

Kinds that are read, and what comes out (tests/music/test_reading.py has a member of each):

| kind | tried | what comes out |
|---|---|---|
| length unknown | FLAC, WAV, RF64, Wave64, AIFF, WebM, MP4 in fragments, written into a pipe | all |
| length wrong | FLAC, Xing and WAV sizes that are behind, WebM's duration, ADPCM's bytes a second | all |
| late clocks | Ogg Vorbis, Opus and FLAC cut out of a running stream | all, from its own beginning |
| parts in a row | chained Ogg; MP3, FLAC, WAV, AIFF, MP4, WebM joined end to end | all parts |
| changes inside | rate or channels of MP3, AAC or a chained Ogg | all, at one rate |
| several tracks | MP4, Matroska, Ogg: silent, hiss, short, nobody's coding | the one with music, said |
| relatives | BW64, RF64, Wave64, RIFX, QuickTime without ftyp, ADTS, MP2, MP3 in WAV | as their kin |
| before the sound | ID3 with a wrong size, unsynchronised, twice, APE tags, zeros | from the first frame on |
| at the limit | 10 minutes and the padding of MP3, AAC, Opus or ADPCM | 10 minutes |
| channels that cancel | all, one band, the drums alone, coded with loss | the channel with most, said |

What is missing is told by structure (bytes, pages or frames that are not there), never by a header's word
alone where both can be checked; half a second of it is too much, and is a sentence.
"""
