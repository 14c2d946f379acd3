import assert from 'node:assert/strict'
import { copyFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { verifyFolder, type Verification } from '../../../src/record/index.ts'
import { temporaryFolders } from '../../support/audit-fixtures.ts'
import { buildGoVerifier, hasGo, type GoVerifier } from '../../support/go-verifier.ts'
import { PUBLIC_KEYS } from '../../support/checkpoint-key.ts'
import { copyOf, writeSignedLog } from '../../support/signed-log.ts'

const CURRENT = 'audit.ndjson'
const SIGNED = 'audit.checkpoints'

/** Three files of two records, one under way with one, and the checkpoints between them. */
const SMALL = { segmentBytes: 900 }

describe('a log that somebody changed', () => {
  const folder = temporaryFolders()

  async function smallLog(): Promise<{ directory: string; earlier: string }> {
    const directory = folder()
    await writeSignedLog(directory, 1, 7, SMALL)
    assert.equal(logNames(directory).length, 4)
    const earlier = join(folder(), 'noted')
    copyFileSync(join(directory, SIGNED), earlier)
    return { directory, earlier }
  }

  const check = (directory: string, earlier?: string): Promise<Verification> =>
    verifyFolder(directory, { keys: PUBLIC_KEYS, earlier })

  it('verifies while nobody did, and says what is signed', async () => {
    const { directory, earlier } = await smallLog()
    const result = await check(directory, earlier)
    assert.deepEqual(result.ok && [result.records, result.head.seq, result.covered, result.torn], [
      7,
      7,
      7,
      false,
    ])
  })

  it('is found after every edit of one byte, in the log and in its checkpoints', async function () {
    this.timeout(240_000)
    const { directory, earlier } = await smallLog()
    const missed: string[] = []
    for (const name of [...logNames(directory), SIGNED]) {
      const path = join(directory, name)
      const good = readFileSync(path)
      for (let at = 0; at < good.length; at += 1) {
        const edited = Buffer.from(good)
        edited[at] = (good[at] ?? 0) ^ 1
        writeFileSync(path, edited)
        const result = await check(directory, earlier)
        if (result.ok) missed.push(`${name} byte ${at}`)
      }
      writeFileSync(path, good)
    }
    // The end of the last checkpoint cannot be told from a write that a crash cut short; the log itself is whole.
    const size = readFileSync(join(directory, SIGNED)).length
    assert.deepEqual(missed, [`${SIGNED} byte ${size - 1}`])
  })

  it('is found after every cut, against a checkpoint noted earlier', async function () {
    this.timeout(120_000)
    const { directory, earlier } = await smallLog()
    const names = logNames(directory)
    for (const [index, name] of names.entries()) {
      const copy = copyOf(directory, folder())
      for (const later of names.slice(index + 1)) rmSync(join(copy, later))
      const good = readFileSync(join(copy, name))
      // The checkpoints beside the log are cut as well: whoever cuts the log would.
      writeFileSync(join(copy, SIGNED), '')
      for (let length = good.length - 1; length >= 0; length -= 1) {
        writeFileSync(join(copy, name), good.subarray(0, length))
        assert.equal((await check(copy, earlier)).ok, false, `${name} cut at ${length}`)
      }
    }
  })

  it('is found after a rollback to any earlier state of log and checkpoints', async () => {
    const directory = folder()
    const states: string[] = []
    for (let seq = 1; seq <= 7; seq += 1) {
      await writeSignedLog(directory, seq, seq, SMALL)
      states.push(copyOf(directory, folder()))
    }
    const noted = (state: string | undefined): string => join(state ?? '', SIGNED)
    for (const [now, state] of states.entries()) {
      for (const [then, before] of states.entries()) {
        const { ok } = await check(state, noted(before))
        assert.equal(
          ok,
          then <= now,
          `state ${now + 1} against the checkpoint of state ${then + 1}`,
        )
      }
    }
  })

  it('is found without a record, with two swapped, and without a file, and named', async () => {
    const { directory } = await smallLog()
    const names = logNames(directory)
    for (const { copy, path, line } of tamperings(directory, names, folder)) {
      const result = await check(copy)
      assert.equal(result.ok, false)
      assert.deepEqual(
        [result.ok ? '' : result.path, result.ok ? 0 : result.line],
        [join(copy, path), line],
      )
    }
    for (const name of names) {
      const copy = copyOf(directory, folder())
      rmSync(join(copy, name))
      assert.equal((await check(copy)).ok, false, `${name} removed`)
    }
  })

  it('is found when the whole chain was computed anew without the key', async () => {
    const { directory, earlier } = await smallLog()
    const forged = folder()
    await writeSignedLog(forged, 11, 17, SMALL)
    copyFileSync(join(directory, SIGNED), join(forged, SIGNED))
    const result = await check(forged)
    assert.match(result.ok ? '' : result.problem, /rewritten/)
    rmSync(join(forged, SIGNED))
    assert.equal((await check(forged)).ok, true)
    assert.match(problemOf(await check(forged, earlier)), /rewritten/)
  })

  it('is found where a checkpoint was signed with another key', async () => {
    const { directory } = await smallLog()
    const others = {
      ...PUBLIC_KEYS,
      keys: PUBLIC_KEYS.keys.map((key) => ({ ...key, id: 'other' })),
    }
    const unknown = await verifyFolder(directory, { keys: others })
    assert.match(problemOf(unknown), /none of the public keys/)
    assert.match(unknown.ok ? '' : `${unknown.path} ${unknown.line}`, /audit\.checkpoints 1$/)
  })

  it('is found wherever a large one was edited', async function () {
    this.timeout(120_000)
    const directory = folder()
    await writeSignedLog(directory, 1, 1500, { segmentBytes: 100_000 })
    const names = logNames(directory)
    for (let round = 0; round < 60; round += 1) {
      const path = join(directory, names[Math.floor(Math.random() * names.length)] ?? '')
      const good = readFileSync(path)
      const at = Math.floor(Math.random() * good.length)
      const edited = Buffer.from(good)
      edited[at] = (good[at] ?? 0) ^ (1 + Math.floor(Math.random() * 255))
      writeFileSync(path, edited)
      const result = await check(directory)
      const line = good.subarray(0, at).toString('latin1').split('\n').length
      assert.deepEqual(
        result.ok ? [] : [result.path, Math.min(result.line, line)],
        [path, line],
        `${path} byte ${at}`,
      )
      writeFileSync(path, good)
    }
  })

  if (hasGo()) {
    describe('as the independent verifier in Go sees it', () => {
      let go: GoVerifier
      before(function () {
        this.timeout(120_000)
        go = buildGoVerifier(PUBLIC_KEYS)
      })
      after(() => go.remove())

      const agree = async (directory: string, earlier: string, what: string): Promise<void> => {
        const ours = await check(directory, earlier)
        const { code, said } = go.run(directory, '-checkpoint', earlier)
        assert.deepEqual([code, what], [ours.ok ? 0 : 1, what])
        if (ours.ok) {
          const { records, head } = ours
          assert.equal(said, `ok: ${records} records, head ${head.seq}:${head.hash}`)
        } else if (!/cut short|in no file/.test(ours.problem)) {
          assert.ok(said.startsWith(`bad: ${ours.path} line ${ours.line}: `), `${what}: ${said}`)
        }
      }

      it('is good or bad at the same line', async function () {
        this.timeout(120_000)
        const { directory, earlier } = await smallLog()
        await agree(directory, earlier, 'untouched')
        const names = logNames(directory)
        for (const { copy, path } of tamperings(directory, names, folder)) {
          await agree(copy, earlier, path)
        }
        for (const name of names) {
          const copy = copyOf(directory, folder())
          const path = join(copy, name)
          const good = readFileSync(path)
          for (let at = 3; at < good.length; at += 17) {
            const edited = Buffer.from(good)
            edited[at] = (good[at] ?? 0) ^ 1
            writeFileSync(path, edited)
            await agree(copy, earlier, `${name} byte ${at}`)
          }
          for (const length of [0, 1, good.length >> 1, good.length - 1]) {
            writeFileSync(path, good.subarray(0, length))
            await agree(copy, earlier, `${name} cut at ${length}`)
          }
          rmSync(path)
          await agree(copy, earlier, `${name} removed`)
        }
      })

      it('is good or bad with its checkpoints', async () => {
        const { directory, earlier } = await smallLog()
        const lines = readFileSync(earlier, 'utf8').split('\n').slice(0, -1)
        const states = [
          lines.toSpliced(1, 1),
          lines.toReversed(),
          [],
          lines.with(1, (lines[1] ?? '').replace(/"hash":"./, '"hash":"!')),
          lines.with(1, (lines[1] ?? '').replace('"seq":', '"seq":1')),
          lines.with(1, (lines[1] ?? '').replace('checkpoint-test', 'checkpoint-text')),
        ]
        for (const [number, state] of states.entries()) {
          const copy = copyOf(directory, folder())
          writeFileSync(join(copy, SIGNED), state.map((line) => `${line}\n`).join(''))
          const ours = await check(copy)
          assert.equal(go.run(copy).code, ours.ok ? 0 : 1, `state ${number}`)
        }
      })
    })
  }
})

function problemOf(result: Verification): string {
  return result.ok ? '' : result.problem
}

function logNames(directory: string): string[] {
  const names = readdirSync(directory).filter((name) => name.endsWith('.ndjson'))
  return names.toSorted((a, b) => Number(a === CURRENT) - Number(b === CURRENT) || (a < b ? -1 : 1))
}

/** Copies of a log in which a record was removed or two were swapped, with the place of the first bad one. */
function* tamperings(
  directory: string,
  names: readonly string[],
  folder: () => string,
): Generator<{ copy: string; path: string; line: number }> {
  const places = names.flatMap((path) => {
    const count = readFileSync(join(directory, path), 'utf8').split('\n').length - 1
    return Array.from({ length: count }, (_, index) => ({ path, index }))
  })
  const change = (edits: ReadonlyMap<(typeof places)[number], string>): string => {
    const copy = copyOf(directory, folder())
    for (const name of names) {
      const lines = readFileSync(join(copy, name), 'utf8').split(/(?<=\n)/)
      const edited = lines.map((line, index) => {
        const place = places.find((one) => one.path === name && one.index === index)
        return (place === undefined ? undefined : edits.get(place)) ?? line
      })
      writeFileSync(join(copy, name), edited.join(''))
    }
    return copy
  }
  const textAt = ({ path, index }: (typeof places)[number]): string =>
    readFileSync(join(directory, path), 'utf8').split(/(?<=\n)/)[index] ?? ''
  for (const [number, place] of places.entries()) {
    // Of the last one in its file nothing is left to be at its line: that is found in the next.
    const next = places[number + 1]
    if (next !== undefined && next.path === place.path) {
      yield { copy: change(new Map([[place, '']])), path: place.path, line: place.index + 1 }
    }
    for (const other of places.slice(number + 1)) {
      const edits = new Map([
        [place, textAt(other)],
        [other, textAt(place)],
      ])
      yield { copy: change(edits), path: place.path, line: place.index + 1 }
    }
  }
}
