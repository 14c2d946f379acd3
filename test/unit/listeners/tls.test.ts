import assert from 'node:assert/strict'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { Agent, type RequestOptions } from 'node:https'
import { setTimeout as sleep } from 'node:timers/promises'

import tls from 'node:tls'
import { openListener, type Listener } from '../../../src/listeners/index.ts'
import { authority } from '../../support/certificates.ts'
import { overTls, tlsFiles, type TlsAnswer, type TlsFiles } from '../../support/tls-files.ts'

describe('a listener with a certificate', () => {
  let files: TlsFiles
  let listener: Listener | undefined
  let served: number
  let said: string[]

  beforeEach(() => {
    files = tlsFiles()
    served = 0
    said = []
  })
  afterEach(async () => {
    await listener?.close()
    listener = undefined
    files.remove()
  })

  async function open(
    clientCertificates: 'off' | 'optional' | 'required' = 'off',
    pollMs = 60_000,
  ): Promise<Listener> {
    const ca = clientCertificates === 'off' ? {} : { clientCaFile: files.caFile }
    const settings = { ...files.tls, ...ca, clientCertificates }
    const log = (event: string, details: object): void => {
      said.push(`${event} ${JSON.stringify(details)}`)
    }
    listener = await openListener({ host: '127.0.0.1', port: 0, tls: settings }, { log, pollMs })
    listener.serve((_request, response) => {
      served += 1
      response.end('ok')
    })
    return listener
  }

  const ask = (of: Listener, options: RequestOptions = {}): Promise<TlsAnswer> =>
    overTls(of.url, { ca: files.authority.cert, ...options })

  it('is heard over https by those who know its issuer', async () => {
    const here = await open()
    assert.equal(here.url.protocol, 'https:')
    assert.deepEqual(await ask(here).then(({ text, shown }) => [text, shown]), ['ok', 'first'])
    await assert.rejects(ask(here, { ca: authority('another').cert }))
    assert.equal(served, 1)
  })

  it('refuses TLS 1.1 by itself, whatever Node was told', async () => {
    const { DEFAULT_MIN_VERSION, DEFAULT_CIPHERS } = tls
    Object.assign(tls, { DEFAULT_MIN_VERSION: 'TLSv1', DEFAULT_CIPHERS: 'DEFAULT@SECLEVEL=0' })
    const here = await open().finally(() => {
      Object.assign(tls, { DEFAULT_MIN_VERSION, DEFAULT_CIPHERS })
    })
    const versions = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1' } as const
    const client = tls.connect({
      host: '127.0.0.1',
      port: Number(here.url.port),
      ca: files.authority.cert,
      ciphers: 'DEFAULT@SECLEVEL=0',
      ...versions,
    })
    client.once('secureConnect', () => client.destroy(new Error('they spoke TLS 1.1')))
    const [error] = (await once(client, 'error')) as [NodeJS.ErrnoException]
    assert.equal(error.code, 'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION')
    assert.equal((await ask(here, { maxVersion: 'TLSv1.2' })).status, 200)
  })

  it('keeps an idle connection for longer than load balancers do', async () => {
    const here = await open()
    const agent = new Agent({ keepAlive: true })
    const { headers } = await overTls(here.url, { ca: files.authority.cert, agent })
    agent.destroy()
    assert.equal(headers['keep-alive'], 'timeout=75')
  })

  it('takes a new certificate when its files change, and keeps the connections that are there', async () => {
    const here = await open('off', 20)
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    const kept = { ca: files.authority.cert, agent }
    assert.equal((await overTls(here.url, kept)).shown, 'first')
    files.replace(files.authority.issue('second'))
    while ((await ask(here)).shown !== 'second') await sleep(10)
    assert.equal((await overTls(here.url, kept)).shown, 'first')
    agent.destroy()
    assert.match(said.at(-1) ?? '', /^certificate-reloaded /)
  })

  it('keeps its certificate when the new one is broken, and says so without what is in it', async () => {
    const here = await open()
    const second = files.authority.issue('second')
    const broken = {
      'not PEM': { cert: 'no-certificate-but-words', key: second.key },
      'no key': { cert: second.cert, key: 'no-key-but-words' },
      'the key of another': { ...second, key: files.authority.key },
    }
    for (const [what, certificate] of Object.entries(broken)) {
      said = []
      files.replace(certificate)
      here.reload()
      assert.equal((await ask(here)).shown, 'first', what)
      assert.equal(said.length, 1, what)
      assert.match(said[0] ?? '', /^certificate-not-reloaded .*cert\.pem.* \(ERR_\w+\)/)
      assert.doesNotMatch(said[0] ?? '', /words|BEGIN/)
    }
    files.replace(second)
    here.reload()
    assert.equal((await ask(here)).shown, 'second')
  })

  it('keeps its certificate when the files go away, says so once, and takes them when they are back', async () => {
    const here = await open('off', 20)
    files.remove()
    while (said.length === 0) await sleep(10)
    await sleep(100)
    assert.deepEqual(said.length, 1)
    assert.match(said[0] ?? '', /^certificate-not-reloaded .*cert\.pem cannot be read \(ENOENT\)/)
    assert.equal((await ask(here)).shown, 'first')
  })

  it('does not open with a broken certificate, or with an authority that is none', async () => {
    writeFileSync(files.caFile, 'words')
    await assert.rejects(open('required'), /ca\.pem has no certificate/)
    files.replace({ cert: 'words', key: 'words' })
    await assert.rejects(open(), /do not make a certificate/)
  })

  describe('asks clients for theirs', () => {
    const stranger = authority('another').issue('stranger')

    it('and answers nobody without one that it knows, where it is required', async () => {
      const here = await open('required')
      await assert.rejects(ask(here))
      await assert.rejects(ask(here, stranger))
      assert.equal(served, 0)
      assert.equal((await ask(here, files.authority.issue('client'))).status, 200)
    })

    it('and answers those who have none, but nobody with a wrong one, where it is optional', async () => {
      const here = await open('optional')
      for (const maxVersion of ['TLSv1.2', 'TLSv1.3'] as const) {
        served = 0
        const agent = new Agent({ ...stranger, maxVersion, ca: files.authority.cert })
        for (let time = 0; time < 3; time += 1) await assert.rejects(overTls(here.url, { agent }))
        assert.equal(served, 0)
        assert.equal((await ask(here, { maxVersion })).status, 200)
        const own = { ...files.authority.issue('client'), maxVersion }
        assert.equal((await ask(here, own)).status, 200)
      }
    })

    it('and by the authorities of today: one that is replaced counts no more, resumed sessions included', async () => {
      const here = await open('required')
      const client = { ...files.authority.issue('client'), maxVersion: 'TLSv1.3' } as const
      const agent = new Agent({ ...client, ca: files.authority.cert, maxCachedSessions: 10 })
      assert.equal((await overTls(here.url, { agent })).status, 200)
      assert.equal((await overTls(here.url, { agent })).status, 200)
      writeFileSync(files.caFile, authority('another').cert)
      here.reload()
      await assert.rejects(overTls(here.url, { agent }))
      agent.destroy()
      assert.equal(served, 2)
    })
  })
})

describe('a listener without a certificate', () => {
  it('is heard over http, and has nothing to reload', async () => {
    const said: string[] = []
    const plain = await openListener(
      { host: '127.0.0.1', port: 0 },
      { log: (event) => said.push(event) },
    )
    plain.serve((_request, response) => response.end('ok'))
    plain.reload()
    assert.equal(await (await fetch(plain.url)).text(), 'ok')
    assert.equal(plain.url.protocol, 'http:')
    assert.deepEqual(said, [])
    await plain.close()
  })
})
