# METADATA
# title: Strict
# description: >-
#   The masks of Safe Harbor, for connections on which a request that needs any of them is refused
#   unless its sender accepts them. The refusal itself is a rule of teams.privacy.
package profiles.strict

import data.profiles.safe_harbor

# METADATA
# title: The profile for this direction
# description: Null for a direction that is neither request nor response.
default profile := null

profile := object.union(safe_harbor.profile, {"name": "strict"})
