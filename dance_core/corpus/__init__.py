"""(music, motion) pairs to learn from.

pairs     Pair, Corpus: what a corpus is, and how it is read
build     plans a corpus and makes it, song by song; card says what is in it
clips     recorded dances: mocap (folders of npz and BVH)
phrases   where a dance comes to rest, and how it can be counted
arranger  lays recorded phrases on a song's beats; touches adds hands and face
songs, splits   what is danced to; which songs and dances are held out

studio/   songs and dances that the project makes itself: `songwriter.write_song` (music with exactly
          known beats), `demo` (the app's demo songs), `dancer` (the vocabulary of moves), `gallery`
          (reference poses)
"""
