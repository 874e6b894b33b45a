"""Every sentence that reasoning says to a clinician, by its key: plain, exact, hedged, never a diagnosis.

What stands in braces is filled in by `wording`; another language is another table of the same keys.
"""

from mmt.model.review import Told

_PAUSED = "Home stretches are paused until the action taken is written down."
_HOW_FAST = f"Ask since when, how fast it came, and about breathing and swallowing. {_PAUSED}"
_NO_EXERCISE = "Do not manipulate, do not exercise. Give the written warning card."
_DIFFERENCE = "{test.name}: {side} {grade}, {other_side} {other_grade}; "
_TOUCH = "{test.name}, {side}: {felt}"
_REFLEX = "{test.name}, {side}: {word} ({reflex})"

ENGLISH: dict[str, str] = {
    "as-written": "{text}",
    "right": "right",
    "left": "left",
    "midline": "midline",
    # alerts
    "emergency-first": "Once the emergency is seen to:",
    "not-asked": "Red-flag questions not asked: {n} of {m}.",
    "ask-now": "Ask them now; what was not asked is not a no.",
    "group": "{group.says}",
    "group-action": "{group.action}",
    "group-meanwhile": "{group.meanwhile}",
    "question-action": "{question.action}",
    "combination": "{combination.says}",
    "combination-action": "{combination.action}",
    "combination-open": "{combination.says} Whether it is so was not asked.",
    "combination-open-action": "Ask now; if it is so:",
    "combination-known": "{combination.says} Known and acted on {date}.",
    "combination-known-action": "Ask and test again at each visit.",
    "taken-back": "{ask} Yes on {then}, no on {date}: a yes of this kind stays true and goes on counting.",
    "taken-back-action": (
        "Ask again. If the yes was a mistake, correct it where that visit is not signed, "
        "else add a note there."
    ),
    "undone-urgent": "Urgent on {date}, and no action was written.",
    "undone-routine": "Told on {date}, and no action was written.",
    "undone-caution": "A caution on {date}, and no action was written.",
    "undone-emergency": "An emergency on {date}, and no action was written.",
    "undone-action": "Ask what became of it, and write down what was done or why nothing was needed.",
    "result-owed": "Acted on {date}; what came of it, imaging or blood, is not written down.",
    "result-owed-action": "Ask for the result, and write it as the action of this visit.",
    "other-cause-action": "The examiner names another cause: write it as the action.",
    "came-of-it": "{date}: {text}. Ask what came of it, and write it as the action of this visit.",
    "came-of-nothing": (
        "Told on {date} as well, and no action was written. Ask what was done since, and write it down."
    ),
    "known-unseen": "Known, acted on {date}; not asked or tested again since.",
    "known-still": "Known, acted on {date}; looked at again since, and not all of it is gone.",
    "known-still-action": "Test again at each visit, and write down what became of it.",
    "known-unseen-action": "Ask and test again, and write down what became of it.",
    "of-trials": "Of {n} trials the lowest is {low}, the best {best}.",
    "motor-low": "{test.name}, {side}: grade {grade}. New or not yet acted on weakness of a key muscle.",
    "motor-low-leg": (
        "{test.name}, {side}: grade {grade}. "
        "A muscle of the leg that does not work against gravity is urgent."
    ),
    "motor-low-other": (
        "{test.name}, {side}: grade {grade}. It does not work against gravity: "
        "a root, a nerve, a torn tendon or the muscle itself may be why."
    ),
    "motor-kept": "{test.name}, {side}: grade {grade} on {date}, and no action is recorded yet.",
    "motor-fall": "{test.name}, {side}: fell from {then} to {grade}.",
    "motor-weaker": (
        "{test.name}, {side}: {then} on {date}, {grade} now. A muscle of this leg became weaker, and the leg "
        "shows signs of a root."
    ),
    "motor-weaker-action": (
        "Test it again, and the key muscles and reflexes of this leg; ask about growing weakness. "
        "The nerve slider waits until what was done is written down."
    ),
    "motor-weaker-beside": (
        "Test the key muscles and reflexes of this leg too; ask about growing weakness. "
        "The nerve slider waits until what was done is written down."
    ),
    "motor-not-confirmed": "One trial alone found it: not confirmed yet.",
    "motor-not-confirmed-action": (
        "Test it again now, or confirm it as it is. Once confirmed: phone a specialist the same day; home "
        "stretches are then paused until the action taken is written down."
    ),
    "motor-confirmed-by-trial": "Confirmed by trial {trial}: {again}.",
    "motor-confirmed-by-visit": "Confirmed by the visit of {date}: {again}, and nothing was done about it.",
    "motor-confirmed-by-examiner": "Confirmed by the examiner without another trial.",
    "motor-open": "{test.name}, {side}, fell from {then} to {grade} and was not tested again.",
    "motor-lifted": "Lifted by trial {trial}: {again}.",
    "motor-lifted-action": "Both trials stay in the record. Test it again at the next visit.",
    "motor-count": "{test.name}, {side}: {count} raises.",
    "motor-count-pained": "{test.name}, {side}: {count} raises with pain. Pain may have limited them.",
    "motor-count-held": (
        "{test.name}, {side}: {count} raises. "
        "By hand the calf held full pressure: age, balance or pain may explain it."
    ),
    "motor-count-held-action": "Ask whether it is new, and test again at the next visit. New, it is not age.",
    "motor-count-ungraded-action": (
        "Grade the calf by hand now. If it is weak or cannot be graded, phone a specialist the same day. "
        "Home stretches are paused until what was done is written down."
    ),
    "motor-number-fell": "{test.name}, {side}: fell from {then} on {date} to {count}.",
    "motor-number-pained": "Pain may have limited the effort.",
    "motor-number-held": "By hand it held full pressure: age or the way of measuring may explain it.",
    "motor-number-fell-action": (
        "Test it again now after a rest, and grade the muscle by hand. If it is weak or stays so low, phone "
        "a specialist the same day; home stretches are then paused until the action taken is written down."
    ),
    "motor-number-again-action": "Test it again without pain, and ask what came before; test the legs too.",
    "force-none": "{test.name}, {side}: {force} N, next to no force, and no grade tells how weak it is.",
    "force-none-action": (
        "Grade it by hand now. If it does not work against gravity, phone a specialist the same day. Home "
        "stretches are paused until it is graded, or until what was done is written down."
    ),
    "force-apart": (
        "{test.name}, {side}: {force} N, {less} per cent less than on the other side, and no grade tells how "
        "weak it is."
    ),
    "force-apart-action": "Grade it by hand now.",
    "raise-both": "{test.name}: positive on both sides.",
    "motor-action": f"Phone a specialist the same day and arrange an early opinion. {_PAUSED}",
    "motor-again-action": (
        "Test it again now: one trial alone found it. If it holds, phone a specialist the same day and "
        f"arrange an early opinion; if not, write that down as the action. {_PAUSED}"
    ),
    "motor-acted": "Written down: {text}. If no specialist knows yet, phone one today.",
    "motor-early-action": (
        "Arrange an early opinion. New within days, after an injury, or with trouble to swallow or breathe: "
        f"phone a specialist the same day. {_PAUSED}"
    ),
    "motor-pained-action": (
        "Test again without pain, or write down what explains it. "
        "If it stays, phone a specialist the same day. Home stretches are paused until this is written down."
    ),
    "motor-both": "Marked or growing weakness on both sides. Possible cauda equina syndrome.",
    "motor-both-again": (
        "First, and at once: test again what is not confirmed; "
        "where heel raises failed, grade the calf by hand if that was not done."
    ),
    "motor-both-open": "Weakness on both sides that nothing confirms yet.",
    "motor-both-open-action": (
        "Ask the six cauda equina questions. Confirmed, or with a yes: emergency department with MRI today."
    ),
    "motor-both-action": (
        f"Stop the exam. Send to an emergency department with MRI today and phone ahead. {_NO_EXERCISE}"
    ),
    "motor-known": "{test.name}, {side}: grade {grade}, known and acted on {date}.",
    "known-action": "Ask what came of it. Test again at each visit, by the same examiner.",
    "motor-retest": "{test.name}, {side}: grade {grade} with pain. Pain may have limited the effort.",
    "motor-retest-kept": "{test.name}, {side}: grade {grade} with pain on {date}, and not tested again yet.",
    "motor-retest-action": "Test again without pain, or write down what explains it.",
    "motor-untested": "{test.name}, {side}: graded before ({grade} on {date}), not tested at this visit.",
    "motor-untested-action": (
        "Test it before the visit ends, or write down why not. Not tested is not normal."
    ),
    "motor-untested-waits": (
        "No resisted test until what is suspected ({group.name}) has been looked into. Not tested is not "
        "normal."
    ),
    "seen-late": "Seen again after {went} days; on {date} it was asked for within {days}.",
    "seen-late-why": "see the patient again within {days} days",
    "early-look-muscles": (
        "Several weak muscles on this side ({names}), within weeks of the beginning: a root or a nerve may "
        "be behind it."
    ),
    "early-look": "Weakness with signs of a root on this side ({names}), within weeks of its beginning.",
    "early-look-later": "Weakness with signs of a root on this side ({names}), after its first weeks.",
    "early-look-unasked": "Weakness with signs of a root on this side ({names}); since when is not recorded.",
    "early-look-ask": "Ask for how many weeks it has hurt.",
    "early-look-lost": "Newly lost, a reflex or feeling ({names}).",
    "early-look-lost-action": (
        "Look again within {days} days. Test it again; with weakness that is new, phone a specialist the "
        "same day."
    ),
    "early-look-then": "Test today what goes with it: {names}.",
    "early-look-action": "Look again within {days} days, sooner if it grows; test the same again.",
    "weak-both-slight": (
        "{names}: slightly weak on both sides, and nothing else that was tested is. That is often want of "
        "training, as from long sitting."
    ),
    "weak-both": "Weakness on both sides ({names}): one root does not explain both legs.",
    "weak-both-action": (
        "Ask how fast it came, test the reflexes and the touch at the saddle where not done yet, and look "
        "again soon."
    ),
    "proximal": (
        "Alike on both sides and near the trunk, the feet are not weak where tested: "
        "consistent with a cause in the muscles rather than with a root."
    ),
    "proximal-action": (
        "Refer for a work-up. Ask how fast it came, and about medicine such as statins or steroid tablets."
    ),
    "near-both-action": (
        "Refer for a work-up. Ask how fast it came, test the reflexes and the touch at the saddle where not "
        "done yet."
    ),
    "ascending": "Weakness on both sides with absent reflexes ({names}). Possible weakness that ascends.",
    "ascending-action": (
        "Stop the exam. Send to an emergency department today and phone ahead. Ask how fast it came, and "
        f"about breathing and swallowing. {_NO_EXERCISE}"
    ),
    "ascending-age": (
        "Weakness on both sides with absent reflexes ({names}). "
        "Age may explain the reflexes, not the weakness."
    ),
    "ascending-pain": (
        "Weakness in pain on both sides with absent reflexes ({names}). "
        "Pain may explain the weakness, not the reflexes."
    ),
    "ascending-age-action": f"Phone a doctor the same day. {_HOW_FAST}",
    "ascending-pain-action": (
        f"Test again without pain; if that is not possible, phone a doctor the same day. {_HOW_FAST}"
    ),
    "ascending-known": ("Weakness on both sides with absent reflexes ({names}), known and acted on {date}."),
    "reflexes-gone": "Reflexes gone within {days} days: {names}.",
    "reflexes-gone-action": (
        "Phone a specialist the same day. Test strength on both sides, ask about breathing and swallowing. "
        f"{_PAUSED}"
    ),
    "reflexes-absent": "Reflexes absent on both sides ({names}): one root does not explain it.",
    "reflexes-absent-action": "Ask since when, and test strength on both sides.",
    "pain-both": "The leg pain has gone from one side to both.",
    "pain-both-onset": "Leg pain on both sides, and nobody asked whether it is new or suddenly worse.",
    "ask-cauda": "Ask the cauda equina questions now.",
    "from-record": "from the record",
    "upper-signs": "Signs from the spinal cord or the brain: {names}.",
    "known-signs": "Known, acted on {date}.",
    "seen-once": "{test.name}, {side}: {then} {at}, {now} {again}; once is within noise, repeat it.",
    "on-day": "on {date}",
    "at-trial": "at trial {trial}",
    "today": "today",
    "upper-signs-known-action": "Test them again, and ask what became of the referral.",
    "upper-signs-action": (
        "Refer urgently, by phone the same day. Muscle grades are not to be read as nerve or root weakness."
    ),
    "upper-beside": (
        "Brisk on both sides ({names}) and not alone: with weakness, numb feet, unsteady walking or clumsy "
        "hands a cause in the spinal cord or the brain is possible."
    ),
    # findings
    "weak-possible": "{test.name}, {side}: grade {grade}, possibly weak.",
    "weak-present": "{test.name}, {side}: grade {grade}, weak.",
    "weak-marked": "{test.name}, {side}: grade {grade}, markedly weak.",
    "weak-seen": "{test.name}, {side}: weak.",
    "count-doubtful": (
        "{test.name}, {side}: {count}, possibly weak; many healthy adults do no more. Grade {grades}."
    ),
    "count-possible": "{test.name}, {side}: {count}, possibly weak. Grade {grades}.",
    "count-present": "{test.name}, {side}: {count}, weak. Grade {grades}.",
    "count-marked": "{test.name}, {side}: {count}, markedly weak. Grade {grades}.",
    "count-grade": "{grade} by {convention}",
    "count-below": "under 3 by {convention}",
    "with-pain": "Pain may have limited the effort: test again without pain.",
    "with-substitution": "{other} took over: the grade may be too high.",
    "with-range": "The grade holds for the range that was free.",
    "another-muscle": "Another muscle",
    "not-tested": "Not tested, {side}: {why}. Not tested is not normal.",
    "not-tested-why": "{names} ({why})",
    "gave-way": (
        "{n} muscles gave way suddenly ({names}): pain, fear or uneven effort may do so. "
        "Each counts half for a root or a nerve. Without pain, and with a slow rise of pressure, it may hold."
    ),
    "difference": f"{_DIFFERENCE}the {{side}} side is weaker ({{strength}}).",
    "force-difference": (
        "{test.name}: {side} {force} N, {other_side} {other_force} N; "
        "{less} per cent less force ({strength})."
    ),
    "force-dominance": (
        "{test.name}: {side} {force} N, {other_side} {other_force} N; "
        "expected in favour of the dominant side."
    ),
    "dominance": f"{_DIFFERENCE}expected in favour of the dominant side.",
    "substitution": "{other} took over for {test.name}, {side}: consider whether it is short or overactive.",
    "short": "{test.name}, {side}: {beyond}.",
    "short-over": "{value}, over the limit of {limit}, which is short",
    "short-under": "{value}, under the limit of {limit}, which is short",
    "short-difference": "{test.name}: the {side} side is shorter by {value}.",
    "short-further": "{sign.name} of the same leg: {value}; the two do not agree.",
    "short-seen": "{test.name}, {side}: short.",
    "sign": "{test.name}, {side}: positive. {test.positive}",
    "reflex": f"{_REFLEX}; {{other_side}} {{other_reflex}}.",
    "reflex-alone": f"{_REFLEX}; the {{other_side}} side was not tested.",
    "reflex-lost": "absent",
    "reflex-weak": "weaker than usual",
    "reflex-age": "Often so on both sides in healthy people of this age; new, or with weakness, it is not.",
    "reflex-age-weak": "Common at this age, but not put down to it beside weakness of both feet.",
    "reflex-age-answered": "Common at this age, but not put down to it after a yes: {question.ask}",
    "reflex-any-age": "Often so on both sides in healthy people.",
    "reflex-brisk": (
        "{test.name}: brisk on both sides, which may be usual for this person. "
        "With an up-going toe, clonus, weakness, or stiff or unsteady walking it is not."
    ),
    "touch": f"{_TOUCH}; {{other_side}} {{other_felt}}.",
    "touch-alone": f"{_TOUCH}; the {{other_side}} side was not tested.",
    "pair": "{test.name} {grade} against {against}, {side}: the pair is out of balance.",
    "pairs": "{test.name} {grade} against {against}, {side}: these pairs are out of balance.",
    "crossed": (
        "Fits the {crossed.name}, a hypothesis with thin evidence: "
        "{short} short and {weak} weak of its muscles."
    ),
    "crossed-unfit": "What does not fit: {names}.",
    "pattern": (
        "Consistent with {pattern.name}, {side}: {hits} of {expected} expected findings. Fits: {names}."
    ),
    "pattern-possible": (
        "Possible: {pattern.name}, {side}: {hits} of {expected} expected findings. Fits: {names}."
    ),
    "pattern-reflex": (
        "Rests on a reflex that is less than on the other side, with pain where this root is felt or a "
        "muscle that it may leave weak; no muscle that it expects weak was found so."
    ),
    "pattern-support": "May go with it: {names}.",
    "pattern-shared": "The same reflex is lost with: {patterns}.",
    "pattern-against": "Speaks against {pattern.name}: {names}.",
    "pattern-quiet": "Negative, which tells little at this age: {names}.",
    "pattern-missing": "Not tested: {names}.",
    "pattern-signs": (
        "Rests on a sign with a lost reflex or feeling alone: no muscle that it expects weak was found so."
    ),
    "pattern-again": (
        "{pattern.name}, {side}: what was found on {date} was consistent with it. Not tested again since "
        "without pain, which is not gone: {names}."
    ),
    "pattern-painful": "Painful, not counted: {names}.",
    "pattern-upper": (
        "Signs of the spinal cord or the brain, {side}: refer. "
        "The strength is not to be read as a root or a nerve."
    ),
    "next-grade": "{test.name}, {side}: first of all. {sign.name} was positive, which only screens for it.",
    "next-more": "{test.name}, {side}: would tell more about {pattern.name}.",
    "next-test": "{test.name}, {side}: may help to tell apart {patterns}.",
    # what was missing
    "without-pain": "a test without pain",
    "other-side": "the other side",
    "not-counted": "painful, not counted",
    # leg length
    "leg-none": "No leg-length difference beyond the error of the methods used.",
    "leg-functional": (
        "A difference of position more than of bone; look at pelvis, hips and QL before any lift."
    ),
    "leg-structural": "Consistent with a difference of the bones; the {side} leg is the shorter one.",
    "leg-structural-compensated": (
        "Consistent with a difference of the bones that pelvis or foot make up for; {side} shorter by tape."
    ),
    "leg-inconclusive": "The methods do not settle it; repeat, or have a second examiner measure.",
    "leg-apart": (
        "Tape and blocks differ by more than their errors together: measure both again. Part of it may be "
        "made up for when standing, or one of them is misread."
    ),
    "leg-by-one": "{test.name}: the {side} leg is the shorter one.",
    "leg-both-sides": "{test.name}: written under both sides. Which side is it? Measure again.",
    "leg-refer-new": (
        "Refer where it is new, or came with an injury, a joint replacement or a fixed deformity."
    ),
    "size-common": "Within measuring error or of a common size.",
    "size-small": "{size:g} mm: small, usually harmless.",
    "size-mild": "{size:g} mm: mild. Think about it if standing hurts and a block under the foot eases it.",
    "size-likely-to-matter": "{size:g} mm: likely to matter. Confirm by imaging or an orthopaedic opinion.",
    "leg-screening": "Only screening methods are done; they never decide.",
    "leg-one-sided": "{test.name}: the {side} leg is not measured, so nothing can be compared yet.",
    "leg-single": (
        "{test.name}: fewer readings a side than {test.readings}, so the limit is {limit:g} mm, not "
        "{test.error:g}."
    ),
    "leg-repeat": "Two readings differ by {limit:g} mm or more: take a third.",
    "no-lift-none": "No shoe lift: the difference lies within the error of the methods.",
    "no-lift-functional": ("No shoe lift: a difference of position; look at pelvis, hips and feet first."),
    "no-lift-structural-compensated": "No shoe lift now: standing, the pelvis is level.",
    "no-lift-inconclusive": "No shoe lift: the methods do not settle the difference.",
    "no-lift-child": (
        "No shoe lift on trial under {age}: the legs grow. An orthopaedic opinion decides; measure again as "
        "they grow."
    ),
    "no-lift-unmeasured": ("No shoe lift: the leg length was not measured at this visit, by tape or blocks."),
    "lift-evidence": (
        "A shoe lift is a trial for you to weigh: two small trials found less pain with it; NICE advises "
        "against foot orthotics for low back pain and sciatica."
    ),
    "lift-trial": (
        "If tried: begin with {lift.first:g} mm and add {lift.step:g} mm every {lift.weeks_least} to "
        "{lift.weeks_most} weeks while it is comfortable, to some {low} to {high} mm in the end. "
        "Inside the shoe {lift.limit:g} mm at most ({lift.elsewhere}); above that the whole sole."
    ),
    "lift-stop": (
        "The pain may come back when the lift is taken out, and a lift can bring on pain of feet, knees or "
        "other joints. Stop at new foot, knee, hip or back pain of more than {lift.stop_days} days; look "
        "again in {lift.recheck_weeks} weeks."
    ),
    "lift-refer": (
        "Refer instead where the difference is new, or came with an injury, a joint replacement or a fixed "
        "deformity."
    ),
    # changes
    "better": "{then} then, {now} now: better.",
    "worse": "{then} then, {now} now: worse.",
    "same": "{now} both times: the same.",
    "within-noise": "{then} then, {now} now: within measurement noise.",
    "not-comparable": "{then} then, {now} now: not comparable.",
    "change-why": "({why})",
    "another-examiner": "another examiner",
    "another-scale": "another scale",
    "pain-limited": "pain limited the effort",
    "taken-over": "another muscle took over",
    "range-limited": "the range was limited",
    "another-variant": "another lever or position",
    "crosses-line": "crosses the line of full range against gravity",
    "single-reading": "a single reading",
    "no-limit": "no error limit is known for this test",
    "force-error": "the error is known of the knee alone",
    "alarm-by-grade": "the alert goes by the grade itself",
    "alarm-by-all": "the alarm goes by the grades of all examiners",
    "other-leg": "the other leg is the shorter one than before",
    "check-sides": "check the sides",
    "error-as-large": "error alone can be as large",
    "two-examiners-unknown": "how far two examiners differ is not known",
    "repeat-it": "a single answer counts only when it is repeated",
    "once-before": "the answer before was seen only once",
    "angle-not-judged": "the answer is compared, not the angle",
    "flag-then": "{flag} then",
    "flag-now": "{flag} now",
    "flag-both": "{flag} both times",
    "flag-pain": "pain",
    "flag-substitution": "another muscle took over",
    "flag-gives-way": "gave way",
    "flag-range-limited": "range limited",
    "flag-other-cause": "another cause",
    "counts": "{ways}",
    "more-is-better": "more is better",
    "less-is-better": "less is better",
    "negative-is-better": "negative is better",
    "expected-is-better": "nearer to the usual is better",
    "counts-from": "counts from {size}",
    "counts-over": "counts over {size}",
    "possible-from": "possible from {size}",
    "possible-over": "possible over {size}",
    "possible-likely-from": "possible from {size}, likely from {sure}",
    "better-percent": "better needs {percent:g} % too",
    "across-three": "{confidence} across 3",
    "counts-twice": "counts once seen twice",
    "own-error": "by this clinic's own error from {pairs} pairs",
    "published-error": "by the published error",
    # before a follow-up
    "due-action": "No action is written for what was {level} on {date}.",
    "due-again": "To be tested again: {brief}.",
    "due-examination": "Re-examination is due: tested last on {date}.",
    "due-away": "Not seen since {date}.",
    "due-sheet": "The weeks of the sheet ended on {date}.",
    "door-found": "Found {date}: {brief}.",
    "door-found-pattern": "Found {date}: {brief}; consistent with {patterns}.",
    "door-nothing": "Found {date}: nothing weak and nothing positive in what was tested.",
    "door-since": "Since {date} {parts}.",
    "since": "{way}: {moved}",
    "since-more": "{way}: {moved} and {more} more",
    "way-worse": "worse",
    "way-better": "better",
    "way-perhaps-worse": "perhaps worse",
    "way-perhaps-better": "perhaps better",
    "door-given": "Given {date}: {stretches}.",
    "door-given-more": "Given {date}: {stretches} and {more} more.",
    "door-no-sheet": "No sheet was given.",
    "door-home": "At home between visits: most moves were done {times} of {visits} times.",
    "door-today": "Look first at: {brief}.",
    "door-today-nothing": "Nothing stood out: test what the story points to.",
    # the sheet at home
    "not-told": "how it went is not told",
    "told-all": "done as asked",
    "told-most": "more than half done",
    "told-some": "less than half done",
    "told-none": "not done at all",
    "told-harder": "a harder form is wanted",
    "told-easy": "it was easy",
    "told-pain": "it hurt",
    "home-go-on": "{stretch}: consider going on as it is.",
    "home-harder": "{stretch}: a harder form may be tried.",
    "home-easier": "{stretch}: consider an easier form.",
    "home-fewer": "{stretch}: consider fewer times, so that it can be done.",
    "home-stop": "{stretch}: consider stopping it, for it hurt and it went worse since.",
    "home-swap": "{stretch}: consider another one in its place.",
    "home-ask-why": "Not done at all at {visits} visits running: ask why first.",
    # the course
    "slow": ("No score of pain or function is better than on {date}, {weeks} weeks ago."),
    "slow-advice": (
        "Most who get better show it by then: look at the findings again, and consider another opinion or "
        "imaging."
    ),
    "slow-done": (
        "No score of pain or function is better than on {date}, {weeks} weeks ago, although the sheet was "
        "mostly done."
    ),
    "slow-done-advice": "Consider whether it answers what was found, and change it.",
    "worse-running": "Worse in {visits} visits running: {measures}.",
    "worse-running-advice": "Consider why before going on as planned.",
    "crept": "Worse than on {date}, step by step: {measures}: {then}, now {now}.",
    "crept-advice": "Each step lay within error, all together do not: look at the findings again.",
    "relapse": "It was better on {date}, and is worse again: {measures}: {then}, now {now}.",
    "relapse-advice": "Ask what changed since then, and look at the findings again.",
    "better-but-weaker": "Less pain than on {date} ({scores}), yet weaker or less felt: {measures}.",
    "pain-more-since": "More since {date}: {measures}.",
    "better-but-weaker-advice": (
        "Pain that goes while strength or feeling goes may mean a nerve that fails. Test again today; if it "
        "holds, phone a specialist the same day."
    ),
    "goal-reached": "A goal is reached: {goal} ({now} of 10, {want} was aimed at).",
    "goal-reached-advice": "Consider what comes next.",
    "goal": "{goal}: {parts}.",
    "goal-alone": "{goal}.",
    "goal-score": "{values} of 10",
    "goal-score-aim": "{values} of 10, {aim} aimed at",
    "goal-score-only-aim": "{aim} of 10 aimed at",
    "goal-by": "by {by}",
    "goal-measure": "{measure} {values}",
    "goal-measure-aim": "{measure} {values}, {aim} aimed at",
    "goal-measure-only-aim": "{measure}, {aim} aimed at",
    "goal-measured": "{measure}",
    "goal-counted": "counted",
    # the sheet
    "on-last-sheet-told": "on the last sheet",
    "on-last-sheet": "done at home: {done}; on the last sheet",
    "worse-than": "{then} on {date}",
    "default": "fits where nothing speaks against it",
    "withheld-present": "{precaution.id}: {precaution.name}. Not offered.",
    "withheld-tick": "{precaution.id}: {precaution.name}. Only after your tick.",
    "withheld-tick-told": (
        "{precaution.id}: {precaution.name}. Only after your tick. The sheet then says: {told}"
    ),
    "other-form": "in another form, the sheet then says: {told}",
    "withheld-tick-first": (
        "{precaution.id}: {precaution.name}. Only after your tick: "
        "without it the sheet has nothing for the way that drew the pain up."
    ),
    "withheld-tick-told-first": (
        "{precaution.id}: {precaution.name}. Only after your tick: without it the sheet has nothing for "
        "the way that drew the pain up. The sheet then says: {told}"
    ),
    "withheld-gone": (
        "It was on the last sheet and not done at home, and what asked for it is there no more. "
        "Only after your tick."
    ),
    "withheld-taken-back": (
        "{precaution.id}: {precaution.name}. Yes on {then}, no on {date}: too soon for it to have gone. "
        "Only after your tick."
    ),
    "withheld-unasked": "{precaution.id}: not asked. Not asked is not absent.",
    "withheld-story": "Needs the answer first: {story.ask}",
    "withheld-story-shut": "Held back by the answer: {story.ask} {answer}.",
    "withheld-test": "Needs the test first: {test.name}, {side}.",
    "withheld-sign": "Held back: {test.name}, {side} is positive.",
    "withheld-grade": "Held back: {test.name}, {side} is {grade} or less.",
    "withheld-pattern": "Held back: the exam is consistent with {pattern.name}, {side}.",
    "withheld-count": "Held back: {test.name}, {side}: {count}.",
    "withheld-alert": "Held back by an alert: {group.says}",
    "withheld-worse": "It was on the last sheet, and it went worse since. Only after your tick.",
    "withheld-proposed": (
        "It is proposed to take it off the sheet ({home}). Decide on that; else only after your tick."
    ),
    "withheld-stopped": "It is stopped at this visit ({home}). Only after your tick.",
    "withheld-stopped-before": "It was stopped on {date} ({home}). Only after your tick.",
    "withheld-elsewhere": (
        "It is for the back and the legs, and what was found lies elsewhere. Only after your tick."
    ),
    "withheld-worse-way": "It flattens the low back, and bending sends the pain down. Only after your tick.",
    "withheld-source": (
        "It is for the back, which does not hurt, and the source may lie elsewhere. Only after your tick."
    ),
    "withheld-all": "Held back. {precaution.name}.",
}

TOLD: dict[Told, tuple[str, str]] = {
    "worse": ("▼", "worse"),
    "better": ("▲", "better"),
    "not-comparable": ("?", "not comparable"),
    "within-noise": ("≈", "within noise"),
    "same": ("=", "the same"),
}
"""Sign and word of each verdict, in the order in which they are shown."""

QUIET = "Answered yes, by itself no alert: {asks}"
"""What was answered yes and no alert rests on."""

EARLY = "See the patient again within {days} days."
"""Where a precaution that is present asks for an early review."""

TELL_STRENGTH = {
    "weak-possible",
    "weak-marked",
    "count-doubtful",
    "count-possible",
    "count-marked",
    "difference",
    "force-difference",
}
"""The sentences of findings that say how sure the finding is."""
