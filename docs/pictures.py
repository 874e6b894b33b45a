"""Makes the README's picture with the program itself: `uv run python docs/pictures.py`."""

import asyncio
from pathlib import Path

from mmt.tui.app import MmtApp
from mmt.tui.opener import DemoOpener

KEYS = (*"frank", "enter", "n", "enter", "f8", "f8", *"555555554", "plus")


async def main() -> None:
    """Walk the demo into an exam and keep what it shows."""
    opener = DemoOpener()
    app = MmtApp(opener)
    async with app.run_test(size=(100, 30)) as pilot:
        while app.screen.name != "patients":
            await pilot.pause(0.02)
        for key in KEYS:
            await pilot.press(key)
            await pilot.pause()
        app.save_screenshot("exam.svg", str(Path(__file__).parent))
    opener.close()


if __name__ == "__main__":
    asyncio.run(main())
