"""Makes the vocabulary tables that the search package carries; see README.md."""
