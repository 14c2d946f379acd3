# METADATA
# title: Research
# description: >-
#   A caller whose purpose is research works on a connection that is set aside for it, as a member
#   of a study whose board has agreed, and never streams whole charts (45 CFR 164.512(i)).
# custom:
#   code: [research-elsewhere, research-without-study, research-in-bulk]
package cookbook.research

deny contains {
	"code": "research-elsewhere",
	"message": "Research has a connection of its own.",
} if {
	_research
	not _set_aside
}

deny contains {
	"code": "research-without-study",
	"message": "The caller is a member of no study that the review board knows.",
} if {
	_research
	not _in_a_study
}

deny contains {
	"code": "research-in-bulk",
	"message": "A research request may hold 200000 characters.",
} if {
	_research
	not _short
}

_research if {
	input.direction == "request"
	input.principal.purpose == "HRESCH"
}

_set_aside if input.connection.labels.use == "research"

_in_a_study if {
	some group in input.principal.groups
	startswith(group, "study-")
}

_short if input.request.characters <= 200000
