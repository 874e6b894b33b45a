"""Every sentence that reasoning says to a clinician: plain, exact, hedged, never a diagnosis."""

from mmt.model.base import Side

NOT_ASKED = "Red-flag questions not asked: {n} of {m}."
ASK_NOW = "Ask them now; what was not asked is not a no."

MOTOR_LOW = "{name}, {side}: grade {grade}. New or not yet acted on weakness of a key muscle."
MOTOR_LOW_LEG = (
    "{name}, {side}: grade {grade}. A muscle of the leg that does not work against gravity is urgent."
)
MOTOR_KEPT = "{name}, {side}: grade {grade} on {date}, and no action is recorded yet."
MOTOR_FALL = "{name}, {side}: fell from {then} to {grade}."
MOTOR_COUNT = "{name}, {side}: {count} raises."
MOTOR_ACTION = (
    "Phone a specialist the same day and arrange an early opinion. "
    "Home stretches are paused until the action taken is written down."
)
MOTOR_PAINED_ACTION = (
    "Test again without pain, or write down what explains it. "
    "If it stays, phone a specialist the same day. Home stretches are paused until this is written down."
)
MOTOR_BOTH = "Marked or growing weakness on both sides. Possible cauda equina syndrome."
MOTOR_BOTH_ACTION = (
    "Stop the exam. Send to an emergency department with MRI today and phone ahead. "
    "Do not manipulate, do not exercise. Give the written warning card."
)
MOTOR_KNOWN = "{name}, {side}: grade {grade}, known and acted on {date}."
MOTOR_KNOWN_ACTION = "Test again at each visit, by the same examiner."
MOTOR_RETEST = "{name}, {side}: grade {grade} with pain. Pain may have limited the effort."
MOTOR_RETEST_KEPT = "{name}, {side}: grade {grade} with pain on {date}, and not tested again yet."
MOTOR_RETEST_ACTION = "Test again without pain, or write down what explains it."
MOTOR_UNTESTED = "{name}, {side}: graded before ({grade} on {date}), not tested at this visit."
MOTOR_UNTESTED_ACTION = "Test it before the visit ends, or write down why not. Not tested is not normal."
WEAK_BOTH = "Weakness on both sides ({names})."
PROXIMAL = (
    " Alike on both sides and near the trunk, the feet are not weak where tested: "
    "consistent with a cause in the muscles rather than with a root."
)
PROXIMAL_ACTION = (
    "Refer for a work-up. Ask how fast it came, and about medicine such as statins or steroid tablets."
)
ASCENDING = "Weakness on both sides with absent reflexes ({names}). Possible weakness that ascends."
ASCENDING_ACTION = (
    "Stop the exam. Send to an emergency department today and phone ahead. Ask how fast it came, and about "
    "breathing and swallowing. Do not manipulate, do not exercise. Give the written warning card."
)
ASCENDING_AGE = (
    "Weakness on both sides with absent reflexes ({names}). Age may explain the reflexes, not the weakness."
)
ASCENDING_PAIN = (
    "Weakness in pain on both sides with absent reflexes ({names}). Pain may explain the weakness, not the "
    "reflexes."
)
_HOW_FAST = (
    "Ask since when, how fast it came, and about breathing and swallowing. Home stretches are paused until "
    "the action taken is written down."
)
ASCENDING_AGE_ACTION = f"Phone a doctor the same day. {_HOW_FAST}"
ASCENDING_PAIN_ACTION = (
    f"Test again without pain; if that is not possible, phone a doctor the same day. {_HOW_FAST}"
)
ASCENDING_KNOWN = "Weakness on both sides with absent reflexes ({names}), known and acted on {date}."
REFLEXES_GONE = "Reflexes gone within {days} days: {names}."
REFLEXES_GONE_ACTION = (
    "Phone a specialist the same day. Test strength on both sides, ask about breathing and swallowing. "
    "Home stretches are paused until the action taken is written down."
)
REFLEXES_ABSENT = "Reflexes absent on both sides ({names}): one root does not explain it."
REFLEXES_ABSENT_ACTION = "Ask since when, and test strength on both sides."
PAIN_BOTH = "The leg pain has gone from one side to both."
PAIN_BOTH_ONSET = "Leg pain on both sides, and nobody asked whether it is new or suddenly worse."
ASK_CAUDA = "Ask the cauda equina questions now."
FROM_RECORD = "from the record"
UMN_SIGNS = "Signs from the spinal cord or the brain: {names}."
UMN_ACTION = "Refer urgently. Muscle grades are not to be read as nerve or root weakness."

WEAK = {
    "possible": "{name}, {side}: grade {grade}, possibly weak.",
    "present": "{name}, {side}: grade {grade}, weak.",
    "marked": "{name}, {side}: grade {grade}, markedly weak.",
}
COUNT_DOUBTFUL = "{name}, {side}: {count}, possibly weak; many healthy adults do no more. Grade {grades}."
COUNT_WEAK = {
    "possible": "{name}, {side}: {count}, possibly weak. Grade {grades}.",
    "present": "{name}, {side}: {count}, weak. Grade {grades}.",
    "marked": "{name}, {side}: {count}, markedly weak. Grade {grades}.",
}
COUNT_BELOW = "under 3"
COUNT_BY = "by"
WITHOUT_PAIN = "a test without pain"
NOT_COUNTED = "painful, not counted"
WITH_PAIN = " Pain may have limited the effort: test again without pain."
ANOTHER_MUSCLE = "Another muscle"
WITH_SUBSTITUTION = " {other} took over: the grade may be too high."
WITH_RANGE = " The grade holds for the range that was free."
DIFFERENCE = "{name}: {side} {grade}, {other_side} {other_grade}; the {side} side is weaker ({strength})."
DOMINANCE = "{name}: {side} {grade}, {other_side} {other_grade}; expected in favour of the dominant side."
SHORT = "{name}, {side}: {value}, shorter than the limit of {limit}."
SHORT_DIFFERENCE = "{name}: the {side} side is shorter by {value}."
SHORT_SEEN = "{name}, {side}: short."
SIGN = "{name}, {side}: positive. {positive}"
WEAK_SEEN = "{name}, {side}: weak."
REFLEX = "{name}, {side}: {word} ({count})"
REFLEX_ABSENT = "absent"
REFLEX_WEAK = "weaker than usual"
REFLEX_ACROSS = "; {other} {count}."
REFLEX_ALONE = "; the {other} side was not tested."
REFLEX_AGE = " Often so on both sides in healthy people of this age; new, or with weakness, it is not."
REFLEX_ANY_AGE = " Often so on both sides in healthy people."
OTHER_SIDE = "the other side"
SUBSTITUTION = "{other} took over for {name}, {side}: consider whether it is short or overactive."

PAIR = "{weaker} {low} against {others}, {side}: the pair is out of balance."
PAIRS = "{weaker} {low} against {others}, {side}: these pairs are out of balance."
CROSSED = "Fits the {name}, a hypothesis with thin evidence: {short} short and {weak} weak of its muscles."
CROSSED_UNFIT = " What does not fit: {names}."
PATTERN = "Consistent with {name}, {side}: {hits} of {expected} expected findings. Fits: {fits}."
PATTERN_AGAINST = " Speaks against {name}: {names}."
PATTERN_MISSING = " Not tested: {names}."
PATTERN_SIGNS = " Rests on a reflex and a sign alone: no muscle that it expects weak was found so."
PATTERN_PAINFUL = " Painful, not counted: {names}."
PATTERN_UPPER = (
    "Signs of the spinal cord or the brain, {side}: refer. "
    "The strength is not to be read as a root or a nerve."
)
NEXT_TEST = "{name}, {side}: may help to tell apart {names}."

LEG = {
    "none": "No leg-length difference beyond the error of the methods used.",
    "functional": "A difference of position more than of bone; look at pelvis, hips and QL before any lift.",
    "structural": "Consistent with a difference of the bones; the {side} leg is the shorter one.",
    "structural-compensated": (
        "Consistent with a difference of the bones that pelvis or foot make up for; {side} shorter by tape."
    ),
    "inconclusive": "The methods do not settle it; repeat, or have a second examiner measure.",
}
LEG_SIZE = {
    "common": "Within measuring error or of a common size.",
    "small": "{size:g} mm: small, usually harmless.",
    "mild": "{size:g} mm: mild. Think about it if standing hurts and a block under the foot eases it.",
    "likely-to-matter": "{size:g} mm: likely to matter. Confirm by imaging or an orthopaedic opinion.",
}
NO_LIFT = {
    "none": "No shoe lift: the difference lies within the error of the methods.",
    "functional": "No shoe lift: a difference of position; look at pelvis, hips and feet first.",
    "structural-compensated": "No shoe lift now: standing, the pelvis is level.",
    "inconclusive": "No shoe lift: the methods do not settle the difference.",
    "unmeasured": "No shoe lift: the leg length was not measured at this visit, by tape or blocks.",
}
LIFT = (
    "A shoe lift is a trial for you to weigh: two small trials found less pain with it; NICE advises "
    "against foot orthotics for low back pain and sciatica.",
    "If tried: begin with {first:g} mm and add {step:g} mm every {weeks_least} to {weeks_most} weeks "
    "while it is comfortable, to some {low} to {high} mm in the end. Inside the shoe {limit:g} mm at most "
    "({elsewhere}); above that the whole sole.",
    "The pain may come back when the lift is taken out, and a lift can bring on pain of feet, knees or other "
    "joints. Stop at new foot, knee, hip or back pain of more than {stop_days} days; look again in "
    "{recheck_weeks} weeks.",
    "Refer instead where the difference is new, or came with an injury, a joint replacement or a fixed "
    "deformity.",
)
LEG_SCREENING = "Only screening methods are done; they never decide."
LEG_ONE_SIDED = "{name}: the {side} leg is not measured, so nothing can be compared yet."
LEG_REPEAT = "Two readings differ by {limit:g} mm or more: take a third."

CHANGE = {
    "better": "{then} then, {now} now: better.",
    "worse": "{then} then, {now} now: worse.",
    "within-noise": "{then} then, {now} now: within measurement noise.",
    "not-comparable": "{then} then, {now} now: not comparable.",
}
WHY_EXAMINER = "another examiner"
WHY_SCALE = "another scale"
WHY_PAIN = "pain limited the effort"
WHY_SUBSTITUTION = "another muscle took over"
WHY_RANGE = "the range was limited"
WHY_VARIANT = "another lever or position"
WHY_LINE = "crosses the line of full range against gravity"
WHY_NO_LIMIT = "no error limit is known for this test"

ON_LAST_SHEET = "done at home: {done}; on the last sheet"
WORSE_THAN = "{then} on {date}"
DEFAULT = "fits where nothing speaks against it"

WITHHELD_PRESENT = "{code}: {name}. Not offered."
WITHHELD_TICK = "{code}: {name}. Only after your tick."
TICKED_SAYS = " The sheet then says: {told}"
WITHHELD_UNASKED = "{code}: not asked. Not asked is not absent."
WITHHELD_STORY = "Needs the answer first: {ask}"
WITHHELD_STORY_SHUT = "Held back by the answer: {ask} {answer}."
WITHHELD_TEST = "Needs the test first: {name}."
WITHHELD_SIGN = "Held back: {name} is positive."
WITHHELD_ALERT = "Held back by an alert: {says}"
WITHHELD_WORSE = "It was on the last sheet, and it went worse since. Only after your tick."
WITHHELD_ALL = "Held back: signs from spinal cord or brain."


def both(side: Side | None) -> str:
    """A side in words; a midline test has none."""
    return side or "midline"
