# METADATA
# title: After hours
# description: >-
#   Service accounts work at any hour; a person outside of 06:00 to 22:00 UTC needs the consent of
#   the officer on duty. A policy has no clock: the time is a fact, so the decision can be repeated.
# custom:
#   code: [after-hours]
package cookbook.after_hours

require_approval contains {
	"code": "after-hours",
	"message": "At this hour a request needs the consent of the officer on duty.",
	"approval": {"groups": ["officers-on-duty"], "min": 1, "scope": "session", "ttlSeconds": 3600},
} if {
	not _answer
	not _machine
	not _open
}

_answer if input.direction == "response"

_machine if input.principal.kind == "service_account"

# RFC 3339, UTC: the hour stands at characters 11 and 12.
_open if {
	hour := to_number(substring(input.now, 11, 2))
	hour >= 6
	hour < 22
}
