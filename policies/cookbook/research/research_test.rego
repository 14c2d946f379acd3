package cookbook.research_test

import data.cookbook.research

_sound := {
	"direction": "request",
	"principal": {"purpose": "HRESCH", "groups": ["study-0417"]},
	"connection": {"labels": {"baa": true, "use": "research"}},
	"request": {"characters": 1000},
}

_codes := {reason.code | some reason in research.deny}

test_a_study_on_its_connection_passes if {
	_codes == set() with input as _sound
}

test_each_condition_counts[code] if {
	some code, change in {
		"research-elsewhere": {"connection": {"labels": {"use": "care"}}},
		"research-without-study": {"principal": {"groups": ["staff"]}},
		"research-in-bulk": {"request": {"characters": 200001}},
	}
	_codes == {code} with input as object.union(_sound, change)
}

test_what_is_missing_denies if {
	_codes == {"research-elsewhere", "research-without-study", "research-in-bulk"} with input as {
		"direction": "request",
		"principal": {"purpose": "HRESCH"},
	}
}

test_others_pass if {
	_codes == set() with input as object.union(_sound, {"principal": {"purpose": "TREAT"}, "connection": {"labels": {"use": "care"}}})
}
