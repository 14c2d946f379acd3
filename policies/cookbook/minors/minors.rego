# METADATA
# title: Data of minors
# description: >-
#   A request that speaks of a child needs the consent of two people of paediatrics. The signal
#   minor-patient is an entry of gateway_config/signals that the recipe brings along in its text;
#   the connection of paediatrics needs no consent.
# custom:
#   code: [minor-patient]
package cookbook.minors

# Beside it, in gateway_config/signals/data.json:
#   {"name": "minor-patient", "roles": ["user", "system"],
#    "patterns": ["(?i)\\b(?:newborn|infant|toddler|(?:[0-9]|1[0-7])[- ]year[- ]old)\\b"]}
require_approval contains {
	"code": "minor-patient",
	"message": "A request about a minor needs the consent of two people of paediatrics.",
	"approval": {"groups": ["paediatrics"], "min": 2, "scope": "session", "ttlSeconds": 3600},
} if {
	input.direction == "request"
	not _paediatrics
	some signal in input.signals
	signal.name == "minor-patient"
	not _granted(signal)
}

_paediatrics if input.connection.labels.department == "paediatrics"

_granted(signal) if signal.granted
