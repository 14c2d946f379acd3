package cookbook.minors_test

import data.cookbook.minors

_says(name, granted) := {
	"direction": "request",
	"connection": {"labels": {"baa": true}},
	"signals": [{"name": name, "message": "hmac:00", "granted": granted}],
}

test_a_minor_waits_for_two if {
	demands := minors.require_approval with input as _says("minor-patient", false)
	{demand.approval.min | some demand in demands} == {2}
}

test_granted_and_other_signals_pass if {
	count(minors.require_approval) == 0 with input as _says("minor-patient", true)
	count(minors.require_approval) == 0 with input as _says("other", false)
}

test_paediatrics_needs_no_consent if {
	facts := object.union(_says("minor-patient", false), {"connection": {"labels": {"department": "paediatrics"}}})
	count(minors.require_approval) == 0 with input as facts
}
