"""What the project makes itself: songs whose beats are exactly known, dances, reference poses.

    songwriter  a style and a seed -> a song: on paper by song_form, song_harmony, song_melody, song_parts
                and song_drums (nouns in song_score), from the style's recipe (song_recipe, song_styles,
                song_book_*)
    mixdown     the paper -> sound: drumkit, instruments, synth, mastering
    dancer/     moves on counts, and a body that performs them
    gallery     the reference poses            demo        the demo songs that the app ships
"""
