import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Evidence } from '../record/index.ts'
import type { PublicKeysFile } from '../schema/index.ts'

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))
const SCHEMAS = here('../../schemas/')
const VERIFIER = here('../../tools/verify/main.go')

/**
 * Puts into a package what its records are read and checked with: schemas, policy bundles, public keys, the verifier.
 * @returns what could not be had
 */
export async function addAttachments(
  out: string,
  dataDir: string,
  keys: PublicKeysFile,
  revisions: readonly string[],
): Promise<string[]> {
  cpSync(SCHEMAS, join(out, 'schemas'), { recursive: true })
  writeFileSync(join(out, 'public-keys.json'), `${JSON.stringify(keys, undefined, 2)}\n`)
  mkdirSync(join(out, 'verifier'))
  cpSync(VERIFIER, join(out, 'verifier', 'main.go'))
  const archive = join(dataDir, 'policies')
  const missing = new Set(revisions)
  for (const digest of existsSync(archive) ? readdirSync(archive) : []) {
    const revision = revisionOf(join(archive, digest))
    if (revision === undefined || !revisions.includes(revision)) continue
    cpSync(join(archive, digest), join(out, 'bundles', digest), { recursive: true })
    missing.delete(revision)
  }
  return [...missing].map((revision) => `policy bundle of revision ${revision}`)
}

function revisionOf(bundle: string): string | undefined {
  try {
    const manifest: unknown = JSON.parse(readFileSync(join(bundle, 'policy.manifest'), 'utf8'))
    const { revision } = manifest as { revision?: unknown }
    return typeof revision === 'string' ? revision : undefined
  } catch {
    return undefined
  }
}

export interface IndexedEvidence {
  /** Names and values of the search. */
  readonly asked: Readonly<Record<string, string | undefined>>
  readonly reason: string
  /** The record of the export; undefined for one of a copy. */
  readonly recordedAs: number | undefined
  readonly evidence: Evidence
  readonly missing: readonly string[]
}

/** The page to begin with, for people and for programs: what is there, with the SHA-256 of each file. */
export function writeIndex(out: string, index: IndexedEvidence): void {
  const { asked, reason, recordedAs, evidence, missing } = index
  const files = filesIn(out).map((name) => {
    const bytes = readFileSync(join(out, name))
    return { name, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') }
  })
  const { records, omitted, begin, end, signed, sessions, revisions } = evidence
  const about = {
    version: 1,
    made: new Date().toISOString(),
    asked,
    reason,
    recordedAs: recordedAs ?? null,
  }
  const content = {
    ...about,
    records,
    omitted,
    begin,
    end,
    signed,
    sessions,
    revisions,
    missing,
    files,
  }
  writeFileSync(join(out, 'index.json'), `${JSON.stringify(content, undefined, 2)}\n`, {
    mode: 0o600,
  })
  writeFileSync(join(out, 'INDEX.md'), pageOf(index, about.made, files), { mode: 0o600 })
}

interface PackedFile {
  readonly name: string
  readonly bytes: number
  readonly sha256: string
}

function filesIn(out: string): readonly string[] {
  return readdirSync(out, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(out.length)
        .replace(/^[/\\]+/, ''),
    )
    .toSorted()
}

function pageOf(
  { asked, reason, recordedAs, evidence, missing }: IndexedEvidence,
  made: string,
  files: readonly PackedFile[],
): string {
  const { records, omitted, begin, end, signed } = evidence
  const terms = Object.entries(asked).map(([name, value]) => `${name} = ${value ?? ''}`)
  const on =
    recordedAs === undefined ? 'not recorded: made of a copy' : `record ${recordedAs} of the log`
  return `# Evidence from an audit log of phigate

Made ${made}. Asked for: ${terms.join('; ') || 'everything'}. Reason: ${reason}. This export: ${on}.

${records} records are shown; ${omitted} others between them are left out, each by its digest. The chain goes from record
${begin.seq + 1} to ${end.seq}, ${signed ? 'and a signed checkpoint covers all of it' : 'and no checkpoint covers its end yet'}.
${missing.length === 0 ? '' : `\nMissing:\n\n${missing.map((one) => `- ${one}\n`).join('')}`}
## What is here

- \`records.ndjson\`: the records, one JSON object a line; \`schemas/audit-record.schema.json\` says what each member means.
- \`audit.ndjson\`: the same records in their chain; a line \`{"seq":N,"digest":"..."}\` stands for one that is left out.
- \`audit.checkpoints\`: signed heads of the log (Ed25519); \`public-keys.json\`: what they are verified with. Compare these
  keys with a copy that you were given by another way: whoever can change this folder can change them too.
- \`bundles/\`: the policies that decided, by digest; \`opa\` or any engine for WebAssembly evaluates \`policy.wasm\`.
- \`verifier/main.go\`: checks the chain with the standard library of Go alone; its first lines say how, for any language.
- \`recordings/\`, if it is there: what was sent and answered, masked, by session.

## To verify

    go run verifier/main.go -package -keys public-keys.json .

## Files

| file | bytes | SHA-256 |
| --- | ---: | --- |
${files.map(({ name, bytes, sha256 }) => `| ${name} | ${bytes} | ${sha256} |\n`).join('')}`
}
