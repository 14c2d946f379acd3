package teams.baa_test

import data.teams.baa

_nothing := {"features": [], "serverTools": [], "mcpServers": [], "betas": []}

_request(asked) := {"direction": "request", "request": object.union(_nothing, asked)}

_denied := {reason.code | some reason in baa.deny}

_demanded := {reason.code | some reason in baa.require_approval}

test_a_plain_request_passes if {
	_denied == set() with input as _request({})
	_demanded == set() with input as _request({})
}

test_what_is_outside_the_agreement_is_denied[name] if {
	some name, asked in {
		"code execution": {"serverTools": ["code_execution_20250825"]},
		"web fetch": {"serverTools": ["web_fetch_20250910"]},
		"computer use": {"serverTools": ["computer_20250124"]},
		"tool search": {"serverTools": ["tool_search_tool_regex_20251119"]},
		"MCP connector": {"mcpServers": ["ehr"]},
		"MCP toolset": {"serverTools": ["mcp_toolset"]},
		"a container": {"features": ["container"]},
		"a thread": {"features": ["thread"]},
		"the files beta": {"betas": ["files-api-2025-04-14"]},
	}
	_denied == {"outside-baa"} with input as _request(asked)
	_demanded == set() with input as _request(asked)
}

test_what_is_covered_passes if {
	asked := {
		"features": ["thinking", "output_config", "cache_control"],
		"serverTools": ["web_search_20250305", "bash_20250124", "text_editor_20250728"],
	}
	_denied == set() with input as _request(asked)
	_demanded == set() with input as _request(asked)
}

test_what_the_agent_sdk_sends_by_default_passes if {
	asked := {
		"features": ["thinking", "context_management", "output_config"],
		"betas": [
			"claude-code-20250219",
			"interleaved-thinking-2025-05-14",
			"context-management-2025-06-27",
			"per-turn-control-2026-07-01",
			"mid-conversation-tool-changes-2026-07-01",
			"thinking-token-count-2026-05-13",
			"advanced-tool-use-2025-11-20",
			"effort-2025-11-24",
			"thinking-display-updates-2026-08-18",
			"structured-outputs-2025-12-15",
		],
	}
	_denied == set() with input as _request(asked)
	_demanded == set() with input as _request(asked)
}

test_what_nobody_has_listed_waits[name] if {
	some name, asked in {
		"a beta": {"betas": ["telepathy-2027-01-01"]},
		"a tool": {"serverTools": ["telepathy_20270101"]},
		"a field": {"features": ["fallbacks"]},
		"a name that was found": {"betas": ["*"]},
		"a name that begins like a listed one": {"betas": ["effortless-2027-01-01"]},
	}
	_denied == set() with input as _request(asked)
	_demanded == {"unlisted-feature"} with input as _request(asked)
}

test_without_lists_everything_waits if {
	_demanded == {"unlisted-feature"} with input as _request({"features": ["thinking"]})
		with data.gateway_config.features as {}
}

test_answers_are_not_asked_about if {
	answer := object.union(_request({"features": ["thread"], "betas": ["x"]}), {"direction": "response"})
	_denied == set() with input as answer
	_demanded == set() with input as answer
}
