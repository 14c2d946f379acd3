package teams.privacy_test

_small := {"patients": 2, "bulk_characters": 100, "bulk_identifiers": 3}

_limits_of_ours := {"default": _small, "connections": {"wide": {"patients": 9}}}

_extent(connection, facts) := object.union(_request(connection, 0, false), facts)

_many := {
	"patients": 3,
	"totals": {"PERSON": 2, "US_SSN": 2},
	"request": {"characters": 101},
}

test_more_than_the_limits_waits_for_an_officer if {
	_demanded == {"several-patients", "bulk-text", "bulk-identifiers"} with input as _extent("claude", _many)
		with data.gateway_config.limits as _limits_of_ours
}

test_as_much_as_the_limits_does_not_wait if {
	facts := {"patients": 2, "totals": {"PERSON": 3}, "request": {"characters": 100}}
	_demanded == set() with input as _extent("claude", facts)
		with data.gateway_config.limits as _limits_of_ours
}

test_a_connection_may_have_limits_of_its_own if {
	_demanded == {"bulk-text", "bulk-identifiers"} with input as _extent("wide", _many)
		with data.gateway_config.limits as _limits_of_ours
}

test_without_limits_everything_waits if {
	_demanded == {"several-patients", "bulk-text", "bulk-identifiers"} with input as _extent("claude", {})
		with data.gateway_config.limits as {}
}

test_answers_are_of_any_extent if {
	answer := _extent("claude", object.union(_many, {"direction": "response"}))
	_demanded == set() with input as answer with data.gateway_config.limits as _limits_of_ours
}
