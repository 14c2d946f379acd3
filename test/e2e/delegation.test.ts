import assert from 'node:assert/strict'
import { rmSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { usualIssuer } from '../../src/config/index.ts'
import { verifyLog } from '../../src/record/index.ts'
import { validate, type AuditRecord } from '../../src/schema/index.ts'
import { errorOf, watchRecords } from '../support/exchanges.ts'
import { ask, startTestGateway, type TestGateway } from '../support/gateway.ts'
import { placeholdersIn } from '../support/placeholders.ts'
import { FakeIssuer, newKey, signToken, type SigningKey } from '../unit/identity/fake-issuer.ts'

const QUESTION = 'Patient Hugo Brandt, MRN: UL660021.'
const HEADER = 'x-phigate-on-behalf-of'

type Headers = Readonly<Record<string, string>>

describe('people who act through an application', () => {
  let key: SigningKey
  let hospital: FakeIssuer
  let dataDir: string
  let gateway: TestGateway
  let records: () => AuditRecord[]

  before(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'phigate-delegation-'))
    key = await newKey('k1')
    hospital = await FakeIssuer.start([key])
    const issuer = { ...usualIssuer(hospital.url), claims: { purpose: 'purpose_of_use' } }
    gateway = await startTestGateway({ dataDir }, [issuer])
    records = watchRecords(gateway)
    records()
  })
  after(async () => {
    await gateway.stop()
    await hospital.close()
    rmSync(dataDir, { recursive: true, force: true })
  })

  const person = (sub: string, claims: Record<string, unknown> = {}): Promise<string> =>
    signToken(hospital, key, Date.now(), {
      claims: { sub, client_id: 'chart-app', ...claims },
    })
  const bearer = (token: string): Headers => ({ authorization: `Bearer ${token}` })

  /** What was recorded of one request that went through, and its masks. */
  async function asked(headers: Headers): Promise<{ record: AuditRecord; masks: string[] }> {
    const before = gateway.simulator.received.length
    const response = await gateway.post(ask(QUESTION), { headers })
    assert.equal(response.status, 200)
    await response.text()
    const sent = gateway.simulator.received[before]
    assert.ok(sent !== undefined)
    for (const value of Object.values(headers)) {
      assert.ok(!JSON.stringify(sent.headers).includes(value), 'a credential went upstream')
    }
    assert.ok(!(HEADER in sent.headers))
    const [record] = records()
    assert.ok(record !== undefined)
    assert.equal(record.custom.kind, 'decision')
    const text = JSON.stringify(sent.body)
    return {
      record,
      masks: ['PERSON', 'MEDICAL_RECORD_NUMBER'].flatMap((type) => [...placeholdersIn(text, type)]),
    }
  }

  it('are in the facts and the record, and the application is who asked', async () => {
    const { record } = await asked({ [HEADER]: await person('nurse') })
    const id = `${gateway.issuer.issuer.origin}|svc-triage`
    assert.equal(record.requested_by, id)
    assert.equal(record.input?.principal.id, id)
    assert.equal(record.input?.principal.onBehalfOf, `${hospital.url.origin}|nurse`)
  })

  it('are named by the claim act as well, with the purpose that their issuer states', async () => {
    const token = await person('nurse', { act: { sub: 'chart-app' }, purpose_of_use: 'treatment' })
    const { record } = await asked(bearer(token))
    assert.equal(record.requested_by, `${hospital.url.origin}|chart-app`)
    const { id, kind, onBehalfOf, purpose } = record.input?.principal ?? {}
    assert.deepEqual(
      { id, kind, onBehalfOf, purpose },
      {
        id: `${hospital.url.origin}|chart-app`,
        kind: 'service_account',
        onBehalfOf: `${hospital.url.origin}|nurse`,
        purpose: 'treatment',
      },
    )
  })

  it('have sessions and placeholders of their own', async () => {
    const session = { 'x-phigate-session': 'ward-7' }
    const of = async (who: Headers) => asked({ ...session, ...who })
    const alone = await of({})
    const nurse = await of({ [HEADER]: await person('nurse') })
    const again = await of({ [HEADER]: await person('nurse') })
    const physician = await of({ [HEADER]: await person('physician') })
    assert.equal(nurse.masks.length, 2)
    assert.deepEqual(again.masks, nurse.masks)
    assert.equal(again.record.custom.session, nurse.record.custom.session)
    const sessions = [alone, nurse, physician].map(({ record }) => record.custom.session)
    assert.equal(new Set(sessions).size, 3)
    const masks = [alone, nurse, physician].flatMap((one) => one.masks)
    assert.equal(new Set(masks).size, masks.length)
  })

  it('are shown by a token that holds, or nothing leaves the gateway', async () => {
    const before = gateway.simulator.received.length
    const cases: readonly [string, RegExp][] = [
      [
        await person('nurse', { exp: Math.floor(Date.now() / 1000) - 60 }),
        /on-behalf-of has expired/,
      ],
      [gateway.token, /on-behalf-of does not belong to a person/],
      [`${await person('nurse')}x`, /on-behalf-of has a bad signature/],
      ['nurse', /on-behalf-of is not a signed JWT/],
    ]
    for (const [token, message] of cases) {
      const envelope = await errorOf(
        await gateway.post(ask(QUESTION), { headers: { [HEADER]: token } }),
        401,
      )
      assert.match(envelope.error.message, message)
      assert.ok(!JSON.stringify(envelope).includes(token) || token === 'nurse')
    }
    assert.equal(gateway.simulator.received.length, before)
    assert.deepEqual(records(), [])
  })

  it('of one issuer are not let down when the other is away', async () => {
    hospital.fault = 'down'
    assert.equal((await gateway.post(ask('good morning'))).status, 200)
    const ready = await fetch(new URL('/readyz', gateway.url))
    assert.equal(ready.status, 200)
    hospital.fault = undefined
  })
})

describe('refused tokens in the audit log', () => {
  it('are one record at the stop, with numbers and without a word of theirs', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'phigate-refused-'))
    const gateway = await startTestGateway({ dataDir })
    const key = await newKey('k1')
    const stranger = await FakeIssuer.start([key])
    const foreign = await signToken(stranger, key, Date.now())
    const person = await gateway.issuer.token('reviewer')
    try {
      for (let index = 0; index < 20; index += 1) {
        const headers = { authorization: `Bearer ${foreign}` }
        await errorOf(await gateway.post(ask('good morning'), { headers }), 401)
      }
      const headers = { authorization: `Bearer ${person}` }
      await errorOf(await gateway.post(ask('good morning'), { headers }), 401)
      const console = await fetch(new URL('/status', gateway.server.consoleUrl))
      assert.equal(console.status, 401)
    } finally {
      await stranger.close()
      await gateway.stop()
    }
    const found = gateway.records().filter(({ custom }) => custom.kind === 'refused-tokens')
    assert.deepEqual(
      found.map((record) => validate('audit-record', record).custom.refused),
      [
        {
          unknown: { 'unknown-issuer': 20, 'no-credential': 1 },
          [gateway.issuer.issuer.origin]: { 'wrong-audience': 1 },
        },
      ],
    )
    assert.ok(!gateway.written().includes(stranger.url.origin))
    assert.equal((await verifyLog(join(dataDir, 'audit', 'audit.ndjson'))).ok, true)
    rmSync(dataDir, { recursive: true, force: true })
  })
})
