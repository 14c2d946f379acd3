import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DEFAULT_APPROVALS } from '../../src/config/index.ts'
import { openBrowser, signInAs, type Browser, type Page } from '../support/browser.ts'
import { consoleAs, consoleWith, type ConsoleCaller } from '../support/console.ts'
import { ask, startTestGateway, type TestGateway } from '../support/gateway.ts'

const approvals = { ...DEFAULT_APPROVALS, silentSeconds: 8, quietSeconds: 1 }

let chats = 0
function summary(): Record<string, unknown> {
  chats += 1
  return ask(`Give me a full chart summary for the patient with MRN: 7766${chats}.`)
}

describe('a reviewer in a browser', function () {
  this.timeout(120_000)
  let gateway: TestGateway
  let officer: ConsoleCaller
  let browser: Browser

  before(async () => {
    gateway = await startTestGateway({ approvals })
    officer = await consoleAs(gateway, 'reviewer')
  })
  after(() => gateway.stop())
  beforeEach(() => {
    browser = openBrowser(gateway.server.consoleUrl)
  })
  afterEach(() => {
    gateway.issuer.groups.set('reviewer', ['privacy-officers'])
  })

  /** An exchange that waits, and its review. */
  async function held(): Promise<{ waiting: Promise<Response>; id: string }> {
    const seen = new Set((await officer.reviews('pending')).map(({ id }) => id))
    const waiting = gateway.post(summary())
    const pending = await officer.pending(seen.size + 1)
    return { waiting, id: pending.find(({ id }) => !seen.has(id))?.id ?? '' }
  }
  const answered = (
    page: Page,
    id: string,
    verdict: string,
    reason = 'ward round',
  ): Promise<Page> => browser.submit(page, `/reviews/${id}`, { verdict, reason })

  it('signs in on the way to a review, reads it masked, approves it, and it goes on', async () => {
    const { waiting, id } = await held()
    const page = await signInAs(browser, 'reviewer', `/reviews/${id}`)
    assert.equal(page.status, 200)
    assert.equal(page.url.pathname, `/reviews/${id}`)
    assert.match(page.text, /<mark>\[MEDICAL_RECORD_NUMBER_[0-9A-Z]+\]<\/mark>/)
    assert.ok(!page.text.includes(`7766${chats}`))
    const after = await answered(page, id, 'approve')
    assert.equal(after.status, 200)
    assert.match(after.text, /approved by reviewer/)
    assert.equal((await waiting).status, 200)
    const record = gateway
      .records()
      .find(({ custom }) => custom.review === id && custom.reviewStatus === 'approved')
    assert.equal(record?.requested_by, `${gateway.issuer.issuer.origin}|reviewer`)
    assert.equal(record?.custom.detail, 'ward round')
  })

  it('denies from the list of what waits for them', async () => {
    const { waiting, id } = await held()
    const list = await signInAs(browser, 'reviewer')
    assert.match(list.text, new RegExp(`Waiting for you</h2>[\\s\\S]*href="/reviews/${id}"`))
    await answered(await browser.get(`/reviews/${id}`), id, 'deny')
    assert.equal((await waiting).status, 451)
    const after = await browser.get('/reviews')
    assert.match(after.text, new RegExp(`Answered lately</h2>[\\s\\S]*href="/reviews/${id}"`))
  })

  it('is asked for a reason and a verdict, and loses nothing that was written', async () => {
    const { waiting, id } = await held()
    const page = await signInAs(browser, 'reviewer', `/reviews/${id}`)
    assert.equal((await answered(page, id, 'approve', ' ')).status, 400)
    const undecided = await answered(page, id, 'perhaps', 'written <b>so far</b>')
    assert.equal(undecided.status, 400)
    assert.match(undecided.text, /written &lt;b&gt;so far&lt;\/b&gt;<\/textarea>/)
    await answered(page, id, 'deny')
    await waiting
  })

  it('cannot be made to answer by a page of somebody else', async () => {
    const { waiting, id } = await held()
    const page = await signInAs(browser, 'reviewer', `/reviews/${id}`)
    const csrf = /name="csrf" value="([^"]+)"/.exec(page.text)?.[1] ?? ''
    const path = `/reviews/${id}`
    const fields = { verdict: 'approve', reason: 'forged' }
    assert.equal((await browser.post(path, fields)).status, 403)
    assert.equal((await browser.post(path, { ...fields, csrf: 'x'.repeat(43) })).status, 403)
    const foreign = { origin: 'https://evil.example' }
    assert.equal((await browser.post(path, { ...fields, csrf }, foreign)).status, 403)
    const site = { 'sec-fetch-site': 'cross-site' }
    assert.equal((await browser.post(path, { ...fields, csrf }, site)).status, 403)
    const other = openBrowser(gateway.server.consoleUrl)
    await signInAs(other, 'reviewer2')
    assert.equal((await other.post(path, { ...fields, csrf })).status, 403)
    assert.equal(
      (await openBrowser(gateway.server.consoleUrl).post(path, { ...fields, csrf })).status,
      401,
    )
    assert.equal((await officer.reviews('pending')).filter((one) => one.id === id).length, 1)
    await officer.answer(id, 'deny')
    await waiting
  })

  it('is nobody any more once the issuer took them out of the group, between reading and click', async () => {
    const { waiting, id } = await held()
    const page = await signInAs(browser, 'reviewer', `/reviews/${id}`)
    gateway.issuer.groups.set('reviewer', [])
    const refused = await answered(page, id, 'approve')
    assert.equal(refused.status, 404)
    assert.equal((await browser.get(`/reviews/${id}`)).status, 404)
    const other = await consoleAs(gateway, 'reviewer2')
    assert.equal(await other.answer(id, 'deny'), 200)
    await waiting
  })

  it('sees without a way to answer when nobody asked them', async () => {
    const { waiting, id } = await held()
    const page = await signInAs(browser, 'auditor', `/reviews/${id}`)
    assert.equal(page.status, 200)
    assert.ok(!page.text.includes('<textarea'))
    const csrf = /name="csrf" value="([^"]+)"/.exec(page.text)?.[1] ?? ''
    const forged = await browser.post(`/reviews/${id}`, { csrf, verdict: 'approve', reason: 'so' })
    assert.equal(forged.status, 403)
    await officer.answer(id, 'deny')
    await waiting
  })

  it('comes back from the issuer once: a replayed or foreign answer opens nothing', async () => {
    const login = await browser.get('/sign-in')
    assert.match(login.way.at(-1) ?? '', /\/auth\?/)
    const asked = new URL(login.way.find((one) => one.includes('/auth?')) ?? '')
    for (const [name, value] of [
      ['code_challenge_method', 'S256'],
      ['response_type', 'code'],
      ['max_age', '900'],
    ] as const) {
      assert.equal(asked.searchParams.get(name), value)
    }
    const home = await browser.submit(login, '', { user: 'reviewer' })
    assert.equal(home.status, 200)
    const callback = home.way.find((one) => one.includes('/sign-in/callback?')) ?? ''
    assert.equal((await browser.get(callback)).status, 401, 'the same browser again')
    const thief = openBrowser(gateway.server.consoleUrl)
    assert.equal((await thief.get(callback)).status, 401, 'without an attempt')
    await thief.get('/sign-in')
    assert.equal((await thief.get(callback)).status, 401, 'with another attempt')
    assert.ok(!thief.cookies.has('phigate-session'))
    const state = new URL(callback).searchParams.get('state') ?? ''
    await thief.get('/sign-in')
    const made = `/sign-in/callback?code=made-up&state=${state}&iss=${gateway.issuer.issuer.origin}`
    assert.equal((await thief.get(made)).status, 401)
  })

  it('has a new session after each sign-in, and none after signing out', async () => {
    browser.cookies.set('phigate-session', 'planted')
    const first = await signInAs(browser, 'reviewer')
    const cookie = browser.cookies.get('phigate-session') ?? ''
    assert.notEqual(cookie, 'planted')
    assert.ok(cookie.length >= 40)
    await browser.get('/sign-in')
    const thief = openBrowser(gateway.server.consoleUrl)
    thief.cookies.set('phigate-session', cookie)
    assert.match((await thief.get('/reviews')).text, /Demo sign-in/, 'the one before is over')
    assert.equal(
      (await browser.submit(first, '/sign-out', {})).status,
      403,
      'a form of the one before',
    )
    const out = await browser.submit(await browser.get('/reviews'), '/sign-out', {})
    assert.equal(out.url.pathname, '/signed-out')
    assert.ok(!browser.cookies.has('phigate-session'))
  })

  it('is asked again who they are when a fresh sign-in is wanted', async () => {
    await signInAs(browser, 'reviewer')
    assert.equal((await browser.get('/sign-in')).url.pathname, '/reviews', 'the issuer knows them')
    assert.match((await browser.get('/sign-in?again=1')).text, /Demo sign-in/)
  })

  it('never leads elsewhere after the sign-in', async () => {
    for (const to of ['https://evil.example/', '//evil.example', '/reviews/../x', '/api/reviews']) {
      const other = openBrowser(gateway.server.consoleUrl)
      const page = await signInAs(other, 'reviewer', `/sign-in?to=${encodeURIComponent(to)}`)
      assert.equal(page.url.pathname, '/reviews')
    }
  })

  it('is at the gateway nobody, as a token of the gateway is nobody here', async () => {
    await signInAs(browser, 'reviewer')
    const cookie = `phigate-session=${browser.cookies.get('phigate-session')}`
    const headers = { cookie, authorization: '' }
    assert.equal((await gateway.post(ask('hello'), { headers })).status, 401)
    const { waiting, id } = await held()
    const wrong = consoleWith(gateway, gateway.token)
    assert.equal((await wrong.get('/api/reviews')).status, 401)
    const service = consoleWith(gateway, await gateway.issuer.token('svc-triage', 'console'))
    assert.equal(await service.answer(id, 'approve'), 403)
    await officer.answer(id, 'deny')
    await waiting
  })

  it('may use the API by the cookie, for changes with the token of its forms alone', async () => {
    const { waiting, id } = await held()
    const page = await signInAs(browser, 'reviewer', `/reviews/${id}`)
    const csrf = /name="csrf" value="([^"]+)"/.exec(page.text)?.[1] ?? ''
    const cookie = `phigate-session=${browser.cookies.get('phigate-session')}`
    const url = new URL(`/api/reviews/${id}/deny`, gateway.server.consoleUrl)
    const body = JSON.stringify({ reason: 'by script' })
    const post = (headers: Record<string, string>): Promise<Response> =>
      fetch(url, {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/json', ...headers },
      })
    assert.equal((await post({ cookie })).status, 403)
    assert.equal((await post({ cookie, 'x-phigate-csrf': 'no' })).status, 403)
    assert.equal((await post({ cookie, 'x-phigate-csrf': csrf })).status, 200)
    assert.equal((await waiting).status, 451)
  })
})

describe('sign-ins that are refused', function () {
  this.timeout(60_000)

  it('are on record in aggregate, by issuer, without a word of the answer', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'phigate-sign-in-'))
    const gateway = await startTestGateway({ dataDir })
    try {
      const browser = openBrowser(gateway.server.consoleUrl)
      for (const code of ['forged-code', 'another-code']) {
        await browser.get('/sign-in')
        const page = await browser.get(`/sign-in/callback?code=${code}&state=forged-state`)
        assert.equal(page.status, 401)
      }
      await gateway.stop()
      const [refused] = gateway
        .records()
        .flatMap(({ custom }) => (custom.kind === 'refused-tokens' ? [custom.refused] : []))
      assert.deepEqual(Object.values(refused ?? {}), [{ 'sign-in': 2 }])
      assert.doesNotMatch(gateway.written(), /forged-|another-code/)
    } finally {
      rmSync(dataDir, { recursive: true, force: true })
    }
  })
})
