"""The lint: what a second reader would say of linked content. `check` and the preview run it.

`content.linting` lists the rules. Each is a module of `rules`, named by its code, with one of these functions:

- `check(entity)` yields what it finds in an entity; what it reads of others is traced, so its findings are remembered.
- `check_site(site)` yields what it finds in the site as a whole; it reads heads and tables, not every record.
- `note(entity)` may come with `check_site`: what it says of each entity is remembered, and given to `check_site`.
"""
