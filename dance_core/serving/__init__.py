"""Where generators run. engine is the contract: a Job goes in, Pieces of the dance stream out.

    opening     the engine that the settings ask for
    local       the engine on this machine, made of places (who waits), batches (who is answered when), hands
                (what answers: this process, or several beside it) and finish (a complete dance becomes a
                Take)
    host        an engine behind http, and remote, the engine that asks it; message is what they say
    cluster     the engine of a host whose generators are replicas on Ray (cluster_start: the way in;
                cluster_batch: many songs)
    lent        the engine where a GPU is lent for the call
    batch       many songs, a Take each
    remaking, importing    a kept dance's parts anew; other people's motions as Takes
"""
