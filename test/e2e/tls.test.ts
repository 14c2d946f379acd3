import assert from 'node:assert/strict'
import type { Tls } from '../../src/config/index.ts'
import { assertClean, capturedStderr, PHI } from '../support/exchanges.ts'
import { ask, startTestGateway, type TestGateway } from '../support/gateway.ts'
import { overTls, tlsFiles, type TlsAnswer, type TlsFiles } from '../support/tls-files.ts'

describe('a gateway with certificates', () => {
  const stderr = capturedStderr()
  let files: TlsFiles
  let gateway: TestGateway

  before(async () => {
    files = tlsFiles()
    const client: Tls = {
      ...files.tls,
      clientCaFile: files.caFile,
      clientCertificates: 'required',
    }
    gateway = await startTestGateway({
      listen: { host: '127.0.0.1', port: 0, tls: files.tls },
      console: { host: '127.0.0.1', port: 0, tls: client },
    })
  })
  after(async () => {
    await gateway.stop()
    files.remove()
    assertClean(stderr())
  })

  function post(body: object): Promise<TlsAnswer> {
    const headers = {
      authorization: `Bearer ${gateway.token}`,
      'content-type': 'application/json',
    }
    const options = { method: 'POST', headers, ca: files.authority.cert }
    return overTls(new URL('/v1/messages', gateway.url), options, JSON.stringify(body))
  }

  it('masks and restores over TLS as it does without', async () => {
    assert.equal(gateway.url.protocol, 'https:')
    const answer = await post(ask(PHI))
    assert.equal(answer.status, 200)
    assert.equal(answer.headers['x-phigate-decision'], 'mask')
    assert.match(answer.text, /Olga Gundersen/)
    assertClean(gateway.simulator.received.at(-1)?.bodyBytes.toString() ?? '')
    const streamed = await post(ask(PHI, { stream: true }))
    assert.match(streamed.text, /^event: message_stop$/m)
    assertClean(gateway.simulator.received.at(-1)?.bodyBytes.toString() ?? '')
  })

  it('answers on the console to clients with a certificate alone', async () => {
    const url = new URL('/api/openapi.json', gateway.server.consoleUrl)
    assert.equal(url.protocol, 'https:')
    const ca = files.authority.cert
    await assert.rejects(overTls(url, { ca }))
    const answer = await overTls(url, { ca, ...files.authority.issue('reviewer') })
    assert.ok(answer.status !== undefined && answer.status < 500)
  })

  it('loses no request while its certificate is replaced', async function () {
    this.timeout(120_000)
    let replaced = false
    const caller = async (): Promise<TlsAnswer[]> => {
      const answers: TlsAnswer[] = []
      for (let after = 0; after < 3;) {
        const answer = await post(ask('good morning'))
        answers.push(answer)
        if (answer.shown === 'second') after += 1
        if (!replaced) files.replace(files.authority.issue('second'))
        replaced = true
      }
      return answers
    }
    const all = (await Promise.all(Array.from({ length: 8 }, caller))).flat()
    assert.deepEqual(new Set(all.map(({ status }) => status)), new Set([200]))
    assert.deepEqual(new Set(all.map(({ shown }) => shown)), new Set(['first', 'second']))
  })
})
