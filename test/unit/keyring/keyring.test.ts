import assert from 'node:assert/strict'
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { inspect } from 'node:util'
import {
  changeKeyring,
  createKeyring,
  KeyringError,
  mintAt,
  newKeyring,
  PURPOSES,
  readKeyring,
  retireKey,
  rotateKey,
  usableKeys,
  type Keyring,
} from '../../../src/keyring/index.ts'
import { temporaryFolders } from '../../support/audit-fixtures.ts'

const mint = mintAt(new Date(0))
const idsOf = (keyring: Keyring, purpose: 'mask' | 'cookie'): string[] =>
  usableKeys(keyring, purpose).map((key) => key.id)

describe('a keyring', () => {
  it('begins with an active key of 32 random bytes for every purpose', () => {
    const { keys } = newKeyring(mint)
    assert.deepEqual(
      keys.map(({ purpose, state }) => [purpose, state]),
      PURPOSES.map((purpose) => [purpose, 'active']),
    )
    assert.ok(keys.every((key) => key.secret.reveal().byteLength === 32))
    const secrets = keys.map((key) => Buffer.from(key.secret.reveal()).toString('hex'))
    assert.equal(new Set(secrets).size, keys.length)
  })

  it('accepts the keys that it rotated away, the newest first, and rotates one purpose alone', () => {
    const first = newKeyring(mint)
    const second = rotateKey(first, 'mask', mint)
    const third = rotateKey(second, 'mask', mint)
    const [newest] = idsOf(third, 'mask')
    assert.deepEqual(idsOf(third, 'mask'), [
      newest,
      ...idsOf(second, 'mask').slice(0, 1),
      ...idsOf(first, 'mask'),
    ])
    assert.equal(new Set(idsOf(third, 'mask')).size, 3)
    assert.deepEqual(idsOf(third, 'cookie'), idsOf(first, 'cookie'))
  })

  it('does not use what is retired, and retires nothing that is active or unknown', () => {
    const first = newKeyring(mint)
    const rotated = rotateKey(first, 'mask', mint)
    const [active = '', accepted = ''] = idsOf(rotated, 'mask')
    const retired = retireKey(rotated, accepted)
    assert.deepEqual(idsOf(retired, 'mask'), [active])
    assert.equal(retired.keys.length, rotated.keys.length)
    assert.throws(() => retireKey(rotated, active), KeyringError)
    assert.throws(() => retireKey(rotated, 'nobody'), KeyringError)
    assert.throws(() => usableKeys({ keys: [] }, 'mask'), KeyringError)
  })

  it('shows no secret, however it is printed', () => {
    const keyring = newKeyring(mint)
    const shown = [
      JSON.stringify(keyring),
      inspect(keyring, { depth: 9, showHidden: true }),
      String(keyring.keys[0]?.secret),
    ]
    for (const { secret } of keyring.keys) {
      const hex = Buffer.from(secret.reveal()).toString('hex')
      const base64 = Buffer.from(secret.reveal()).toString('base64')
      const numbers = [...secret.reveal().subarray(0, 8)].join(', ')
      for (const text of shown) {
        assert.ok(![hex, base64, numbers].some((form) => text.includes(form)))
      }
    }
  })
})

describe('the file of a keyring', () => {
  const folder = temporaryFolders()
  let file: string
  beforeEach(() => (file = join(folder(), 'keys', 'keyring.json')))

  it('gives back what was written, to its owner alone', () => {
    const keyring = createKeyring(file, newKeyring(mint))
    assert.deepEqual(plain(readKeyring(file)), plain(keyring))
    assert.equal(statSync(file).mode & 0o777, 0o600)
    assert.equal(statSync(join(file, '..')).mode & 0o777, 0o700)
    const rotated = changeKeyring(file, (given) => rotateKey(given, 'mask', mint))
    assert.deepEqual(plain(readKeyring(file)), plain(rotated))
    assert.equal(statSync(file).mode & 0o777, 0o600)
    assert.ok(!existsSync(`${file}.new`))
  })

  it('is not overwritten by another beginning, nor by a change that fails', () => {
    createKeyring(file, newKeyring(mint))
    const before = readFileSync(file)
    assert.throws(() => createKeyring(file, newKeyring(mint)), KeyringError)
    assert.throws(() => changeKeyring(file, (given) => retireKey(given, 'nobody')), KeyringError)
    assert.throws(() => changeKeyring(file, () => ({ keys: [] })))
    assert.deepEqual(readFileSync(file), before)
    changeKeyring(file, (given) => rotateKey(given, 'mask', mint))
  })

  it('is changed by one at a time', () => {
    createKeyring(file, newKeyring(mint))
    const before = readFileSync(file)
    const meanwhile = (): unknown => changeKeyring(file, (given) => rotateKey(given, 'mask', mint))
    changeKeyring(file, (given) => {
      assert.throws(meanwhile, /another change is under way/)
      return given
    })
    assert.deepEqual(readFileSync(file), before)
  })

  it('is refused where it is not one, without a word of what is in it', () => {
    const { keys } = JSON.parse(
      JSON.stringify(plain(createKeyring(file, newKeyring(mint)))),
    ) as Content
    const [first, second] = keys
    assert.ok(first !== undefined && second !== undefined)
    const wrong: Readonly<Record<string, unknown>> = {
      'is not JSON': `{"secret": ${first.secret}`,
      'is not a keyring': { version: 1 },
      'of another version': { version: 2, keys },
      'without keys': { version: 1, keys: [] },
      'with a short key': { version: 1, keys: [{ ...first, secret: 'c2hvcnQtYnV0LXNlY3JldA==' }] },
      'with another state': { version: 1, keys: [{ ...first, state: 'lost' }] },
      'with an id twice': { version: 1, keys: [first, { ...second, id: first.id }] },
      'with two active keys': { version: 1, keys: [first, { ...first, id: 'other' }] },
    }
    for (const [what, content] of Object.entries(wrong)) {
      writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content))
      assert.throws(
        () => readKeyring(file),
        (error) =>
          error instanceof KeyringError &&
          error.message.startsWith(file) &&
          !/c2hv/.test(inspect(error)) &&
          !inspect(error).includes(first.secret),
        what,
      )
    }
    assert.throws(() => readKeyring(`${file}.none`), /cannot be read \(phigate keys init/)
    mkdirSync(`${file}.folder`)
    assert.throws(() => readKeyring(`${file}.folder`), KeyringError)
  })
})

interface Content {
  readonly keys: readonly { readonly id: string; readonly secret: string }[]
}

function plain({ keys }: Keyring): unknown {
  return {
    version: 1,
    keys: keys.map((key) => ({
      ...key,
      secret: Buffer.from(key.secret.reveal()).toString('base64'),
    })),
  }
}
