import assert from 'node:assert/strict'
import { ask, startTestGateway, type TestGateway } from '../support/gateway.ts'
import { messageEvents, messageWith, type Json } from '../support/sse.ts'

const QUESTION = 'Patient: Jorvina Quillmark, MRN: 48210377.'
const ANSWER = [{ type: 'text', text: 'Dr. Lou Finch has SSN 219-09-9941.' }]

describe('the report of an exchange', function () {
  this.timeout(20_000)
  let gateway: TestGateway
  before(async () => {
    gateway = await startTestGateway()
  })
  after(() => gateway.stop())

  async function reports(more: Json, status = 200): Promise<(string | null)[]> {
    gateway.simulator.respondWith((_request, response, { body }) => {
      const stream = (body as Json)['stream'] === true
      const type = stream ? 'text/event-stream' : 'application/json'
      response.writeHead(status, { 'content-type': status === 200 ? type : 'application/json' })
      const message = messageWith(ANSWER)
      if (status !== 200) response.end('{"type":"error","error":{"type":"x","message":"y"}}')
      else response.end(stream ? [...messageEvents(message)].join('') : JSON.stringify(message))
    })
    const answer = await gateway.post(ask(QUESTION, more))
    await answer.text()
    return ['request', 'answer'].map((of) => answer.headers.get(`x-phigate-${of}-report`))
  }
  const inspections = (): unknown[] =>
    gateway
      .records()
      .filter(({ custom }) => ['decision', 'completion'].includes(custom.kind))
      .slice(-2)
      .map(({ custom }) => custom.inspection)
  const REQUEST = 'applied; masked PERSON=1,MEDICAL_RECORD_NUMBER=1'

  it('says of a JSON answer what was found and what was done', async () => {
    const answer = 'applied; masked US_SSN=1; kept PERSON=1'
    assert.deepEqual(await reports({}), [REQUEST, answer])
    assert.deepEqual(inspections(), ['applied', 'applied'])
  })

  it('says of a stream that its record will tell', async () => {
    assert.deepEqual(await reports({ stream: true }), [REQUEST, 'applied; in stream'])
    assert.deepEqual(inspections(), ['applied', 'applied'])
  })

  it('says of an error of the upstream that nothing was applied', async () => {
    assert.deepEqual(await reports({}, 400), [REQUEST, 'not applied'])
    assert.deepEqual(inspections(), ['applied', 'not-applied'])
  })
})
