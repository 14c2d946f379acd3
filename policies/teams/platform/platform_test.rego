package teams.platform_test

import data.teams.platform

_finding(place, operator) := {
	"type": "US_SSN",
	"path": "/messages/0/content",
	"role": "user",
	"place": place,
	"score": 0.9,
	"count": 1,
	"operator": operator,
}

_request(findings, sources) := {
	"direction": "request",
	"principal": {"id": "https://issuer|svc", "onBehalfOf": null, "scopes": ["claude:invoke"]},
	"connection": {"name": "claude"},
	"request": {"model": "claude-sonnet-5-5", "tools": ["Read"], "serverTools": []},
	"findings": findings,
	"uninspectable": sources,
}

_codes := {reason.code | some reason in platform.deny}

_source(action) := {"path": "/messages/0", "role": "user", "kind": "image", "action": action}

test_base_scope_on_a_known_connection_grants if {
	count(platform.allow) == 1 with input as _request([], [])
}

test_no_grant_without_the_scope if {
	caller := object.union(_request([], []), {"principal": {"scopes": ["other"]}})
	count(platform.allow) == 0 with input as caller
}

test_no_grant_on_an_unknown_connection if {
	caller := object.union(_request([], []), {"connection": {"name": "other"}})
	count(platform.allow) == 0 with input as caller
}

test_nothing_found_is_not_denied if {
	count(platform.deny) == 0 with input as _request([], [])
}

test_findings_in_text_and_numbers_are_left_to_masking if {
	findings := [_finding("text", "redact"), _finding("number", "placeholder")]
	count(platform.deny) == 0 with input as _request(findings, [])
}

test_findings_out_of_reach_of_masking_are_denied if {
	codes := {code |
		some place in ["key", "header", "query", "elsewhere"]
		some code in _codes with input as _request([_finding(place, "placeholder")], [])
	}
	codes == {"phi-in-key", "phi-in-header", "phi-in-query", "phi-unmaskable"}
}

test_a_finding_without_place_or_operator_is_denied if {
	_codes == {"phi-unmaskable"} with input as _request([{"type": "US_SSN"}], [])
}

test_a_kept_finding_may_stand_anywhere if {
	count(platform.deny) == 0 with input as _request([_finding("key", "keep")], [])
}

test_uninspectable_content_is_denied_when_the_profile_says_so if {
	_codes == {"uninspectable-content"} with input as _request([], [_source("deny")])
	_codes == {"uninspectable-content"} with input as _request([], [_source("unknown")])
}

test_the_first_source_that_cannot_be_read_is_named if {
	image := {"kind": "image", "path": "/messages/0/content/1", "role": "user", "action": "deny"}
	held := {"kind": "document", "path": "/messages/0/content/0", "role": "user", "action": "withhold"}
	_messages == {"The request holds content that cannot be inspected: image at /messages/0/content/1."} with input as _request([], [held, image])
	_messages == {"The request holds content that cannot be inspected: image at /messages/0/content/1 and 2 more."} with input as _request([], [image, image, image])
	_messages == {"The request holds content that cannot be inspected."} with input as _request([], [{}])
}

_messages := {reason.message | some reason in platform.deny}

test_withheld_and_kept_sources_pass if {
	count(platform.deny) == 0 with input as _request([], [_source("withhold"), _source("keep")])
}

test_answers_are_not_denied if {
	answer := object.union(_request([_finding("key", "placeholder")], [_source("deny")]), {"direction": "response"})
	count(platform.deny) == 0 with input as answer
	count(platform.allow) == 1 with input as answer
}

test_a_missing_direction_counts_as_a_request if {
	facts := object.remove(_request([_finding("key", "placeholder")], []), ["direction"])
	_codes == {"phi-in-key"} with input as facts
}

_at(path, role) := object.union(_finding("text", "placeholder"), {"path": path, "role": role})

test_findings_in_schemas_are_denied[path] if {
	some path, role in {
		"/tools/0/input_schema/*/*": "tools",
		"/output_config/format/schema/*": "metadata",
		"/output_format/schema/*": "metadata",
	}
	_codes == {"phi-in-schema"} with input as _request([_at(path, role)], [])
}

test_findings_in_descriptions_and_inputs_are_left_to_masking if {
	findings := [_at("/tools/0/description", "tools"), _at("/messages/1/content/0/input/*/input_schema", "tool_use")]
	_codes == set() with input as _request(findings, [])
}

test_a_key_of_a_schema_is_told_of_once if {
	finding := object.union(_at("/tools/0/input_schema/*", "tools"), {"place": "key"})
	_codes == {"phi-in-key"} with input as _request([finding], [])
}
