"""A whole visit, from the chosen patient to the sheet on paper, with the keys of a numeric keypad alone."""

from pathlib import Path

from program import Program, program

KEYPAD = frozenset((*"0123456789", "add", "subtract", "multiply", "divide", "decimal", "enter"))


class Hand:
    """A hand on the keypad: it has no other keys."""

    def __init__(self, run: Program) -> None:
        self.run = run

    async def press(self, *keys: str) -> None:
        assert set(keys) <= KEYPAD
        await self.run.press(*keys)

    async def until_gone(self, screen: str, key: str, most: int) -> None:
        """Press a key until the screen is left."""
        for _ in range(most):
            if self.run.app.screen.name != screen:
                return
            await self.press(key)
        raise AssertionError(f"{screen} is not left by {most} times {key}:\n{self.run.text}")


async def test_a_visit_by_keypad_alone(tmp_path: Path) -> None:
    app = program(tmp_path / "clinic")
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        hand = Hand(run)
        await run.until("patients")
        await hand.press(*"1971", "enter")
        await run.until("patient")
        assert "Frank Follow-Up" in run.text
        await hand.press("multiply")
        await run.until("new-visit")
        await hand.press("enter")
        await run.until("safety")
        await hand.press("subtract", "subtract", "decimal")
        assert "No red flag recorded today." in run.text
        await hand.press("enter")
        await run.until("story")
        await hand.press("subtract", "enter", "enter")
        await hand.press("2", "divide", "3", "4", "add", "0", "decimal", "enter")
        await run.until("exam")
        await hand.press(*"5500", *"5" * 10, *"25", "enter", *"38", "enter", *"00", *"5555", "4", "5")
        assert "Touch S2" in run.text, "a weak hamstring opens what was folded"
        await hand.press(*"2222", *"55")
        assert len(run.desk.visit.observations) == 30
        await hand.until_gone("exam", "enter", 40)
        await run.until("leg-length")
        await hand.press(*"902", "enter", *"889", "enter", *"903", "enter", *"890", "enter")
        await hand.until_gone("leg-length", "enter", 40)
        await run.until("findings")
        while not app.screen.basis() or not hasattr(app.screen.basis()[0], "key"):
            await hand.press("add")
        await hand.press("1", "0", "multiply", "enter")
        await run.until("prescription")
        await hand.press("decimal", "7", "add", "multiply", "multiply", "enter")
        await run.until("sign")
        await hand.press("enter")
        await run.until("sign-as")
        await hand.press("enter")
        await run.until("papers")
        await hand.press("1")
        visit = run.desk.visit
    assert visit.signed
    assert set(visit.safety.values()) == {False}
    assert visit.story["nprs_leg"] == 10
    assert [one.verdict for one in visit.decisions.values()] == ["accepted", "set-aside", "accepted"]
    assert visit.prescription
    assert len(list((tmp_path / "clinic" / "export").glob("*hand-out.pdf"))) == 1
