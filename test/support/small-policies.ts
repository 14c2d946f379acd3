import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const shipped = fileURLToPath(new URL('../../policies/', import.meta.url))

/** A policy directory that says enough to be asked everything, and does not change with the shipped one. */
const FILES: Readonly<Record<string, string>> = {
  'gateway/decision.rego': `package gateway

# METADATA
# entrypoint: true
default decision := {"outcome": "deny", "reasons": [{"code": "no-grant", "message": "No."}], "approval": []}

decision := {"outcome": "deny", "reasons": [d | some d in _denials], "approval": []} if {
	count(_denials) > 0
} else := {
	"outcome": "require-approval",
	"reasons": [{"code": d.code, "message": d.message} | some d in _demands],
	"approval": [d.approval | some d in _demands],
} if {
	count(_grants) > 0
	count(_demands) > 0
} else := {"outcome": "allow", "reasons": [], "approval": []} if {
	count(_grants) > 0
	input.masking.fields == 0
} else := {"outcome": "mask", "reasons": [], "approval": []} if {
	count(_grants) > 0
}

_grants contains data.teams[_].allow[_]

_denials contains data.teams[_].deny[_]

_demands contains data.teams[_].require_approval[_]
`,
  'gateway/profile.rego': `package gateway

# METADATA
# entrypoint: true
default profile := null

profile := data.profiles.plain.profile if input.connection.name == "claude"
`,
  'profiles/plain/plain.rego': `package profiles.plain

import data.gateway_config

profile := {
	"name": "plain",
	"entities": {"US_SSN": "redact"},
	"default": "placeholder",
	"keepList": gateway_config.keep_list,
	"minScore": 0.4,
	"recall": "balanced",
	"roles": {},
	"uninspectable": {},
	"restore": {"text": true, "citations": true, "tools": ["Read"]},
	"offerSanitized": true,
}
`,
  'teams/front/front.rego': `package teams.front

# METADATA
# title: Everybody
allow contains {"code": "open", "message": "Everybody may."} if true

# METADATA
# title: Keys and headers
deny contains {"code": $"phi-in-{finding.place}", "message": "There it cannot be masked."} if {
	some finding in input.findings
	finding.place in {"key", "header"}
}
`,
  'teams/ward/ward.rego': `package teams.ward

# METADATA
# title: Several patients
require_approval contains {
	"code": "several-patients",
	"message": "More than three patients.",
	"approval": {"groups": ["officers"], "min": 1, "scope": "session", "ttlSeconds": 60},
} if {
	input.patients > 3
}
`,
  'gateway_config/data.json': '{"keep_list": [], "signals": []}\n',
}

export interface SmallPolicies {
  readonly dir: string
  /** Writes one file of it anew. */
  write(path: string, text: string): void
  /** Replaces a text in a file of it; the text must be there. */
  edit(path: string, from: string, to: string): void
  remove(): void
}

/** Writes the directory to a scratch place; `cases/` holds the shipped quiet facts and no case. */
export function smallPolicies(): SmallPolicies {
  const root = mkdtempSync(join(tmpdir(), 'phigate-small-'))
  const dir = join(root, 'policies')
  const written = new Map<string, string>()
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(dir, path)), { recursive: true })
    writeFileSync(join(dir, path), text)
    written.set(path, text)
  }
  for (const [path, text] of Object.entries(FILES)) write(path, text)
  for (const path of ['capabilities.json', 'cases/facts.yaml']) {
    mkdirSync(dirname(join(dir, path)), { recursive: true })
    cpSync(join(shipped, path), join(dir, path))
  }
  return {
    dir,
    write,
    edit(path, from, to) {
      const text = written.get(path) ?? ''
      if (!text.includes(from)) throw new Error(`${path} does not hold what is to be replaced`)
      write(path, text.replace(from, to))
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  }
}
