package profiles.safe_harbor_test

import data.profiles.safe_harbor

test_request_masks_by_default if {
	profile := safe_harbor.profile with input as {"direction": "request"}
	profile.name == "safe-harbor"
	profile.default == "placeholder"
	profile.entities.US_SSN == "redact"
	profile.uninspectable == {"tool_result": "withhold", "user": "deny"}
	profile.fields == [{"path": "$..patient.name", "type": "PERSON", "operator": "placeholder"}]
}

test_request_keeps_nothing_outright_but_addresses_in_scaffolding if {
	profile := safe_harbor.profile with input as {"direction": "request"}
	not "keep" in {operator | some operator in profile.entities}
	{type | some type, "keep" in profile.roles.system} == {"URL", "IP"}
	profile.roles.tools == profile.roles.system
	profile.roles.tool_result == {"DATE": "labelled", "URL": "labelled", "IP": "labelled"}
}

test_response_keeps_guesses_and_masks_identifiers if {
	profile := safe_harbor.profile with input as {"direction": "response"}
	profile.default == "placeholder"
	profile.roles.assistant == {"PERSON": "listed", "DATE": "listed", "LOCATION": "listed"}
	profile.roles.tool_use == profile.roles.assistant
	profile.entities.FACILITY == "keep"
	profile.entities.US_SSN == "placeholder"
	profile.entities.MEDICAL_RECORD_NUMBER == "placeholder"
}

test_keep_list_comes_from_data if {
	profile := safe_harbor.profile with input as {"direction": "request"}
		with data.gateway_config.keep_list as [{"term": "Lasix", "reason": "a drug", "expires": "2030-01-01"}]
	profile.keepList == ["Lasix"]
}

test_no_profile_for_another_direction if {
	safe_harbor.profile == null with input as {"direction": "sideways"}
}

test_no_profile_without_a_keep_list if {
	safe_harbor.profile == null with input as {"direction": "request"}
		with data.gateway_config as {}
}
