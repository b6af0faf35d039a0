"""What words are, in any language. Imports nothing else of this program."""
