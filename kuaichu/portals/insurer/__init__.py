"""The insurer's pages: a work list by the clock, the whole packet, assessment and approval in the browser."""
