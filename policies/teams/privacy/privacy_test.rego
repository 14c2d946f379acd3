package teams.privacy_test

import data.teams.privacy

_request(connection, fields, accepted) := {
	"direction": "request",
	"connection": {"name": connection},
	"request": {"acceptMasked": accepted, "characters": 10},
	"signals": [],
	"patients": 1,
	"totals": {},
	"masking": {"fields": fields},
	"uninspectable": [],
}

_withheld := [{"path": "/messages/0", "role": "tool_result", "kind": "image", "action": "withhold"}]

_refused if {
	{reason.code | some reason in privacy.deny} == {"phi-refused"}
}

test_strict_connection_refuses_what_needs_masking if {
	_refused with input as _request("claude-strict", 1, false)
}

test_strict_connection_refuses_what_is_withheld if {
	_refused with input as object.union(_request("claude-strict", 0, false), {"uninspectable": _withheld})
}

test_strict_connection_passes_what_is_accepted if {
	count(privacy.deny) == 0 with input as _request("claude-strict", 1, true)
}

test_strict_connection_passes_what_needs_no_masking if {
	count(privacy.deny) == 0 with input as _request("claude-strict", 0, false)
}

test_other_connections_mask if {
	count(privacy.deny) == 0 with input as _request("claude", 1, false)
}

test_answers_are_not_refused if {
	answer := object.union(_request("claude-strict", 1, false), {"direction": "response"})
	count(privacy.deny) == 0 with input as answer
}

test_missing_list_of_strict_connections_refuses if {
	_refused with input as _request("claude", 1, false) with data.gateway_config as {}
}

test_connection_with_the_profile_strict_refuses if {
	_refused with input as _request("other", 1, false)
		with data.gateway_config.profiles as {"other": "strict"}
}

test_default_profile_strict_refuses if {
	_refused with input as _request("other", 1, false)
		with data.gateway_config.default_profile as "strict"
}

test_missing_facts_refuse if {
	_refused with input as {"connection": {"name": "claude-strict"}}
}
