import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import * as fc from 'fast-check'
import { inspectRequest } from '../../../src/inspect/index.ts'
import type { PolicyInput } from '../../../src/schema/index.ts'
import { validate } from '../../../src/schema/index.ts'
import { inspector, memoryInMemory, requestJob } from '../../support/inspection.ts'
import { PATIENTS } from '../../support/patients.ts'
import { holds } from '../../support/property.ts'

async function factsOf(body: unknown, headers: Record<string, string> = {}): Promise<PolicyInput> {
  const job = requestJob(body, { headers })
  return (await inspectRequest(job, inspector(memoryInMemory()))).facts
}

function says(content: unknown): object {
  return { model: 'claude-test', messages: [{ role: 'user', content }] }
}

const patients = async (content: unknown): Promise<number> =>
  (await factsOf(says(content))).patients

describe('the facts of a request', () => {
  it('count findings by place, type and operator', async () => {
    const facts = await factsOf(
      says('Patient: Jorvina Quillmark, SSN 219-09-9941, SSN 457-55-5462'),
    )
    assert.deepEqual(
      facts.findings.map(({ type, path, role, place, operator, count, subtype }) => [
        [type, path, role, place, operator, count],
        subtype,
      ]),
      [
        [['PERSON', '/messages/0/content', 'user', 'text', 'placeholder', 1], 'patient'],
        [['US_SSN', '/messages/0/content', 'user', 'text', 'redact', 2], undefined],
      ],
    )
    assert.deepEqual(facts.totals, { PERSON: 1, US_SSN: 2 })
    assert.deepEqual(facts.masking, { fields: 1, byType: { PERSON: 1, US_SSN: 2 } })
    validate('policy-input', facts)
  })

  it('count what the profile keeps as found and not as masked', async () => {
    const system = 'See https://ward.example for help. Attending: Dr. Wrenfield'
    const facts = await factsOf({ ...says('hello'), system })
    assert.deepEqual(facts.totals, { URL: 1, PERSON: 1 })
    assert.deepEqual(facts.masking, { fields: 1, byType: { PERSON: 1 } })
  })

  it('print a key that the API does not define as *', async () => {
    const result = {
      type: 'tool_result',
      tool_use_id: 'x',
      content: '{"Jorvina":{"ssn":"219-09-9941"}}',
    }
    const facts = await factsOf(says([result]))
    const [found] = facts.findings.filter((f) => f.type === 'US_SSN')
    assert.equal(found?.path, '/messages/0/content/0/content#/*/*')
    assert.equal(found.role, 'tool_result')
  })

  it('say what cannot be read, and what is done with it', async () => {
    const image = {
      type: 'image',
      source: { type: 'base64', media_type: 'image/png', data: 'AA==' },
    }
    const result = { type: 'tool_result', tool_use_id: 'x', content: [image] }
    const facts = await factsOf(says([result, image]))
    assert.deepEqual(facts.uninspectable, [
      {
        path: '/messages/0/content/0/content/0',
        role: 'tool_result',
        kind: 'image',
        action: 'withhold',
      },
      { path: '/messages/0/content/1', role: 'user', kind: 'image', action: 'deny' },
    ])
    assert.equal(facts.masking.fields, 1)
  })

  it('hide names of tools, servers, models and betas in which something was found', async () => {
    const named = 'MRN-48210377'
    const body = {
      ...says('hello'),
      model: named,
      tools: [{ name: named }, { name: 'Read' }, { type: named, name: 'x' }],
      mcp_servers: [{ name: named, type: 'url', url: 'https://x.example' }],
    }
    const facts = await factsOf(body, { 'anthropic-beta': `${named},effort-2025-11-24` })
    assert.ok(!JSON.stringify(facts).includes('48210377'))
    assert.deepEqual(facts.request.tools, ['*', 'Read'])
    assert.equal(facts.request.model, '*')
  })

  it('hold no value, wherever it stands', async () => {
    const values = PATIENTS.flatMap(({ first, last, ...rest }) => [
      `Patient: ${first} ${last}`,
      `SSN ${rest.ssn}`,
      `MRN: ${rest.mrn}`,
      rest.email,
      `call ${rest.phone}`,
      `DOB: ${rest.birth}`,
    ])
    const value = fc.constantFrom(...values)
    await holds(
      fc.record({
        text: value,
        key: value,
        tool: value,
        model: value,
        beta: value,
        agent: value,
        query: value,
        session: value,
        top: value,
      }),
      async (at) => {
        const content = [
          { type: 'text', text: at.text },
          {
            type: 'tool_use',
            id: at.text,
            name: at.tool,
            input: { [at.key]: at.text, n: 48210377 },
          },
        ]
        const body = {
          model: at.model,
          messages: [{ role: 'user', content }],
          tools: [{ name: at.tool, description: at.text, input_schema: { [at.key]: at.text } }],
          [at.top]: at.text,
        }
        const job = requestJob(body, {
          headers: { 'anthropic-beta': at.beta, 'user-agent': at.agent },
          query: [[at.query, at.text]],
          session: at.session,
        })
        const verdict = await inspectRequest(job, inspector(memoryInMemory()))
        const { facts, decision, sessionLabel } = verdict
        const kept = JSON.stringify([facts, decision, sessionLabel])
        for (const { first, last, ...rest } of PATIENTS) {
          for (const one of [first, last, ...Object.values(rest)]) assert.ok(!kept.includes(one))
        }
        assert.equal(verdict.kind, 'refuse')
      },
      { runs: 60 },
    )
  })
})

describe('the number of patients', () => {
  it('is that of their record numbers, where there are any', async () => {
    assert.equal(await patients('MRN: 48210377, MRN: 77310945, MRN: 4821-0377'), 2)
    assert.equal(await patients('Patient: Ann Roe, MRN: 48210377. Patient: Tamsel Dravensted.'), 1)
  })

  it('is that of their health plan numbers else', async () => {
    assert.equal(await patients('Member ID: XYZ123456789, Patient: Tamsel Dravensted'), 1)
  })

  it('is that of their names else, parts of a name not counted twice', async () => {
    assert.equal(await patients('Patient: Jorvina Quillmark. Mrs. Quillmark is well.'), 1)
    assert.equal(await patients('Patient: Jorvina Quillmark. Patient: Tamsel Dravensted.'), 2)
    assert.equal(
      await patients('QUILLMARK, JORVINA (DOB: 03/14/1961). Patient: Jorvina Quillmark.'),
      1,
    )
  })

  it('leaves out clinicians and relatives', async () => {
    assert.equal(await patients('Attending: Dr. Wrenfield. Mother: Ann Quillmark.'), 0)
    assert.equal(await patients('hello'), 0)
  })

  it('goes with digests that are the same in every session, and tell nothing without the key', async () => {
    const digests = async (content: string, session: string): Promise<readonly string[]> => {
      const job = requestJob(says(content), { session })
      return (await inspectRequest(job, inspector(memoryInMemory()))).patients
    }
    const [one = '', two = ''] = await digests('MRN: 48210377, MRN: 77310945', 'a')
    assert.match(one + two, /^[0-9a-f]{64}$/)
    assert.deepEqual(await digests('again MRN: 77310945', 'b'), [two])
    const named = await digests('Patient: Jorvina Quillmark', 'a')
    assert.deepEqual(await digests('QUILLMARK, JORVINA (DOB: 03/14/1961)', 'c'), named)
    const plain = createHash('sha256').update('MEDICAL_RECORD_NUMBER 48210377').digest('hex')
    assert.ok(!plain.startsWith(one))
    const job = requestJob(says('MRN: 48210377'))
    const patientKey = { id: 'other', secret: new Uint8Array(32).fill(8) }
    const other = await inspectRequest(job, { ...inspector(memoryInMemory()), patientKey })
    assert.notDeepEqual(other.patients, [one])
  })
})
