"""SoulNet: the whole body from hierarchical codes, with a retrieval prior.

    mmr_config.py     sizes of the retrieval module
    mmr.py            music and motion in two spaces: body ↔ rhythm, whole body ↔ mood
    mmr_train.py      how it is trained, and what it is worth on held-out pairs
    retrieval.py      ranks, R@k, and how they are told
    search.py         dances for a song, and how well a dance fits its song among others
"""
