import assert from 'node:assert/strict'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { verifyFolder } from '../../src/record/index.ts'
import { phigate } from '../support/command.ts'
import { consoleAs, type ConsoleCaller } from '../support/console.ts'
import { ask, startTestGateway, type TestGateway } from '../support/gateway.ts'
import { assertNowhere } from '../support/leaks.ts'
import { recordedTexts } from '../support/recordings.ts'

const NAME = 'Jorvina Quillmark'
const ESCAPES = 'a\u001b[2Jb\u202Ec'

interface Listed {
  readonly session: string
  readonly exchanges: number
}

interface Exchange {
  readonly exchange: string
  readonly messages: readonly { readonly role: string; readonly content: unknown }[]
  readonly answer: { readonly content: readonly { readonly text: string }[] } | null
}

interface Replayed {
  readonly marks: readonly { readonly type: string; readonly recognizer: string }[]
  readonly exchanges: readonly Exchange[]
}

describe('the sessions of the console', function () {
  this.timeout(120_000)
  let gateway: TestGateway
  let auditor: ConsoleCaller

  beforeEach(async () => {
    gateway = await startTestGateway()
    auditor = await consoleAs(gateway, 'auditor')
  })
  afterEach(() => gateway.stop())

  const turns: string[] = []
  /** One turn of a conversation. */
  async function say(text: string): Promise<void> {
    turns.push(text)
    const messages = turns.map((content, at) => ({ role: at % 2 ? 'assistant' : 'user', content }))
    const answer = await gateway.post({ ...ask(''), messages }, { headers: SESSION })
    assert.equal(answer.status, 200)
    const { content } = (await answer.json()) as { content: { text: string }[] }
    turns.push(content[0]?.text ?? '')
  }
  const SESSION = { 'x-phigate-session': 'mine' }

  async function talk(): Promise<string> {
    turns.length = 0
    await say(`Patient: ${NAME}, MRN 9988771.`)
    await say(`And now? ${ESCAPES}`)
    await say('Thank you.')
    const { sessions } = (await (await auditor.get('/api/sessions')).json()) as {
      sessions: Listed[]
    }
    assert.deepEqual(
      sessions.map(({ exchanges }) => exchanges),
      [3],
    )
    return sessions[0]?.session ?? ''
  }

  /** What the log says of recordings. */
  const told = (): readonly unknown[] =>
    gateway.records().flatMap(({ custom, requested_by: by = '' }) => {
      const { kind, session, detail } = custom
      return /^(?:recording|session)-/.test(kind) ? [[kind, session, by.split('|')[1], detail]] : []
    })

  const command = async (...args: string[]): Promise<{ code: number | null; stdout: string }> => {
    const user = ['shred', 'end'].includes(args[0] ?? '') ? 'reviewer' : 'auditor'
    return phigate(['sessions', ...args], {
      PHIGATE_CONSOLE: gateway.server.consoleUrl.href,
      PHIGATE_CONSOLE_TOKEN: await gateway.issuer.token(user),
    })
  }

  it('are read as a conversation in which each turn is told once, masked, and each reading is recorded', async () => {
    const id = await talk()
    const answer = await auditor.get(`/api/sessions/${id}?from=0&limit=2`)
    const text = await answer.text()
    assertNowhere([NAME, 'Quillmark', '9988771'], { text })
    const { marks, exchanges } = JSON.parse(text) as Replayed
    assert.deepEqual([...new Set(marks.map(({ type }) => type))].toSorted(), [
      'MEDICAL_RECORD_NUMBER',
      'PERSON',
    ])
    assert.ok(marks.every(({ recognizer }) => recognizer !== ''))
    assert.deepEqual(
      exchanges.map(({ messages }) => messages.map(({ role }) => role)),
      [['user'], ['user']],
    )
    assert.match(exchanges[0]?.answer?.content[0]?.text ?? '', /\[PERSON_/)
    assert.deepEqual(told(), [['recording-read', id, 'auditor', 'exchanges 0 to 1']])
    const bytes = `/api/sessions/${id}/exchanges/${exchanges[1]?.exchange}`
    const { request } = (await (await auditor.get(bytes)).json()) as { request: string }
    assert.equal(request, gateway.simulator.received[1]?.bodyBytes.toString('utf8'))
    assert.equal((await auditor.get('/api/sessions/ses_none')).status, 404)
    assert.equal((await auditor.get(`/api/sessions/${id}?limit=501`)).status, 400)
    assert.equal((await auditor.get(`/api/sessions?from=soon`)).status, 400)
  })

  it('answer as the description of the API says', async () => {
    const id = await talk()
    const ajv = new Ajv2020({ strict: false, formats: { 'date-time': true } })
    const { paths } = (await (await auditor.get('/api/openapi.json')).json()) as {
      paths: Record<
        string,
        { get: { responses: { 200: { content: Record<string, { schema: object }> } } } }
      >
    }
    const { exchanges } = (await (await auditor.get(`/api/sessions/${id}`)).json()) as Replayed
    const own = Object.keys(paths).filter((path) => path.startsWith('/api/sessions'))
    const read = own.filter((path) => paths[path]?.get !== undefined)
    assert.equal(read.length, 4)
    for (const path of read) {
      const schema = paths[path]?.get.responses['200'].content['application/json']?.schema ?? {}
      const answers = ajv.compile(schema)
      const asked = path.replace('{id}', id).replace('{exchange}', exchanges[0]?.exchange ?? '')
      const answer = await auditor.get(asked)
      assert.equal(answer.status, 200, path)
      assert.ok(answers(await answer.json()), `${path}: ${ajv.errorsText(answers.errors)}`)
    }
  })

  it('are no business of admins, services or whoever asks with a token of the gateway', async () => {
    const id = await talk()
    const admin = await consoleAs(gateway, 'admin')
    assert.equal((await admin.get('/api/sessions')).status, 200)
    for (const path of [`/api/sessions/${id}`, `/api/sessions/${id}/export`]) {
      assert.equal((await admin.get(path)).status, 403)
    }
    const shred = `/api/sessions/${id}/shred`
    assert.equal((await auditor.post(shred, { reason: 'why not' })).status, 403)
    assert.equal((await admin.post(shred, {})).status, 400)
    assert.deepEqual(told(), [])
  })

  it('are replayed and exported by the command line, which obeys nothing of a payload', async () => {
    const id = await talk()
    const { stdout: listed } = await command('list')
    assert.match(listed, new RegExp(`^${id} .*svc-triage on claude: 3 exchanges since`))
    const { code, stdout } = await command('replay', id)
    assert.equal(code, 0)
    assert.match(stdout, /user: Patient: \[PERSON_[^\]]+\]\{PERSON by \w+/)
    assert.match(stdout, /a⟨U\+001B⟩\[2Jb⟨U\+202E⟩c/)
    assert.ok(!stdout.includes('\u001b'))
    assert.equal(stdout.split('user: ').length, 4)
    const { stdout: data } = await command('replay', id, '--json', '--from', '1', '--limit', '1')
    assert.equal((JSON.parse(data) as { number: number }).number, 1)
    const { stdout: ndjson } = await command('export', id)
    assert.equal(ndjson.trim().split('\n').length, 4)
    const file = join(gateway.dataDir, 'session.md')
    await command('export', id, '--format', 'markdown', '--output', file)
    assert.match(readFileSync(file, 'utf8'), /^# Session ses_\w+\n/)
    const { stdout: shown } = await command('show', id)
    assert.equal(shown.trim().split('\n').length, 4)
    const kinds = told().map((one) => (one as string[])[0])
    const exported = 'recording-exported'
    assert.deepEqual(kinds, [
      'recording-read',
      'recording-read',
      exported,
      exported,
      'recording-read',
    ])
    const all = { stdout, data, ndjson, shown, file: readFileSync(file, 'utf8') }
    assertNowhere([NAME, 'Quillmark', '9988771'], all)
  })

  it('are gone when they were shredded, for good, and the log that says so still checks', async () => {
    const id = await talk()
    assert.match(recordedTexts(gateway.dataDir), /Thank you/)
    const { code, stdout } = await command('shred', id, '--reason', 'a name was missed')
    assert.deepEqual([code, stdout], [0, `${id} shredded\n`])
    assert.equal(recordedTexts(gateway.dataDir), '')
    assert.deepEqual(told(), [['recording-shredded', id, 'reviewer', 'a name was missed']])
    assert.equal((await auditor.get(`/api/sessions/${id}`)).status, 404)
    assert.notEqual((await command('shred', id, '--reason', 'again')).code, 0)
    // The conversation goes on, under a new key.
    await say('One more.')
    const again = (await (await auditor.get(`/api/sessions/${id}`)).json()) as Replayed
    assert.equal(again.exchanges.length, 1)
    const checked = await verifyFolder(join(gateway.dataDir, 'audit'), { keys: undefined })
    assert.equal(checked.ok, true)
  })

  it('are masked anew when they were ended, and the log says who ended them', async () => {
    const id = await talk()
    const { code, stdout } = await command('end', id, '--reason', 'an urgent rule')
    assert.deepEqual([code, stdout], [0, `${id} ended\n`])
    assert.deepEqual(told(), [['session-ended', id, 'reviewer', 'an urgent rule']])
    // The same values have the same placeholders, so the conversation does not notice.
    await say('One more.')
    const again = (await (await auditor.get(`/api/sessions/${id}`)).json()) as Replayed
    assert.equal(again.exchanges.length, 4)
    assert.notEqual((await command('end', 'ses_0000', '--reason', 'no such')).code, 0)
    assert.equal((await auditor.post(`/api/sessions/${id}/end`, { reason: 'x' })).status, 403)
  })

  it('take the payload of a review along when they are shredded', async () => {
    const officer = await consoleAs(gateway, 'reviewer')
    const text = 'Give me a full chart summary for the patient with MRN: 9988123.'
    const waiting = gateway.post(ask(text), { headers: SESSION })
    const [review] = await officer.pending()
    assert.ok(review)
    await officer.answer(review.id, 'approve')
    await waiting
    const path = `/api/reviews/${review.id}`
    const before = (await (await officer.get(path)).json()) as { session: string; payload: object }
    assert.ok('messages' in before.payload)
    const shredded = await officer.post(`/api/sessions/${before.session}/shred`, { reason: 'why' })
    assert.equal(shredded.status, 200)
    const after = (await (await officer.get(path)).json()) as { payload: object }
    assert.deepEqual(after.payload, {})
  })
})
