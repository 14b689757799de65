"""(music, motion) pairs to learn from.

pairs     Pair, Corpus: what a corpus is, and how it is read
build     makes a corpus from its plan, song by song; card says what is in it, with measures
plan      which pairs there will be: songs, dances (splits), excerpts
clips     recorded dances: aistpp (official layout), mocap (folders of npz and BVH)
recorded  makes such a folder of public collections (collections, cmu, g1_moves, uniform; terms, labels)
origins   what is known of a dance by its name; splits: what is held out
phrases   where a dance comes to rest, and how it can be counted; library: all phrases of many dances
arranger  lays phrases on a song's beats: counting and choice before, touches (hands, face) after
songs     what is danced to
videos    clips of 2-D poses out of dance videos, with their sound

studio/   songs and dances that the project makes itself: `songwriter.write_song` (music with exactly
          known beats), `demo` (the app's demo songs), `dancer` (the vocabulary of moves), `gallery`
          (reference poses)
"""
