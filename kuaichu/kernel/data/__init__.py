"""Small public tables shipped with the code; where each comes from is written in `SOURCES.md` beside them."""
