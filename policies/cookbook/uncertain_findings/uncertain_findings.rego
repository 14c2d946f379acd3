# METADATA
# title: Doubt goes to a person
# description: >-
#   Masks that rest on weak evidence may be wrong in both directions. A request in which they are
#   many waits for a person who looks at it.
# custom:
#   code: [uncertain-findings]
package cookbook.uncertain_findings

require_approval contains {
	"code": "uncertain-findings",
	"message": "Much of what would be masked is uncertain: somebody should look.",
	"approval": {"groups": ["privacy-officers"], "min": 1, "scope": "exchange", "ttlSeconds": 3600},
} if {
	not _answer
	not _mostly_certain
}

_answer if input.direction == "response"

_mostly_certain if {
	doubtful := sum([finding.count | some finding in input.findings; finding.score < 0.6])
	doubtful <= 20
}
