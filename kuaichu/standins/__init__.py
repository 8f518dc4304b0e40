"""The other side: registers, insurers, the payout rail and phones, each its own small HTTP server.

They stand in for systems which a city connects for real. Each runs as its own process with its own
SQLite store (`python -m kuaichu.standins.<name> --port N --store FILE`), uses only the standard library
and imports nothing from the product, so that the demo and the tests cross a true boundary. Nobody they
know exists: every person, car and policy in them is invented.
"""
