"""Where generators run. engine is the contract: a Job goes in, Pieces of the dance stream out.

    opening     the engine that the settings ask for
    local       the engine in this process, made of places (who waits), batches (one model thread) and
                finish (a complete dance becomes a Take)
    host        an engine behind http, and remote, the engine that asks it; message is what they say
    batch       many songs, a Take each
    remaking, importing    a kept dance's parts anew; other people's motions as Takes
"""
