# METADATA
# title: Platform team
# description: Who may talk to Claude at all, and what cannot be made safe by masking.
# custom:
#   code: [phi-in-key, phi-in-header, phi-in-query, phi-unmaskable, uninspectable-content]
package teams.platform

import data.gateway_config

# METADATA
# title: Callers with the base scope
# description: Grants a principal with the base scope on a connection that policy knows.
allow contains {"code": "base-scope", "message": "The caller has the base scope."} if {
	gateway_config.base_scope in input.principal.scopes
	input.connection.name in gateway_config.known_connections
}

# METADATA
# title: Identifiers where masking cannot reach
# description: Object keys, headers and query parameters are never rewritten, so they are refused.
deny contains _unmaskable(object.get(finding, "place", "")) if {
	not _answer
	some finding in input.findings
	not _maskable(finding)
	not _kept(finding)
}

# METADATA
# title: Content that cannot be read
# description: The profile says deny for what the detector could not read.
deny contains {
	"code": "uninspectable-content",
	"message": "The request holds content that cannot be inspected.",
} if {
	not _answer
	some source in input.uninspectable
	not _handled(source)
}

_answer if input.direction == "response"

_maskable(finding) if finding.place in {"text", "number"}

_kept(finding) if finding.operator == "keep"

_handled(source) if source.action in {"withhold", "keep"}

default _unmaskable(_) := {
	"code": "phi-unmaskable",
	"message": "An identifier stands in a place that cannot be masked.",
}

_unmaskable("key") := {
	"code": "phi-in-key",
	"message": "An identifier stands in an object key, which cannot be masked.",
}

_unmaskable("header") := {
	"code": "phi-in-header",
	"message": "An identifier stands in a request header, which cannot be masked.",
}

_unmaskable("query") := {
	"code": "phi-in-query",
	"message": "An identifier stands in the query, which cannot be masked.",
}
