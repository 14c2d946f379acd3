import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { mark, marks, rehearse, type PolicySource } from '../../../src/activation/index.ts'
import { archive } from '../../../src/activation/archive.ts'
import type { RehearsalNews } from '../../../src/activation/rehearse.ts'
import { readBundle } from '../../../src/policy/index.ts'
import { readArchive } from '../../../src/policy/adapters/bundle-archive.ts'
import { verifyToken } from '../../../src/policy/adapters/jose-signature.ts'
import { openOpaWasm } from '../../../src/policy/adapters/opa-wasm.ts'
import { DEFAULT_POLICY_DIR } from '../../../src/config/index.ts'
import { bundleWith, signedArchive, testKey, writeDirectory } from '../../support/bundles.ts'
import { MASK_KEY } from '../../support/inspection.ts'

const NOW = '2026-01-01T00:00:00.000Z'

describe('the rehearsal of a bundle', function () {
  this.timeout(120_000)
  let root: string
  let archiveDir: string
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'phigate-test-rehearsal-'))
    archiveDir = join(root, 'policies')
  })
  afterEach(() => rmSync(root, { recursive: true }))

  const tools = { readArchive, verifyToken }
  async function news(source: PolicySource): Promise<RehearsalNews[]> {
    const all: RehearsalNews[] = []
    const inspector = { maskKeys: [MASK_KEY] as const, patientKey: MASK_KEY, nanoseconds: () => 0 }
    await rehearse(
      { source, archiveDir, now: NOW },
      { tools, engineFactory: openOpaWasm, inspector },
      (one) => all.push(one),
    )
    return all
  }
  const directory = (dir: string): PolicySource => ({
    kind: 'directory',
    directory: dir,
    watch: false,
  })
  const withCanaries = (canaries: unknown): PolicySource => {
    writeDirectory(
      join(root, 'bundle'),
      bundleWith((data) => Object.assign(data, { canaries })),
    )
    return directory(join(root, 'bundle'))
  }
  async function refusal(source: PolicySource): Promise<string> {
    const last = (await news(source)).at(-1)
    assert.equal(last?.step, 'refused')
    return last.errors.join('\n')
  }
  const archived = (): string[] => (existsSync(archiveDir) ? readdirSync(archiveDir) : [])

  it('of the shipped one passes, with its canaries, and leaves it in the archive by its digest', async () => {
    const [loaded, passed, ...more] = await news(directory(DEFAULT_POLICY_DIR))
    assert.deepEqual(more, [])
    assert.equal(loaded?.step, 'loaded')
    assert.equal(passed?.step, 'passed')
    assert.ok(passed.canaries >= 7)
    const { bundle } = loaded
    assert.deepEqual(archived(), [bundle.digest])
    assert.deepEqual(readBundle(bundle.directory), readBundle(DEFAULT_POLICY_DIR))
  })

  const plain = 'Which vaccines are given at twelve months?'
  const wrong: Readonly<Record<string, readonly [canary: object, what: RegExp]>> = {
    'that is decided otherwise': [
      { text: plain, want: { outcome: 'deny' } },
      /the outcome is allow, not deny$/,
    ],
    'whose reasons are others': [
      { text: 'Summarize the whole chart.', want: { outcome: 'require-approval', reasons: ['x'] } },
      /the reasons are full-chart-summary, not x$/,
    ],
    'that is masked otherwise': [
      { text: 'SSN 212-09-9999', want: { outcome: 'mask', text: 'SSN [US_SSN_*]' } },
      /the text is not masked as want\.text has it$/,
    ],
    'of which other types are masked': [
      { text: 'SSN 212-09-9999', want: { outcome: 'mask', masked: { PERSON: 1 } } },
      /masked is US_SSN=1$/,
    ],
    'of which something stays that must go': [
      { text: plain, want: { outcome: 'allow', absent: ['vaccines'] } },
      /want\.absent\[0\] is there$/,
    ],
    'of which something goes that must stay': [
      { text: 'SSN 212-09-9999', want: { outcome: 'mask', present: ['212'] } },
      /want\.present\[0\] is not there$/,
    ],
    'of which nothing is forwarded': [
      { text: 'Summarize the whole chart.', want: { outcome: 'require-approval', text: 'x' } },
      /nothing is forwarded/,
    ],
    'whose request cannot be read': [
      { request: { messages: 1 }, want: { outcome: 'allow' } },
      /the inspection failed \(GatewayError\)$/,
    ],
  }
  for (const [what, [canary, message]] of Object.entries(wrong)) {
    it(`fails with a canary ${what}, names it, and shows no text`, async () => {
      const sound = { text: plain, want: { outcome: 'allow' } }
      const errors = await refusal(withCanaries({ sound, 'this-one': canary }))
      assert.match(errors, /^canary this-one: /)
      assert.match(errors, message)
      assert.ok(!errors.includes('212-09') && !errors.includes('twelve'))
      assert.deepEqual(archived(), [])
    })
  }

  it('fails with canaries that are not written as they must be', async () => {
    const sound = { text: 'x', want: { outcome: 'allow' } }
    for (const canaries of [
      [],
      { 'Not a name': sound },
      { a: { want: { outcome: 'allow' } } },
      { a: { ...sound, request: {} } },
      { a: { ...sound, want: { outcome: 'perhaps' } } },
      { a: { request: {}, want: { outcome: 'allow', text: 'x' } } },
    ]) {
      assert.match(await refusal(withCanaries(canaries)), /^data\.canaries/)
      assert.deepEqual(archived(), [])
    }
  })

  it('compares placeholders without their digests', async () => {
    const text = 'Patient John Smith, MRN: 4471902'
    const want = {
      outcome: 'mask',
      text: 'Patient [PERSON_*], MRN: [MEDICAL_RECORD_NUMBER_*]',
    }
    assert.equal((await news(withCanaries({ one: { text, want } }))).at(-1)?.step, 'passed')
  })

  it('fails where the bundle is not there, and where its data is not sound', async () => {
    assert.match(await refusal(directory(join(root, 'nowhere'))), /policy\.manifest cannot be read/)
    writeDirectory(
      join(root, 'bundle'),
      bundleWith((data) => Object.assign(data, { teams: { evil: {} } })),
    )
    assert.match(await refusal(directory(join(root, 'bundle'))), /data\.teams/)
  })

  describe('that is signed', () => {
    const key = testKey()
    const file = (): string => join(root, 'bundle.tar.gz')
    const source = (): PolicySource => {
      return { kind: 'bundle', file: file(), pinned: key.pinned, watch: false }
    }
    async function activated(serial: number, bundle = bundleWith()): Promise<RehearsalNews[]> {
      writeFileSync(file(), await signedArchive(bundle, serial, key))
      const all = await news(source())
      const [loaded] = all
      if (loaded?.step === 'loaded') mark(loaded.bundle, NOW)
      return all
    }

    it('passes, and its original is kept beside what was read', async () => {
      const [loaded] = await activated(4)
      assert.equal(loaded?.step, 'loaded')
      const { directory: dir } = loaded.bundle
      assert.deepEqual(readFileSync(join(dir, 'bundle.tar.gz')), readFileSync(file()))
      const kept = readBundle(dir)
      assert.deepEqual([kept.revision, kept.serial], ['r4', 4])
      assert.deepEqual(marks(archiveDir), [{ digest: kept.digest, at: NOW, serial: 4 }])
    })

    it('is refused with a serial that was active before, with other contents', async () => {
      await activated(4)
      assert.equal((await activated(4)).at(-1)?.step, 'passed')
      const other = bundleWith((data) => Object.assign(data, { more: 1 }))
      writeFileSync(file(), await signedArchive(other, 4, key))
      assert.match(await refusal(source()), /serial 4 does not rise: 4 was active/)
    })

    it('is refused when it is an old one that is played back', async () => {
      await activated(4)
      const old = readFileSync(file())
      await activated(5)
      writeFileSync(file(), old)
      assert.match(await refusal(source()), /serial 4 does not rise: 5 was active/)
      assert.equal((await activated(6)).at(-1)?.step, 'passed')
    })

    it('may have a lower serial than one that was never active', async () => {
      writeFileSync(file(), await signedArchive(bundleWith(), 9, key))
      await news(source())
      assert.equal((await activated(3)).at(-1)?.step, 'passed')
    })

    it('is refused when what was active before cannot be read', async () => {
      const [loaded] = await activated(4)
      assert.equal(loaded?.step, 'loaded')
      const path = join(loaded.bundle.directory, 'activated.json')
      for (const damage of ['', '{', '{}', '[]', '{"digest":"x","at":"y","serial":-1}']) {
        writeFileSync(path, damage)
        assert.match(await refusal(source()), /^the archive of policy bundles/)
      }
    })

    it('is refused when its file is half there', async () => {
      const whole = await signedArchive(bundleWith(), 1, key)
      writeFileSync(file(), whole.subarray(0, whole.length / 2))
      assert.match(await refusal(source()), /cut/)
      rmSync(file())
      assert.match(await refusal(source()), /cannot be read/)
    })
  })

  it('refuses another bundle under a digest that is in the archive', async () => {
    const first = bundleWith()
    archive(archiveDir, { bundle: first, archive: undefined })
    const forged = { ...bundleWith((data) => Object.assign(data, { more: 1 })) }
    const { digest, revision } = first
    writeDirectory(join(root, 'bundle'), { ...forged, digest, revision })
    assert.match(await refusal(directory(join(root, 'bundle'))), /another bundle under the digest/)
  })
})
