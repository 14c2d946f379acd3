import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { inspectRequest } from '../../../src/inspect/index.ts'
import type { RequestJob } from '../../../src/inspect/index.ts'
import { bodyText } from '../../support/bodies.ts'
import {
  forwarded,
  inspector,
  memoryInMemory,
  PRINCIPAL,
  requestJob,
  textOf,
  type Forwarded,
} from '../../support/inspection.ts'
import { holds } from '../../support/property.ts'

async function sent(body: unknown, more: Partial<RequestJob> = {}): Promise<Forwarded> {
  return forwarded(await inspectRequest(requestJob(body, more), inspector(memoryInMemory())))
}

async function digest(body: unknown, more: Partial<RequestJob> = {}): Promise<string> {
  return (await sent(body, more)).reviewDigest
}

const NAME = 'Patient: Jorvina Quillmark'
const text = (words: string, more: object = {}): object => ({ type: 'text', text: words, ...more })
const base = {
  model: 'claude-test',
  system: 'Help.',
  messages: [{ role: 'user', content: NAME }],
}

describe('reviewDigest', () => {
  it('does not change with what says nothing to the model', async () => {
    const one = await digest(base)
    assert.match(one, /^sha256:[0-9a-f]{64}$/)
    const cached = { cache_control: { type: 'ephemeral' } }
    const billing = 'x-anthropic-billing-header: cc_version=1.2.3; cc_entrypoint=sdk-ts;'
    const same = [
      { ...base, stream: true },
      { ...base, max_tokens: 64000 },
      { ...base, metadata: { user_id: 'x' } },
      { ...base, system: [text('Help.', cached)] },
      { ...base, system: [text(billing), text('Help.')] },
      { ...base, messages: [{ role: 'user', content: [text(NAME, cached)] }] },
    ]
    for (const body of same) assert.equal(await digest(body), one)
    assert.equal(await digest(JSON.stringify(base, null, 2)), one)
  })

  it('changes with everything else', async () => {
    const headers = { 'anthropic-beta': 'effort-2025-11-24' }
    const digests = await Promise.all([
      digest(base),
      digest(base, { headers }),
      digest(base, { principal: { ...PRINCIPAL, id: 'https://issuer.example|other' } }),
      digest(base, { principal: { ...PRINCIPAL, onBehalfOf: 'somebody' } }),
      digest(base, {
        connection: { name: 'claude-strict', labels: { baa: false } },
        acceptMasked: true,
      }),
      digest(base, { operation: 'messages.count_tokens' }),
      digest({ ...base, model: 'claude-other' }),
      digest({ ...base, system: 'Help!' }),
      digest({ ...base, temperature: 1 }),
      digest({ ...base, tools: [] }),
      digest({ ...base, messages: [...base.messages, { role: 'assistant', content: 'x' }] }),
    ])
    assert.equal(new Set(digests).size, digests.length)
  })

  it('is over what leaves: another value is another mask', async () => {
    const other = { ...base, messages: [{ role: 'user', content: 'Patient: Tamsel Dravensted' }] }
    assert.notEqual(await digest(other), await digest(base))
    assert.equal(
      (await sent(base, { session: 'a' })).reviewDigest,
      await digest(base, { session: 'a' }),
    )
    assert.notEqual(await digest(base, { session: 'a' }), await digest(base, { session: 'b' }))
  })

  it('is there for requests without a body', async () => {
    const models = { operation: 'models.list', body: new Uint8Array(0) } as const
    assert.match(await digest('', models), /^sha256:/)
  })
})

function digestsOf(verdict: Forwarded): readonly string[] {
  return verdict.pieces.map((piece) => piece.digest)
}

describe('the pieces of a payload', () => {
  it('are, joined, the body that is forwarded, each named by its digest', async () => {
    await holds(
      bodyText,
      async (body) => {
        const verdict = await inspectRequest(requestJob(body), inspector(memoryInMemory()))
        if (verdict.kind !== 'forward') return
        let at = 0
        for (const { digest: name, start, end } of verdict.pieces) {
          assert.equal(start, at)
          const bytes = verdict.body.subarray(start, end)
          assert.equal(createHash('sha256').update(bytes).digest('hex'), name)
          at = end
        }
        assert.equal(at, verdict.body.byteLength)
        assert.equal(createHash('sha256').update(verdict.body).digest('hex'), verdict.bodySha256)
      },
      { runs: 100 },
    )
  })

  it('are only few new ones when a conversation grows by a turn', async () => {
    const by = inspector(memoryInMemory())
    const turn = (number: number) => ({
      role: 'user',
      content: `${NAME} said ${'word '.repeat(number)}`,
    })
    const messages = [1, 2, 3, 4].map(turn)
    const tools = [{ name: 'Read', description: 'reads' }]
    const send = async (count: number): Promise<readonly string[]> => {
      const body = { model: 'claude-test', tools, messages: messages.slice(0, count) }
      return digestsOf(forwarded(await inspectRequest(requestJob(body), by)))
    }
    let known = new Set(await send(1))
    for (const count of [2, 3, 4]) {
      const pieces = await send(count)
      // The message, and at most the separators around it that were not there before.
      assert.ok(pieces.filter((piece) => !known.has(piece)).length <= 2)
      assert.ok(pieces.some((piece) => !known.has(piece)))
      known = known.union(new Set(pieces))
    }
  })

  it('are none where there is no body', async () => {
    const verdict = await sent('', { operation: 'models.list', body: new Uint8Array(0) })
    assert.deepEqual(verdict.pieces, [])
    assert.equal(verdict.body.byteLength, 0)
  })
})

describe('fidelity', () => {
  it('forwards the very bytes where nothing is masked', async () => {
    const body =
      ' { "model":"claude-test", "messages":[ {"role":"user","content":"a\\u0041 \\/"} ],\n"x":1.0 } '
    const job = requestJob(body)
    const verdict = forwarded(await inspectRequest(job, inspector(memoryInMemory())))
    assert.equal(verdict.body, job.body)
    assert.equal(verdict.decision.outcome, 'allow')
  })

  it('changes nothing but the value where something is', async () => {
    const around = [
      ' { "model" : "claude-test","messages":[{"content":"\\u0041 Patient: ',
      ', \\/","role":"user"}] , "top_p":1.0 }\n',
    ] as const
    const verdict = await sent(around.join('Jorvina Quillmark'))
    const out = textOf(verdict.body)
    assert.ok(out.startsWith(around[0]) && out.endsWith(around[1]))
    assert.match(out.slice(around[0].length, -around[1].length), /^\[PERSON_\w{7}\.\w{7}\]$/)
    assert.equal(verdict.decision.outcome, 'mask')
  })

  it('withholds a source that cannot be read in a tool result, alike on every turn', async () => {
    const image = {
      type: 'image',
      source: { type: 'base64', media_type: 'image/png', data: 'AA==' },
    }
    const body = {
      model: 'claude-test',
      messages: [
        { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'x', content: [image] }] },
      ],
    }
    const by = inspector(memoryInMemory())
    const send = async () => textOf(forwarded(await inspectRequest(requestJob(body), by)).body)
    const first = await send()
    assert.equal(await send(), first)
    const [block] = JSON.parse(first).messages[0].content[0].content
    assert.equal(block.type, 'text')
    assert.match(block.text, /^image withheld by policy \[UNINSPECTABLE_\w{10}\]$/)
  })
})
