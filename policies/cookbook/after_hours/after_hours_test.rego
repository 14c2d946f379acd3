package cookbook.after_hours_test

import data.cookbook.after_hours

_at(now) := {"direction": "request", "now": now, "principal": {"kind": "person"}}

test_the_day_is_open if {
	every now in ["2026-03-02T06:00:00Z", "2026-03-02T21:59:59Z"] {
		count(after_hours.require_approval) == 0 with input as _at(now)
	}
}

test_the_night_waits if {
	every now in ["2026-03-02T05:59:59Z", "2026-03-02T22:00:00Z", "unreadable"] {
		count(after_hours.require_approval) == 1 with input as _at(now)
	}
}

test_machines_work_at_night if {
	facts := object.union(_at("2026-03-02T03:00:00Z"), {"principal": {"kind": "service_account"}})
	count(after_hours.require_approval) == 0 with input as facts
}

test_answers_pass if {
	facts := object.union(_at("2026-03-02T03:00:00Z"), {"direction": "response"})
	count(after_hours.require_approval) == 0 with input as facts
}
