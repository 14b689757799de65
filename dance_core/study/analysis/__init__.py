"""What a study found, from its CSV alone.

table (rows in, what is left out and why) → bradley_terry, scales (estimates from rater weights) → intervals
(confidence by resampling raters) → agreement, raters, power → findings (all of it, as one noun) →
summary, plots, report (what a person reads) → command.
"""
