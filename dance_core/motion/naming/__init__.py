"""Which joint of somebody else's skeleton is which of ours, told from its name.

    words    a name → its side and its key: prefixes, separators, capitals and fillers taken off
    tables   our joints → the keys that others use
    match    all names of a skeleton → our joints, and whose naming it is
"""

from dance_core.motion.naming.match import match_names, whose_names

__all__ = ["match_names", "whose_names"]
