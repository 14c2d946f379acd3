# METADATA
# title: Platform team
# description: Who may talk to Claude at all, and what cannot be made safe by masking.
# custom:
#   code:
#     - base-scope
#     - phi-in-key
#     - phi-in-schema
#     - phi-in-header
#     - phi-in-query
#     - phi-unmaskable
#     - uninspectable-content
#     - blocked-principal
#     - blocked-model
#     - blocked-tool
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
# title: Identifiers in a JSON schema
# description: >-
#   Schemas of tools and of answers are kept by Claude apart from the conversation, where the agreement
#   does not reach: no identifier in property names, enum, const or pattern. It is refused, not masked,
#   because a mask would change what the schema accepts.
deny contains {
	"code": "phi-in-schema",
	"message": "An identifier stands in a JSON schema, which must hold none.",
} if {
	not _answer
	some finding in input.findings
	_in_schema(finding)
	finding.place != "key"
	not _kept(finding)
}

# METADATA
# title: Content that cannot be read
# description: The profile says deny for what the detector could not read.
deny contains {
	"code": "uninspectable-content",
	"message": $"The request holds content that cannot be inspected{_first_unread}.",
} if {
	not _answer
	some source in input.uninspectable
	not _handled(source)
}

# Where to look, for whoever has to send it without; nothing hangs on it.
default _first_unread := ""

_first_unread := $": {unread[0].kind} at {unread[0].path}{_and_more(count(unread) - 1)}" if {
	unread := [source | some source in input.uninspectable; not _handled(source)]
	is_string(unread[0].kind)
	is_string(unread[0].path)
}

_and_more(0) := ""

_and_more(many) := $" and {many} more" if many > 0

_answer if input.direction == "response"

_in_schema(finding) if {
	finding.role == "tools"
	contains(finding.path, "/input_schema")
}

_in_schema(finding) if contains(finding.path, "/format/schema")

_in_schema(finding) if contains(finding.path, "/output_format/schema")

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
