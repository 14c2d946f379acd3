import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { startSimulator, type Simulator } from '../../src/demo/simulator/index.ts'
import type { AuditRecord } from '../../src/schema/index.ts'
import { phigate, startDemoProcess, type DemoProcess } from '../support/demo-process.ts'
import { ask, UPSTREAM_KEY } from '../support/gateway.ts'

const ROUNDS = 5

describe('phigate killed while an approved request goes upstream', function () {
  this.timeout(240_000)
  let upstream: Simulator
  let folder: string
  const log = (): string => join(folder, 'audit', 'audit.ndjson')

  before(async () => {
    upstream = await startSimulator({ port: 0, apiKey: UPSTREAM_KEY })
    folder = mkdtempSync(join(tmpdir(), 'phigate-killed-'))
  })
  after(async () => {
    await upstream.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const records = (): AuditRecord[] =>
    readFileSync(log(), 'utf8')
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as AuditRecord)

  /** Sends a request, approves it, and kills the process so long after the approval was sent. */
  const round = async (demo: DemoProcess, number: number, afterMs: number): Promise<void> => {
    const { stdout } = await phigate(['token', '--user', 'reviewer'], { PHIGATE_DATA_DIR: folder })
    const headers = { authorization: `Bearer ${stdout.trim()}`, 'content-type': 'application/json' }
    const text = `Give me a full chart summary for the patient with MRN: 66554${number}.`
    const waiting = fetch(new URL('/v1/messages', demo.gateway), {
      method: 'POST',
      headers: { authorization: `Bearer ${demo.token}`, 'content-type': 'application/json' },
      body: JSON.stringify(ask(text)),
    }).catch(() => undefined)
    let id: string | undefined
    while (id === undefined) {
      const answer = await fetch(new URL('/api/reviews?status=pending', demo.console), { headers })
      const { reviews } = (await answer.json()) as { reviews: { id: string }[] }
      id = reviews[0]?.id
    }
    const body = JSON.stringify({ reason: 'seen' })
    const url = new URL(`/api/reviews/${id}/approve`, demo.console)
    const approved = fetch(url, { method: 'POST', headers, body }).catch(() => undefined)
    await pause(afterMs)
    demo.kill('SIGKILL')
    await Promise.all([demo.exit, waiting, approved])
  }

  it('has sent each at most once, on the record, and says at the next start what it cannot know', async () => {
    const unrecorded: string[] = []
    const seen: string[] = []
    upstream.respondWith((_request, response, { bodyBytes }) => {
      const digest = createHash('sha256').update(bodyBytes).digest('hex')
      seen.push(digest)
      if (!readFileSync(log(), 'utf8').includes(`"bodySha256":"${digest}"`)) unrecorded.push(digest)
      setTimeout(() => {
        response.writeHead(200, { 'content-type': 'application/json' })
        response.end('{"type":"message","role":"assistant","content":[]}')
      }, 20)
    })
    for (let number = 0; number < ROUNDS; number += 1) {
      await round(await startDemoProcess(folder, upstream.url), number, number * 12)
    }
    const last = await startDemoProcess(folder, upstream.url)
    last.kill('SIGTERM')
    assert.equal(await last.exit, 0)
    assert.deepEqual(unrecorded, [])
    assert.equal(new Set(seen).size, seen.length, 'none twice')
    const uses = new Map<string, string[]>()
    for (const { decision_id: id = '', custom } of records()) {
      if (custom.use !== undefined) uses.set(id, [...(uses.get(id) ?? []), custom.use])
    }
    for (const all of uses.values()) {
      assert.ok(all.length >= 1 && all.length <= 2)
      const [first, second] = all.length === 2 ? all : ['consuming', all[0]]
      assert.equal(first, 'consuming')
      assert.ok(second === 'consumed' || second === 'outcome-unknown', all.join())
    }
    assert.ok(seen.length <= uses.size)
    const { code, stdout } = await phigate(['audit', 'verify', '--data-dir', folder])
    assert.equal(code, 0, stdout)
  })
})
