# METADATA
# title: Break glass
# description: >-
#   In an emergency a clinician of the emergency department may ask about any patient at any hour:
#   with a reason that is written down, one consent, for a quarter of an hour (45 CFR
#   164.312(a)(2)(ii)).
# custom:
#   code: [break-glass]
package cookbook.break_glass

require_approval contains {
	"code": "break-glass",
	"message": "Emergency access: say why, it is recorded and looked at afterwards.",
	"approval": {
		"groups": ["emergency-leads", "privacy-officers"],
		"min": 1,
		"scope": "session",
		"ttlSeconds": 900,
		"reasonFrom": ["requester", "reviewer"],
		"breakGlass": true,
	},
} if {
	input.direction == "request"
	input.principal.purpose == "BTG"
	not _routine
}

# Without an identifier there is nothing to break.
_routine if input.masking.fields == 0
