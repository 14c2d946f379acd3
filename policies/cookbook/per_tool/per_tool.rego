# METADATA
# title: Tools that write
# description: >-
#   A tool that changes the health record may be offered to Claude only on behalf of a person, and
#   with the consent of somebody who is responsible for the record.
# custom:
#   code: [writing-tool-without-person, writing-tool]
package cookbook.per_tool

_writes := {"ehr_write", "ehr_order", "ehr_sign"}

deny contains {
	"code": "writing-tool-without-person",
	"message": "A tool that changes the record needs a person on whose behalf it is used.",
} if {
	_offered
	not _for_a_person
}

require_approval contains {
	"code": "writing-tool",
	"message": "A tool that changes the record needs consent.",
	"approval": {"groups": ["record-owners"], "min": 1, "scope": "session", "ttlSeconds": 1800},
} if {
	_offered
	_for_a_person
}

_offered if {
	not _answer
	some tool in input.request.tools
	tool in _writes
}

_answer if input.direction == "response"

_for_a_person if input.principal.kind == "person"

_for_a_person if is_string(input.principal.onBehalfOf)
