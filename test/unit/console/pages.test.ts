import assert from 'node:assert/strict'
import { createServer, type Server } from 'node:http'
import { createConsole } from '../../../src/console/index.ts'
import { GatewayError, type Principal, type ReplayedSession } from '../../../src/domain/index.ts'
import { asked, HOUR, need, testApprovals, type TestApprovals } from '../../support/approvals.ts'
import { noRetention } from '../../support/retention.ts'
import { recordAt } from '../../support/audit-records.ts'
import { openBrowser, type Browser, type Page } from '../../support/browser.ts'

const MINUTE = 60_000
const HOSTILE = '</pre><script>alert(1)</script>" onmouseover="alert(2)'
const HOSTILE_RECORD = {
  ...recordAt(12),
  requested_by: `iss|${HOSTILE}`,
  result: {
    outcome: 'deny' as const,
    reasons: [{ code: HOSTILE, message: HOSTILE }],
    approval: [],
  },
}
const SESSION = `ses_${'0'.repeat(26)}`
const officer: Principal = {
  id: 'iss|officer',
  kind: 'person',
  scopes: [],
  groups: ['privacy-officers'],
  onBehalfOf: null,
  purpose: null,
}

describe('the pages of the console', () => {
  let desk: TestApprovals
  let server: Server
  let browser: Browser
  let who: Principal
  let now: () => Promise<Principal>
  let authenticatedAt: number
  let home: URL
  let replayed: ReplayedSession | undefined
  let readings: string[]

  beforeEach(async () => {
    desk = await testApprovals()
    who = officer
    now = async () => who
    authenticatedAt = desk.now
    replayed = undefined
    readings = []
    server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    assert.ok(typeof address === 'object' && address !== null)
    const publicUrl = new URL(`http://127.0.0.1:${address.port}`)
    const clock = { now: () => desk.now }
    server.on(
      'request',
      createConsole({
        identity: {
          authenticate: async () => {
            throw new GatewayError('unauthenticated', 'no token')
          },
        },
        status: () => {
          throw new Error('not asked for')
        },
        principals: {
          list: () => ({ blocks: [], uses: [] }),
          block: async () => {},
          unblock: async () => {},
        },
        bundles: () => [],
        history: () => [],
        recordings: {
          sessions: async () => (replayed === undefined ? [] : [replayed.session]),
          replay: async (id, { by }) => {
            readings.push(`${id} ${by}`)
            return replayed ?? assert.fail('nothing is recorded')
          },
          bytes: () => Promise.reject(new Error('nothing is recorded')),
          end: async () => {},
          shred: async () => {},
        },
        retention: noRetention,
        webhooks: { endpoints: () => [], undelivered: async () => [], resend: async () => 0 },
        scans: { start: async () => 'scan_1', report: () => undefined },
        audit: {
          terms: { principal: 'who did it', from: 'a time', before: 'a number', limit: 'how many' },
          search: async (_by, terms) => {
            if (terms['from'] === 'x') throw new GatewayError('invalid-request', 'from is wrong')
            return terms['principal'] === 'nobody' ? [] : [HOSTILE_RECORD]
          },
          exported: async () => 0,
        },
        reviews: {
          get approvals() {
            return desk.approvals
          },
          url: (id) => new URL(`/reviews/${id}`, publicUrl),
          clock,
        },
        signIn: {
          times: { idleMs: 15 * MINUTE, lifeMs: 8 * HOUR, freshMs: 15 * MINUTE },
          desk: {
            begin: async () => ({
              url: new URL('/sign-in/callback?code=1', publicUrl),
              secrets: 's',
            }),
            finish: async () => ({ principal: who, authenticatedAt, now: () => now() }),
          },
        },
        clock,
        publicUrl,
      }),
    )
    home = publicUrl
    browser = openBrowser(publicUrl)
  })
  afterEach(() => {
    server.close()
    server.closeAllConnections()
    desk.close()
  })

  async function review(
    payload: unknown = {},
    changes: Parameters<typeof asked>[0] = {},
  ): Promise<string> {
    const claim = await desk.approvals.claim(asked(changes), Buffer.from(JSON.stringify(payload)))
    return claim.review.id
  }
  const answer = (page: Page, id: string): Promise<Page> =>
    browser.submit(page, `/reviews/${id}`, { verdict: 'approve', reason: 'seen' })
  const live = { 'x-phigate-live': '1' }

  it('let nothing run, load, frame or send but what is of here', async () => {
    const page = await browser.get('/reviews')
    const policy = page.headers.get('content-security-policy') ?? ''
    for (const rule of [
      "default-src 'none'",
      "style-src 'self'",
      "script-src 'self'",
      "connect-src 'self'",
      "form-action 'self'",
      "frame-ancestors 'none'",
      "base-uri 'none'",
    ]) {
      assert.ok(policy.split('; ').includes(rule), rule)
    }
    assert.equal(page.headers.get('cache-control'), 'no-store')
    assert.equal(page.headers.get('x-content-type-options'), 'nosniff')
    assert.ok(!/\son\w+=|style=|<script>|<style/.test(page.text), 'nothing inline')
    for (const [path, type] of [
      ['/assets/style.css', /^text\/css/],
      ['/assets/script.js', /^text\/javascript/],
    ] as const) {
      assert.match((await browser.get(path)).headers.get('content-type') ?? '', type)
    }
  })

  it('replay a hostile session as text, to those who may read it, with the masks marked', async () => {
    const hostile =
      '<script>alert(1)</script>"><img src=x onerror=alert(2)>\u202E\u001b[2J [TODO_1234567]'
    const mask = '[PERSON_7K2M4QW]'
    replayed = {
      session: {
        slot: 0,
        session: SESSION,
        principal: 'iss|<b>svc</b>',
        onBehalfOf: '<b>',
        threads: 1,
        connection: 'claude',
        firstAt: desk.now,
        lastAt: desk.now,
        exchanges: 60,
        bytes: 1,
      },
      marks: [
        [mask, 'PERSON', '"><b>'],
        ['<b>', 'DATE', ''],
      ],
      exchanges: [
        {
          number: 0,
          exchange: 'dec_1',
          at: '2026-11-22T00:00:00.000Z',
          thread: 0,
          principal: 'iss|svc',
          onBehalfOf: null,
          connection: 'claude',
          model: '<b>model</b>',
          operation: 'messages.create',
          profile: 'p',
          policyRevision: 'r',
          detector: '2',
          system: hostile,
          tools: [{ name: hostile }],
          messages: [{ role: 'user', content: [{ type: 'text', text: `${hostile} ${mask}` }] }],
          answer: {
            at: '2026-11-22T00:00:01.000Z',
            content: [{ type: 'text', text: hostile }, hostile],
          },
        },
      ],
    }
    const { text, status } = await browser.get(`/sessions/${SESSION}`)
    assert.equal(status, 200)
    for (const markup of ['<script>', '<img', '<b>', '\u202E', '\u001b']) {
      assert.ok(!text.includes(markup), markup)
    }
    assert.match(text, /<mark title="PERSON, &quot;&gt;&lt;b&gt;">\[PERSON_7K2M4QW\]<\/mark>/)
    assert.ok(!text.includes('>[TODO_1234567]<'))
    assert.match(text, new RegExp(`href="/sessions/${SESSION}\\?from=1"`))
    assert.deepEqual(readings, [`${SESSION} iss|officer`])
    assert.match((await browser.get('/sessions')).text, new RegExp(`href="/sessions/${SESSION}"`))
    who = { ...officer, groups: ['admins'] }
    const other = openBrowser(home)
    assert.equal((await other.get(`/sessions/${SESSION}`)).status, 403)
    assert.equal((await other.get(`/sessions/${SESSION}/exchanges/dec_1`)).status, 403)
    who = { ...officer, groups: [] }
    assert.equal((await openBrowser(home).get('/sessions')).status, 403)
    assert.equal(readings.length, 1)
  })

  it('show a hostile payload as text, whatever it tries', async () => {
    const hostile = [
      '<script>alert(1)</script>',
      '"><img src=x onerror=alert(2)>',
      "' onmouseover='alert(3)",
      '</textarea></pre></section><iframe src="javascript:alert(4)">',
      'javascript:alert(5)',
      '<style>body{display:none}</style>',
      '<!-- --><svg/onload=alert(6)>',
      '&lt;b&gt;',
      'a\u0000b\u202Edetrever\u2066x\u200By\u001b[2J\ud800',
    ]
    const [role, name] = ['<b>user</b>', '<b>tool</b>']
    const id = await review(
      {
        model: hostile[0],
        system: [{ type: 'text', text: hostile[0], '<i>key</i>': hostile[1] }],
        tools: [{ name, description: hostile[3] }],
        messages: [
          ...hostile.map((content) => ({ role: 'user', content })),
          { role, content: 7 },
          'odd',
          {
            role: 'assistant',
            content: [
              {
                type: 'tool_use',
                id: hostile[1],
                name,
                input: { [String(hostile[1])]: hostile[2] },
              },
              {
                type: 'tool_result',
                content: [{ type: 'text', text: hostile[3] }, { type: hostile[0] }],
              },
              { type: 'thinking', thinking: hostile[5], signature: hostile[2] },
              null,
              { type: { nested: hostile[6] } },
            ],
          },
        ],
      },
      {
        model: '<b>model</b>',
        principal: 'iss|<b>svc</b>',
        purpose: '"><b>',
        reasons: [{ code: 'a', message: '<b>why</b>', rule: 'r' }],
        totals: { '<b>TYPE</b>': 1 },
      },
    )
    const page = await browser.get(`/reviews/${id}`)
    assert.equal(page.status, 200)
    const allowed =
      /^<\/?(?:html|head|meta|title|link|script|body|a|header|nav|form|span|input|button|main|h[1-4]|div|p|dl|dt|dd|section|details|summary|pre|mark|time|textarea|label)(?:\s+(?:[a-z-]+="[^"<>]*"|data-live|defer|required))*\s*\/?>$/
    const tags = page.text.replace('<!doctype html>', '').match(/<[^>]*>?/g) ?? []
    assert.deepEqual(
      tags.filter((tag) => !allowed.test(tag)),
      [],
    )
    assert.equal(page.text.match(/<script/g)?.length, 1)
    assert.ok(tags.every((tag) => !/ on\w+=|javascript:/i.test(tag)))
    assert.ok(page.text.includes('&lt;script&gt;alert(1)&lt;/script&gt;'))
    assert.ok(page.text.includes('&amp;lt;b&amp;gt;'))
    assert.ok(page.text.includes('a⟨U+0000⟩b⟨U+202E⟩detrever⟨U+2066⟩x⟨U+200B⟩y⟨U+001B⟩[2J'))
    assert.ok(!/[^\P{Cc}\t\n]|\p{Cf}/u.test(page.text))
    assert.match((await browser.get('/reviews')).text, /&lt;b&gt;why/)
  })

  it('tell a script that looks for news how a review stands, without sending the body again', async () => {
    const id = await review({ messages: [{ role: 'user', content: 'what was asked' }] })
    const page = await browser.get(`/reviews/${id}`)
    assert.ok(
      page.text.indexOf('what was asked') < page.text.indexOf('<textarea'),
      'read, then answer',
    )
    const before = await browser.get(`/reviews/${id}`, live)
    assert.ok(!before.text.includes('what was asked'))
    assert.equal((await browser.get(`/reviews/${id}`, live)).text, before.text, 'no news')
    await desk.approvals.vote(id, { id: 'iss|other', groups: officer.groups }, 'deny', 'no')
    const after = await browser.get(`/reviews/${id}`, live)
    assert.match(after.text, /id="news"[^>]*>\s*Denied/)
    for (const part of ['state', 'answer']) assert.ok(after.text.includes(`id="${part}" data-live`))
  })

  it('give the whole body as text that nothing takes for a page', async () => {
    const payload = { messages: [{ role: 'user', content: '<script>alert(1)</script>' }] }
    const id = await review(payload)
    await browser.get('/reviews')
    const body = await browser.get(`/reviews/${id}/body`)
    assert.equal(body.text, JSON.stringify(payload))
    assert.match(body.headers.get('content-type') ?? '', /^text\/plain/)
    assert.match(body.headers.get('content-security-policy') ?? '', /sandbox/)
  })

  it('mark what was masked, and what only looks like it where such a type was found', async () => {
    const text = 'To [PERSON_7K2M4QW.9XD3K5M], [DATE_1950_9XD3K5M2AB], [US_SSN], [TODO], [x]'
    const id = await review(
      { messages: [{ role: 'user', content: text }] },
      { totals: { US_SSN: 1 } },
    )
    const { text: page } = await browser.get(`/reviews/${id}`)
    const marks = [...page.matchAll(/<mark>(.*?)<\/mark>/g)].map(([, mark]) => mark)
    assert.deepEqual(marks.slice(1), [
      '[PERSON_7K2M4QW.9XD3K5M]',
      '[DATE_1950_9XD3K5M2AB]',
      '[US_SSN]',
    ])
  })

  it('say what is asked, why, by whom, and what is still needed', async () => {
    const id = await review(
      {},
      { needs: [need({ min: 2 })], totals: { PERSON: 3 }, purpose: 'audit' },
    )
    const { text } = await browser.get(`/reviews/${id}`)
    for (const part of [
      'A full chart summary.',
      'iss|svc',
      'PERSON: 3',
      '2 more of privacy-officers',
      'audit',
      'abc',
      'this request, once',
    ]) {
      assert.ok(text.includes(part), part)
    }
    const after = await answer(await browser.get(`/reviews/${id}`), id)
    assert.match(after.text, /1 more of privacy-officers/)
    assert.match(after.text, /approved by officer/)
    assert.ok(!after.text.includes('<textarea'), 'one person answers once')
  })

  it('search the audit log, show records as text, and go on where a page ended', async () => {
    const empty = await browser.get('/audit')
    assert.equal(empty.status, 200)
    assert.doesNotMatch(empty.text, /<h2>Records/)
    const found = await browser.get('/audit?principal=%22%3E%3Cscript%3E&from=')
    assert.doesNotMatch(found.text, /<script>|onmouseover="/)
    assert.match(found.text, /&lt;\/pre&gt;&lt;script&gt;/)
    assert.match(found.text, /value="&quot;&gt;&lt;script&gt;"/)
    assert.match(found.text, /href="\/audit\?principal=%22%3E%3Cscript%3E&amp;before=12"/)
    assert.match((await browser.get('/audit?principal=nobody')).text, /None fits/)
    const wrong = await browser.get('/audit?from=x')
    assert.deepEqual(
      [wrong.status, /role="alert"[^>]*>from is wrong/.test(wrong.text)],
      [400, true],
    )
  })

  it('show the audit log, and the way to it, to auditors and privacy officers alone', async () => {
    assert.match((await browser.get('/reviews')).text, /href="\/audit"/)
    browser.cookies.clear()
    who = { ...officer, groups: ['admins'] }
    assert.doesNotMatch((await browser.get('/reviews')).text, /href="\/audit"/)
    assert.equal((await browser.get('/audit?principal=a')).status, 403)
  })

  it('have a label for each field, headings in order, one main part and a language', async () => {
    const id = await review({ system: 's', messages: [{ role: 'user', content: 'x' }] })
    const { text } = await browser.get(`/reviews/${id}`)
    assert.match(text, /<html lang="en">/)
    assert.equal(text.match(/<main/g)?.length, 1)
    assert.equal(text.match(/<h1/g)?.length, 1)
    assert.match(text, /<label for="reason">[\s\S]*<textarea\s+id="reason"/)
    const levels = [...text.matchAll(/<h(\d)/g)].map(([, level]) => Number(level))
    levels.reduce((before, level) => {
      assert.ok(level <= before + 1)
      return level
    })
    assert.match(text, /role="status"/)
    assert.match(text, /name="viewport" content="width=device-width/)
  })

  it('end a session that nobody used for 15 minutes, however often a script looks', async () => {
    await browser.get('/reviews')
    for (let minute = 0; minute < 14; minute += 1) {
      desk.now += MINUTE
      assert.equal((await browser.get('/reviews', live)).status, 200)
    }
    desk.now += MINUTE
    assert.equal((await browser.get('/reviews', live)).status, 401)
  })

  it('keep a session that is used, for eight hours at most', async () => {
    await browser.get('/reviews')
    for (let minute = 14; minute < 8 * 60; minute += 14) {
      desk.now += 14 * MINUTE
      assert.equal((await browser.get('/reviews')).way.length, 0)
    }
    desk.now += 14 * MINUTE
    assert.equal((await browser.get('/reviews', live)).status, 401)
  })

  it('take no answer on a sign-in that is older than 15 minutes', async () => {
    const id = await review()
    const page = await browser.get(`/reviews/${id}`)
    desk.now += 10 * MINUTE
    await browser.get('/reviews')
    desk.now += 5 * MINUTE
    const stale = await answer(page, id)
    assert.equal(stale.status, 403)
    assert.match(stale.text, /href="\/sign-in\?again=1&amp;to=\/reviews\/rev_/)
    assert.equal((await desk.approvals.get(id)).status, 'pending')
    authenticatedAt = desk.now
    const again = await browser.get(`/sign-in?again=1&to=/reviews/${id}`)
    assert.equal((await answer(again, id)).status, 200)
    assert.equal((await desk.approvals.get(id)).status, 'approved')
  })

  it('answer for nobody who is no person, whatever groups they are in', async () => {
    who = { ...officer, kind: 'service_account' }
    const id = await review()
    const page = await browser.get('/reviews')
    const csrf = /name="csrf" value="([^"]+)"/.exec(page.text)?.[1] ?? ''
    const fields = { csrf, verdict: 'approve', reason: 'so' }
    assert.equal((await browser.post(`/reviews/${id}`, fields)).status, 403)
    assert.equal((await desk.approvals.get(id)).status, 'pending')
  })

  it('show who asked how it stands, without the body and a way to answer', async () => {
    who = { ...officer, id: 'iss|svc', groups: [] }
    const id = await review({ messages: [{ role: 'user', content: 'what was asked' }] })
    const page = await browser.get(`/reviews/${id}`)
    assert.equal(page.status, 200)
    assert.ok(!page.text.includes('what was asked') && !page.text.includes('<textarea'))
    assert.equal((await browser.get(`/reviews/${id}/body`)).status, 403)
    who = { ...who, id: 'iss|somebody' }
    assert.equal((await openBrowser(page.url).get(`/reviews/${id}`)).status, 404)
  })

  it('never offer an answer to the one who asked, though they are in the group', async () => {
    const id = await review({}, { onBehalfOf: officer.id })
    const page = await browser.get(`/reviews/${id}`)
    assert.ok(!page.text.includes('<textarea'))
    assert.match((await browser.get('/reviews')).text, /Waiting for others/)
  })

  it('let the approval be revoked by those who could give it', async () => {
    const id = await review()
    const approved = await answer(await browser.get(`/reviews/${id}`), id)
    assert.match(approved.text, /value="revoke"/)
    const revoked = await browser.submit(approved, `/reviews/${id}`, {
      verdict: 'revoke',
      reason: 'no',
    })
    assert.match(revoked.text, /revoked/)
    assert.ok(!revoked.text.includes('<textarea'))
  })

  it('let somebody say afterwards that it was right to break the glass', async () => {
    const broken = { needs: [need({ breakGlass: true })], requestReason: 'cardiac arrest' }
    const id = await review({}, broken)
    const list = await browser.get('/reviews')
    assert.match(list.text, /1 waiting for you[\s\S]*the glass was broken/)
    const page = await browser.get(`/reviews/${id}`)
    assert.match(page.text, /broke the glass by svc, .*: cardiac arrest/)
    const done = await browser.submit(page, `/reviews/${id}`, {
      verdict: 'approve',
      reason: 'justified',
    })
    assert.match(done.text, /approved by officer/)
    assert.ok(!done.text.includes('value="approve"'))
    assert.match((await browser.get('/reviews')).text, /Nothing waits for you/)
  })

  it('let somebody say afterwards that it was wrong to break the glass', async () => {
    const broken = { needs: [need({ breakGlass: true })], requestReason: 'curious' }
    const id = await review({}, broken)
    const page = await browser.get(`/reviews/${id}`)
    assert.match(page.text, /value="deny">It was not justified</)
    const fields = { verdict: 'deny', reason: 'no emergency' }
    const done = await browser.submit(page, `/reviews/${id}`, fields)
    assert.match(done.text, /it was not justified[\s\S]*denied by officer/)
    assert.match((await browser.get('/reviews')).text, /Nothing waits for you/)
  })

  it('say what was lost in a crash, and let it be allowed once more', async () => {
    const id = await review({})
    await answer(await browser.get(`/reviews/${id}`), id)
    await desk.approvals.claim(asked(), Buffer.from('{}'))
    await desk.restart()
    assert.match((await browser.get('/reviews')).text, /nobody knows whether it reached Claude/)
    const page = await browser.get(`/reviews/${id}`)
    const done = await browser.submit(page, `/reviews/${id}`, {
      verdict: 'renew',
      reason: 'nothing came of it',
    })
    assert.match(done.text, /allowed once more by officer/)
    assert.match(done.text, /Approved, not used yet/)
  })

  it('say that somebody else was first, with the reason still there', async () => {
    const id = await review()
    const page = await browser.get(`/reviews/${id}`)
    await desk.approvals.vote(id, { id: 'iss|other', groups: officer.groups }, 'deny', 'no')
    const late = await answer(page, id)
    assert.equal(late.status, 409)
    assert.match(late.text, /The review is denied/)
  })

  it('look at the groups of a reader again after five minutes, and fail closed', async () => {
    const id = await review()
    await browser.get(`/reviews/${id}`)
    desk.now += 5 * MINUTE
    now = async () => {
      throw new GatewayError('issuer-unavailable', 'away')
    }
    assert.equal((await browser.get(`/reviews/${id}`)).status, 503)
    now = async () => ({ ...officer, groups: [] })
    assert.equal((await browser.get(`/reviews/${id}`)).status, 404)
    now = async () => {
      throw new GatewayError('unauthenticated', 'unknown')
    }
    desk.now += 5 * MINUTE
    assert.equal((await browser.get(`/reviews/${id}`)).status, 401)
    assert.equal((await browser.get(`/reviews/${id}`, live)).status, 401, 'and the session is over')
  })

  it('take no two cookies of one name for a session', async () => {
    await browser.get('/reviews')
    const cookie = browser.cookies.get('phigate-session') ?? ''
    browser.cookies.set('phigate-session', `${cookie}; phigate-session=planted`)
    assert.equal((await browser.get('/reviews', live)).status, 401)
  })

  it('set cookies that scripts and other sites do not get', async () => {
    const { url } = await browser.get('/reviews')
    const response = await fetch(new URL('/sign-in', url), { redirect: 'manual' })
    const [line = ''] = response.headers.getSetCookie()
    assert.match(line, /^phigate-sign-in=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/)
  })
})
