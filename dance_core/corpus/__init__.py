"""(music, motion) pairs to learn from.

studio/   songs and dances that the project makes itself: `songwriter.write_song` (music with exactly
          known beats), `demo` (the app's demo songs), `dancer` (the vocabulary of moves), `gallery`
          (reference poses)
"""
