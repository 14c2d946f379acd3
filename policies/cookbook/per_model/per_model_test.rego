package cookbook.per_model_test

import data.cookbook.per_model

_ask(model, groups) := {
	"direction": "request",
	"principal": {"groups": groups},
	"request": {"model": model, "operation": "messages.create"},
}

test_everybody_may_use_the_small_model if {
	count(per_model.deny) == 0 with input as _ask("claude-haiku-5-5", [])
}

test_groups_may_use_theirs if {
	count(per_model.deny) == 0 with input as _ask("claude-opus-5-5", ["research"])
	count(per_model.deny) == 1 with input as _ask("claude-opus-5-5", ["triage"])
	count(per_model.deny) == 1 with input as _ask("claude-unheard-of", ["research"])
}

test_models_may_be_listed if {
	count(per_model.deny) == 0 with input as {"direction": "request", "request": {"operation": "models.list"}}
}

test_answers_pass if {
	answer := object.union(_ask("claude-opus-5-5", []), {"direction": "response"})
	count(per_model.deny) == 0 with input as answer
}
