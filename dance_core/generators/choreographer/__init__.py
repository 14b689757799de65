"""Rule-based baseline: moves and phrases laid on the beat grid.

    counting   which beats the counts fall on, in bars of any length
    form       eights, their energy, which parts of the song are alike
    plan       themes of moves for each part, repeated and varied
    generator  the contract
"""

from dance_core.generators.choreographer.generator import Choreographer

__all__ = ["Choreographer"]
