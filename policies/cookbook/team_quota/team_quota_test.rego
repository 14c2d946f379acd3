package cookbook.team_quota_test

import data.cookbook.team_quota

_used(tokens, groups) := {
	"direction": "request",
	"usage": {"tokensToday": tokens, "requestsLastMinute": 1},
	"principal": {"groups": groups},
}

test_within_the_quota_passes if {
	count(team_quota.require_approval) == 0 with input as _used(499999, ["billing"])
	count(team_quota.require_approval) == 0 with input as _used(99999, [])
}

test_above_it_waits if {
	count(team_quota.require_approval) == 1 with input as _used(500000, ["billing", "visitors"])
	count(team_quota.deny) == 0 with input as _used(500000, ["billing"])
}

test_far_above_it_is_denied if {
	count(team_quota.deny) == 1 with input as _used(1000000, ["billing"])
	count(team_quota.deny) == 1 with input as _used(200000, [])
}

test_answers_pass if {
	answer := object.union(_used(1000000, []), {"direction": "response"})
	count(team_quota.deny) == 0 with input as answer
	count(team_quota.require_approval) == 0 with input as answer
}
