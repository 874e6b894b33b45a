"""A program that joins record 2 to record 1 and says so: FOLDER."""

import sys
from pathlib import Path

from kept import NOW, opened

from mmt.model.acts import Act
from mmt.paths import Places
from mmt.storage import joins

store = opened(Places(Path(sys.argv[1])))
with store.writing(Act.WROTE, fold=True) as db:
    joins.join(db, 2, 1, 0, "Came under another name", "Dr Example", NOW)
print("joined", flush=True)
store.close()
