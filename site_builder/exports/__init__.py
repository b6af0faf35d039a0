"""What is made beside the pages: for search, sharing and reuse, from the same graph as the pages.

One module a format; each is a function from what there is to files by path. `exporting` lists them,
`describing` says what stands in the pages themselves.
"""
