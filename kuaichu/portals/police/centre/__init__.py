"""The centre's own pages: posts and seats, shifts, deadlines, staff."""
