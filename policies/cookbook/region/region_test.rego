package cookbook.region_test

import data.cookbook.region

_via(labels, groups) := {
	"direction": "request",
	"connection": {"labels": labels},
	"principal": {"groups": groups},
}

test_the_own_region_passes if {
	count(region.deny) == 0 with input as _via({"baa": true, "region": "eu"}, ["staff", "region-eu"])
}

test_others_and_none_are_denied if {
	count(region.deny) == 1 with input as _via({"baa": true, "region": "us"}, ["region-eu"])
	count(region.deny) == 1 with input as _via({"baa": true}, ["region-eu"])
	count(region.deny) == 1 with input as _via({"baa": true, "region": "eu"}, [])
}

test_answers_pass if {
	answer := object.union(_via({"region": "us"}, []), {"direction": "response"})
	count(region.deny) == 0 with input as answer
}
