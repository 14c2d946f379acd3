package teams.platform

import data.gateway_config

# METADATA
# title: Blocked callers
# description: Refuses the principals of gateway_config/block_lists, and those on whose behalf they act.
deny contains {"code": "blocked-principal", "message": "This caller is blocked."} if {
	not _answer
	not _caller_is_free
}

# METADATA
# title: Blocked models
# description: Refuses the models of gateway_config/block_lists, by name or beginning.
deny contains {"code": "blocked-model", "message": "This model is blocked."} if {
	not _answer
	not _model_is_free
}

# METADATA
# title: Blocked tools
# description: Refuses a request that offers a tool of gateway_config/block_lists, by name or beginning.
deny contains {"code": "blocked-tool", "message": "The request offers a tool that is blocked."} if {
	not _answer
	not _tools_are_free
}

_caller_is_free if {
	lists := _block_lists
	blocked := {entry.id | some entry in lists.principals}
	count(blocked & {input.principal.id, input.principal.onBehalfOf}) == 0
}

_model_is_free if {
	lists := _block_lists
	hits := [entry | some entry in lists.models; _matches(entry.name, input.request.model)]
	count(hits) == 0
}

_tools_are_free if {
	lists := _block_lists
	hits := [entry |
		some entry in lists.tools
		some tool in array.concat(input.request.tools, input.request.serverTools)
		_matches(entry.name, tool)
	]
	count(hits) == 0
}

# Undefined where a list is missing, so that nobody is free: in a comprehension it would count as empty.
_block_lists := lists if {
	lists := gateway_config.block_lists
	every name in ["principals", "models", "tools"] {
		is_array(lists[name])
	}
}

_matches(pattern, name) if pattern == name

_matches(pattern, name) if {
	endswith(pattern, "*")
	startswith(name, trim_suffix(pattern, "*"))
}
