"""Another program that writes to a clinic's file without a pause: FOLDER, number of the visit, how often."""

import sys
from pathlib import Path

from kept import NOW, held, opened

from mmt.model.acts import Act
from mmt.model.observation import Observation
from mmt.paths import Places
from mmt.storage import visits

store = opened(Places(Path(sys.argv[1])))
visit = held(store, int(sys.argv[2]))
print("ready", flush=True)
sys.stdin.readline()
for count in range(int(sys.argv[3])):
    with store.writing(Act.WROTE) as db:
        visits.get(db, visit.id)  # a read before the write is what a late lock would refuse
        visits.put(db, visit, Observation(test="HEEL", side="right", count=count), NOW)
store.close()
