"""The benchmark: one corpus, built by this project and by the generators that a user would choose instead.

`make bench-peers` installs the others. `make bench` measures and prints Markdown tables; with `ARGS=--check` it says
what got worse since `bench/recorded.json`, which `ARGS=--record` writes.
"""
