package profiles.observe_test

import data.profiles.observe

_entries := [{"connection": "trial", "reason": "a week of counting", "expires": "2030-01-01"}]

_caller(name, labels) := {"direction": "request", "connection": {"name": name, "labels": labels}}

test_an_observed_connection_keeps_everything if {
	profile := observe.profile with input as _caller("trial", {"baa": true})
		with data.gateway_config.observed_connections as _entries
	profile.name == "observe"
	profile.default == "keep"
	profile.entities == {}
	not profile.offerSanitized
	{action | some action in profile.uninspectable} == {"keep"}
}

test_no_profile_without_the_agreement if {
	every labels in [{"baa": false}, {"baa": "true"}, {}] {
		observe.profile == null with input as _caller("trial", labels)
			with data.gateway_config.observed_connections as _entries
	}
}

test_no_profile_for_a_connection_that_is_not_listed if {
	observe.profile == null with input as _caller("claude", {"baa": true})
		with data.gateway_config.observed_connections as _entries
}

test_nothing_is_observed_as_shipped if {
	observe.profile == null with input as _caller("claude", {"baa": true})
}
