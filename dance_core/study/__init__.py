"""Votes and studies.

    vote       one rating on the Dance page          book, schema, cells   the CSV it is kept in, its lines
    judgments  one answer in a study: the columns    record   a study's CSV: exclusions, withdrawals
    design     a study as written (keys: its YAML)   plan     who sees what, balanced
    make       from a design to a folder             folder   that folder; loudness, tones: what is heard
    sessions   the desk where raters are received    places   whose is which place   state   its database
    steps      what a rater is shown next            upkeep   what must hold whatever dies
    clip_faults   what is wrong in a study's dances, and when
    entry      who may come in                       control  what may still change
    preview    trials without a place                people   what became of a platform's ids
    texts      what raters read, texts_de: in German         scribe   rows of what they did
    answers    what is shown and may be answered     phones   the headphone check
    analysis/  from the CSV to results
"""
