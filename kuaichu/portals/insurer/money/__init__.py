"""The company's money: its book, what it has to get back, what it clears with others, and the stop switch."""
