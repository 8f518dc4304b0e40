"""The look of Kuaichu: design tokens, parts, base templates, pictograms and browser behaviours.

Every page of every audience is built from what is here; `/parts` shows all of it in every state.
"""
