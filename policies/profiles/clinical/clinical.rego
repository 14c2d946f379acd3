# METADATA
# title: Clinical
# description: >-
#   For care that needs to know when and by whom: dates, ages and clinicians stay; every identifier of
#   patients and their relatives is masked as Safe Harbor does. What stays is still health information
#   of a person, so it answers only where a business associate agreement covers the way to Claude
#   (45 CFR 164.504(e)).
package profiles.clinical

import data.profiles.safe_harbor

# METADATA
# title: The profile for this direction
# description: Null without the label baa, and for a direction that is neither request nor response.
default profile := null

profile := object.union(safe_harbor.profile, _kept) if input.connection.labels.baa == true

_kept := {
	"name": "clinical",
	"entities": {
		"DATE": "keep",
		"AGE_OVER_89": "keep",
		"PERSON.clinician": "keep",
	},
}
