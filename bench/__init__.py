"""The benchmark: one corpus, built by this project and by what a user would pick instead.

`make bench-peers` installs the others, `make bench` measures and prints Markdown tables.
"""
