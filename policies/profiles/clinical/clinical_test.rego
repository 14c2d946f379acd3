package profiles.clinical_test

import data.profiles.clinical
import data.profiles.safe_harbor

_covered(direction) := {"direction": direction, "connection": {"labels": {"baa": true}}}

test_keeps_dates_ages_and_clinicians if {
	profile := clinical.profile with input as _covered("request")
	profile.name == "clinical"
	kept := {type | some type, "keep" in profile.entities}
	kept == {"DATE", "AGE_OVER_89", "PERSON.clinician"}
}

test_masks_everybody_else_as_safe_harbor_does if {
	profile := clinical.profile with input as _covered("request")
	same := safe_harbor.profile with input as _covered("request")
	profile.default == "placeholder"
	profile.entities.PERSON == "placeholder"
	profile.entities.US_SSN == "redact"
	object.remove(profile, ["name", "entities"]) == object.remove(same, ["name", "entities"])
}

test_answers_need_the_agreement_too if {
	clinical.profile.name == "clinical" with input as _covered("response")
	clinical.profile == null with input as {"direction": "response", "connection": {"labels": {"baa": false}}}
}

test_no_profile_without_the_agreement if {
	clinical.profile == null with input as {"direction": "request", "connection": {"labels": {"baa": false}}}
	clinical.profile == null with input as {"direction": "request", "connection": {"labels": {"baa": "true"}}}
	clinical.profile == null with input as {"direction": "request", "connection": {"labels": {}}}
	clinical.profile == null with input as {"direction": "request"}
}

test_no_profile_for_another_direction if {
	clinical.profile == null with input as _covered("sideways")
}
