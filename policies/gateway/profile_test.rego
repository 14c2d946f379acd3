package gateway_test

import data.gateway

_caller(connection, direction) := {
	"version": 1,
	"principal": {
		"id": "https://issuer|svc",
		"kind": "service_account",
		"scopes": ["claude:invoke"],
		"groups": [],
		"onBehalfOf": null,
		"purpose": null,
		"claims": {},
	},
	"connection": {"name": connection, "labels": {"baa": true}},
	"direction": direction,
}

test_connection_picks_its_profile if {
	gateway.profile.name == "safe-harbor" with input as _caller("claude", "request")
	gateway.profile.name == "strict" with input as _caller("claude-strict", "request")
}

test_unlisted_connection_gets_the_default_profile if {
	gateway.profile.name == "safe-harbor" with input as _caller("other", "request")
}

test_no_profile_for_an_unknown_name if {
	gateway.profile == null with input as _caller("claude", "request")
		with data.gateway_config.profiles as {"claude": "missing"}
}

test_no_profile_for_an_unknown_direction if {
	gateway.profile == null with input as _caller("claude", "sideways")
}

test_no_profile_without_input if {
	gateway.profile == null with input as {}
}
