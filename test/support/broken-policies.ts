import { buildTestBundle, type TestBundle } from './policies.ts'

/** What the decision becomes for a request to a model of this name: none of it is an answer to rely on. */
const ODD_DECISIONS: Readonly<Record<string, string>> = {
  'says-a-word': '"allow"',
  'says-yes': 'true',
  'says-nothing': 'null',
  'says-an-empty-object': '{}',
  'says-a-list': '[{"outcome": "allow", "reasons": [], "approval": []}]',
  'says-an-unknown-outcome': '{"outcome": "maybe", "reasons": [], "approval": []}',
  'says-allow-in-capitals': '{"outcome": "ALLOW", "reasons": [], "approval": []}',
  'says-allow-with-reasons':
    '{"outcome": "allow", "reasons": [{"code": "x", "message": "x", "rule": "x"}], "approval": []}',
  'says-allow-without-reasons': '{"outcome": "allow", "approval": []}',
  'says-an-unknown-obligation':
    '{"outcome": "allow", "reasons": [], "approval": [], "obligations": ["log"]}',
  'says-allow-and-asks-for-approval':
    '{"outcome": "allow", "reasons": [], "approval": [{"groups": ["a"], "min": 1, "scope": "session", "ttlSeconds": 60}]}',
  'says-approval-without-approvers':
    '{"outcome": "require-approval", "reasons": [{"code": "x", "message": "x", "rule": "x"}], "approval": []}',
}

export const ODD_MODELS = Object.keys(ODD_DECISIONS)

/** Rules that go wrong in the engine, for a request to a model of that name; `late-` ones for its answer. */
const RULES = `
_asked(model) if {
	input.direction == "request"
	input.request.model == model
}

_asked(model) if {
	input.direction == "response"
	input.request.model == $"late-{model}"
}

deny contains {"code": "loop", "message": "Loops."} if {
	_asked("loop")
	text := concat("", ["salt and water " | some _ in numbers.range(1, 10000)])
	count([1 |
		some _ in numbers.range(1, 3000)
		some word in numbers.range(1, 3000)
		contains(text, format_int(word, 10))
	]) > 0
}

deny contains {"code": "greedy", "message": "Eats memory."} if {
	_asked("greedy")
	count([[a, b] |
		some a in numbers.range(1, 10000)
		some b in numbers.range(1, 10000)
	]) == 0
}

_two := 1 if _asked("conflict")

_two := 2 if _asked("conflict")

deny contains {"code": "conflict", "message": "Has two values."} if _two == 1
`

/**
 * Policies in which all goes wrong that can, each for a model, a caller or a connection of its own:
 * a profile with an unknown operator on claude-strict, none at all for svc-batch.
 */
export function buildBrokenBundle(): Promise<TestBundle> {
  const odd = Object.entries(ODD_DECISIONS).map(
    ([model, decision]) => `\t"${model}": ${decision},\n`,
  )
  return buildTestBundle([
    { file: 'teams/platform/platform.rego', append: RULES, replace: [UNDEFINED_GRANT] },
    {
      file: 'gateway/decision.rego',
      append: `\n_odd := {\n${odd.join('')}}\n\n${ODD_NAME}`,
      replace: [
        NO_DEFAULT,
        ['decision := {\n\t"outcome": "deny",\n\t"reasons": [_reason(', ODD_RULE],
      ],
    },
    {
      file: 'gateway/profile.rego',
      replace: [['.profile\n', '.profile if not endswith(input.principal.id, "svc-batch")\n']],
    },
    {
      file: 'profiles/strict/strict.rego',
      replace: [['{"name": "strict"}', '{"name": "strict", "default": "shift-dates"}']],
    },
  ])
}

/** Without its default the decision has no value where nothing grants. */
const NO_DEFAULT = ['default decision := {', '_unused := {'] as const
const UNDEFINED_GRANT = [
  'input.connection.name in gateway_config.known_connections',
  'input.connection.name in gateway_config.known_connections\n\tinput.request.model != "undefined"',
] as const

const ODD_RULE = `decision := _odd[_odd_name] if {
	_odd_name in object.keys(_odd)
} else := {
	"outcome": "deny",
	"reasons": [_reason(`

const ODD_NAME = `_odd_name := input.request.model if input.direction == "request"

_odd_name := trim_prefix(input.request.model, "late-") if {
	input.direction == "response"
	startswith(input.request.model, "late-")
}
`
