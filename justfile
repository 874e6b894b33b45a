# Every check, as continuous integration runs it
check:
    bash .ci/run

# The tests without the long fault and load runs
test:
    uv run pytest

# The long fault and load runs
long:
    uv run pytest -m long

# Every branch of model and reasoning is tested, or this fails and names the lines
coverage:
    uv run pytest tests/model tests/reasoning --cov

# Small faults put into the reasoning one by one: those that no test notices (hours; goes on where it was stopped)
mutants which="mmt.reasoning*":
    uv run --group mutants mutmut run "{{which}}"
    uv run --group mutants mutmut results

# A FHIR server on this computer to try sending with
engine:
    uv run python tests/engine/engine.py

# Figures beside their references, as a table
bench:
    uv run python tests/benchmarks/run.py

# Renew the README's table of keys from the registry
keys:
    uv run python -m mmt.tui.table README.md

# How often a verdict on change is wrong: docs/change.md anew
change:
    uv run python docs/change.py

# How far rooms, clinics and a server carry: docs/scale.md anew (figures: uv run python docs/measure_scale.py)
scale:
    uv run python docs/scale.py

# The pictures of the screens, and docs/screens.md that shows them
pictures:
    uv run python docs/pictures.py

# 100,000 faulty files and texts; then ten minutes of a fuzzer that goes by what the code does with them
fuzz:
    uv run pytest tests/fuzz -m long
    uv run --group fuzz python tests/fuzz/guided.py
