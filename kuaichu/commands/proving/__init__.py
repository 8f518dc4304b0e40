"""Commands that prove what is kept: journal, papers, log, files of a case."""
