"""What a study found, from its CSV alone.

table (rows in, what is left out and why) → bradley_terry, scales (estimates from rater weights) → intervals
(confidence by resampling raters) → estimates (a number with its interval, or why there is none) → strengths,
agreement, raters, power, preference → findings (all of it, as one noun) → summary, plots, report (what a
person reads) → command. Where the study's dances are at hand: two_ways (confidence about other dances too) →
votes_faults (which faults votes go by).
"""
