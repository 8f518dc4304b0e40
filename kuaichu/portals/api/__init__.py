"""The API: for apps, mini-programs and the replay; for the 110 call centre; for insurers' systems."""
