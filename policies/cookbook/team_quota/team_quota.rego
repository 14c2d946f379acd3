# METADATA
# title: Quota of a team
# description: >-
#   A caller has the tokens of the day of the largest team that it belongs to; a caller without a
#   team has few. The hard limits are in phigate.yaml; this one can ask for consent instead.
# custom:
#   code: [over-quota, far-over-quota]
package cookbook.team_quota

_tokens := {"radiology": 3000000, "billing": 500000}

require_approval contains {
	"code": "over-quota",
	"message": "The tokens of the team for this day are used up.",
	"approval": {"groups": ["team-leads"], "min": 1, "scope": "session", "ttlSeconds": 14400},
} if {
	not _answer
	not _within(1)
}

deny contains {
	"code": "far-over-quota",
	"message": "Twice the tokens of the team for this day are used up.",
} if {
	not _answer
	not _within(2)
}

_answer if input.direction == "response"

_within(times) if input.usage.tokensToday < times * _quota

_quota := max({100000} | {_tokens[group] | some group in input.principal.groups})
