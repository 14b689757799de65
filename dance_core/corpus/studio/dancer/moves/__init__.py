"""The vocabulary: one file for each style; each move is a function that writes into a Score."""
