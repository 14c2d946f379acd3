# METADATA
# title: Privacy team
# description: Where masking is not enough, and which requests wait for a named person.
# custom:
#   code: [phi-refused, full-chart-summary]
package teams.privacy

import data.gateway_config

# METADATA
# title: Strict connections
# description: Refuses a request that would have to be changed, unless its sender accepts that.
deny contains {
	"code": "phi-refused",
	"message": "This connection refuses a request from which identifiers would have to be removed.",
} if {
	not _answer
	not _lenient_connection
	not _unchanged
	not _accepted
}

# METADATA
# title: Summary of a whole chart
# description: A request to summarise a patient's full chart waits for a privacy officer.
require_approval contains {
	"code": "full-chart-summary",
	"message": "A summary of a full chart needs the consent of a privacy officer.",
	"approval": {
		"groups": ["privacy-officers"],
		"min": 1,
		"scope": "session",
		"ttlSeconds": 3600,
	},
} if {
	not _answer
	some signal in input.signals
	signal.name == "full-chart-summary"
	not _granted(signal)
}

_answer if input.direction == "response"

# An unreadable list leaves this undefined, so that every connection counts as strict.
_lenient_connection if {
	_strict := input.connection.name in gateway_config.strict_connections
	not _strict
}

_unchanged if {
	input.masking.fields == 0
	not _withholds
}

_withholds if {
	some source in input.uninspectable
	source.action == "withhold"
}

_accepted if input.request.acceptMasked

_granted(signal) if signal.granted
