"""`site-builder report`: figures of a site's evidence, balance and age, for editors and for readers who ask."""
