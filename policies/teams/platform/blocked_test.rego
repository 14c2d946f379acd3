package teams.platform_test

_lists := {
	"principals": [{"id": "https://issuer|thief", "reason": "its token was seen elsewhere"}],
	"models": [{"name": "claude-old-*", "reason": "retired"}],
	"tools": [{"name": "ehr_export", "reason": "exports"}, {"name": "web_*", "reason": "leaves the house"}],
}

_from(changes) := object.union(_request([], []), changes)

test_listed_callers_models_and_tools_are_denied[code] if {
	some code, changes in {
		"blocked-principal": {"principal": {"id": "https://issuer|thief"}},
		"blocked-model": {"request": {"model": "claude-old-1"}},
		"blocked-tool": {"request": {"tools": ["Read", "ehr_export"]}},
	}
	_codes == {code} with input as _from(changes) with data.gateway_config.block_lists as _lists
}

test_who_acts_for_a_blocked_person_is_denied if {
	_codes == {"blocked-principal"} with input as _from({"principal": {"onBehalfOf": "https://issuer|thief"}})
		with data.gateway_config.block_lists as _lists
}

test_server_tools_are_blocked_by_type if {
	_codes == {"blocked-tool"} with input as _from({"request": {"serverTools": ["web_search_20250305"]}})
		with data.gateway_config.block_lists as _lists
}

test_others_pass if {
	_codes == set() with input as _from({"request": {"model": "claude-older"}})
		with data.gateway_config.block_lists as _lists
}

test_a_list_that_is_missing_blocks_everybody[name] if {
	some name in ["principals", "models", "tools"]
	_codes == {"blocked-principal", "blocked-model", "blocked-tool"} with input as _from({})
		with data.gateway_config.block_lists as object.remove(_lists, [name])
}

test_answers_of_blocked_models_pass if {
	answer := _from({"direction": "response", "request": {"model": "claude-old-1"}})
	_codes == set() with input as answer with data.gateway_config.block_lists as _lists
}
