# METADATA
# title: Code
# description: >-
#   For work on source code and logs, which are full of names, dates and addresses that are nobody's.
#   Numbers are masked where a check or a label confirms them, people where a label, a configured
#   field or the list of known people names them; a guess masks nothing. It is not for charts.
package profiles.code

import data.profiles.safe_harbor

# METADATA
# title: The profile for this direction
# description: Null for a direction that is neither request nor response.
default profile := null

profile := object.union(safe_harbor.profile, object.union(_request, {"roles": _everywhere})) if {
	input.direction == "request"
}

profile := object.union(safe_harbor.profile, {"name": "code"}) if input.direction == "response"

_request := {
	"name": "code",
	"recall": "lenient",
	"entities": {
		"DATE": "keep",
		"AGE_OVER_89": "keep",
		"LOCATION": "keep",
		"FACILITY": "keep",
		"URL": "keep",
		"IP": "keep",
	},
}

_everywhere := {role: _confirmed |
	some role in ["system", "tools", "user", "assistant", "tool_use", "tool_result", "metadata", "header"]
}

_confirmed := {
	"PERSON": "labelled",
	"EMAIL": "labelled",
	"PHONE": "labelled",
	"FAX": "labelled",
	"US_SSN": "cued",
	"MEDICAL_RECORD_NUMBER": "cued",
	"HEALTH_PLAN_ID": "cued",
	"ACCOUNT": "cued",
	"LICENSE": "cued",
	"VEHICLE": "cued",
	"DEVICE": "cued",
	"OTHER_ID": "cued",
}
