import assert from 'node:assert/strict'
import type { AuditRecord } from '../../src/schema/index.ts'
import { startTestGateway, type TestGateway } from './gateway.ts'
import { assertNowhere, captureOutput } from './leaks.ts'

/** What one exchange left behind, everywhere. */
export interface Observed {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  readonly forwarded: readonly {
    readonly body: string
    readonly headers: object
    readonly url: string
  }[]
  readonly records: readonly AuditRecord[]
}

export interface WatchedGateway extends TestGateway {
  /** Runs one exchange to its end. */
  observe(exchange: () => Promise<Response>): Promise<Observed>
  /** None of the secrets in what was forwarded, written, said in a refusal, or printed. */
  assertNoLeak(seen: Observed, secrets: readonly string[]): void
}

export async function startWatchedGateway(
  overrides: Parameters<typeof startTestGateway>[0] = {},
): Promise<WatchedGateway> {
  const output = captureOutput()
  const gateway = await startTestGateway(overrides)
  const { received } = gateway.simulator
  return {
    ...gateway,
    async observe(exchange) {
      const calls = received.length
      const records = gateway.records().length
      const response = await exchange()
      const text = await response.text()
      return {
        status: response.status,
        headers: response.headers,
        text,
        forwarded: received.slice(calls).map(({ bodyBytes, headers, path, query }) => ({
          body: bodyBytes.toString('utf8'),
          headers,
          url: query === '' ? path : `${path}?${query}`,
        })),
        records: gateway.records().slice(records),
      }
    },
    assertNoLeak(seen, secrets) {
      assertNowhere(secrets, {
        'the forwarded bytes': seen.forwarded.map(({ body }) => body).join('\n'),
        'the forwarded headers': JSON.stringify(
          seen.forwarded.map(({ headers, url }) => [headers, url]),
        ),
        'what was written': gateway.written(),
        'the refusal': seen.status === 200 ? '' : seen.text,
        'the output': output.text(),
      })
    },
    async stop() {
      await gateway.stop()
      output.release()
    },
  }
}

/** The exchange was refused before anything left: no call, and exactly these records. */
export function assertStayedHere(
  seen: Observed,
  status: number,
  ...reasons: readonly string[]
): void {
  assert.equal(seen.status, status, seen.text.slice(0, 500))
  assert.equal(seen.forwarded.length, 0)
  assert.deepEqual(
    seen.records.map(({ custom, result }) => [custom.kind, result?.outcome]),
    [['decision', 'deny']],
  )
  assert.deepEqual(
    seen.records[0]?.result?.reasons.map(({ code }) => code),
    reasons,
  )
}

/** The exchange went through, and was recorded from end to end. */
export function assertWentThrough(seen: Observed, outcome: 'allow' | 'mask'): void {
  assert.equal(seen.status, 200, seen.text.slice(0, 500))
  assert.equal(seen.forwarded.length, 1)
  assert.equal(seen.records[0]?.result?.outcome, outcome)
  assert.deepEqual(
    seen.records.map(({ custom }) => [custom.kind, custom.end]),
    [
      ['decision', undefined],
      ['completion', 'complete'],
    ],
  )
}
