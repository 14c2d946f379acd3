package cookbook.several_patients_test

import data.cookbook.several_patients

_about(patients, groups) := {"direction": "request", "patients": patients, "principal": {"groups": groups}}

test_one_patient_passes if {
	count(several_patients.deny) == 0 with input as _about(1, [])
	count(several_patients.deny) == 1 with input as _about(2, [])
}

test_groups_may_ask_about_more if {
	count(several_patients.deny) == 0 with input as _about(12, ["wards"])
	count(several_patients.deny) == 1 with input as _about(13, ["wards", "others"])
	count(several_patients.deny) == 0 with input as _about(13, ["wards", "managers"])
}

test_answers_pass if {
	answer := object.union(_about(9, []), {"direction": "response"})
	count(several_patients.deny) == 0 with input as answer
}
