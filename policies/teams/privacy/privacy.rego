# METADATA
# title: Privacy team
# description: Where masking is not enough, and which requests wait for a named person.
# custom:
#   code:
#     - phi-refused
#     - full-chart-summary
#     - whole-record-export
#     - several-patients
#     - bulk-text
#     - bulk-identifiers
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

_answer if input.direction == "response"

# An unreadable list or profile leaves this undefined, so that every connection counts as strict.
_lenient_connection if {
	_listed := input.connection.name in gateway_config.strict_connections
	not _listed
	_profile := object.get(gateway_config.profiles, input.connection.name, gateway_config.default_profile)
	_profile != "strict"
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

# Of the approvals that this team asks for.
_officers := {
	"groups": ["privacy-officers"],
	"min": 1,
	"scope": "session",
	"ttlSeconds": 3600,
}

_limits := object.union(
	gateway_config.limits.default,
	object.get(gateway_config.limits.connections, input.connection.name, {}),
)
