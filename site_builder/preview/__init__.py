"""The live preview: a server on loopback that shows every saved edit in the browser.

A change goes this way: `watching` notices it, `updating` builds and decides what is shown from then on
(`showing`), `livereload_socket` tells the browsers, and `answers` says what each request gets, with what
`insertion` puts into pages: the reload script and the editor's `margin`. `problems` is what a browser shows
while content is broken, `guard` says whom the server talks to, and `serving` ties these to Tornado.
Nothing here is part of a built site, and nothing here writes a file.
"""
