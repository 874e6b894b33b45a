"""A program that keeps grades and says of each that it is saved: FOLDER, how many, SYNCHRONOUS.

It sets a clinic up where none is, and tries again what could not be saved. The log is small, so that it is
often copied into the file.
"""

import sys
from pathlib import Path

from kept import NOW, begun, held, made, opened

from mmt.library.load import load
from mmt.model.acts import Act
from mmt.model.errors import ClinicError, NotSavedError
from mmt.model.observation import Observation
from mmt.model.visit import Visit
from mmt.paths import Places, shipped
from mmt.storage import visits
from mmt.storage.store import Store


def ready(places: Places) -> tuple[Store, Visit]:
    """The clinic's file and its one draft."""
    if places.database.exists():
        store = opened(places)
        return store, held(store, 1)
    store = made(places)
    print("set up", flush=True)
    visit = begun(store, load([shipped("protocols")]).protocol)
    print("saved 0", flush=True)
    return store, visit


def save(store: Store, visit: Visit, count: int, tries: int = 5) -> None:
    """Keep a grade, and try again a few times."""
    try:
        with store.writing(Act.WROTE) as db:
            visits.put(db, visit, Observation(test="HEEL", side="right", count=count), NOW)
    except NotSavedError as error:
        print(f"not saved: {error}", flush=True)
        if tries == 1:
            raise
        save(store, visit, count, tries - 1)
    else:
        print(f"saved {count}", flush=True)


try:
    kept, draft = ready(Places(Path(sys.argv[1])))
    with kept.reading() as db:
        db.conn.execute("pragma wal_autocheckpoint = 20")
        db.conn.execute(f"pragma synchronous = {sys.argv[3]}")
    for number in range(1, int(sys.argv[2]) + 1):
        save(kept, draft, number)
    kept.close()
except ClinicError as refusal:
    print(f"refused: {refusal}", flush=True)
    sys.exit(3)
