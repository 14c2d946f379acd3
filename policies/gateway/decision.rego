# METADATA
# title: Gateway
# description: >-
#   Combines what the teams say. Only this package decides; precedence is fixed:
#   deny, then require-approval, then mask, then allow. Nothing grants means deny.
# custom:
#   code: [no-grant, malformed-rule]
package gateway

import data.gateway_config

# METADATA
# title: Decision
# description: What happens with this exchange, and the reasons. It never sees text.
# entrypoint: true
default decision := {
	"outcome": "deny",
	"reasons": [{
		"code": "no-grant",
		"message": "No rule grants this exchange.",
		"rule": "gateway",
	}],
	"approval": [],
}

decision := {
	"outcome": "deny",
	"reasons": [_reason(denial) | some denial in _denials],
	"approval": [],
} if {
	count(_denials) > 0
} else := {
	"outcome": "require-approval",
	"reasons": [_reason(demand) | some demand in _demands],
	"approval": [demand.output.approval | some demand in _demands],
} if {
	count(_grants) > 0
	count(_demands) > 0
} else := {"outcome": "allow", "reasons": [], "approval": []} if {
	count(_grants) > 0
	_unchanged
} else := {"outcome": "mask", "reasons": [], "approval": []} if {
	count(_grants) > 0
}

_grants contains {"team": team, "output": output} if {
	some team
	data.teams[team].allow[output]
	not _shadowed(team, output)
}

_denials contains {"team": team, "output": output} if {
	some team
	data.teams[team].deny[output]
	not _shadowed(team, output)
}

# A rule written as `deny if ...` gives a boolean, which the iteration above would pass over.
_denials contains {"team": team, "output": _malformed} if {
	some team
	not is_set(data.teams[team].deny)
	data.teams[team].deny
}

_denials contains {"team": team, "output": _malformed} if {
	some team
	not is_set(data.teams[team].require_approval)
	data.teams[team].require_approval
}

# Without its obligation a demand would drop out of the list of approvals, and a weaker one could pass for it.
_denials contains {"team": team, "output": _malformed} if {
	some team
	data.teams[team].require_approval[output]
	not output.approval.groups
}

_demands contains {"team": team, "output": output} if {
	some team
	data.teams[team].require_approval[output]
	not _shadowed(team, output)
}

# Tried and not enforced. The gateway asks a second time with all rules enforced, and records what would have been.
_shadowed(team, output) if {
	not input.shadowEnforced
	some rule in gateway_config.shadow
	rule == {"team": team, "code": output.code}
}

_malformed := {
	"code": "malformed-rule",
	"message": "A rule of this team does not give a reason with a code and a message.",
}

default _reason(_) := {
	"code": "malformed-rule",
	"message": "A rule does not give a reason with a code and a message.",
}

_reason(said) := {
	"code": said.output.code,
	"message": said.output.message,
	"rule": $"teams/{said.team}",
}

_unchanged if {
	input.masking.fields == 0
	not _withholds
}

_withholds if {
	some source in input.uninspectable
	source.action == "withhold"
}
