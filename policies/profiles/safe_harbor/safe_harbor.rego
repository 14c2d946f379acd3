# METADATA
# title: Safe Harbor
# description: >-
#   Removes the identifiers of 45 CFR 164.514(b)(2)(i) as they are detected: every type is masked that
#   is not named here, so that a new type is masked before anybody thinks of it. In an answer only what
#   was validated or labelled is removed, and who is listed; a guess there says little about a patient.
package profiles.safe_harbor

import data.gateway_config

# METADATA
# title: The profile for this direction
# description: Null for a direction that is neither request nor response.
default profile := null

profile := object.union(_common, _request) if input.direction == "request"

profile := object.union(_common, _response) if input.direction == "response"

_common := {
	"name": "safe-harbor",
	"default": "placeholder",
	"keepList": [entry.term | some entry in gateway_config.keep_list],
	"recognizers": object.get(gateway_config, "recognizers", {}),
	"minScore": 0.4,
	"recall": "balanced",
	"restore": {
		"text": true,
		"citations": true,
		"tools": ["Read", "Write", "Edit", "Grep", "Glob", "ehr_*"],
	},
	"offerSanitized": true,
}

_request := {
	"entities": {
		"PERSON": "placeholder",
		"US_SSN": "redact",
	},
	"fields": gateway_config.fields,
	"roles": {
		"system": _scaffolding,
		"tools": _scaffolding,
		"tool_result": {
			"DATE": "labelled",
			"URL": "labelled",
			"IP": "labelled",
		},
	},
	"uninspectable": {
		"tool_result": "withhold",
		"user": "deny",
	},
}

# System prompts and tool descriptions are written by programmers: bare dates, addresses of hosts
# and product names there are not a patient's.
_scaffolding := {
	"DATE": "labelled",
	"URL": "keep",
	"IP": "keep",
	"LOCATION": "cued",
	"FACILITY": "cued",
	"PERSON": "cued",
}

_response := {
	"entities": {
		"PERSON": "placeholder",
		"DATE": "placeholder",
		"LOCATION": "placeholder",
		"FACILITY": "keep",
		"AGE_OVER_89": "keep",
		"URL": "keep",
		"IP": "keep",
		"PHONE": "placeholder",
		"FAX": "placeholder",
		"EMAIL": "placeholder",
		"US_SSN": "placeholder",
		"MEDICAL_RECORD_NUMBER": "placeholder",
		"HEALTH_PLAN_ID": "placeholder",
		"ACCOUNT": "placeholder",
	},
	# Names, dates and places that Claude writes are guesses, unless they are those of a known person.
	"roles": {role: _known_people | some role in ["assistant", "tool_use", "tool_result"]},
	# What Claude itself made goes to a caller who may see the patient's data.
	"uninspectable": {
		"assistant": "keep",
		"tool_use": "keep",
		"tool_result": "keep",
	},
}

_known_people := {
	"PERSON": "listed",
	"DATE": "listed",
	"LOCATION": "listed",
}
