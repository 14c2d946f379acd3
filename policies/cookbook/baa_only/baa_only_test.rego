package cookbook.baa_only_test

import data.cookbook.baa_only

_facts(baa, fields) := {
	"direction": "request",
	"connection": {"labels": {"baa": baa}},
	"masking": {"fields": fields},
	"uninspectable": [],
}

test_under_an_agreement_masks_are_enough if {
	count(baa_only.deny) == 0 with input as _facts(true, 3)
}

test_without_one_only_clean_requests_pass if {
	count(baa_only.deny) == 0 with input as _facts(false, 0)
	count(baa_only.deny) == 1 with input as _facts(false, 1)
}

test_without_one_nothing_unreadable_passes if {
	source := {"path": "/messages/0", "role": "user", "kind": "image", "action": "withhold"}
	facts := object.union(_facts(false, 0), {"uninspectable": [source]})
	count(baa_only.deny) == 1 with input as facts
}

test_answers_pass if {
	answer := object.union(_facts(false, 1), {"direction": "response"})
	count(baa_only.deny) == 0 with input as answer
}
