import assert from 'node:assert/strict'
import { setTimeout as pause } from 'node:timers/promises'
import type { ErrorCode } from '../../../src/domain/index.ts'
import { awaitsReview, lacksReason, type Asked } from '../../../src/approve/index.ts'
import {
  asked,
  HOUR,
  need,
  OFFICER,
  OTHER_OFFICER,
  PAYLOAD,
  testApprovals,
  type TestApprovals,
} from '../../support/approvals.ts'

const comesTrue = async (holds: () => Promise<boolean>): Promise<void> => {
  while (!(await holds())) await pause(20)
}
const fails = (act: Promise<unknown>, code: ErrorCode): Promise<void> =>
  assert.rejects(act, { code })

describe('approvals', () => {
  let desk: TestApprovals

  beforeEach(async () => {
    desk = await testApprovals(['iss|owner'])
  })
  afterEach(() => desk.close())

  const claim = async (ask: Asked): Promise<{ kind: string; id: string }> => {
    const { kind, review } = await desk.approvals.claim(ask, PAYLOAD)
    return { kind, id: review.id }
  }
  const approve = (id: string, by = OFFICER): Promise<{ status: string }> =>
    desk.approvals.vote(id, by, 'approve', 'seen')
  /** A review that was asked for and approved. */
  const approved = async (ask: Asked): Promise<string> => {
    const { id } = await claim(ask)
    assert.equal((await approve(id)).status, 'approved')
    return id
  }

  it('open one review for the same content, and keep what was asked about', async () => {
    const [first, second] = await Promise.all([claim(asked()), claim(asked())])
    assert.deepEqual([first.kind, second.kind, second.id], ['pending', 'pending', first.id])
    const other = await claim(asked({ reviewDigest: `sha256:${'c'.repeat(64)}` }))
    assert.notEqual(other.id, first.id)
    assert.deepEqual(Buffer.from(await desk.approvals.payload(first.id)), PAYLOAD)
  })

  it('keep the payload sealed', async () => {
    const { id } = await claim(asked())
    const sealed = await desk.store.reviews.payload(id)
    assert.ok(sealed !== undefined && !Buffer.from(sealed).includes('PERSON'))
  })

  it('go on without what was asked about when its key is retired', async () => {
    const needs = [need({ scope: 'session' })]
    const { id } = await claim(asked({ needs }))
    assert.deepEqual(await desk.approvals.payload(id), PAYLOAD)
    desk.key = 'recording-2'
    assert.equal((await desk.approvals.payload(id)).byteLength, 0)
    const beside = asked({ needs, anchor: 'd'.repeat(64) })
    assert.equal(await desk.approvals.claimBeside(beside, PAYLOAD, 'agent'), undefined)
    assert.equal((await approve(id)).status, 'approved')
  })

  it('let a single exchange pass once', async () => {
    const id = await approved(asked())
    const first = asked()
    assert.deepEqual(await claim(first), { kind: 'granted', id })
    assert.equal((await claim(asked())).kind, 'pending')
    await desk.approvals.settleUse(id, first.decisionId, 'consumed')
    assert.notEqual((await claim(asked())).id, id)
  })

  it('give a use back that came to nothing, but not for ever', async () => {
    const id = await approved(asked())
    for (let turn = 0; turn < 5; turn += 1) {
      const ask = asked()
      assert.equal((await claim(ask)).kind, 'granted')
      await desk.approvals.settleUse(id, ask.decisionId, 'returned')
    }
    const last = asked()
    assert.equal((await claim(last)).kind, 'granted')
    await desk.approvals.settleUse(id, last.decisionId, 'returned')
    assert.equal((await claim(asked())).kind, 'pending')
  })

  it('know every use that is under way, and the latest of those that ended', async () => {
    const ask = (): Asked => asked({ needs: [need({ scope: 'session' })] })
    const id = await approved(ask())
    const uses = Array.from({ length: 120 }, ask)
    for (const use of uses) assert.equal((await claim(use)).kind, 'granted')
    for (const { decisionId } of uses) await desk.approvals.settleUse(id, decisionId, 'consumed')
    const last = ask()
    await claim(last)
    const kept = (await desk.approvals.get(id)).grant?.uses.map(({ decisionId }) => decisionId)
    const latest = [...uses.slice(-100), last].map(({ decisionId }) => decisionId)
    assert.deepEqual(kept, latest)
  })

  it('never pass anything else, anybody else, or on another way', async () => {
    await approved(asked())
    for (const change of [
      { reviewDigest: `sha256:${'c'.repeat(64)}` },
      { principal: 'iss|other-svc' },
      { onBehalfOf: 'iss|somebody' },
      { purpose: 'research' },
      { connection: 'other' },
    ]) {
      assert.equal((await claim(asked(change))).kind, 'pending', JSON.stringify(change))
    }
    assert.equal((await claim(asked())).kind, 'granted')
  })

  it('fall when policy wants more than was given', async () => {
    await approved(asked())
    const more = asked({ needs: [need(), need({ groups: ['security'] })] })
    assert.equal((await claim(more)).kind, 'pending')
    const reason = { code: 'bulk-text', message: 'Much text.', rule: 'privacy' }
    assert.equal((await claim(asked({ reasons: [...more.reasons, reason] }))).kind, 'pending')
  })

  it('let a session go on by answers and tool results, until something new is asked', async () => {
    const session = { needs: [need({ scope: 'session' as const })] }
    await approved(asked(session))
    const turn = { ...session, reviewDigest: `sha256:${'d'.repeat(64)}` }
    for (let count = 0; count < 20; count += 1) {
      assert.equal((await claim(asked(turn))).kind, 'granted')
    }
    for (const change of [
      { anchor: 'e'.repeat(64) },
      { session: 'ses_2' },
      { patients: ['1'.repeat(32), '2'.repeat(32)] },
      { signals: [{ name: 'export', message: 'hmac:2' }] },
    ]) {
      assert.equal((await claim(asked({ ...turn, ...change }))).kind, 'pending')
    }
    desk.now += HOUR
    assert.equal((await claim(asked(turn))).kind, 'pending')
  })

  it('open one of its own for a session that an approval of the other would not let pass', async () => {
    const turn = { needs: [need({ scope: 'session' })] }
    const first = await claim(asked({ ...turn, session: 'ses_1' }))
    const second = await claim(asked({ ...turn, session: 'ses_2' }))
    assert.deepEqual([first.kind, second.kind], ['pending', 'pending'])
    assert.notEqual(second.id, first.id)
    await approve(first.id)
    await approve(second.id)
    for (const [session, { id }] of [
      ['ses_1', first],
      ['ses_2', second],
    ] as const) {
      assert.deepEqual(await claim(asked({ ...turn, session })), { kind: 'granted', id })
    }
  })

  it('deny the same content in another session as well', async () => {
    const turn = { needs: [need({ scope: 'session' })] }
    const { id } = await claim(asked({ ...turn, session: 'ses_1' }))
    await desk.approvals.vote(id, OFFICER, 'deny', 'no')
    assert.deepEqual(await claim(asked({ ...turn, session: 'ses_2' })), { kind: 'denied', id })
  })

  it('let a job run within its window, its number of exchanges and of patients', async () => {
    const job = { window: '22:00-04:00', maxExchanges: 3, maxPatients: 2 }
    const ask = (digest: string, patient: string): Asked =>
      asked({
        needs: [need({ scope: 'job', ttlSeconds: 86_400, job })],
        reviewDigest: `sha256:${digest.repeat(64)}`,
        patients: [patient.repeat(32)],
      })
    const id = await approved(ask('a', '1'))
    assert.deepEqual(await claim(ask('b', '1')), { kind: 'beside', id }, 'at noon')
    desk.now = Date.parse('2026-11-22T23:30:00Z')
    assert.equal((await claim(ask('c', '1'))).kind, 'granted')
    assert.equal((await claim(ask('d', '2'))).kind, 'granted')
    assert.equal((await claim(ask('e', '3'))).kind, 'pending', 'a third patient')
    desk.now = Date.parse('2026-11-23T03:59:00Z')
    assert.equal((await claim(ask('f', '2'))).kind, 'granted')
    assert.equal((await claim(ask('0', '2'))).kind, 'pending', 'a fourth exchange')
  })

  it('let a job run at the times of its own time zone, in summer and in winter', async () => {
    const job = {
      window: '22:00-04:00',
      timeZone: 'America/New_York',
      maxExchanges: 30,
      maxPatients: 2,
    }
    const ask = (): Asked =>
      asked({ needs: [need({ scope: 'job', ttlSeconds: 864_000_000, job })] })
    await approved(ask())
    for (const [at, kind] of [
      ['2026-11-23T02:59:59Z', 'beside'],
      ['2026-11-23T03:00:00Z', 'granted'],
      ['2026-11-23T05:00:00Z', 'granted'],
      ['2026-11-23T08:59:59Z', 'granted'],
      ['2026-11-23T09:00:00Z', 'beside'],
      ['2027-07-01T01:59:59Z', 'beside'],
      ['2027-07-01T02:00:00Z', 'granted'],
      ['2027-07-01T08:00:00Z', 'beside'],
    ] as const) {
      desk.now = Date.parse(at)
      assert.equal((await claim(ask())).kind, kind, at)
    }
  })

  it('count distinct persons, and each for one need alone', async () => {
    const both = { id: 'iss|both', groups: ['privacy-officers', 'security'] }
    const needs = [need({ min: 2 }), need({ groups: ['security'] })]
    const { id } = await claim(asked({ needs }))
    assert.equal((await approve(id, both)).status, 'pending')
    await fails(approve(id, both), 'conflict')
    assert.equal((await approve(id)).status, 'pending')
    assert.equal((await approve(id, OTHER_OFFICER)).status, 'approved')
  })

  it('let nobody answer for themselves, whatever group they are in', async () => {
    const { id } = await claim(asked({ onBehalfOf: 'iss|person' }))
    for (const own of ['iss|svc', 'iss|person', 'iss|owner']) {
      for (const verdict of ['approve', 'deny'] as const) {
        const voter = { id: own, groups: ['privacy-officers', 'admins'] }
        await fails(desk.approvals.vote(id, voter, verdict, 'mine'), 'forbidden')
      }
    }
    await fails(approve(id, { id: 'iss|admin', groups: ['admins'] }), 'forbidden')
    await fails(approve('rev_00000000000000000000000000'), 'not-found')
  })

  it('let nobody answer who is blocked', async () => {
    const { id } = await claim(asked())
    desk.blocked.add(OFFICER.id)
    assert.deepEqual(desk.approvals.may(await desk.approvals.get(id), OFFICER), [])
    await fails(approve(id), 'forbidden')
    await fails(desk.approvals.vote(id, OFFICER, 'deny', 'mine'), 'forbidden')
    await approve(id, OTHER_OFFICER)
    await fails(desk.approvals.revoke(id, OFFICER, 'mine'), 'forbidden')
    await claim(asked())
    await desk.restart()
    await fails(desk.approvals.renew(id, OFFICER, 'mine'), 'forbidden')
    desk.blocked.clear()
    assert.equal((await desk.approvals.renew(id, OFFICER, 'mine')).grant?.used, 0)
  })

  it('ask a second group after a while', async () => {
    const escalated = need({ escalate: { afterSeconds: 600, groups: ['on-call'] } })
    const { id } = await claim(asked({ needs: [escalated] }))
    const onCall = { id: 'iss|on-call', groups: ['on-call'] }
    await fails(approve(id, onCall), 'forbidden')
    desk.now += 600_000
    assert.equal((await approve(id, onCall)).status, 'approved')
  })

  it('record that they asked a second group, once, and not that they would have', async () => {
    desk.close()
    desk = await testApprovals([], 10)
    const escalated = need({ escalate: { afterSeconds: 600, groups: ['on-call', 'chief'] } })
    const late = need({ escalate: { afterSeconds: 7200, groups: ['nobody-any-more'] } })
    const { id } = await claim(asked({ needs: [escalated, late] }))
    const quick = await claim(asked({ principal: 'iss|quick', needs: [escalated] }))
    await approve(quick.id)
    desk.now += 600_000
    const told = () => desk.records.filter(({ custom }) => custom.reviewStatus === 'escalated')
    while (told().length === 0) await pause(5)
    await pause(60)
    assert.deepEqual(
      told().map(({ requested_by, custom }) => [requested_by, custom.review, custom.detail]),
      [['iss|svc', id, 'on-call, chief']],
    )
    assert.equal((await desk.approvals.get(id)).status, 'pending')
    await approve(id)
    assert.equal((await approve(id, { id: 'iss|on-call', groups: ['on-call'] })).status, 'approved')
  })

  it('end with one denial, which binds the same content until it expires', async () => {
    const { id } = await claim(asked({ needs: [need({ min: 2 })] }))
    await approve(id)
    await desk.approvals.vote(id, OTHER_OFFICER, 'deny', 'too much')
    await fails(approve(id, { ...OFFICER, id: 'iss|third' }), 'conflict')
    const again = asked({ needs: [need({ min: 2 })] })
    assert.deepEqual(await claim(again), { kind: 'denied', id })
    desk.now += HOUR
    assert.equal((await claim(again)).kind, 'pending')
  })

  it('expire, and cannot be answered then', async () => {
    const { id } = await claim(asked())
    desk.now += HOUR
    await fails(approve(id), 'conflict')
    const waited = await desk.approvals.settled(id, 10_000)
    assert.equal(waited.status, 'expired')
    assert.notEqual((await claim(asked())).id, id)
  })

  it('can be taken back', async () => {
    const id = await approved(asked({ needs: [need({ scope: 'session' })] }))
    await fails(desk.approvals.revoke(id, { id: 'iss|svc', groups: [] }, 'mine'), 'forbidden')
    await desk.approvals.revoke(id, OTHER_OFFICER, 'wrong patient')
    await fails(desk.approvals.revoke(id, OFFICER, 'again'), 'conflict')
    assert.equal((await claim(asked({ needs: [need({ scope: 'session' })] }))).kind, 'pending')
  })

  it('let the glass be broken at once, with a reason, and are looked at afterwards', async () => {
    const needs = [need({ breakGlass: true })]
    const ask = asked({ needs, requestReason: 'cardiac arrest on [LOCATION]' })
    assert.equal((await claim(ask)).kind, 'granted')
    const [review] = await desk.approvals.list('approved')
    const id = review?.id ?? ''
    assert.ok(review !== undefined && awaitsReview(review, desk.now))
    assert.deepEqual(
      desk.records.map(({ custom }) => [custom.reviewStatus, custom.detail]),
      [['approved', 'cardiac arrest on [LOCATION]']],
    )
    await fails(approve(id, { id: 'iss|svc', groups: ['privacy-officers'] }), 'forbidden')
    const seen = await desk.approvals.vote(id, OFFICER, 'approve', 'justified')
    assert.equal(awaitsReview(seen, desk.now), false)
    await fails(approve(id, OTHER_OFFICER), 'conflict')
    await desk.approvals.revoke(id, OTHER_OFFICER, 'over')
  })

  it('are on record with who looked at broken glass and why, long after the grant has run out', async () => {
    const needs = [need({ breakGlass: true, scope: 'session', min: 2 })]
    const { id } = await claim(asked({ needs, requestReason: 'cardiac arrest' }))
    desk.now += 2 * HOUR
    await desk.restart()
    await comesTrue(async () => (await desk.approvals.get(id)).grant?.status === 'expired')
    await desk.approvals.vote(id, OFFICER, 'approve', 'she was on duty')
    await desk.approvals.vote(id, OTHER_OFFICER, 'deny', 'not in her department')
    assert.deepEqual(
      desk.records
        .filter(({ custom }) => custom.kind === 'review')
        .map(({ requested_by: by, custom }) => [by, custom.reviewStatus, custom.detail]),
      [
        ['iss|svc', 'approved', 'cardiac arrest'],
        ['iss|svc', 'grant-expired', undefined],
        [OFFICER.id, 'justified', 'she was on duty'],
        [OTHER_OFFICER.id, 'unjustified', 'not in her department'],
      ],
    )
  })

  it('end with a word against broken glass, and what is left of the grant with them', async () => {
    const needs = [need({ breakGlass: true, scope: 'session' })]
    const ask = asked({ needs, requestReason: 'cardiac arrest' })
    const { id } = await claim(ask)
    const denied = await desk.approvals.vote(id, OFFICER, 'deny', 'no emergency')
    assert.deepEqual([denied.status, denied.grant?.status], ['approved', 'revoked'])
    assert.equal(awaitsReview(denied, desk.now), false)
    assert.deepEqual(desk.approvals.may(denied, OTHER_OFFICER), [])
    await fails(desk.approvals.vote(id, OTHER_OFFICER, 'deny', 'me too'), 'conflict')
    assert.equal(desk.records.at(-1)?.custom.reviewStatus, 'unjustified')
    // Whoever asks again has to break it again.
    assert.notEqual((await claim({ ...ask, decisionId: 'dec_again' })).id, id)
  })

  it('do not let the glass be broken where another need has to be asked for', async () => {
    const needs = [need({ breakGlass: true }), need({ groups: ['security'] })]
    assert.equal((await claim(asked({ needs, requestReason: 'urgent' }))).kind, 'pending')
  })

  it('want a reason of the requester where a need says so', () => {
    const wanted = { needs: [need({ reasonFrom: ['requester'] })] }
    assert.equal(lacksReason(asked(wanted)), true)
    assert.equal(lacksReason(asked({ ...wanted, requestReason: 'why' })), false)
    assert.equal(lacksReason(asked({ needs: [need({ breakGlass: true })] })), true)
    assert.equal(lacksReason(asked({ needs: [need({ reasonFrom: ['reviewer'] })] })), false)
  })

  it('are cancelled with the caller', async () => {
    const { id } = await claim(asked())
    const other = await claim(asked({ principal: 'iss|other-svc' }))
    await desk.approvals.cancelAll('iss|svc', 'iss|admin', 'stolen token')
    assert.equal((await desk.approvals.get(id)).status, 'cancelled')
    assert.equal((await desk.approvals.get(other.id)).status, 'pending')
  })

  it('lose their grant with the caller, who does not have it back when the block ends', async () => {
    const ask = (change: Partial<Asked> = {}): Asked =>
      asked({ needs: [need({ scope: 'session' })], ...change })
    const id = await approved(ask())
    const others = await approved(ask({ principal: 'iss|other-svc' }))
    const forThem = await approved(ask({ principal: 'iss|agent', onBehalfOf: 'iss|svc' }))
    const use = ask()
    assert.equal((await claim(use)).kind, 'granted')
    await desk.approvals.cancelAll('iss|svc', 'iss|admin', 'stolen token')
    for (const one of [id, forThem]) {
      const { grant, approvals } = await desk.approvals.get(one)
      assert.deepEqual([grant?.status, approvals.at(-1)?.by], ['revoked', 'iss|admin'])
    }
    assert.equal(desk.records.at(-1)?.custom.reviewStatus, 'revoked')
    assert.equal((await desk.approvals.get(others)).grant?.status, 'active')
    await desk.approvals.settleUse(id, use.decisionId, 'consumed')
    assert.equal((await claim(ask())).kind, 'pending')
  })

  it('end with their session, granted or not', async () => {
    const session = { needs: [need({ scope: 'session' as const })] }
    const granted = await approved(asked(session))
    const open = await claim(asked({ ...session, principal: 'iss|other-svc' }))
    const other = await claim(asked({ ...session, session: 'ses_2' }))
    await desk.approvals.endSession('ses_1', 'iss|admin', 'shredded')
    assert.equal((await desk.approvals.get(granted)).grant?.status, 'revoked')
    assert.equal((await desk.approvals.get(open.id)).status, 'cancelled')
    assert.equal((await desk.approvals.get(other.id)).status, 'pending')
  })

  it('are cancelled one and all, though somebody answers one meanwhile', async () => {
    const digests = ['a', 'b', 'c'].map((letter) => `sha256:${letter.repeat(64)}`)
    const ids = await Promise.all(
      digests.map(async (reviewDigest) => (await claim(asked({ reviewDigest }))).id),
    )
    let answered = false
    desk.onChange = async ({ id }) => {
      const other = ids.find((one) => one !== id)
      if (answered || other === undefined) return
      answered = true
      await desk.approvals.vote(other, OFFICER, 'deny', 'seen')
    }
    await desk.approvals.cancelAll('iss|svc', 'iss|admin', 'stolen token')
    const statuses = await Promise.all(ids.map(async (id) => (await desk.approvals.get(id)).status))
    assert.deepEqual(statuses.toSorted(), ['cancelled', 'cancelled', 'denied'])
  })

  it('wake whoever waits', async () => {
    const { id } = await claim(asked())
    const waiting = desk.approvals.settled(id, 10_000)
    await approve(id)
    assert.equal((await waiting).status, 'approved')
    const gone = new AbortController()
    const { id: other } = await claim(asked({ principal: 'iss|b' }))
    const left = desk.approvals.settled(other, 10_000, gone.signal)
    gone.abort()
    assert.equal((await left).status, 'pending')
  })

  it('record every change, with who made it and why', async () => {
    const id = await approved(asked({ needs: [need({ scope: 'session' })] }))
    await desk.approvals.revoke(id, OTHER_OFFICER, 'wrong patient')
    assert.deepEqual(
      desk.records.map(({ requested_by, custom }) => [
        custom.reviewStatus,
        requested_by,
        custom.detail,
      ]),
      [
        ['pending', 'iss|svc', undefined],
        ['approved', 'iss|officer', 'seen'],
        ['revoked', 'iss|other', 'wrong patient'],
      ],
    )
  })

  it('record that time ended a review or a grant', async () => {
    desk.close()
    desk = await testApprovals([], 20)
    const until = async (status: string): Promise<void> => {
      while (desk.records.at(-1)?.custom.reviewStatus !== status) await pause(10)
    }
    await approved(asked({ needs: [need({ scope: 'session' })] }))
    const { id } = await claim(asked({ principal: 'iss|other-svc' }))
    desk.now += HOUR
    await until('grant-expired')
    assert.equal((await desk.approvals.get(id)).status, 'expired')
    const told = desk.records.slice(-2).map(({ custom }) => custom.reviewStatus)
    assert.deepEqual(new Set(told), new Set(['expired', 'grant-expired']))
    await pause(60)
    assert.equal(desk.records.length, 5)
  })

  it('say once that they could not be kept up to date, and catch up with the log', async () => {
    desk.close()
    desk = await testApprovals([], 20)
    const { id } = await claim(asked())
    desk.logFails = true
    await assert.rejects(approve(id), /disk full/)
    while (desk.said.length === 0) await pause(10)
    await pause(60)
    assert.deepEqual(desk.said, ['reviews-not-kept-up'])
    desk.logFails = false
    while (desk.said.length === 1) await pause(10)
    assert.deepEqual(desk.said, ['reviews-not-kept-up', 'reviews-kept-up-again'])
    assert.deepEqual(
      desk.records.map(({ requested_by, custom }) => [custom.reviewStatus, requested_by]),
      [
        ['pending', 'iss|svc'],
        ['approved', 'iss|officer'],
      ],
    )
    assert.equal((await claim(asked())).kind, 'granted')
  })

  it('let nothing pass, and change nothing, on an answer that the log does not have', async () => {
    const session = { needs: [need({ scope: 'session' as const })] }
    const { id } = await claim(asked(session))
    desk.logFails = true
    await assert.rejects(approve(id), /disk full/)
    await assert.rejects(claim(asked(session)), /disk full/)
    await assert.rejects(desk.approvals.revoke(id, OTHER_OFFICER, 'wrong'), /disk full/)
    desk.logFails = false
    assert.equal((await claim(asked(session))).kind, 'granted')
    assert.equal(desk.records.at(-1)?.custom.reviewStatus, 'approved')
    await desk.approvals.revoke(id, OTHER_OFFICER, 'wrong')
    assert.equal((await claim(asked(session))).kind, 'pending')
  })

  it('do not let the glass be broken while the log is down', async () => {
    const broken = (): Asked =>
      asked({ needs: [need({ breakGlass: true })], requestReason: 'cardiac arrest' })
    desk.logFails = true
    await assert.rejects(claim(broken()), /disk full/)
    await assert.rejects(claim(broken()), /disk full/)
    desk.logFails = false
    assert.equal((await claim(broken())).kind, 'granted')
    assert.equal((await desk.approvals.list('approved')).length, 1)
    assert.deepEqual(
      desk.records.map(({ custom }) => [custom.reviewStatus, custom.detail]),
      [['approved', 'cardiac arrest']],
    )
  })

  it('are approved once, though two approve at once, or the time is up at that moment', async () => {
    for (let round = 0; round < 20; round += 1) {
      const principal = `iss|svc-${round}`
      const { id } = await claim(asked({ principal }))
      const both = await Promise.allSettled([approve(id), approve(id, OTHER_OFFICER)])
      assert.deepEqual(both.map(({ status }) => status).toSorted(), ['fulfilled', 'rejected'])
      const { approvals, grant } = await desk.approvals.get(id)
      assert.deepEqual([approvals.length, grant?.used], [1, 0])
    }
    desk.close()
    desk = await testApprovals([], 1)
    const outcomes = new Set<string>()
    for (let round = 0; round < 30; round += 1) {
      const { id } = await claim(asked({ principal: `iss|svc-${round}` }))
      desk.now += HOUR - 1
      const answered = pause(round % 3).then(() => approve(id))
      desk.now += round % 2
      const { status } = await answered.catch(() => ({ status: 'refused' }))
      const settled = await desk.approvals.settled(id, 5000)
      outcomes.add(settled.status)
      assert.equal(settled.status, status === 'approved' ? 'approved' : 'expired')
      const told = desk.records.filter(({ custom }) => custom.review === id)
      assert.deepEqual(
        told.map(({ custom }) => custom.reviewStatus),
        ['pending', settled.status],
      )
    }
    assert.deepEqual([...outcomes].toSorted(), ['approved', 'expired'])
  })

  it('tell a change once, though the next is made before who made it comes to tell it', async () => {
    desk.close()
    const changes = [1, 2].map(() => ({
      stored: Promise.withResolvers<void>(),
      goesOn: Promise.withResolvers<void>(),
    }))
    let made = 0
    desk = await testApprovals([], HOUR, async (what) => {
      if (what !== 'replace, after') return
      const change = changes[made]
      made += 1
      change?.stored.resolve()
      await change?.goesOn.promise
    })
    const heard: string[] = []
    desk.onChange = async ({ status, grant }) => void heard.push(grant?.status ?? status)
    const { id } = await claim(asked())
    const approving = approve(id)
    await changes[0]?.stored.promise
    // It tells of the approval first, which it finds owed.
    const revoking = desk.approvals.revoke(id, OTHER_OFFICER, 'no')
    await changes[1]?.stored.promise
    changes[0]?.goesOn.resolve()
    await approving
    assert.equal((await desk.store.reviews.get(id))?.owed, 3)
    changes[1]?.goesOn.resolve()
    await revoking
    const told = desk.records.map(({ custom }) => custom.reviewStatus)
    assert.deepEqual(told, ['pending', 'approved', 'revoked'])
    assert.deepEqual(heard, ['pending', 'active', 'revoked'])
    assert.deepEqual(await desk.store.reviews.unfinished(), [])
  })

  it('stay as they are when the clock is set back, and end when it is set forward', async () => {
    const session = { needs: [need({ scope: 'session' as const })] }
    const id = await approved(asked(session))
    const { id: open } = await claim(asked({ principal: 'iss|other-svc' }))
    desk.now -= 48 * HOUR
    assert.equal((await claim(asked(session))).kind, 'granted')
    await fails(approve(id), 'conflict')
    assert.equal((await approve(open)).status, 'approved')
    desk.now += 96 * HOUR
    assert.equal((await claim(asked(session))).kind, 'pending')
    assert.equal((await claim(asked({ principal: 'iss|other-svc' }))).kind, 'pending')
    desk.now -= 96 * HOUR
    await desk.restart()
    const { grant } = await desk.approvals.get(id)
    assert.ok((grant?.used ?? 0) <= 1)
  })

  it('keep what was granted when a new bundle still wants the same', async () => {
    await approved(asked())
    assert.equal((await claim(asked({ policyRevision: 'def' }))).kind, 'granted')
  })

  it('record at the next start what the log did not take', async () => {
    const { id } = await claim(asked())
    desk.logFails = true
    await assert.rejects(approve(id), /disk full/)
    desk.logFails = false
    await desk.restart()
    assert.deepEqual(
      desk.records.map(({ custom }) => custom.reviewStatus),
      ['pending', 'approved'],
    )
    await desk.restart()
    assert.equal(desk.records.length, 2)
  })

  it('tell at the next start what they could not tell', async () => {
    const heard: string[] = []
    desk.onChange = async ({ status }) => {
      if (heard.length > 0) throw new Error('disk full')
      heard.push(status)
    }
    const { id } = await claim(asked())
    await assert.rejects(approve(id))
    assert.deepEqual(heard, ['pending'])
    desk.onChange = async ({ status }) => void heard.push(status)
    await desk.restart()
    assert.deepEqual(heard, ['pending', 'approved'])
    await desk.restart()
    assert.equal(heard.length, 2)
  })

  it('are counted: those that wait, since when, and grants that run or are in use', async () => {
    const tally = () => desk.store.reviews.tally(desk.now)
    const none = { pending: 0, oldest: null, grants: 0, grantsInUse: 0 }
    assert.deepEqual(await tally(), none)
    const began = desk.now
    const id = (await claim(asked())).id
    desk.now += 1000
    await claim(asked({ principal: 'iss|other-svc' }))
    assert.deepEqual(await tally(), { ...none, pending: 2, oldest: began })
    await approve(id)
    const use = asked()
    await claim(use)
    assert.deepEqual(await tally(), { pending: 1, oldest: began + 1000, grants: 1, grantsInUse: 1 })
    await desk.approvals.settleUse(id, use.decisionId, 'consumed')
    desk.now += HOUR
    assert.deepEqual(await tally(), { pending: 1, oldest: began + 1000, grants: 0, grantsInUse: 0 })
  })

  it('say what somebody may do: answer once, revoke what runs, nothing of their own', async () => {
    const { id } = await claim(asked({ needs: [need({ min: 2 })] }))
    const may = async (voter = OFFICER): Promise<readonly string[]> =>
      desk.approvals.may(await desk.approvals.get(id), voter)
    assert.deepEqual(await may(), ['approve', 'deny'])
    assert.deepEqual(await may({ id: 'iss|owner', groups: OFFICER.groups }), [])
    assert.deepEqual(await may({ id: OFFICER.id, groups: ['others'] }), [])
    await approve(id)
    assert.deepEqual([await may(), await may(OTHER_OFFICER)], [[], ['approve', 'deny']])
    await approve(id, OTHER_OFFICER)
    assert.deepEqual([await may(), await may(OTHER_OFFICER)], [['revoke'], ['revoke']])
    desk.now += HOUR
    assert.deepEqual(await may(), [])
  })

  it('offer to look afterwards at what did not wait, and to revoke it', async () => {
    const broken = asked({ needs: [need({ breakGlass: true })], requestReason: 'urgent' })
    const { id } = await claim(broken)
    const may = async (): Promise<readonly string[]> =>
      desk.approvals.may(await desk.approvals.get(id), OFFICER)
    assert.deepEqual(await may(), ['approve', 'deny', 'revoke'])
    await approve(id)
    assert.deepEqual(await may(), ['revoke'])
  })

  it('do not know after a crash what became of a use, and do not give it twice', async () => {
    const id = await approved(asked())
    assert.equal((await claim(asked())).kind, 'granted')
    await desk.restart()
    const { grant } = await desk.approvals.get(id)
    assert.deepEqual(
      grant?.uses.map(({ status }) => status),
      ['outcome-unknown'],
    )
    assert.equal((await claim(asked())).kind, 'pending')
    const told = desk.records.find(({ custom }) => custom.kind === 'grant-use')
    assert.equal(told?.custom.use, 'outcome-unknown')
    assert.equal(told?.decision_id, grant?.uses[0]?.decisionId)
  })

  it('allow once more what was lost, when as many say so as for an approval', async () => {
    const needs = [need({ min: 2 })]
    const { id } = await claim(asked({ needs }))
    await approve(id)
    await fails(desk.approvals.renew(id, OFFICER, 'not lost yet'), 'conflict')
    await approve(id, OTHER_OFFICER)
    const lost = asked({ needs })
    assert.equal((await claim(lost)).kind, 'granted')
    await fails(desk.approvals.renew(id, OFFICER, 'still under way'), 'conflict')
    await desk.restart()
    desk.now += HOUR
    const renew = (by: typeof OFFICER): Promise<unknown> =>
      desk.approvals.renew(id, by, 'asked the ward: nothing came')
    await fails(renew({ id: 'iss|svc', groups: OFFICER.groups }), 'forbidden')
    await renew(OFFICER)
    await fails(renew(OFFICER), 'conflict')
    const may = desk.approvals.may(await desk.approvals.get(id), OTHER_OFFICER)
    assert.deepEqual(may, ['renew'])
    await renew(OTHER_OFFICER)
    await fails(renew({ id: 'iss|third', groups: OFFICER.groups }), 'conflict')
    const again = asked({ needs })
    assert.deepEqual(await claim(again), { kind: 'granted', id })
    assert.notEqual((await claim(asked({ needs }))).id, id)
    await desk.approvals.settleUse(id, again.decisionId, 'consumed')
    await fails(renew(OFFICER), 'conflict')
    await fails(desk.approvals.settleUse(id, lost.decisionId, 'consumed'), 'conflict')
  })

  it('count who would allow it once more since it was lost, whatever was done to the clock', async () => {
    const needs = [need({ min: 2 })]
    const { id } = await claim(asked({ needs }))
    await approve(id)
    await approve(id, OTHER_OFFICER)
    const lose = async (): Promise<void> => {
      assert.equal((await claim(asked({ needs }))).kind, 'granted')
      await desk.restart()
    }
    const renew = async (by: typeof OFFICER): Promise<number | undefined> =>
      (await desk.approvals.renew(id, by, 'asked the ward: nothing came')).grant?.used
    await lose()
    desk.now -= HOUR / 4
    assert.deepEqual([await renew(OFFICER), await renew(OTHER_OFFICER)], [1, 0])
    await lose()
    desk.now += HOUR / 4
    assert.deepEqual([await renew(OFFICER), await renew(OTHER_OFFICER)], [1, 0])
    desk.now -= HOUR / 2
    await lose()
    const third = { id: 'iss|third', groups: OFFICER.groups }
    assert.equal(await renew(third), 1, 'those of the time before do not count again')
    assert.equal(await renew(OFFICER), 0)
  })

  it('give one of two that ask at once the grant, in any order', async () => {
    for (let round = 0; round < 20; round += 1) {
      const principal = `iss|svc-${round}`
      await approved(asked({ principal }))
      const claims = await Promise.all([1, 2, 3].map(() => claim(asked({ principal }))))
      assert.equal(claims.filter(({ kind }) => kind === 'granted').length, 1)
    }
  })
})
