package cookbook.break_glass_test

import data.cookbook.break_glass

_emergency(fields) := {
	"direction": "request",
	"principal": {"purpose": "BTG"},
	"masking": {"fields": fields},
}

test_emergency_access_asks_for_a_reason if {
	demands := break_glass.require_approval with input as _emergency(2)
	count(demands) == 1
	some demand in demands
	demand.approval.breakGlass
	demand.approval.reasonFrom == ["requester", "reviewer"]
}

test_nothing_to_break if {
	count(break_glass.require_approval) == 0 with input as _emergency(0)
}

test_other_purposes_are_not_concerned if {
	facts := object.union(_emergency(2), {"principal": {"purpose": "TREAT"}})
	count(break_glass.require_approval) == 0 with input as facts
}
