import assert from 'node:assert/strict'
import { join } from 'node:path'
import { changeKeyring, retireKey, rotateKey, mintAt, usableKeys } from '../../src/keyring/index.ts'
import { keyringIn, usualIssuer } from '../../src/config/index.ts'
import { temporaryFolders } from '../support/audit-fixtures.ts'
import { ask, startTestGateway } from '../support/gateway.ts'
import { startDemoIssuer } from '../../src/demo/issuer.ts'

const PERSON = /\[PERSON_[0-9A-Z.]+\]/
const TURN = ask('Patient: Jorvina Quillmark. What now?')

describe('a gateway that is started again after the mask key was rotated', function () {
  this.timeout(120_000)
  const folder = temporaryFolders()

  it('goes on with running sessions, and begins them anew when their key is retired', async () => {
    const dataDir = join(folder(), 'data')
    // The sessions hang on the issuer's name: it stays while the gateway goes and comes.
    const issuer = await startDemoIssuer({ port: 0 })
    const token = await issuer.token('svc-triage')
    const seenIn = async (...sessions: string[]): Promise<string[]> => {
      const gateway = await startTestGateway({ dataDir, issuers: [usualIssuer(issuer.issuer)] })
      const seen: string[] = []
      for (const session of sessions) {
        const headers = { authorization: `Bearer ${token}`, 'x-phigate-session': session }
        assert.equal((await gateway.post(TURN, { headers })).status, 200)
        const body = gateway.simulator.received.at(-1)?.bodyBytes.toString() ?? ''
        seen.push(PERSON.exec(body)?.[0] ?? 'not masked')
      }
      await gateway.stop()
      return seen
    }
    const file = keyringIn(dataDir)
    const [first] = await seenIn('one')
    const keyring = changeKeyring(file, (is) => rotateKey(is, 'mask', mintAt(new Date())))
    const [still, other, otherAgain] = await seenIn('one', 'two', 'two')
    const [, accepted] = usableKeys(keyring, 'mask')
    changeKeyring(file, (is) => retireKey(is, accepted?.id ?? ''))
    const [anew, otherStill] = await seenIn('one', 'two')
    await issuer.close()
    assert.match(first ?? '', PERSON)
    assert.equal(still, first)
    assert.equal(new Set([first, other, anew]).size, 3)
    assert.deepEqual([otherAgain, otherStill], [other, other])
  })
})
