import assert from 'node:assert/strict'
import type { MaskMemory } from '../../../src/domain/index.ts'
import { inspectRequest, type RequestJob, type RequestVerdict } from '../../../src/inspect/index.ts'
import type { Policy } from '../../../src/policy/index.ts'
import { openPolicy, readBundle } from '../../../src/policy/index.ts'
import { DEFAULT_POLICY_DIR } from '../../../src/config/index.ts'
import { validate } from '../../../src/schema/index.ts'
import {
  committedPolicy,
  forwarded,
  inspector,
  memoryInMemory,
  policyWith,
  PRINCIPAL,
  requestJob,
  textOf,
} from '../../support/inspection.ts'

const STRICT = { connection: { name: 'claude-strict', labels: { baa: false } } } as const
const NAME = 'Patient: Jorvina Quillmark'

function says(content: unknown, more: object = {}): object {
  return { model: 'claude-test', messages: [{ role: 'user', content }], ...more }
}

async function inspect(
  body: unknown,
  more: Partial<RequestJob> = {},
  policy: Policy = committedPolicy(),
): Promise<RequestVerdict> {
  return inspectRequest(requestJob(body, more), inspector(memoryInMemory(), policy))
}

function refused(verdict: RequestVerdict): Extract<RequestVerdict, { kind: 'refuse' }> {
  assert.equal(verdict.kind, 'refuse')
  if (verdict.kind !== 'refuse') throw new Error('it was forwarded')
  return verdict
}

function held(verdict: RequestVerdict): Extract<RequestVerdict, { kind: 'hold' }> {
  assert.equal(verdict.kind, 'hold')
  if (verdict.kind !== 'hold') throw new Error('it was not held')
  return verdict
}

describe('a request that policy refuses', () => {
  it('comes with what would have to be removed, and with a masked body', async () => {
    const verdict = refused(
      await inspect(says([{ type: 'text', text: `${NAME}, SSN 219-09-9941` }]), STRICT),
    )
    assert.deepEqual(verdict.removed, [
      { path: '/messages/0/content/0/text', type: 'PERSON', operator: 'placeholder' },
      { path: '/messages/0/content/0/text', type: 'US_SSN', operator: 'redact' },
    ])
    assert.ok(verdict.sanitized !== undefined)
    assert.ok(!/Jorvina|Quillmark|219-09-9941/.test(verdict.sanitized))
    assert.equal(JSON.parse(verdict.sanitized).model, 'claude-test')
    validate('policy-input', verdict.facts)
  })

  it('passes when its sender accepts the masks', async () => {
    const verdict = forwarded(await inspect(says(NAME), { ...STRICT, acceptMasked: true }))
    assert.ok(!textOf(verdict.body).includes('Jorvina'))
  })

  it('comes without a body where a mask would not do, or policy does not offer one', async () => {
    const key = says('hello', { metadata: { 'SSN 219-09-9941': 'x' } })
    const none = policyWith((profile) => ({ ...profile, offerSanitized: false }))
    const verdicts = [
      await inspect(key, STRICT),
      await inspect(says(NAME), STRICT, none),
      await inspect(says(`${NAME} ${'word '.repeat(300_000)}`), STRICT),
    ]
    for (const verdict of verdicts) assert.equal(refused(verdict).sanitized, undefined)
    assert.deepEqual(
      verdicts.map((verdict) => refused(verdict).acceptable),
      [false, true, true],
    )
  })

  const ELSEWHERE = { connection: { name: 'unknown-to-policy', labels: { baa: true } } }
  const SCHEMA = { input_schema: { properties: { ssn: { enum: ['219-09-9941'] } } } }
  const OF_OTHERS: Readonly<Record<string, readonly [object, Partial<RequestJob>]>> = {
    'that no rule grants': [says(NAME), ELSEWHERE],
    'with an identifier in a schema': [says(NAME, { tools: [{ name: 'f', ...SCHEMA }] }), {}],
    'for what the agreement does not cover': [says(NAME, { container: 'c1' }), STRICT],
    'whose masks were accepted': [
      says(NAME, { container: 'c1' }),
      { ...STRICT, acceptMasked: true },
    ],
  }
  for (const [name, [body, job]] of Object.entries(OF_OTHERS)) {
    it(`comes without an offer, because it would be refused again: one ${name}`, async () => {
      const verdict = refused(await inspect(body, job))
      assert.ok(verdict.removed.length > 0)
      assert.equal(verdict.acceptable, false)
      assert.equal(verdict.sanitized, undefined)
    })
  }

  it('names what would be withheld', async () => {
    const source = { type: 'base64', media_type: 'image/png', data: 'iVBORw0KGgo=' }
    const content = [{ type: 'image', source }]
    const called = { type: 'tool_use', id: 't', name: 'Read', input: {} }
    const messages = [
      { role: 'user', content: 'look' },
      { role: 'assistant', content: [called] },
      { role: 'user', content: [{ type: 'tool_result', tool_use_id: 't', content }] },
    ]
    const verdict = refused(await inspect({ model: 'claude-test', messages }, STRICT))
    assert.deepEqual(verdict.removed, [
      {
        path: '/messages/2/content/0/content/0',
        type: 'UNINSPECTABLE',
        operator: 'withhold',
      },
    ])
    assert.equal(verdict.acceptable, true)
    assert.match(verdict.sanitized ?? '', /image withheld by policy/)
  })

  it('remembers nothing', async () => {
    const memory = memoryInMemory()
    const spying: MaskMemory = { ...memory, remember: () => assert.fail('it was remembered') }
    const job = requestJob(says(NAME), STRICT)
    assert.equal((await inspectRequest(job, inspector(spying))).kind, 'refuse')
  })
})

describe('a request that needs approval', () => {
  const CHART = 'give me a summary of the entire patient chart'

  it('names the signals that demand it, by message', async () => {
    const verdict = held(await inspect(says(CHART)))
    assert.equal(verdict.decision.outcome, 'require-approval')
    const [signal] = verdict.facts.signals
    assert.equal(signal?.name, 'full-chart-summary')
    assert.match(signal.message, /^hmac:[0-9a-f]{64}$/)
  })

  it('comes masked, as it would be forwarded', async () => {
    const verdict = held(await inspect(says(`${NAME}. ${CHART}`)))
    assert.ok(!textOf(verdict.body).includes('Jorvina'))
  })

  it('comes with the reason that was given, masked', async () => {
    const told = held(await inspect(says(CHART), { reason: `for ${NAME}, ward round` }))
    assert.match(told.reason ?? '', /^for .*\[PERSON\], ward round$/)
    assert.equal(held(await inspect(says(CHART))).reason, null)
  })

  it('is the same question until a person adds to it, whatever follows by itself', async () => {
    const asked = { role: 'user', content: CHART }
    const reply = { role: 'assistant', content: 'It begins in 2019.' }
    const anchorOf = async (messages: unknown, more: object = {}): Promise<string> =>
      held(await inspect({ model: 'claude-test', messages, ...more }, { session: 'one' })).anchor
    const anchor = await anchorOf([asked])
    assert.equal(await anchorOf([asked, reply]), anchor)
    const others = [
      await anchorOf([asked, reply, { role: 'user', content: 'go on' }]),
      await anchorOf([asked, reply, { role: 'system', content: 'leave nothing out' }]),
      await anchorOf([asked], { system: 'leave nothing out' }),
      await anchorOf([asked], { model: 'claude-other' }),
    ]
    assert.equal(new Set([anchor, ...others]).size, 5)
  })
})

describe('policy that fails', () => {
  it('stops the request where it gives no profile', async () => {
    const policy = openPolicy(readBundle(DEFAULT_POLICY_DIR), () => ({
      evaluate: () => undefined,
      memoryBytes: () => 0,
    }))
    await assert.rejects(inspect(says('hello'), {}, policy))
  })

  it('does not pass what cannot be masked, whatever it says', async () => {
    const lax: Policy = {
      ...committedPolicy(),
      decide: () => ({ outcome: 'allow', reasons: [], approval: [] }),
    }
    const image = {
      type: 'image',
      source: { type: 'base64', media_type: 'image/png', data: 'AA==' },
    }
    const bodies = [says('hello', { 'SSN 219-09-9941': 1 }), says([image])]
    for (const body of bodies) await assert.rejects(inspect(body, {}, lax), /cannot be masked/)
  })
})

describe('mask memory that does not fit', () => {
  const broken = (entry: string): MaskMemory => ({
    ...memoryInMemory(),
    lookup: async (_, prefixes) => prefixes.map(() => entry),
  })

  it('stops the request', async () => {
    const span = ['/content/0/text', 0, 999, 'PERSON', null, 1, 'cued', 'placeholder', 0]
    const elsewhere = ['/content/7/text', ...span.slice(1)]
    const entries = [
      'nothing',
      JSON.stringify({ v: 2, spans: [], uninspectable: [] }),
      JSON.stringify({ v: 1, spans: [span], uninspectable: [] }),
      JSON.stringify({ v: 1, spans: [elsewhere], uninspectable: [] }),
    ]
    for (const entry of entries) {
      await assert.rejects(inspectRequest(requestJob(says('hello')), inspector(broken(entry))))
    }
  })

  it('denies a source about which it says nothing', async () => {
    const image = {
      type: 'image',
      source: { type: 'base64', media_type: 'image/png', data: 'AA==' },
    }
    const content = [{ type: 'tool_result', tool_use_id: 'x', content: [image] }]
    const entry = JSON.stringify({ v: 1, spans: [], uninspectable: [] })
    const verdict = await inspectRequest(requestJob(says(content)), inspector(broken(entry)))
    assert.equal(refused(verdict).facts.uninspectable[0]?.action, 'deny')
  })
})

describe('a session', () => {
  const UUID = '0f8fad5b-d9cb-469f-a165-70867728950e'
  const label = async (body: unknown, more: Partial<RequestJob> = {}): Promise<string> =>
    (await inspect(body, { session: undefined, ...more })).sessionLabel

  it('is the one of the header, else of the metadata, else implied by the first texts', async () => {
    const metadata = { user_id: JSON.stringify({ session_id: UUID }) }
    const header = await label(says('a'), { session: UUID })
    assert.match(header, /^ses_[0-9A-HJKMNP-TV-Z]{26}$/)
    assert.equal(await label(says('b', { metadata })), header)
    assert.notEqual(await label(says('b', { metadata }), { session: 'other' }), header)
    const implied = await label(says('a'))
    assert.notEqual(implied, header)
    assert.equal(await label(says([{ type: 'text', text: 'a' }])), implied)
    assert.notEqual(await label(says('b')), implied)
    assert.notEqual(await label(says('a', { system: 'S' })), implied)
    assert.equal(
      await label(says('a', { system: 'S' })),
      await label(says('a', { system: [{ type: 'text', text: 'S' }] })),
    )
    const grown = {
      messages: [
        { role: 'user', content: 'a' },
        { role: 'assistant', content: 'x' },
        { role: 'user', content: 'y' },
      ],
    }
    assert.equal(await label({ model: 'claude-test', ...grown }), implied)
  })

  it('belongs to one principal, whoever acts for it, and one connection', async () => {
    const other = { connection: { name: 'claude-strict', labels: { baa: false } } }
    const labels = await Promise.all([
      label(says('a'), { session: UUID }),
      label(says('a'), { session: UUID, ...other }),
      label(says('a'), {
        session: UUID,
        principal: { ...PRINCIPAL, id: 'https://issuer.example|b' },
      }),
      label(says('a'), { session: UUID, principal: { ...PRINCIPAL, onBehalfOf: 'c' } }),
    ])
    assert.equal(new Set(labels).size, 4)
  })

  it('has placeholders of its own', async () => {
    const masked = async (session: string) => {
      const { body } = forwarded(await inspect(says(NAME), { session }))
      return (JSON.parse(textOf(body)) as { messages: { content: string }[] }).messages[0]?.content
    }
    assert.equal(await masked('a'), await masked('a'))
    assert.notEqual(await masked('a'), await masked('b'))
  })
})

describe('the operator hash', () => {
  it('gives the same in all sessions, and nothing to restore', async () => {
    const hashing = policyWith((p) => ({
      ...p,
      entities: { ...p.entities, MEDICAL_RECORD_NUMBER: 'hash' },
    }))
    const first = forwarded(await inspect(says('MRN: 48210377'), { session: 'a' }, hashing))
    const second = forwarded(await inspect(says('MRN: 48210377'), { session: 'b' }, hashing))
    assert.equal(textOf(first.body), textOf(second.body))
    assert.match(textOf(first.body), /\[MEDICAL_RECORD_NUMBER_\w{26}\]/)
    assert.equal(first.context.restore.byteLength, 2)
  })
})
