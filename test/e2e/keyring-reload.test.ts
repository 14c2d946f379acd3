import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import type { ServerResponse } from 'node:http'
import { join } from 'node:path'
import { keyringIn } from '../../src/config/index.ts'
import { publicKeysIn } from '../../src/cli/public-keys.ts'
import {
  changeKeyring,
  mintAt,
  readKeyring,
  retireKey,
  rotateKey,
  usableKeys,
} from '../../src/keyring/index.ts'
import { verifyFolder } from '../../src/record/index.ts'
import type { KeyPurpose, KeyringFile } from '../../src/schema/index.ts'
import { temporaryFolders } from '../support/audit-fixtures.ts'
import { consoleAs } from '../support/console.ts'
import { capturedStderr, eventually } from '../support/exchanges.ts'
import { ask, startTestGateway, type TestGateway } from '../support/gateway.ts'
import { assertNowhere } from '../support/leaks.ts'
import { delta, OPEN, SHUT, SSE_TYPE, START, STOP } from '../support/upstream.ts'

const NAME = 'Jorvina Quillmark'
const PERSON = /\[PERSON_[0-9A-Z.]+\]/

describe('a keyring that is changed while the gateway runs', function () {
  this.timeout(120_000)
  const stderr = capturedStderr()
  const folder = temporaryFolders()
  let gateway: TestGateway
  let seen: number

  beforeEach(async () => {
    gateway = await startTestGateway()
    seen = gateway.records().length
  })
  afterEach(() => gateway.stop())

  const file = (): string => keyringIn(gateway.dataDir)
  const rotate = (purpose: KeyPurpose): string => {
    const next = changeKeyring(file(), (is) => rotateKey(is, purpose, mintAt(new Date())))
    return usableKeys(next, purpose)[0].id
  }
  const retire = (id: string): unknown => changeKeyring(file(), (is) => retireKey(is, id))
  /** What the log says of keys and of reloads since the test began. */
  const told = (): readonly (string | undefined)[] =>
    gateway
      .records()
      .slice(seen)
      .filter(
        ({ custom: { kind, detail = '' } }) => kind === 'key-change' || /keyring/.test(detail),
      )
      .map(({ custom: { kind, detail } }) => `${kind} ${detail}`)
  const forwardedIn = async (session: string): Promise<string> => {
    const headers = { 'x-phigate-session': session }
    const answer = await gateway.post(ask(`Patient: ${NAME}. What now?`), { headers })
    assert.equal(answer.status, 200)
    const body = gateway.simulator.received.at(-1)?.bodyBytes.toString() ?? ''
    return PERSON.exec(body)?.[0] ?? assert.fail('not masked')
  }

  it('masks new sessions under its new key, and running ones as they began', async () => {
    const one = await forwardedIn('one')
    const id = rotate('mask')
    assert.equal(await forwardedIn('one'), one)
    await gateway.reload()
    assert.deepEqual(told(), [
      'key-change mask-test: active -> accepted',
      `key-change ${id}: new -> active`,
    ])
    assert.equal(await forwardedIn('one'), one)
    const two = await forwardedIn('two')
    assert.notEqual(two, one)
    assert.equal(await forwardedIn('two'), two)
    retire('mask-test')
    await gateway.reload()
    const anew = await forwardedIn('one')
    assert.notEqual(anew, one)
    assert.equal(await forwardedIn('two'), two)
    assert.match(stderr(), /"event":"keyring-reloaded".*mask-test: accepted -> retired/)
  })

  it('leaves a stream under way with the keys that it began with', async () => {
    let upstream: ServerResponse | undefined
    gateway.simulator.respondWith((_req, res, { bodyBytes }) => {
      upstream = res
      const [placeholder = ''] = PERSON.exec(bodyBytes.toString()) ?? []
      res.writeHead(200, SSE_TYPE).write(START + OPEN + delta(`Of ${placeholder} I know `))
    })
    const headers = { 'x-phigate-session': 'one' }
    const question = ask(`Patient: ${NAME}. What now?`, { stream: true })
    const response = await gateway.post(question, { headers })
    await eventually(() => assert.ok(upstream !== undefined))
    const placeholder = PERSON.exec(gateway.simulator.received[0]?.bodyBytes.toString() ?? '')?.[0]
    rotate('mask')
    await gateway.reload()
    upstream?.end(delta(`that ${placeholder} sleeps.`) + SHUT + STOP)
    const text = await response.text()
    assert.match(text, /message_stop/)
    assert.equal(text.split('Quillmark').length - 1, 2)
    gateway.simulator.respondWith(undefined)
    assert.equal(await forwardedIn('one'), placeholder)
  })

  it('records new sessions under its new key, and nobody reads what is under one that was retired', async () => {
    await forwardedIn('one')
    const label = gateway.records().at(-1)?.custom.session ?? ''
    const auditor = await consoleAs(gateway, 'auditor')
    const read = async (id: string): Promise<number> =>
      (await auditor.get(`/api/sessions/${id}`)).status
    rotate('recording')
    await gateway.reload()
    await forwardedIn('two')
    const other = gateway.records().at(-1)?.custom.session ?? ''
    assert.deepEqual([await read(label), await read(other)], [200, 200])
    const slots = readFileSync(join(gateway.dataDir, 'recordings', 'keys'), 'latin1')
    assert.match(slots, /recording-test[^]*recording-[0-9a-f]{8}/)
    retire('recording-test')
    await gateway.reload()
    assert.deepEqual([await read(label), await read(other)], [404, 200])
    // Its conversation goes on in a new recording, although the one before was in memory.
    await forwardedIn('one')
    assert.equal(await read(label), 200)
    const { exchanges } = (await (await auditor.get(`/api/sessions/${label}`)).json()) as {
      exchanges: unknown[]
    }
    assert.equal(exchanges.length, 1)
  })

  it('signs the next checkpoints with its new key, in a log that verifies with both', async () => {
    await gateway.stop()
    const dataDir = folder()
    gateway = await startTestGateway({ dataDir })
    const id = rotate('checkpoint')
    await gateway.reload()
    await forwardedIn('one')
    await gateway.stop()
    const checkpoints = readFileSync(join(dataDir, 'audit', 'audit.checkpoints'), 'utf8')
    assert.match(checkpoints.trimEnd().split('\n').at(-1) ?? '', new RegExp(`"key":"${id}"`))
    const keys = publicKeysIn(readKeyring(file()))
    assert.equal((await verifyFolder(join(dataDir, 'audit'), { keys })).ok, true)
    gateway = await startTestGateway()
  })

  const edit = (change: (keys: KeyringFile['keys']) => KeyringFile['keys']): void => {
    const content = JSON.parse(readFileSync(file(), 'utf8')) as KeyringFile
    writeFileSync(file(), JSON.stringify({ ...content, keys: change(content.keys) }))
  }
  const SECRET = Buffer.alloc(32, 5).toString('base64')
  const REFUSED: readonly (readonly [string, () => void, RegExp])[] = [
    [
      'lacks a key that is in use',
      () => {
        rotate('mask')
        edit((keys) => keys.filter(({ id }) => id !== 'mask-test') as KeyringFile['keys'])
      },
      /mask-test was removed while it was active for mask: retire it first/,
    ],
    [
      'has another secret under an id',
      () =>
        edit(
          (keys) =>
            keys.map((key) =>
              key.id === 'roster-test' ? { ...key, secret: SECRET } : key,
            ) as KeyringFile['keys'],
        ),
      /roster-test is another key than before/,
    ],
    [
      'has no active key for a purpose',
      () =>
        edit(
          (keys) =>
            keys.map((key) =>
              key.id === 'webhook-test' ? { ...key, state: 'retired' as const } : key,
            ) as KeyringFile['keys'],
        ),
      /no active webhook key/,
    ],
    ['is no JSON', () => writeFileSync(file(), `{"keys":[{"secret":"${SECRET}`), /is not JSON/],
  ]
  for (const [what, spoil, why] of REFUSED) {
    it(`is refused when it ${what}, and the last good one goes on`, async () => {
      const one = await forwardedIn('one')
      const good = readFileSync(file())
      const said = stderr().length
      spoil()
      await gateway.reload()
      const line = stderr()
        .slice(said)
        .split('\n')
        .find((text) => text.includes('keyring-reload-failed'))
      assert.match(line ?? '', why)
      assert.deepEqual(told(), ['config-activation keyring refused: the last good one goes on'])
      assert.equal(await forwardedIn('one'), one)
      assertNowhere([SECRET], { stderr: stderr() })
      writeFileSync(file(), good)
    })
  }

  it('does nothing when nothing has changed', async () => {
    await gateway.reload()
    assert.deepEqual(told(), [])
  })
})
