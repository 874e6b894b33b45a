"""What a conclusion is called where it is decided about."""

from mmt.model.review import Finding
from mmt.model.said import said


def test_a_finding_is_named_by_its_rule_test_and_side() -> None:
    found = Finding(
        said=(said("reflex"),),
        because=(),
        sources=(),
        evidence="derived",
        rule="weakness",
        test="TA",
        side="left",
    )
    assert found.key == "weakness:TA:left"
