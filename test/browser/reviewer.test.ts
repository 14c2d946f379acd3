import assert from 'node:assert/strict'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { DEFAULT_APPROVALS } from '../../src/config/index.ts'
import { startChromium } from '../support/chromium.ts'
import { consoleAs, type ConsoleCaller } from '../support/console.ts'
import { ask, startTestGateway, type TestGateway } from '../support/gateway.ts'

const HOSTILE = [
  '<script>window.hacked = 1</script>',
  '"><img src=x onerror="window.hacked = 2">',
  '</textarea></pre></section><iframe src="javascript:window.hacked = 3"></iframe>',
  '<style>body{display:none}</style>',
  '<svg/onload="window.hacked = 4">',
]

describe('a reviewer in Chromium', function () {
  this.timeout(120_000)
  let gateway: TestGateway
  let chromium: Browser
  let officer: ConsoleCaller
  let context: BrowserContext
  let page: Page
  /** What the browser refused or complained of. */
  let problems: string[]
  let chats = 0

  before(async () => {
    const approvals = { ...DEFAULT_APPROVALS, silentSeconds: 60, quietSeconds: 1 }
    gateway = await startTestGateway({ approvals })
    officer = await consoleAs(gateway, 'reviewer')
    chromium = await startChromium()
  })
  after(async () => {
    await chromium.close()
    await gateway.stop()
  })
  beforeEach(async () => {
    problems = []
    context = await chromium.newContext()
    page = await context.newPage()
    page.on('console', (message) => problems.push(message.text()))
    page.on('pageerror', (error) => problems.push(String(error)))
    page.on('dialog', (dialog) => {
      problems.push(`dialog ${dialog.message()}`)
      void dialog.dismiss()
    })
  })
  afterEach(async () => {
    assert.deepEqual(problems, [])
    await context.close()
  })

  const at = (path: string): string => new URL(path, gateway.server.consoleUrl).href
  const signIn = async (path = '/reviews'): Promise<void> => {
    await page.goto(at(path))
    await page.getByRole('button', { name: 'reviewer', exact: true }).click()
    await page.waitForURL(at(path))
  }
  const held = async (...texts: string[]): Promise<{ waiting: Promise<Response>; id: string }> => {
    const before = new Set((await officer.reviews('pending')).map(({ id }) => id))
    chats += 1
    const prompt = `Give me a full chart summary for the patient with MRN: 77661${chats}.`
    const content = [...texts, prompt].map((text) => ({ type: 'text', text }))
    const waiting = gateway.post(ask(content))
    const pending = await officer.pending(before.size + 1)
    return { waiting, id: pending.find(({ id }) => !before.has(id))?.id ?? '' }
  }

  it('signs in at the issuer, sees what comes in without loading again, and approves it', async () => {
    await signIn()
    await page.getByText('Nothing waits for you.').waitFor()
    const { waiting, id } = await held()
    await page.getByText('1 waiting for you.').waitFor()
    await page.getByRole('link', { name: 'A summary of a full chart' }).click()
    await page.waitForURL(at(`/reviews/${id}`))
    assert.match(await page.locator('.turn.user mark').innerText(), /^\[MEDICAL_RECORD_NUMBER_/)
    assert.ok(!(await page.content()).includes(`77661${chats}`))
    await page.getByLabel('Reason').fill('asked by the ward round')
    await page.getByRole('button', { name: 'Approve' }).click()
    await page
      .getByText(/Approved/)
      .first()
      .waitFor()
    assert.equal((await waiting).status, 200)
    assert.match(await page.locator('#state').innerText(), /asked by the ward round/)
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByRole('heading', { name: 'Signed out' }).waitFor()
    const names = (await context.cookies(at('/'))).map(({ name }) => name)
    assert.ok(!names.includes('phigate-session'))
  })

  it('denies by keyboard alone, with a reason that the form wants', async () => {
    const { waiting, id } = await held()
    await signIn(`/reviews/${id}`)
    await page.getByRole('button', { name: 'Deny' }).click()
    assert.equal(await page.locator('#reason:invalid').count(), 1, 'nothing is sent without one')
    await page.getByLabel('Reason').focus()
    await page.keyboard.type('not needed for the question')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.getByText('Denied', { exact: true }).waitFor()
    assert.equal((await waiting).status, 451)
  })

  it('sees a payload full of markup as text, and nothing of it runs', async () => {
    const { waiting, id } = await held(...HOSTILE)
    await signIn(`/reviews/${id}`)
    const shown = await page.locator('main').innerText()
    for (const text of HOSTILE) assert.ok(shown.includes(text), text)
    for (const tag of ['script', 'img', 'iframe', 'svg', 'style']) {
      assert.equal(await page.locator(`main ${tag}`).count(), 0, tag)
    }
    // One look for news later as well: the script puts in what it is given.
    await officer.answer(id, 'deny')
    await page.getByText('Denied', { exact: true }).waitFor()
    assert.equal(await page.evaluate('window.hacked'), undefined)
    assert.equal((await waiting).status, 451)
    await page.goto(at(`/reviews/${id}/body`))
    assert.equal(await page.evaluate('window.hacked'), undefined)
    assert.ok((await page.locator('body').innerText()).includes('onerror'))
  })

  it('is not answered for by who stole the cookie, nor by a page of another site', async () => {
    const { waiting, id } = await held()
    await signIn(`/reviews/${id}`)
    const cookies = await context.cookies()
    const stolen = cookies.find(({ name }) => name === 'phigate-session')
    assert.deepEqual([stolen?.httpOnly, stolen?.sameSite], [true, 'Lax'])
    assert.equal(await page.evaluate('document.cookie'), '')
    const forged = await fetch(at(`/reviews/${id}`), {
      method: 'POST',
      headers: { cookie: `phigate-session=${stolen?.value}` },
      body: new URLSearchParams({ verdict: 'approve', reason: 'mine' }),
    })
    assert.equal(forged.status, 403)
    // Another site: the same machine under another name.
    const other = gateway.url.href.replace('127.0.0.1', 'localhost')
    await page.goto(new URL('/healthz', other).href)
    await page.evaluate(
      `document.body.innerHTML = '<form method="post" action="${at(`/reviews/${id}`)}"><input name="verdict" value="approve"><input name="reason" value="x"></form>';` +
        'document.forms[0].submit()',
    )
    await page.waitForURL(at(`/reviews/${id}`))
    assert.match(await page.content(), /Nobody is signed in|not sent from a page of your session/)
    // The browser says so as well.
    problems = problems.filter((text) => !/status of 40[13]/.test(text))
    assert.equal((await officer.reviews('pending')).filter((one) => one.id === id).length, 1)
    assert.equal(await officer.answer(id, 'deny'), 200)
    assert.equal((await waiting).status, 451)
  })
})
