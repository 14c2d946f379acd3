package cookbook.uncertain_findings_test

import data.cookbook.uncertain_findings

_found(score, count) := {
	"direction": "request",
	"findings": [{"type": "PERSON", "score": score, "count": count}, {"type": "US_SSN", "score": 0.99, "count": 50}],
}

test_certain_findings_pass if {
	count(uncertain_findings.require_approval) == 0 with input as _found(0.9, 100)
}

test_some_doubt_passes_and_much_waits if {
	count(uncertain_findings.require_approval) == 0 with input as _found(0.5, 20)
	count(uncertain_findings.require_approval) == 1 with input as _found(0.5, 21)
}

test_answers_pass if {
	answer := object.union(_found(0.5, 21), {"direction": "response"})
	count(uncertain_findings.require_approval) == 0 with input as answer
}
