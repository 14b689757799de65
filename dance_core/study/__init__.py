"""Votes: what a vote is (vote), how it becomes a line (schema, cells), the book it is kept in (book)."""
