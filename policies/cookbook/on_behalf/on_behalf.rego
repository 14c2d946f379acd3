# METADATA
# title: Applications act for people
# description: >-
#   An application may call only for a person, so that every request has a name; batch jobs are
#   listed by theirs.
# custom:
#   code: [nobody-on-whose-behalf]
package cookbook.on_behalf

_jobs := {"https://login.example.org/realms/hospital|nightly-coding"}

deny contains {
	"code": "nobody-on-whose-behalf",
	"message": "An application calls for a person: send that person's token along.",
} if {
	not _answer
	not _for_somebody
}

_answer if input.direction == "response"

_for_somebody if input.principal.kind == "person"

_for_somebody if is_string(input.principal.onBehalfOf)

_for_somebody if input.principal.id in _jobs
