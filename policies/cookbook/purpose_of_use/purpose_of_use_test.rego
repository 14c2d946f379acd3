package cookbook.purpose_of_use_test

import data.cookbook.purpose_of_use

_from(purpose) := {"direction": "request", "principal": {"purpose": purpose}}

test_treatment_passes if {
	count(purpose_of_use.deny) == 0 with input as _from("TREAT")
}

test_other_purposes_and_none_are_denied if {
	every purpose in ["HMARKT", null] {
		count(purpose_of_use.deny) == 1 with input as _from(purpose)
	}
	count(purpose_of_use.deny) == 1 with input as {"direction": "request"}
}

test_answers_pass if {
	count(purpose_of_use.deny) == 0 with input as object.union(_from(null), {"direction": "response"})
}
