"""Values to PDF bytes. The same values give the same bytes; nothing typed by a person is read as markup.

Whoever imports `documents` loads no PDF library: that happens when the first paper is drawn.
"""
