package cookbook.per_tool_test

import data.cookbook.per_tool

_offer(tools, principal) := {"direction": "request", "request": {"tools": tools}, "principal": principal}

_service(person) := {"kind": "service_account", "onBehalfOf": person}

test_reading_tools_pass if {
	facts := _offer(["Read", "ehr_read"], _service(null))
	count(per_tool.deny) == 0 with input as facts
	count(per_tool.require_approval) == 0 with input as facts
}

test_a_machine_alone_may_not_write if {
	count(per_tool.deny) == 1 with input as _offer(["ehr_order"], _service(null))
}

test_on_behalf_of_a_person_it_waits if {
	every principal in [_service("https://issuer|ada"), {"kind": "person", "onBehalfOf": null}] {
		count(per_tool.deny) == 0 with input as _offer(["ehr_sign"], principal)
		count(per_tool.require_approval) == 1 with input as _offer(["ehr_sign"], principal)
	}
}

test_answers_pass if {
	answer := object.union(_offer(["ehr_order"], _service(null)), {"direction": "response"})
	count(per_tool.deny) == 0 with input as answer
}
