"""SoulNet: the whole body from hierarchical codes, with a retrieval prior.

    config.py         sizes of the codec and the generator
    codec.py          rows of a pose code <-> hierarchical codes of body, hands and face
    closely.py        codes of a whole dance found with care; closely_search.py: the search
    learning.py       how the codec learns
    codec_train.py    its stage, and kinds of codec to compare it with
    decoder_train.py  its decoder trained on, the codes as they stand
    mmr_config.py     sizes of the retrieval module
    mmr.py            music and motion in two spaces: body ↔ rhythm, whole body ↔ mood
    mmr_train.py      how it is trained, and what it is worth on held-out pairs
    retrieval.py      ranks, R@k, and how they are told
    search.py         dances for a song, and how well a dance fits its song among others
    masked_config.py  sizes of the two transformers
    bearing.py        who dances and where they look, told beside the music
    base_codes.py     the masked one: base codes of all parts from music
    level_codes.py    the residual one: deeper levels from the sum of those above
    masked.py         both in one module: what a file of weights holds
    tokens.py         a corpus as codes, and windows drawn from it
    masked_loss.py    what the two learn from
    masked_train.py   their stages
    masked_ablations.py  the masked one without each of its parts
    stages.py         all that is trained, in order
    filling.py        masked codes found, the surest first
    dancing.py        how the trained system dances
    generator.py      the generator behind the contract
"""
