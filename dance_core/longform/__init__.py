"""A dance of any length from segments.

    segment     the noun: one stretch of a dance     plan        where a dance is cut, on bar lines
    take        the noun: a finished dance, kept     dance       what to ask for next, what is finished
    stitch      segments made into one dance, with the help of carry (heading and place), transition (which
                way over), blend (bodies) and steps (feet)
"""
