package cookbook.on_behalf_test

import data.cookbook.on_behalf

_caller(id, kind, person) := {
	"direction": "request",
	"principal": {"id": id, "kind": kind, "onBehalfOf": person},
}

test_people_and_those_who_act_for_them_pass if {
	count(on_behalf.deny) == 0 with input as _caller("https://issuer|ada", "person", null)
	count(on_behalf.deny) == 0 with input as _caller("https://issuer|app", "service_account", "https://issuer|ada")
}

test_listed_jobs_pass if {
	id := "https://login.example.org/realms/hospital|nightly-coding"
	count(on_behalf.deny) == 0 with input as _caller(id, "service_account", null)
}

test_an_application_alone_is_denied if {
	count(on_behalf.deny) == 1 with input as _caller("https://issuer|app", "service_account", null)
}

test_answers_pass if {
	answer := object.union(_caller("https://issuer|app", "service_account", null), {"direction": "response"})
	count(on_behalf.deny) == 0 with input as answer
}
