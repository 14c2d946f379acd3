import assert from 'node:assert/strict'
import { renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { consoleAs } from '../support/console.ts'
import { assertClean, capturedStderr, eventually, PHI } from '../support/exchanges.ts'
import { ask, startTestGateway, UNHURRIED, type TestGateway } from '../support/gateway.ts'

const SAMPLE = /^([a-z_]+)(?:\{((?:[a-z]+="(?:[^"\\\n]|\\.)*",?)*)\})? (-?[0-9.e+-]+|\+Inf)$/
const LABEL = /([a-z]+)="((?:[^"\\]|\\.)*)"/g

/** The samples by name and labels; each line has to be one that Prometheus takes. */
function samplesOf(text: string): ReadonlyMap<string, number> {
  const typed = new Set<string>()
  const samples = new Map<string, number>()
  for (const line of text.trimEnd().split('\n')) {
    const [, family] = /^# TYPE ([a-z_]+) (?:counter|gauge|histogram)$/.exec(line) ?? []
    if (family !== undefined) typed.add(family)
    if (line.startsWith('# ')) continue
    const [, name = '', labels = '', value = ''] = SAMPLE.exec(line) ?? assert.fail(line)
    assert.ok(typed.has(name) || typed.has(name.replace(/_(?:bucket|sum|count)$/, '')), name)
    samples.set(labels === '' ? name : `${name}{${labels}}`, Number(value))
  }
  return samples
}

describe('metrics', () => {
  const stderr = capturedStderr()
  let gateway: TestGateway
  before(async () => {
    gateway = await startTestGateway({
      metrics: { host: '127.0.0.1', port: 0 },
      logExchanges: true,
      limits: {
        ...UNHURRIED,
        perPrincipal: { requestsPerMinute: 100 },
        overrides: [{ connection: 'claude-strict', requestsPerMinute: 1 }],
      },
    })
  })
  after(() => gateway.stop())

  const read = async (): Promise<string> => {
    const url = gateway.server.metricsUrl
    assert.ok(url !== undefined)
    const response = await fetch(new URL('/metrics', url))
    assert.equal(response.headers.get('content-type'), 'text/plain; version=0.0.4; charset=utf-8')
    return response.text()
  }
  const post = async (...args: Parameters<TestGateway['post']>): Promise<number> => {
    const response = await gateway.post(...args)
    await response.text()
    return response.status
  }
  const strict = { path: '/c/claude-strict/v1/messages' }
  const statuses: number[] = []

  it('count what went through', async () => {
    statuses.push(
      await post(ask('hello')),
      await post(ask('hello', { stream: true })),
      await post(ask(PHI, { model: 'model-of-the-client' }), {
        headers: { 'x-phigate-session': 'session-of-the-client', 'user-agent': 'agent-of-it' },
      }),
      await post(ask(PHI), strict),
      await post(ask('hello'), strict),
      await post('{', {}),
      await post(ask('hello'), { headers: { authorization: 'Bearer token-of-the-client' } }),
    )
    assert.deepEqual(statuses, [200, 200, 200, 451, 429, 400, 401])
    await eventually(() => assert.equal(gateway.records().length, 2 + 3 * 2 + 3))
    const samples = samplesOf(await read())
    const expected = {
      'phigate_decisions_total{outcome="allow",connection="claude"}': 2,
      'phigate_decisions_total{outcome="mask",connection="claude"}': 1,
      'phigate_decisions_total{outcome="deny",connection="claude-strict"}': 2,
      'phigate_decisions_total{outcome="deny",connection="claude"}': 1,
      'phigate_reasons_total{reason="limit-requests-per-minute"}': 1,
      'phigate_reasons_total{reason="invalid-request"}': 1,
      'phigate_completions_total{end="complete",connection="claude"}': 3,
      'phigate_responses_total{status="200"}': 3,
      'phigate_responses_total{status="401"}': 1,
      'phigate_upstream_responses_total{connection="claude",status="200"}': 3,
      'phigate_stage_seconds_count{stage="inspect"}': 5,
      'phigate_stage_seconds_count{stage="authenticate"}': 7,
      'phigate_stage_seconds_count{stage="upstream"}': 3,
      'phigate_lane_waiting{lane="small"}': 0,
      'phigate_lane_kills_total{lane="large"}': 0,
      phigate_bytes_in_flight: 0,
      phigate_exchanges_under_way: 0,
      phigate_principals_blocked: 0,
      phigate_audit_pending: 0,
      phigate_audit_healthy: 1,
      phigate_audit_signing: 1,
      phigate_audit_signing_failures_total: 0,
    }
    const actual = Object.keys(expected).map((name) => [name, samples.get(name)])
    assert.deepEqual(Object.fromEntries(actual), expected)
    assert.ok((samples.get('phigate_uptime_seconds') ?? 0) > 0)
    assert.ok((samples.get('process_resident_memory_bytes') ?? 0) > 1_000_000)
  })

  it('have no label with what a client wrote, nor who it is', async () => {
    const text = await read()
    assertClean(text)
    for (const value of ['of-the-client', 'agent-of', 'svc-triage', gateway.issuer.issuer.host]) {
      assert.ok(!text.includes(value), value)
    }
    const values = [...text.matchAll(LABEL)].map(([, , value = '']) => value)
    const closed = /^(?:[a-z]+(?:-[a-z]+)*|[0-9.]+|\+Inf|[0-9a-f]{12})$/
    assert.deepEqual(
      values.filter((value) => !closed.test(value)),
      [],
    )
  })

  it('are read at one address alone', async () => {
    for (const [path, method] of [
      ['/', 'GET'],
      ['/metrics', 'POST'],
      ['/v1/messages', 'POST'],
    ] as const) {
      const response = await fetch(new URL(path, gateway.server.metricsUrl), { method })
      assert.equal(response.status, 404)
    }
    assert.equal((await fetch(new URL('/metrics', gateway.url))).status, 401)
  })

  it('are summed up for the status', async () => {
    const token = await gateway.issuer.token('auditor')
    const headers = { authorization: `Bearer ${token}` }
    const response = await fetch(new URL('/status', gateway.server.consoleUrl), { headers })
    const status = (await response.json()) as Record<string, unknown>
    assert.deepEqual(status['limits'], { requestsPerMinute: 100 })
    assert.equal(status['blocked'], 0)
    assert.deepEqual(status['lanes'], [
      { lane: 'small', waiting: 0, kills: 0 },
      { lane: 'large', waiting: 0, kills: 0 },
    ])
    assert.deepEqual(status['metrics'], { decisions: 6, completions: 3, responses: 8 })
  })

  it('go with a line for each exchange at its end, where they are asked for', () => {
    const lines = stderr()
      .split('\n')
      .filter((line) => line.includes('"event":"exchange"'))
      .map((line) => JSON.parse(line) as Record<string, unknown>)
    assert.deepEqual(
      lines.map(({ status, end }) => `${String(status)} ${String(end)}`),
      ['200 complete', '200 complete', '200 complete', '451 refused', '429 refused', '400 refused'],
    )
    assert.equal(lines[4]?.['reasons'], 'limit-requests-per-minute')
    assertClean(JSON.stringify(lines))
  })

  it('tell that checkpoints cannot be written, as the log, the status and the probe do', async () => {
    const checkpoints = join(gateway.dataDir, 'audit', 'audit.checkpoints')
    const said = stderr().length
    const auditor = await consoleAs(gateway, 'auditor')
    /** Asks for a checkpoint now. */
    const seal = async (): Promise<number> => {
      const asked = { reason: 'audit', terms: [] }
      return (await auditor.post('/api/audit/exports', asked)).status
    }
    const told = async (): Promise<unknown> => {
      const samples = samplesOf(await read())
      const status = (await (await auditor.get('/status')).json()) as {
        audit: { signing: { state: string; failures: number } }
      }
      const ready = await fetch(new URL('/readyz', gateway.url))
      const { warnings } = (await ready.json()) as { warnings: string[] }
      const { state, failures } = status.audit.signing
      assert.equal(samples.get('phigate_audit_signing_failures_total'), failures)
      return [
        ready.status,
        warnings.includes('audit-unsigned'),
        state,
        samples.get('phigate_audit_signing'),
      ]
    }
    assert.equal(await seal(), 200)
    assert.deepEqual(await told(), [200, false, 'working', 1])
    renameSync(checkpoints, `${checkpoints}.moved`)
    writeFileSync(checkpoints, '')
    for (let at = 0; at < 3; at += 1) assert.ok((await seal()) >= 500)
    assert.deepEqual(await told(), [200, true, 'failing', 0])
    renameSync(`${checkpoints}.moved`, checkpoints)
    assert.equal(await seal(), 200)
    assert.deepEqual(await told(), [200, false, 'working', 1])
    const lines = stderr()
      .slice(said)
      .split('\n')
      .filter((line) => line.includes('audit-signing'))
    const events = lines.map((line) => (JSON.parse(line) as { event: string }).event)
    assert.deepEqual(events, ['audit-signing-failing', 'audit-signing-working'])
  })
})
