package profiles.strict_test

import data.profiles.safe_harbor
import data.profiles.strict

test_masks_as_safe_harbor_does if {
	every direction in ["request", "response"] {
		profile := strict.profile with input as {"direction": direction}
		same := safe_harbor.profile with input as {"direction": direction}
		profile.name == "strict"
		object.remove(profile, ["name"]) == object.remove(same, ["name"])
	}
}

test_no_profile_for_another_direction if {
	strict.profile == null with input as {"direction": "sideways"}
}
