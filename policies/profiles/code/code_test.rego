package profiles.code_test

import data.profiles.code
import data.profiles.safe_harbor

test_guesses_stay_in_every_role if {
	profile := code.profile with input as {"direction": "request"}
	profile.name == "code"
	profile.default == "placeholder"
	profile.recall == "lenient"
	count(profile.roles) == 8
	every rules in profile.roles {
		rules.PERSON == "labelled"
		rules.US_SSN == "cued"
		rules.MEDICAL_RECORD_NUMBER == "cued"
	}
}

test_dates_places_and_addresses_stay if {
	profile := code.profile with input as {"direction": "request"}
	kept := {type | some type, "keep" in profile.entities}
	kept == {"DATE", "AGE_OVER_89", "LOCATION", "FACILITY", "URL", "IP"}
}

test_what_cannot_be_read_is_treated_as_elsewhere if {
	profile := code.profile with input as {"direction": "request"}
	same := safe_harbor.profile with input as {"direction": "request"}
	profile.uninspectable == same.uninspectable
	profile.fields == same.fields
}

test_answers_are_treated_as_elsewhere if {
	profile := code.profile with input as {"direction": "response"}
	same := safe_harbor.profile with input as {"direction": "response"}
	profile == object.union(same, {"name": "code"})
}

test_no_profile_for_another_direction if {
	code.profile == null with input as {"direction": "sideways"}
}
