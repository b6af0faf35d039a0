"""The live preview: a local server that shows every saved edit in the browser.

The path of a change: `watching` notices it; `updating` builds the site and decides what to show
(`showing`); `livereload_socket` notifies the browsers; `answers` answers requests. `insertion` adds the
reload script and the editor's `margin` to pages. `problems` is shown while content is broken, `guard`
decides whom the server answers, and `serving` connects everything to Tornado.
Nothing here is part of a built site, and nothing here writes files.
"""
