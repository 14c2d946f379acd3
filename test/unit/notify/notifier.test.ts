import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import {
  openNotifier,
  webhookSecret,
  type Notifier,
  type NotifierOptions,
} from '../../../src/notify/index.ts'
import type { Review } from '../../../src/schema/index.ts'
import { openStore, type Store } from '../../../src/store/index.ts'
import { asked, need, OFFICER, PAYLOAD, testApprovals } from '../../support/approvals.ts'
import { isAuthentic, startReceiver, type Receiver } from '../../support/webhook-receiver.ts'

const LIVED = ['review.created', 'review.settled', 'grant.revoked'] as const
const EVERY = [...LIVED, 'review.escalated'] as const
const KEY = { secret: new Uint8Array(32).fill(9) }
const OLD_KEY = { secret: new Uint8Array(32).fill(8) }

describe('notifications', () => {
  let directory: string
  let store: Store
  let receiver: Receiver
  let notifier: Notifier
  let now: number
  let logged: string[]

  const open = (changes: Partial<NotifierOptions> = {}): Promise<Notifier> =>
    openNotifier({
      endpoints: [{ url: receiver.url, events: EVERY }],
      store: store.deliveries,
      keys: () => [KEY],
      clock: { now: () => now },
      post: async (url, headers, body, signal) => {
        const answer = await fetch(url, {
          method: 'POST',
          headers,
          body,
          signal,
          redirect: 'manual',
        })
        await answer.body?.cancel()
        return answer.status
      },
      reviewUrl: (id) => new URL(`https://console.example/reviews/${id}`),
      log: (event, details) => logged.push(`${event} ${JSON.stringify(details)}`),
      ...changes,
    })

  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'phigate-notify-'))
    store = openStore(join(directory, 'store.db'))
    receiver = await startReceiver()
    now = Date.parse('2026-11-22T12:00:00Z')
    logged = []
    notifier = await open()
  })
  afterEach(async () => {
    await notifier.stop()
    await receiver.close()
    store.close()
    rmSync(directory, { recursive: true })
  })

  /** Every version that a review goes through: asked, approved, revoked. */
  async function life(): Promise<readonly [Review, Review, Review]> {
    const desk = await testApprovals()
    const { review } = await desk.approvals.claim(asked({ purpose: 'secret purpose' }), PAYLOAD)
    const approved = await desk.approvals.vote(review.id, OFFICER, 'approve', 'because of Jane Roe')
    const revoked = await desk.approvals.revoke(review.id, OFFICER, 'Jane Roe again')
    desk.close()
    return [review, approved, revoked]
  }
  const settled = async (): Promise<void> => {
    while ((await store.deliveries.due(receiver.url.href, now, 100)).length > 0) await pause(10)
    // Also what is on its way.
    await pause(30)
  }

  it('are sent when a review is asked, settled and revoked, each once', async () => {
    for (const review of await life()) {
      await notifier.changed(review)
      await notifier.changed(review)
    }
    const received = await receiver.got(3)
    await settled()
    assert.deepEqual(received.map(({ event }) => event.type).toSorted(), [...LIVED].toSorted())
    assert.equal(new Set(received.map(({ headers }) => headers['webhook-id'])).size, 3)
    assert.deepEqual(await notifier.undelivered(), [])
  })

  it('carry ids, states and codes, and no word of people or payload', async () => {
    const all = await life()
    for (const review of all) await notifier.changed(review)
    const received = await receiver.got(3)
    const text = received.map(({ body }) => body).join('\n')
    for (const word of [
      'Jane Roe',
      'secret purpose',
      'A full chart summary',
      OFFICER.id,
      'PERSON',
    ]) {
      assert.ok(!text.includes(word), word)
    }
    const end = received.find(({ event }) => event.type === 'review.settled')?.event
    assert.equal(end?.timestamp, '2026-11-22T12:00:00.000Z')
    assert.deepEqual(end?.data, {
      review: all[0].id,
      status: 'approved',
      connection: 'claude',
      scope: 'exchange',
      decisionId: all[0].decisionId,
      reasons: ['full-chart-summary'],
      groups: ['privacy-officers'],
      expiresAt: '2026-11-22T13:00:00.000Z',
      url: `https://console.example/reviews/${all[0].id}`,
    })
  })

  it('say from when on further groups may answer, and that the time has come', async () => {
    const desk = await testApprovals([], 10)
    const versions: Review[] = []
    desk.onChange = async (review) => void versions.push(review)
    const needs = ([10, 20] as const).map((minutes) =>
      need({ escalate: { afterSeconds: minutes * 60, groups: [`after-${minutes}`] } }),
    )
    await desk.approvals.claim(asked({ needs: [...needs, need()] }), PAYLOAD)
    for (const minutes of [10, 20]) {
      desk.now += 600_000
      const count = versions.length
      while (versions.length === count) await pause(5)
      assert.equal(versions.at(-1)?.escalations.at(-1)?.groups[0], `after-${minutes}`)
    }
    desk.close()
    for (const review of versions) await notifier.changed(review)
    const received = (await receiver.got(3)).map(({ event }) => event)
    assert.deepEqual(
      received
        .map(({ type, data }) => [type, data['groups'], data['escalatedTo'], data['escalations']])
        .toSorted(([, a], [, b]) => String(a).length - String(b).length),
      [
        [
          'review.created',
          ['privacy-officers'],
          undefined,
          [
            { at: '2026-11-22T12:10:00.000Z', groups: ['after-10'] },
            { at: '2026-11-22T12:20:00.000Z', groups: ['after-20'] },
          ],
        ],
        [
          'review.escalated',
          ['privacy-officers', 'after-10'],
          ['after-10'],
          [{ at: '2026-11-22T12:20:00.000Z', groups: ['after-20'] }],
        ],
        ['review.escalated', ['privacy-officers', 'after-10', 'after-20'], ['after-20'], undefined],
      ],
    )
  })

  it('have signatures that the receiver can check, and that a forger cannot make', async () => {
    await notifier.changed((await life())[0])
    const [delivery] = await receiver.got(1)
    assert.ok(delivery !== undefined)
    const secret = webhookSecret(KEY, receiver.url.href)
    assert.ok(await isAuthentic(delivery, secret, now))
    const { headers, body } = delivery
    const forged = [
      { headers, body: body.replace('pending', 'approved') },
      { headers: { ...headers, 'webhook-id': 'evt_other' }, body },
      { headers: { ...headers, 'webhook-timestamp': String(now / 1000 + 1) }, body },
    ]
    for (const one of forged) assert.equal(await isAuthentic(one, secret, now), false)
    assert.equal(await isAuthentic(delivery, secret, now + 301_000), false, 'replayed later')
    const others = [
      webhookSecret(KEY, 'https://other.example/'),
      webhookSecret(OLD_KEY, receiver.url.href),
    ]
    for (const other of others) assert.equal(await isAuthentic(delivery, other, now), false)
  })

  it('are signed with the key before as well while it is accepted', async () => {
    await notifier.stop()
    notifier = await open({ keys: () => [KEY, OLD_KEY] })
    await notifier.changed((await life())[0])
    const [delivery] = await receiver.got(1)
    assert.ok(delivery !== undefined)
    for (const key of [KEY, OLD_KEY]) {
      assert.ok(await isAuthentic(delivery, webhookSecret(key, receiver.url.href), now))
    }
  })

  it('go only where they were asked for', async () => {
    await notifier.stop()
    notifier = await open({ endpoints: [{ url: receiver.url, events: ['grant.revoked'] }] })
    for (const review of await life()) await notifier.changed(review)
    const received = await receiver.got(1)
    await settled()
    assert.deepEqual(
      received.map(({ event }) => event.type),
      ['grant.revoked'],
    )
  })

  for (const wrong of [500, 302, 404, 'nothing'] as const) {
    it(`are tried again after ${wrong === 'nothing' ? 'no answer' : wrong}, with the same id and a new time`, async () => {
      receiver.answer = wrong
      await notifier.changed((await life())[0])
      await receiver.got(1)
      while ((await notifier.undelivered())[0]?.attempts !== 1) await pause(10)
      const [waiting] = await notifier.undelivered()
      assert.deepEqual([waiting?.state, waiting?.dueAt], ['waiting', now + 5000])
      receiver.answer = 200
      now += 5000
      const [first, second] = await receiver.got(2)
      assert.equal(second?.headers['webhook-id'], first?.headers['webhook-id'])
      assert.equal(Number(second?.headers['webhook-timestamp']), now / 1000)
      assert.ok(second !== undefined)
      assert.ok(await isAuthentic(second, webhookSecret(KEY, receiver.url.href), now))
      await settled()
      assert.deepEqual(await notifier.undelivered(), [])
      assert.ok(!logged.join('\n').includes('told you'))
    })
  }

  it('are given up after the last attempt, and listed', async () => {
    await notifier.stop()
    notifier = await open({ retrySeconds: [1, 1] })
    receiver.answer = 503
    await notifier.changed((await life())[0])
    for (let attempt = 1; attempt <= 3; attempt += 1) {
      await receiver.got(attempt)
      while ((await notifier.undelivered())[0]?.attempts !== attempt) await pause(10)
      now += 1000
    }
    const [failed, ...more] = await notifier.undelivered()
    assert.deepEqual(more, [])
    assert.deepEqual(
      [failed?.state, failed?.attempts, failed?.problem],
      ['failed', 3, 'status 503'],
    )
    assert.equal(logged.length, 3)
  }).timeout(120_000)

  it('are sent again when somebody says so, one or all, and only those that were given up', async () => {
    await notifier.stop()
    notifier = await open({ retrySeconds: [] })
    receiver.answer = 500
    for (const one of await life()) await notifier.changed(one)
    const given = async (): Promise<readonly string[]> =>
      (await notifier.undelivered()).filter(({ state }) => state === 'failed').map(({ id }) => id)
    while ((await given()).length < 3) await pause(10)
    receiver.answer = 204
    const [first = ''] = await given()
    assert.equal(await notifier.resend(first), 1)
    while ((await given()).length > 2) await pause(10)
    assert.equal(await notifier.resend(first), 0)
    assert.equal(await notifier.resend(), 2)
    while ((await notifier.undelivered()).length > 0) await pause(10)
    assert.equal(await notifier.resend(), 0)
    assert.equal(receiver.received.length, 6)
  })

  it('are given up at once when the receiver is gone for good', async () => {
    receiver.answer = 410
    await notifier.changed((await life())[0])
    await receiver.got(1)
    while ((await notifier.undelivered())[0]?.state !== 'failed') await pause(10)
  })

  it('survive a stop: what was not delivered is sent by the next process', async () => {
    receiver.answer = 'nothing'
    const [review] = await life()
    await notifier.changed(review)
    await receiver.got(1)
    while ((await notifier.undelivered())[0]?.attempts !== 1) await pause(10)
    await notifier.stop()
    receiver.answer = 200
    now += 5000
    notifier = await open()
    const [, again] = await receiver.got(2)
    assert.equal(again?.event.data['review'], review.id)
  })

  it('are given up for a receiver that the configuration has no more', async () => {
    receiver.answer = 500
    await notifier.changed((await life())[0])
    await receiver.got(1)
    await notifier.stop()
    notifier = await open({ endpoints: [] })
    const [failed] = await notifier.undelivered()
    assert.deepEqual([failed?.state, failed?.problem], ['failed', 'not in the configuration'])
  })

  it('reach a receiver while another one hangs', async () => {
    const other = await startReceiver()
    await notifier.stop()
    notifier = await open({
      endpoints: [receiver, other].map(({ url }) => ({ url, events: EVERY })),
      post: async (url, headers, body, signal) => {
        if (url.href !== receiver.url.href) {
          return (await fetch(url, { method: 'POST', headers, body, signal })).status
        }
        return new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(new Error('aborted')), { once: true })
        })
      },
    })
    for (const review of await life()) await notifier.changed(review)
    await other.got(3)
    await notifier.stop()
    await other.close()
  })

  it('do not wait for a receiver that takes its time', async () => {
    await notifier.stop()
    const started: URL[] = []
    notifier = await open({
      post: (url, _headers, _body, signal) => {
        started.push(url)
        return new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(new Error('aborted')), { once: true })
        })
      },
    })
    await notifier.changed((await life())[0])
    while (started.length === 0) await pause(10)
    await notifier.stop()
    const [kept] = await notifier.undelivered()
    assert.deepEqual([kept?.state, kept?.attempts], ['waiting', 0])
  })
})
