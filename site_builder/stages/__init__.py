"""The stages of a build: load, link, gather, check, render. Each is a function that `build.make` calls."""
