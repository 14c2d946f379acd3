package gateway_test

import data.gateway

_grant := {"code": "granted", "message": "granted"}

_refusal := {"code": "refused", "message": "refused"}

_officers := {"groups": ["officers"], "min": 1, "scope": "session", "ttlSeconds": 60}

_demand := {"code": "ask-first", "message": "ask first", "approval": _officers}

_facts(fields, sources) := {"masking": {"fields": fields}, "uninspectable": sources}

_malformed_reason(team) := {
	"code": "malformed-rule",
	"message": "A rule of this team does not give a reason with a code and a message.",
	"rule": $"teams/{team}",
}

test_nothing_grants if {
	decision := gateway.decision with input as _facts(0, []) with data.teams as {"a": {"allow": set()}}
	decision.outcome == "deny"
	decision.reasons == [{"code": "no-grant", "message": "No rule grants this exchange.", "rule": "gateway"}]
	decision.approval == []
}

test_a_demand_grants_nothing if {
	decision := gateway.decision with input as _facts(0, []) with data.teams as {"a": {"require_approval": {_demand}}}
	decision.outcome == "deny"
	decision.reasons[0].code == "no-grant"
}

test_grant_without_masking_is_allow if {
	decision := gateway.decision with input as _facts(0, []) with data.teams as {"a": {"allow": {_grant}}}
	decision == {"outcome": "allow", "reasons": [], "approval": []}
}

test_grant_with_masking_is_mask if {
	decision := gateway.decision with input as _facts(2, []) with data.teams as {"a": {"allow": {_grant}}}
	decision == {"outcome": "mask", "reasons": [], "approval": []}
}

test_a_withheld_source_is_mask if {
	sources := [{"path": "/messages/0", "role": "tool_result", "kind": "image", "action": "withhold"}]
	decision := gateway.decision with input as _facts(0, sources) with data.teams as {"a": {"allow": {_grant}}}
	decision.outcome == "mask"
}

test_missing_masking_facts_are_mask if {
	gateway.decision.outcome == "mask" with input as {} with data.teams as {"a": {"allow": {_grant}}}
}

test_demand_goes_before_mask if {
	decision := gateway.decision with input as _facts(2, []) with data.teams as {
		"a": {"allow": {_grant}},
		"b": {"require_approval": {_demand}},
	}
	decision.outcome == "require-approval"
	decision.reasons == [{"code": "ask-first", "message": "ask first", "rule": "teams/b"}]
	decision.approval == [_officers]
}

test_deny_goes_before_everything if {
	decision := gateway.decision with input as _facts(2, []) with data.teams as {
		"a": {"allow": {_grant}, "deny": {_refusal}},
		"b": {"require_approval": {_demand}, "deny": {_refusal}},
	}
	decision.outcome == "deny"
	decision.approval == []
	{reason.rule | some reason in decision.reasons} == {"teams/a", "teams/b"}
}

test_boolean_deny_is_a_deny if {
	decision := gateway.decision with input as _facts(0, []) with data.teams as {
		"a": {"allow": {_grant}},
		"b": {"deny": true},
	}
	decision.outcome == "deny"
	decision.reasons == [_malformed_reason("b")]
}

test_boolean_demand_is_a_deny if {
	decision := gateway.decision with input as _facts(0, []) with data.teams as {
		"a": {"allow": {_grant}},
		"b": {"require_approval": true},
	}
	decision.outcome == "deny"
	decision.reasons == [_malformed_reason("b")]
}

test_demand_without_obligation_is_a_deny if {
	decision := gateway.decision with input as _facts(0, []) with data.teams as {
		"a": {"allow": {_grant}},
		"b": {"require_approval": {_demand, _refusal}},
	}
	decision.outcome == "deny"
	decision.reasons == [_malformed_reason("b")]
}

test_deny_without_a_message_is_a_deny if {
	decision := gateway.decision with input as _facts(0, []) with data.teams as {
		"a": {"allow": {_grant}},
		"b": {"deny": {"just a text"}},
	}
	decision.outcome == "deny"
	decision.reasons[0].code == "malformed-rule"
}

_teams := {"a": {"allow": {_grant}}, "b": {"require_approval": {_demand}, "deny": {_refusal}}}

test_rule_in_shadow_is_not_enforced if {
	decision := gateway.decision with input as _facts(0, []) with data.teams as _teams
		with data.gateway_config.shadow as [{"team": "b", "code": "refused"}]
	decision.outcome == "require-approval"
}

test_rule_in_shadow_of_another_team_or_code_is_enforced if {
	every rule in [{"team": "a", "code": "refused"}, {"team": "b", "code": "ask-first"}] {
		decision := gateway.decision with input as _facts(0, []) with data.teams as _teams
			with data.gateway_config.shadow as [rule]
		decision.outcome == "deny"
	}
}

test_grant_in_shadow_does_not_grant if {
	decision := gateway.decision with input as _facts(0, []) with data.teams as _teams
		with data.gateway_config.shadow as [
			{"team": "a", "code": "granted"},
			{"team": "b", "code": "refused"},
			{"team": "b", "code": "ask-first"},
		]
	decision.outcome == "deny"
	decision.reasons[0].code == "no-grant"
}

test_rules_in_shadow_are_enforced_when_asked_what_would_be if {
	facts := object.union(_facts(0, []), {"shadowEnforced": true})
	decision := gateway.decision with input as facts with data.teams as _teams
		with data.gateway_config.shadow as [{"team": "b", "code": "refused"}]
	decision.outcome == "deny"
}
