# METADATA
# title: Observe
# description: >-
#   Masks nothing and counts what would be masked: to see, for some days, what a new connection
#   carries. The originals go to Claude and into the recording. It answers only where a business
#   associate agreement covers the way to Claude (45 CFR 164.504(e)) and the connection stands, with a
#   reason and a last day, in gateway_config/observed_connections; `policy check` names it every time.
package profiles.observe

import data.gateway_config

# METADATA
# title: The profile
# description: Null without the label baa or without an entry for this connection.
default profile := null

profile := {
	"name": "observe",
	"entities": {},
	"default": "keep",
	"minScore": 0.4,
	"recall": "balanced",
	"roles": {},
	"uninspectable": {
		"system": "keep",
		"tools": "keep",
		"user": "keep",
		"assistant": "keep",
		"tool_use": "keep",
		"tool_result": "keep",
	},
	"restore": {"text": false, "citations": false, "tools": []},
	"offerSanitized": false,
} if {
	input.connection.labels.baa == true
	some entry in gateway_config.observed_connections
	entry.connection == input.connection.name
}
