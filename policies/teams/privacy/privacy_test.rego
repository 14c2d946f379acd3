package teams.privacy_test

import data.teams.privacy

_request(connection, fields, accepted) := {
	"direction": "request",
	"connection": {"name": connection},
	"request": {"acceptMasked": accepted},
	"signals": [],
	"masking": {"fields": fields},
	"uninspectable": [],
}

_signal(name, granted) := {"name": name, "message": "hmac:00", "granted": granted}

_with_signals(signals) := object.union(_request("claude", 0, false), {"signals": signals})

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

test_missing_facts_refuse if {
	_refused with input as {"connection": {"name": "claude-strict"}}
}

test_open_signal_waits_for_an_officer if {
	demands := privacy.require_approval with input as _with_signals([_signal("full-chart-summary", false)])
	count(demands) == 1
	some demand in demands
	demand.code == "full-chart-summary"
	demand.approval == {"groups": ["privacy-officers"], "min": 1, "scope": "session", "ttlSeconds": 3600}
}

test_granted_signal_does_not_wait if {
	count(privacy.require_approval) == 0 with input as _with_signals([_signal("full-chart-summary", true)])
}

test_one_open_signal_among_granted_ones_waits if {
	signals := [_signal("full-chart-summary", true), _signal("full-chart-summary", false)]
	count(privacy.require_approval) == 1 with input as _with_signals(signals)
}

test_other_signals_do_not_wait if {
	count(privacy.require_approval) == 0 with input as _with_signals([_signal("other", false)])
}

test_answers_do_not_wait if {
	answer := object.union(_with_signals([_signal("full-chart-summary", false)]), {"direction": "response"})
	count(privacy.require_approval) == 0 with input as answer
}
