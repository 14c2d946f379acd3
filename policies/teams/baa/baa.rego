# METADATA
# title: Features of Claude outside the agreement
# description: >-
#   A business associate agreement covers some features of the API and not others
#   (gateway_config/features). A connection without one covers none, so the rules hold on all.
#   The list of what is excepted says why, entry by entry.
# custom:
#   code: [outside-baa, unlisted-feature]
package teams.baa

import data.gateway_config

# METADATA
# title: Features outside of the agreement
# description: >-
#   Refuses what runs or keeps data at Claude or at others where the agreement does not reach: code
#   execution, web fetch, the MCP connector, containers, skills, threads.
deny contains {
	"code": "outside-baa",
	"message": $"Claude's {asked.kind} {asked.name} is not covered by the business associate agreement.",
} if {
	not _answer
	some asked in _asked
	_listed(asked, "refused")
}

# METADATA
# title: Features that nobody has listed
# description: What is on no list, such as a beta that is new, waits for a privacy officer.
require_approval contains {
	"code": "unlisted-feature",
	"message": $"Claude's {asked.kind} {asked.name} is not listed as covered.",
	"approval": {
		"groups": ["privacy-officers"],
		"min": 1,
		"scope": "session",
		"ttlSeconds": 3600,
	},
} if {
	not _answer
	some asked in _asked
	not _listed(asked, "covered")
	not _listed(asked, "excepted")
	not _listed(asked, "refused")
}

_answer if input.direction == "response"

_asked contains {"kind": "field", "name": name} if some name in input.request.features

_asked contains {"kind": "field", "name": "mcp_servers"} if count(input.request.mcpServers) > 0

_asked contains {"kind": "tool", "name": name} if some name in input.request.serverTools

_asked contains {"kind": "beta", "name": name} if some name in input.request.betas

# By the list's name: an argument that is undefined would make `not _listed(...)` undefined as well.
_listed(asked, list) if {
	some entry in gateway_config.features[list]
	entry.kind == asked.kind
	_same(entry.name, asked.name)
}

_same(listed, name) if listed == name

# The names of tools and betas end in the date of their version: code_execution_20250825.
_same(listed, name) if startswith(name, $"{listed}_20")

_same(listed, name) if startswith(name, $"{listed}-20")
