# METADATA
# title: Models by group
# description: >-
#   Everybody may use the small model; the others belong to groups. A model that is not listed
#   belongs to nobody.
# custom:
#   code: [model-not-cleared]
package cookbook.per_model

deny contains {
	"code": "model-not-cleared",
	"message": "This model is not cleared for the groups of the caller.",
} if {
	not _answer
	not _cleared
	not _without_model
}

_answer if input.direction == "response"

_everybody := {"claude-haiku-5-5"}

_by_group := {
	"research": {"claude-opus-5-5", "claude-sonnet-5-5"},
	"triage": {"claude-sonnet-5-5"},
}

_cleared if input.request.model in _everybody

_cleared if {
	some group in input.principal.groups
	input.request.model in _by_group[group]
}

# Lists of models name none.
_without_model if input.request.operation in {"models.list", "models.get"}
