package teams.privacy_test

import data.teams.privacy

_officers := {"groups": ["privacy-officers"], "min": 1, "scope": "session", "ttlSeconds": 3600}

_signal(name, granted) := {"name": name, "message": "hmac:00", "granted": granted}

_with_signals(signals) := object.union(_request("claude", 0, false), {"signals": signals})

_demanded := {demand.code | some demand in privacy.require_approval}

test_open_signal_waits_for_an_officer[name] if {
	some name in ["full-chart-summary", "whole-record-export"]
	demands := privacy.require_approval with input as _with_signals([_signal(name, false)])
	{demand.code | some demand in demands} == {name}
	{demand.approval | some demand in demands} == {_officers}
}

test_granted_signal_does_not_wait if {
	signals := [_signal("full-chart-summary", true), _signal("whole-record-export", true)]
	count(privacy.require_approval) == 0 with input as _with_signals(signals)
}

test_one_open_signal_among_granted_ones_waits if {
	signals := [_signal("full-chart-summary", true), _signal("full-chart-summary", false)]
	_demanded == {"full-chart-summary"} with input as _with_signals(signals)
}

test_a_signal_stays_open_when_others_follow if {
	signals := [_signal("whole-record-export", false), _signal("whole-record-export", true)]
	_demanded == {"whole-record-export"} with input as _with_signals(signals)
}

test_a_signal_that_does_not_say_whether_it_was_granted_is_open if {
	_demanded == {"full-chart-summary"} with input as _with_signals([{"name": "full-chart-summary"}])
}

test_a_granted_signal_does_not_grant_another if {
	signals := [_signal("full-chart-summary", true), _signal("whole-record-export", false)]
	_demanded == {"whole-record-export"} with input as _with_signals(signals)
}

test_other_signals_do_not_wait if {
	count(privacy.require_approval) == 0 with input as _with_signals([_signal("other", false)])
}

test_answers_do_not_wait if {
	answer := object.union(_with_signals([_signal("full-chart-summary", false)]), {"direction": "response"})
	count(privacy.require_approval) == 0 with input as answer
}
