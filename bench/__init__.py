"""What a case costs: measured on this machine by `make bench` (`kuaichu bench`). Not part of the product."""
