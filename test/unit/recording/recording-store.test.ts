import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import {
  appendFileSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Piece, RecordingStore } from '../../../src/domain/index.ts'
import { openRecordingStore, type RecordingIndex } from '../../../src/recording/index.ts'
import type { RecordingStoreOptions } from '../../../src/recording/index.ts'
import { openStore } from '../../../src/store/index.ts'
import { faultyIo, temporaryFolders } from '../../support/audit-fixtures.ts'

const UNAVAILABLE = { name: 'GatewayError', code: 'audit-unavailable' }

function piece(text: string): Piece {
  const bytes = Buffer.from(text)
  return { bytes, digest: createHash('sha256').update(bytes).digest('hex') }
}

describe('recording store', () => {
  const folder = temporaryFolders()
  const open: { close(): unknown }[] = []

  afterEach(async () => {
    for (const each of open.splice(0).toReversed()) await each.close()
  })

  const fileOf = (directory: string): string => join(directory, 'recordings.ndjson')

  function indexOf(directory: string): RecordingIndex {
    const store = openStore(join(directory, 'store.db'))
    open.push(store)
    return store.recordingIndex
  }

  async function openAt(
    directory: string,
    options: Partial<RecordingStoreOptions> = {},
  ): Promise<RecordingStore> {
    const index = options.index ?? indexOf(directory)
    const store = await openRecordingStore({ directory, ...options, index })
    open.push(store)
    return store
  }

  async function textOf(store: RecordingStore, session: string, text: string): Promise<string> {
    return Buffer.from(await store.get(session, piece(text).digest)).toString('utf8')
  }

  const linesOf = (directory: string): string[] =>
    readFileSync(fileOf(directory), 'utf8').split('\n').slice(0, -1)

  it('gives back every piece byte for byte', async () => {
    const store = await openAt(folder())
    const texts = ['', 'plain', '\ufeffwith BOM', 'ä 😀 \u2028 "\\ \u0000 \n', 'x'.repeat(1 << 20)]
    await store.put('session', texts.map(piece))
    for (const text of texts) assert.equal(await textOf(store, 'session', text), text)
  })

  it('writes one line for a piece, readable by its owner alone', async () => {
    const directory = folder()
    const store = await openAt(directory)
    await store.put('session', [piece('text')])
    const line = JSON.stringify({ session: 'session', digest: piece('text').digest, text: 'text' })
    assert.deepEqual(linesOf(directory), [line])
    assert.equal(statSync(fileOf(directory)).mode & 0o777, 0o600)
  })

  it('grows with new text alone over 20 turns, also when it is opened anew in between', async () => {
    const directory = folder()
    const turns = Array.from({ length: 20 }, (_, turn) => piece(`turn ${turn} ${'x'.repeat(5000)}`))
    let store = await openAt(directory)
    for (let turn = 1; turn <= turns.length; turn += 1) {
      await store.put('session', turns.slice(0, turn))
      assert.equal(linesOf(directory).length, turn)
      if (turn % 7 === 0) {
        await store.close()
        store = await openAt(directory)
      }
    }
    const text = turns.reduce((sum, { bytes }) => sum + bytes.length, 0)
    assert.ok(statSync(fileOf(directory)).size < text + turns.length * 200)
    for (const { digest, bytes } of turns) {
      assert.deepEqual(Buffer.from(await store.get('session', digest)), bytes)
    }
  })

  it('writes a piece once that comes twice in one call, and once per session', async () => {
    const directory = folder()
    const store = await openAt(directory)
    await store.put('one', [piece('a'), piece('a'), piece('b')])
    assert.equal(linesOf(directory).length, 2)
    await store.put('two', [piece('a')])
    assert.equal(linesOf(directory).length, 3)
    await assert.rejects(textOf(store, 'two', 'b'), /no such piece/)
  })

  it('lets a second call wait for the piece that a first one is writing', async () => {
    const directory = folder()
    const io = faultyIo()
    const store = await openAt(directory, { io })
    io.faults.push('hang')
    const done: string[] = []
    const first = store.put('session', [piece('a')]).then(() => done.push('first'))
    const second = store.put('session', [piece('a')]).then(() => done.push('second'))
    const other = store.put('session', [piece('a'), piece('b')]).then(() => done.push('other'))
    await new Promise((resolve) => setTimeout(resolve, 30))
    assert.deepEqual(done, [])
    io.release()
    await Promise.all([first, second, other])
    assert.equal(done.length, 3)
    assert.equal(linesOf(directory).length, 2)
  })

  it('refuses the second call too when the first one fails, and works again afterwards', async () => {
    const directory = folder()
    const io = faultyIo()
    const store = await openAt(directory, { io })
    await store.put('session', [piece('kept')])
    io.faults.push('torn')
    const puts = [1, 2].map(() => store.put('session', [piece('a')]))
    await Promise.all(puts.map((put) => assert.rejects(put, UNAVAILABLE)))
    assert.equal(store.healthy(), false)
    await store.put('session', [piece('a')])
    assert.equal(store.healthy(), true)
    assert.equal(await textOf(store, 'session', 'a'), 'a')
    assert.equal(linesOf(directory).length, 2)
  })

  it('stores many concurrent pieces in few writes', async () => {
    const io = faultyIo()
    const store = await openAt(folder(), { io })
    const texts = Array.from({ length: 200 }, (_, number) => `text ${number}`)
    await Promise.all(texts.map((text) => store.put('session', [piece(text)])))
    assert.ok(io.writes < 20, `${io.writes} writes`)
    for (const text of texts) assert.equal(await textOf(store, 'session', text), text)
  })

  it('refuses a piece that is not what its digest says, or not UTF-8', async () => {
    const directory = folder()
    const store = await openAt(directory)
    const wrong = { bytes: Buffer.from('a'), digest: piece('b').digest }
    await assert.rejects(store.put('session', [wrong]), UNAVAILABLE)
    const bytes = Buffer.from([0xff])
    const digest = createHash('sha256').update(bytes).digest('hex')
    await assert.rejects(store.put('session', [{ bytes, digest }]), UNAVAILABLE)
    assert.deepEqual(linesOf(directory), [])
  })

  it('does not give out a piece that was changed on disk', async () => {
    const directory = folder()
    const store = await openAt(directory)
    await store.put('session', [piece('original')])
    const changed = readFileSync(fileOf(directory), 'utf8').replace('original', 'changed!')
    writeFileSync(fileOf(directory), changed)
    await assert.rejects(textOf(store, 'session', 'original'), /not what its digest says/)
  })

  it('does not give out another piece when the index points wrong, nor quote text', async () => {
    const directory = folder()
    const index = indexOf(directory)
    const before = await openAt(directory, { index })
    await before.put('session', [piece('secret one'), piece('secret two')])
    await before.close()
    const store = await openAt(directory, { index })
    const [first] = await index.find('session', [piece('secret one').digest])
    assert.ok(first)
    const mark = await index.mark()
    const digest = piece('absent').digest
    const half = { offset: first.offset + 9, length: first.length }
    await index.add([{ ...first, session: 'session', digest }], mark, mark)
    await index.add([{ ...half, session: 'two', digest }], mark, mark)
    await assert.rejects(textOf(store, 'session', 'absent'), /another piece/)
    await assert.rejects(textOf(store, 'two', 'absent'), (error: Error) => {
      return !`${error.message} ${String(error.cause)}`.includes('secret')
    })
  })

  it('cuts a torn line off at every length, and can store the piece again', async () => {
    const directory = folder()
    const store = await openAt(directory)
    await store.put('session', [piece('a'), piece('b')])
    await store.close()
    const good = readFileSync(fileOf(directory))
    const start = good.indexOf('\n') + 1
    for (let end = start + 1; end < good.length; end += 11) {
      const copy = folder()
      writeFileSync(fileOf(copy), good.subarray(0, end))
      const again = await openAt(copy)
      assert.equal(await textOf(again, 'session', 'a'), 'a')
      await assert.rejects(textOf(again, 'session', 'b'))
      await again.put('session', [piece('a'), piece('b')])
      assert.deepEqual(readFileSync(fileOf(copy)), good)
    }
  })

  it('catches up with what a crash left behind the index', async () => {
    const directory = folder()
    const store = await openAt(directory)
    await store.put('session', [piece('a')])
    await store.close()
    const text = 'b'
    const line = JSON.stringify({ session: 'session', digest: piece(text).digest, text })
    appendFileSync(fileOf(directory), `${line}\n`)
    const again = await openAt(directory)
    assert.equal(await textOf(again, 'session', 'b'), 'b')
    await again.put('session', [piece('b')])
    assert.equal(linesOf(directory).length, 2)
  })

  it('builds a lost index anew, and one that belongs to a longer file', async () => {
    const directory = folder()
    const store = await openAt(directory)
    await store.put('session', [piece('a'), piece('b')])
    await store.close()
    rmSync(join(directory, 'store.db'))
    for (const suffix of ['-wal', '-shm']) {
      rmSync(join(directory, `store.db${suffix}`), { force: true })
    }
    const again = await openAt(directory)
    assert.equal(await textOf(again, 'session', 'b'), 'b')
    await again.close()
    truncateSync(fileOf(directory), readFileSync(fileOf(directory)).indexOf('\n') + 1)
    const shorter = await openAt(directory)
    assert.equal(await textOf(shorter, 'session', 'a'), 'a')
    await assert.rejects(textOf(shorter, 'session', 'b'), /no such piece/)
  })

  it('refuses to open behind a line that does not check, without quoting it', async () => {
    const directory = folder()
    const lines = [
      'secret',
      '{"session":"s","digest":"d"}',
      'null',
      `{"session":"s","digest":"d","text":"secret"}`,
    ]
    for (const line of lines) {
      writeFileSync(fileOf(directory), `${line}\n`)
      await assert.rejects(openAt(directory), (error: Error) => {
        return /byte 0/.test(error.message) && !String(error.cause).includes('secret')
      })
    }
  })

  it('keeps a piece whose index entry failed, and finds it afterwards', async () => {
    const directory = folder()
    const real = indexOf(directory)
    let failing = false
    const index: RecordingIndex = {
      ...real,
      add: async (...args) => {
        if (failing) throw new Error('index is busy')
        await real.add(...args)
      },
    }
    const store = await openAt(directory, { index })
    failing = true
    await store.put('session', [piece('a')])
    assert.equal(await textOf(store, 'session', 'a'), 'a')
    await pause(150)
    await assert.rejects(textOf(store, 'session', 'a'), /busy/)
    await assert.rejects(store.put('session', [piece('b')]), UNAVAILABLE)
    failing = false
    await store.put('session', [piece('a'), piece('b')])
    assert.equal(await textOf(store, 'session', 'a'), 'a')
    assert.equal(linesOf(directory).length, 2)
  })

  it('finds a piece at once, and tells the index of many in one go', async () => {
    const directory = folder()
    const real = indexOf(directory)
    const told: number[] = []
    const index: RecordingIndex = {
      ...real,
      add: async (...args) => {
        told.push(args[0].length)
        await real.add(...args)
      },
    }
    const store = await openAt(directory, { index })
    for (let at = 0; at < 600; at += 1) {
      await store.put('session', [piece(String(at))])
      assert.equal(await textOf(store, 'session', String(at)), String(at))
    }
    await store.close()
    assert.equal(
      told.reduce((sum, count) => sum + count, 0),
      600,
    )
    assert.ok(told.length < 100)
    assert.equal(await index.mark(), statSync(fileOf(directory)).size)
  })

  it('refuses pieces after it was closed', async () => {
    const store = await openAt(folder())
    await store.close()
    await assert.rejects(store.put('session', [piece('a')]), UNAVAILABLE)
  })
})
