"""The API of insurers' claim systems."""
