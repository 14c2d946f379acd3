import assert from 'node:assert/strict'
import Sdk0x from 'sdk-0x'
import SdkNewest, { type Anthropic } from 'sdk-newest'
import { watchRecords, assertForwarded, assertRefused } from '../support/exchanges.ts'
import { ask } from '../support/gateway.ts'
import { PATIENTS } from '../support/patients.ts'
import { placeholdersIn } from '../support/placeholders.ts'
import type { AuditRecord } from '../../src/schema/index.ts'
import { openStage, type Stage } from './support/stage.ts'

const [PATIENT] = PATIENTS
const NAME = `${PATIENT.first} ${PATIENT.last}`
const NOTE = `Patient ${NAME}, MRN: ${PATIENT.mrn}, SSN ${PATIENT.ssn}, has a cough.`
const SECRETS = [PATIENT.first, PATIENT.last, PATIENT.mrn, PATIENT.ssn]
const BETA = 'context-management-2025-06-27'

/** Both are used in the same way; that their types differ in what is not used here does not matter. */
const SDKS = [
  {
    version: '1.12.0',
    Client: SdkNewest,
    header: 'authorization',
    betaQuery: '',
    apiVersion: '2026-10-21',
  },
  {
    version: '0.137.0',
    Client: Sdk0x as unknown as typeof SdkNewest,
    header: 'x-api-key',
    betaQuery: '?beta=true',
    apiVersion: '2023-06-01',
  },
] as const

type Body = Anthropic.MessageCreateParamsNonStreaming

const body = (text: string): Body => ask(text) as unknown as Body
const textOf = (message: { content: readonly { type: string }[] }): string =>
  message.content.map((block) => ('text' in block ? String(block.text) : '')).join('')

for (const { version, Client, header, betaQuery, apiVersion } of SDKS) {
  describe(`@anthropic-ai/sdk ${version}`, () => {
    let stage: Stage
    let records: () => AuditRecord[]
    const client = (
      connection?: string,
      apiKey = stage.gateway.token,
    ): InstanceType<typeof Client> => new Client({ baseURL: stage.baseUrl(connection), apiKey })

    before(async () => {
      stage = await openStage()
      records = watchRecords(stage.gateway)
    })
    beforeEach(() => {
      stage.forget()
      records()
    })
    after(() => stage.stop())

    /** One call came, was masked, and came back whole. */
    const assertMasked = (url: string): void => {
      assert.deepEqual(
        stage.recorder.sent.map((sent) => [sent.url, sent.status]),
        [[url, 200]],
      )
      const sent = stage.recorder.sent[0]?.headers[header]
      assert.equal(
        sent,
        header === 'x-api-key' ? stage.gateway.token : `Bearer ${stage.gateway.token}`,
      )
      const upstream = stage.upstreamBytes()
      assert.equal(placeholdersIn(upstream, 'PERSON').length, 1)
      assert.ok(upstream.includes(`"anthropic-version":"${apiVersion}"`))
      stage.assertKept(SECRETS)
      assertForwarded(records(), 'complete', 200)
    }

    it('gets its answer with the values it sent', async () => {
      const message = await client().messages.create(body(NOTE))
      assert.match(
        textOf(message),
        new RegExp(`Patient ${NAME}, MRN: ${PATIENT.mrn}, SSN \\[US_SSN\\]`),
      )
      assertMasked('/v1/messages')
    })

    it('gets a streamed answer with the values it sent', async () => {
      const stream = client().messages.stream(body(NOTE))
      let text = ''
      stream.on('text', (delta) => (text += delta))
      assert.equal(textOf(await stream.finalMessage()), text)
      assert.ok(text.includes(NAME))
      assertMasked('/v1/messages')
    })

    it('counts the tokens of what would be forwarded', async () => {
      const { model, messages } = body(NOTE)
      const { input_tokens } = await client().messages.countTokens({ model, messages })
      assert.ok(input_tokens > 0)
      assertMasked('/v1/messages/count_tokens')
    })

    it('uses beta messages, of which betas and query reach the upstream', async () => {
      const message = await client().beta.messages.create({ ...body(NOTE), betas: [BETA] })
      assert.ok(textOf(message).includes(NAME))
      assertMasked(`/v1/messages${betaQuery}`)
      const [received] = stage.received()
      assert.equal(received?.headers['anthropic-beta'], BETA)
      assert.equal(received?.query, betaQuery.slice(1))
    })

    it('streams beta messages', async () => {
      const stream = client().beta.messages.stream({ ...body(NOTE), betas: [BETA] })
      assert.ok(textOf(await stream.finalMessage()).includes(NAME))
      assertMasked(`/v1/messages${betaQuery}`)
    })

    it('counts the tokens of beta messages', async () => {
      const { model, messages } = body(NOTE)
      await client().beta.messages.countTokens({ model, messages, betas: [BETA] })
      assertMasked(`/v1/messages/count_tokens${betaQuery}`)
    })

    /** The error of a call that must fail, after one request that reached nobody. */
    const refused = async (
      call: PromiseLike<unknown>,
      status: number,
    ): Promise<InstanceType<typeof SdkNewest.APIError>> => {
      const error = await Promise.resolve(call).then(
        () => assert.fail('the call was answered'),
        (thrown: unknown) => thrown,
      )
      assert.ok(error instanceof Client.APIError)
      assert.equal(error.status, status)
      assert.deepEqual(
        stage.recorder.sent.map((sent) => sent.status),
        [status],
      )
      assert.equal(stage.upstreamBytes(), '')
      stage.assertKept(SECRETS)
      assert.ok(
        !SECRETS.some((secret) =>
          `${error.message} ${JSON.stringify(error.error)}`.includes(secret),
        ),
      )
      return error as InstanceType<typeof SdkNewest.APIError>
    }
    const detailsOf = (error: { error: unknown }): Record<string, unknown> =>
      (error.error as { error: Record<string, unknown> }).error

    for (const form of ['create', 'stream'] as const) {
      const call = (c: InstanceType<typeof Client>, text: string): PromiseLike<unknown> =>
        form === 'create'
          ? c.messages.create(body(text))
          : c.messages.stream(body(text)).finalMessage()

      it(`reads why a ${form} was refused, and does not try again`, async () => {
        const error = await refused(call(client('claude-strict'), NOTE), 451)
        const { type, phigate } = detailsOf(error)
        assert.equal(type, 'policy_denied')
        const { decisionId, reasons, removed, sanitized } = phigate as Record<string, unknown>
        assert.equal(error.headers?.get('request-id'), decisionId)
        assert.equal(error.requestID, decisionId)
        assert.deepEqual(
          (reasons as { code: string }[]).map(({ code }) => code),
          ['phi-refused'],
        )
        assert.ok(
          (removed as { path: string }[]).every(({ path }) => path === '/messages/0/content'),
        )
        assert.equal(placeholdersIn(JSON.stringify(sanitized), 'PERSON').length, 1)
        assertRefused(records(), 'phi-refused')
      })

      it(`learns that a ${form} waits for a person, and does not try again`, async () => {
        const error = await refused(call(client(), 'Summarize the full chart.'), 451)
        assert.equal(detailsOf(error)['type'], 'approval_required')
        const [record, end, ...more] = records()
        assert.equal(record?.result?.outcome, 'require-approval')
        assert.equal(end?.custom.end, 'not-approved')
        assert.deepEqual(more, [])
      })
    }

    it('is told that its token is not valid, and does not try again', async () => {
      const other = `${stage.gateway.token.slice(0, -8)}AAAAAAAA`
      const error = await refused(client(undefined, other).messages.create(body(NOTE)), 401)
      assert.ok(error instanceof Client.AuthenticationError)
      assert.equal(detailsOf(error)['type'], 'authentication_error')
      assert.deepEqual(records(), [])
    })
  })
}
