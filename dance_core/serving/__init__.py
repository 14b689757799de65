"""Where generators run. engine is the contract: a Job goes in, Pieces of the dance stream out.

    local       the engine in this process, made of places (who waits), batches (one model thread) and
                finish (a complete dance becomes a Take)
"""
