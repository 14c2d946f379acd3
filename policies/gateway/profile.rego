package gateway

import data.gateway_config

# METADATA
# title: Profile
# description: >-
#   Which entity types are masked how, for this caller, connection and direction.
#   It sees nothing of time or content, so that masks cannot flicker. Null means that no profile
#   answers, and the gateway refuses the exchange.
# entrypoint: true
default profile := null

profile := data.profiles[_profile_name].profile

_profile_name := object.get(
	gateway_config.profiles,
	input.connection.name,
	gateway_config.default_profile,
)
