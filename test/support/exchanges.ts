import assert from 'node:assert/strict'
import { validate, type AuditRecord, type ErrorEnvelope } from '../../src/schema/index.ts'
import { UPSTREAM_KEY, type TestGateway } from './gateway.ts'

/** An SSN, a record number and a name that tests send: none of them may come up where it should not. */
export const IDENTIFIERS = ['536-22-1234', '4471902', 'Gundersen'] as const
export const PHI = 'Patient Olga Gundersen, MRN: 4471902, SSN 536-22-1234'

/** The decisions and completions that were written since the last look. */
export function watchRecords(gateway: TestGateway): () => AuditRecord[] {
  let seen = 0
  return () => {
    const all = gateway.records()
    const fresh = all.slice(seen)
    seen = all.length
    return fresh.filter(({ custom }) => custom.kind === 'decision' || custom.kind === 'completion')
  }
}

/** Waits for so many records. */
export async function gather(
  records: () => readonly AuditRecord[],
  count: number,
): Promise<readonly AuditRecord[]> {
  const all: AuditRecord[] = []
  await eventually(() => {
    all.push(...records())
    assert.equal(all.length, count)
  })
  return all
}

/** Checks that one exchange was recorded as it should be: allowed, and ended in this way. */
export function assertForwarded(
  records: readonly AuditRecord[],
  end: AuditRecord['custom']['end'],
  status?: number,
): void {
  const [decision, completion] = records
  assert.deepEqual(
    records.map(({ custom }) => custom.kind),
    ['decision', 'completion'],
  )
  assert.match(decision?.result?.outcome ?? '', /^(?:allow|mask)$/)
  assert.equal(completion?.decision_id, decision?.decision_id)
  assert.equal(completion?.custom.end, end)
  assert.equal(completion?.custom.bodySha256, decision?.custom.bodySha256)
  if (status !== undefined) assert.equal(completion?.custom.status, status)
}

/** Checks that one refusal was recorded, for this reason. */
export function assertRefused(records: readonly AuditRecord[], ...codes: readonly string[]): void {
  assert.deepEqual(
    records.map(({ custom }) => custom.kind),
    ['decision'],
  )
  assert.equal(records[0]?.result?.outcome, 'deny')
  assert.deepEqual(
    records[0]?.result?.reasons.map((reason) => reason.code),
    codes,
  )
}

/** Reads an error of phigate's own and checks what holds for each of them. */
export async function errorOf(response: Response, status: number): Promise<ErrorEnvelope> {
  const text = await response.text()
  assert.equal(response.status, status)
  return checkedError(text, response.headers.get('request-id') ?? '', [...response.headers])
}

export function checkedError(
  text: string,
  requestId: string,
  headers: readonly unknown[] = [],
): ErrorEnvelope {
  const envelope: ErrorEnvelope = validate('error', JSON.parse(text))
  assert.equal(envelope.request_id, requestId)
  assert.match(requestId, /^dec_/)
  assertClean(text + JSON.stringify(headers))
  return envelope
}

/** Neither the upstream's key nor an identifier that a test sends. */
export function assertClean(text: string): void {
  const found = [UPSTREAM_KEY, ...IDENTIFIERS].filter((value) => text.includes(value))
  assert.deepEqual(found, [])
}

/** Waits until the check holds; fails with its last error. A machine may be busy: waiting long costs only who fails. */
export async function eventually(check: () => void, withinMs = 30_000): Promise<void> {
  const until = Date.now() + withinMs
  for (;;) {
    try {
      check()
      return
    } catch (error) {
      if (Date.now() > until) throw error
    }
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

/** Collects what the process says on stderr while a file's tests run. */
export function capturedStderr(): () => string {
  const said: string[] = []
  const original = process.stderr.write.bind(process.stderr)
  before(() => {
    process.stderr.write = (chunk: string | Uint8Array): boolean => {
      said.push(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8'))
      return true
    }
  })
  after(() => {
    process.stderr.write = original
  })
  return () => said.join('')
}
