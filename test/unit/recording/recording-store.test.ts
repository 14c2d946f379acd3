import assert from 'node:assert/strict'
import {
  cpSync,
  mkdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Recorded, RecordingIndex } from '../../../src/domain/index.ts'
import { readHeader } from '../../../src/recording/frame.ts'
import { SLOT_BYTES } from '../../../src/recording/key-slots.ts'
import {
  openReader,
  openRecordingStore,
  type OpenRecordings,
  type RecordingStoreOptions,
} from '../../../src/recording/index.ts'
import { openRecordingIndex } from '../../../src/store/index.ts'
import { faultyIo, temporaryFolders } from '../../support/audit-fixtures.ts'
import { bulky, recorded, TEST_KEYS } from '../../support/recordings.ts'

const UNAVAILABLE = { name: 'GatewayError', code: 'audit-unavailable' }

describe('recording store', () => {
  const folder = temporaryFolders()
  const open: { close(): unknown }[] = []

  afterEach(async () => {
    for (const each of open.splice(0).toReversed()) await each.close()
  })

  const fileOf = (directory: string): string => join(directory, 'recordings-000001.bin')

  function indexOf(directory: string): RecordingIndex {
    const index = openRecordingIndex(join(directory, 'index.db'))
    open.push(index)
    return index
  }

  async function openAt(
    directory: string,
    options: Partial<RecordingStoreOptions> = {},
  ): Promise<OpenRecordings> {
    const index = options.index ?? indexOf(directory)
    const store = await openRecordingStore({ directory, keys: () => TEST_KEYS, ...options, index })
    open.push(store)
    return store
  }

  /** The bodies of a session, in order. */
  async function bodiesOf({ files }: OpenRecordings, session: string): Promise<string[]> {
    const slot = await files.keeper.slotOf(session)
    if (slot === undefined) return []
    const key = files.slots.read(slot)
    assert.ok(key)
    const reader = openReader(key, await files.keeper.frames(slot), files.segments)
    const bodies: string[] = []
    for (const { n } of reader.rows) bodies.push((await reader.bytes(n)).toString('utf8'))
    return bodies
  }

  const textOf = ({ bytes }: Recorded): string => Buffer.from(bytes).toString('utf8')

  /** Ends of the frames of a file. */
  function endsOf(directory: string): number[] {
    const bytes = readFileSync(fileOf(directory))
    const ends: number[] = []
    for (let at = 0; at < bytes.length;) {
      at += readHeader(bytes, at)?.length ?? assert.fail('no frame')
      ends.push(at)
    }
    return ends
  }

  it('gives back every body byte for byte', async () => {
    const store = await openAt(folder())
    const long = JSON.stringify(`ä 😀 \u2028 "\\ \u0000 \n${'word '.repeat(30)}`)
    const texts = ['', 'plain', '\ufeffwith BOM', long, `{"a":${long},"b":[${long},1.0]}`, '"open']
    const bodies = [texts, texts.toReversed(), [`${long}${long}`], ['x'.repeat(1 << 20)]].map(
      (all) => recorded('session', all),
    )
    for (const body of bodies) await store.put(body)
    assert.deepEqual(await bodiesOf(store, 'session'), bodies.map(textOf))
  })

  it('has no text on disk that can be read, in files of its owner alone', async () => {
    const directory = folder()
    const store = await openAt(directory)
    await store.put(recorded('session', ['quite readable', `"${'long and readable '.repeat(9)}"`]))
    await store.close()
    for (const name of ['recordings-000001.bin', 'keys', 'index.db', 'index.db-wal']) {
      const path = join(directory, name)
      assert.ok(!readFileSync(path).includes('readable'), name)
      assert.equal(statSync(path).mode & 0o777, 0o600, name)
    }
  })

  it('grows with new text alone over 40 turns, also when it is opened anew in between', async () => {
    const directory = folder()
    const turns = Array.from({ length: 40 }, (_, turn) => JSON.stringify(bulky(`${turn}`, 2500)))
    const bodies: Recorded[] = []
    let store = await openAt(directory)
    for (let turn = 1; turn <= turns.length; turn += 1) {
      const body = recorded('session', turns.slice(0, turn))
      bodies.push(body)
      await store.put(body)
      if (turn % 7 !== 0) continue
      await store.close()
      store = await openAt(directory)
    }
    const distinct = turns.join('').length
    const { size } = statSync(fileOf(directory))
    assert.ok(size < distinct * 1.3, `${size} for ${distinct}`)
    assert.deepEqual(await bodiesOf(store, 'session'), bodies.map(textOf))
  })

  it('stores a long text once, whatever stands around it: cache_control, block form, answer', async () => {
    const directory = folder()
    const store = await openAt(directory)
    const text = JSON.stringify(bulky('same', 28_000))
    const cached = ',"cache_control":{"type":"ephemeral"}'
    const block = (more: string): string => `{"type":"text","text":${text}${more}}`
    const before = `{"role":"user","content":${text}}`
    await store.put(recorded('session', [before]))
    await store.put(recorded('session', [`{"role":"user","content":[${block(cached)}]}`]))
    await store.put(recorded('session', [`{"role":"user","content":[${block('')}]}`]))
    await store.put({ ...recorded('session', [['block', block('')]]), direction: 'answer' })
    const { size } = statSync(fileOf(directory))
    assert.ok(size < text.length + 4 * 700, `${size}`)
    assert.equal((await bodiesOf(store, 'session'))[3], block(''))
  })

  it('keeps sessions apart: each has a key and texts of its own', async () => {
    const store = await openAt(folder())
    const text = JSON.stringify(bulky('shared', 3000))
    await store.put(recorded('one', [text]))
    const before = store.files.segments.end().offset
    await store.put(recorded('two', [text]))
    assert.ok(store.files.segments.end().offset - before > text.length / 2)
    const [one, two] = [0, 1].map((slot) => store.files.slots.read(slot))
    assert.deepEqual([one?.session, two?.session], ['one', 'two'])
    assert.notDeepEqual(one?.key, two?.key)
  })

  it('stores what comes at the same time, in few writes', async () => {
    const io = faultyIo()
    const store = await openAt(folder(), { io })
    const all = Array.from({ length: 200 }, (_, at) =>
      recorded(`session ${at % 3}`, ['shared', `text ${at}`]),
    )
    await Promise.all(all.map((one) => store.put(one)))
    assert.ok(io.writes < 20, `${io.writes} writes`)
    for (const number of [0, 1, 2]) {
      const bodies = all.filter(({ session }) => session === `session ${number}`)
      assert.deepEqual(await bodiesOf(store, `session ${number}`), bodies.map(textOf))
    }
  })

  it('refuses what came with a write that failed, and names nothing of it afterwards', async () => {
    const directory = folder()
    const io = faultyIo()
    const store = await openAt(directory, { io })
    const kept = recorded('session', ['kept'])
    await store.put(kept)
    for (const fault of ['torn', 'enospc', 'short'] as const) {
      const lost = recorded('session', ['kept', `lost by ${fault}`])
      const queued = recorded('session', ['kept', `lost by ${fault}`, 'and more'])
      io.faults.push(fault)
      const puts = [store.put(lost), pause(0).then(() => store.put(queued))]
      const [first] = await Promise.allSettled(puts)
      assert.equal(first?.status, 'rejected')
      assert.equal((first.reason as { code: string }).code, UNAVAILABLE.code)
    }
    const more = recorded('session', ['kept', 'lost by torn', 'more'])
    await store.put(more)
    assert.equal(store.healthy(), true)
    const bodies = await bodiesOf(store, 'session')
    assert.equal(bodies[0], textOf(kept))
    assert.equal(bodies.at(-1), textOf(more))
    await store.close()
    assert.deepEqual(await bodiesOf(await openAt(directory), 'session'), bodies)
  })

  it('begins a session again whose key, or first frame, could not be written', async () => {
    const directory = folder()
    const io = faultyIo()
    const store = await openAt(directory, { io })
    await store.put(recorded('before', ['a']))
    const whole = readFileSync(fileOf(directory))
    for (const faults of [['torn'], ['ok', 'torn'], ['ok', 'enospc'], ['torn', 'torn']] as const) {
      io.faults.push(...faults)
      await assert.rejects(store.put(recorded('new', ['a'])), UNAVAILABLE)
      // The frame whose key is not there does not stay.
      assert.deepEqual(readFileSync(fileOf(directory)), whole)
    }
    const body = recorded('new', ['a'])
    await store.put(body)
    assert.deepEqual(await bodiesOf(store, 'new'), [textOf(body)])
    await store.close()
    assert.deepEqual(await bodiesOf(await openAt(directory), 'new'), [textOf(body)])
  })

  it('waits for the disk once where a session begins', async () => {
    const io = faultyIo()
    const store = await openAt(folder(), { io })
    io.faults.push('hang', 'hang')
    const before = io.writes
    const put = store.put(recorded('new', ['a']))
    while (io.writes < before + 2) await pause(5)
    io.release()
    await put
  })

  it('counts nothing of a frame while its key is not on disk, and opens after a crash there', async () => {
    const directory = folder()
    const io = faultyIo()
    const store = await openAt(directory, { io })
    const kept = recorded('kept', ['a'])
    await store.put(kept)
    const { length } = readFileSync(fileOf(directory))
    io.faults.push('ok', 'hang')
    const all = [recorded('lost', ['b']), recorded('lost too', ['c'])]
    const puts = Promise.all(all.map((one) => store.put(one)))
    while (endsOf(directory).length < 2) await pause(5)
    assert.equal(store.files.segments.end().offset, length)
    const left = folder()
    cpSync(directory, left, { recursive: true })
    io.release()
    await puts
    for (const one of all) assert.deepEqual(await bodiesOf(store, one.session), [textOf(one)])
    await store.close()

    const slots = (): number => statSync(join(left, 'keys')).size / SLOT_BYTES
    assert.equal(slots(), 1)
    const again = await openAt(left)
    const lost = endsOf(left).length - 1
    assert.deepEqual(await bodiesOf(again, 'lost'), [])
    assert.deepEqual(await bodiesOf(again, 'kept'), ['a'])
    // What was lost keeps its place among the keys: nobody else gets it.
    assert.ok(slots() > 1 && slots() <= 1 + lost)
    await again.put(recorded('new', ['e']))
    await again.close()
    for (const suffix of ['', '-wal', '-shm'])
      rmSync(join(left, `index.db${suffix}`), { force: true })
    const anew = await openAt(left)
    assert.deepEqual(await bodiesOf(anew, 'new'), ['e'])
    assert.deepEqual(await bodiesOf(anew, 'kept'), ['a'])
  })

  it('refuses to open where frames name a slot that no session can have got', async () => {
    const directory = folder()
    const store = await openAt(directory)
    await store.put(recorded('session', ['a']))
    await store.close()
    const bytes = readFileSync(fileOf(directory))
    bytes.writeUIntBE(7, 6, 6)
    writeFileSync(fileOf(directory), bytes)
    for (const suffix of ['', '-wal', '-shm']) {
      rmSync(join(directory, `index.db${suffix}`), { force: true })
    }
    await assert.rejects(openAt(directory), /keys has no slot 7/)
  })

  it('refuses a piece that is not what its digest says', async () => {
    const directory = folder()
    const store = await openAt(directory)
    const body = recorded('session', ['text'])
    await assert.rejects(store.put({ ...body, bytes: Buffer.from('tent') }), UNAVAILABLE)
    assert.equal(statSync(fileOf(directory)).size, 0)
  })

  it('gives out nothing of a frame, or of a key, in which one byte was changed', async () => {
    const directory = folder()
    const index = indexOf(directory)
    const store = await openAt(directory, { index })
    await store.put(recorded('session', ['a secret']))
    await store.close()
    for (const name of ['recordings-000001.bin', 'keys']) {
      const path = join(directory, name)
      const good = readFileSync(path)
      // The last bytes of a slot are blank.
      for (let at = 0; at < good.length - (name === 'keys' ? 4 : 0); at += 1) {
        const bad = Buffer.from(good)
        bad[at] = (bad[at] ?? 0) ^ 1
        writeFileSync(path, bad)
        await assert.rejects(async () => {
          const again = await openAt(directory, { index })
          assert.deepEqual(await bodiesOf(again, 'session'), ['a secret'])
        }, `${name} byte ${at}`)
        await Promise.all(open.splice(1).map((each) => each.close()))
      }
      writeFileSync(path, good)
    }
  })

  it('cuts a torn frame off at every length, and can store it again', async () => {
    const directory = folder()
    const store = await openAt(directory)
    const [a, b] = [recorded('session', ['a']), recorded('session', ['a', 'b'])]
    await store.put(a)
    await store.put(b)
    await store.close()
    const good = readFileSync(fileOf(directory))
    const [start = 0] = endsOf(directory)
    for (let end = start + 1; end < good.length; end += 11) {
      const copy = folder()
      writeFileSync(fileOf(copy), good.subarray(0, end))
      writeFileSync(join(copy, 'keys'), readFileSync(join(directory, 'keys')))
      const again = await openAt(copy)
      assert.deepEqual(await bodiesOf(again, 'session'), ['a'])
      await again.put(b)
      assert.deepEqual(await bodiesOf(again, 'session'), ['a', 'ab'])
    }
  })

  it('builds a lost index anew, and one that belongs to longer files', async () => {
    const directory = folder()
    const store = await openAt(directory)
    const bodies = [recorded('session', ['a']), recorded('session', ['a', 'b'])]
    for (const body of bodies) await store.put(body)
    await store.close()
    const sessions = await (await store.files.keeper.upToDate()).sessions({})
    for (const suffix of ['', '-wal', '-shm']) {
      rmSync(join(directory, `index.db${suffix}`), { force: true })
    }
    const again = await openAt(directory)
    assert.deepEqual(await bodiesOf(again, 'session'), bodies.map(textOf))
    assert.deepEqual(await (await again.files.keeper.upToDate()).sessions({}), sessions)
    await again.close()
    truncateSync(fileOf(directory), endsOf(directory)[0])
    assert.deepEqual(await bodiesOf(await openAt(directory), 'session'), ['a'])
  })

  it('refuses to open behind what is no frame, without quoting it', async () => {
    const directory = folder()
    writeFileSync(fileOf(directory), 'a secret that is long enough to be a header')
    await assert.rejects(openAt(directory), (error: Error) => {
      return /segment 1 at byte 0/.test(error.message) && !String(error.stack).includes('secret')
    })
  })

  it('keeps what could not be indexed, and finds it afterwards', async () => {
    const real = indexOf(folder())
    let failing = false
    const index: RecordingIndex = {
      ...real,
      add: async (batch) => {
        if (failing) throw new Error('index is busy')
        await real.add(batch)
      },
    }
    const store = await openAt(folder(), { index })
    failing = true
    const [a, b] = [recorded('session', ['a']), recorded('session', ['a', 'b'])]
    await store.put(a)
    assert.deepEqual(await bodiesOf(store, 'session'), ['a'])
    await pause(150)
    await assert.rejects(bodiesOf(store, 'session'), /busy/)
    await assert.rejects(store.put(recorded('other', ['a'])), UNAVAILABLE)
    failing = false
    await store.put(b)
    assert.deepEqual(await bodiesOf(store, 'session'), [a, b].map(textOf))
  })

  it('tells the index of many frames in one go', async () => {
    const real = indexOf(folder())
    const told: number[] = []
    const index: RecordingIndex = {
      ...real,
      add: async (batch) => {
        told.push(batch.rows.length)
        await real.add(batch)
      },
    }
    const store = await openAt(folder(), { index })
    for (let at = 0; at < 600; at += 1) await store.put(recorded('session', [String(at)]))
    await store.close()
    assert.equal(
      told.reduce((sum, count) => sum + count, 0),
      600,
    )
    assert.ok(told.length < 100, `${told.length}`)
    assert.deepEqual(await index.mark(), store.files.segments.end())
  })

  it('goes on in a new segment when one is full, over a restart too', async () => {
    const directory = folder()
    let store = await openAt(directory, { segmentBytes: 2000 })
    const bodies = Array.from({ length: 12 }, (_, at) =>
      recorded(`session ${at % 2}`, [JSON.stringify(bulky(`${at}`, 2400))]),
    )
    for (const [at, body] of bodies.entries()) {
      await store.put(body)
      if (at !== 5) continue
      await store.close()
      store = await openAt(directory, { segmentBytes: 2000 })
    }
    assert.ok(store.files.segments.numbers().length > 3)
    for (const number of [0, 1]) {
      const own = bodies.filter((_, at) => at % 2 === number)
      assert.deepEqual(await bodiesOf(store, `session ${number}`), own.map(textOf))
    }
    const index = await store.files.keeper.upToDate()
    assert.deepEqual(await index.mark(), store.files.segments.end())
    await store.close()
    rmSync(join(directory, 'index.db'))
    const again = await openAt(directory)
    assert.equal((await bodiesOf(again, 'session 1')).length, 6)
  })

  it('goes on in a full segment while the next one cannot be begun', async () => {
    const directory = folder()
    const store = await openAt(directory, { segmentBytes: 1000 })
    const next = join(directory, 'recordings-000002.bin')
    mkdirSync(next)
    const bodies = [0, 1, 2].map((at) => recorded('session', [bulky(`${at}`, 2000)]))
    for (const body of bodies) await store.put(body)
    assert.deepEqual(store.files.segments.numbers(), [1])
    assert.equal(store.healthy(), true)
    rmdirSync(next)
    await store.put(recorded('session', ['a']))
    await store.put(recorded('session', ['b']))
    assert.deepEqual(store.files.segments.numbers(), [1, 2])
    assert.deepEqual(await bodiesOf(store, 'session'), [...bodies.map(textOf), 'a', 'b'])
  })

  it('opens under a new key what is under one that is accepted, and not without it', async () => {
    const directory = folder()
    const store = await openAt(directory)
    await store.put(recorded('session', ['a']))
    await store.close()
    const fresh = { id: 'recording-2', secret: new Uint8Array(32).fill(9) }
    const again = await openAt(directory, { keys: () => [fresh, TEST_KEYS[0]] })
    const body = recorded('session', ['a', 'b'])
    await again.put(body)
    assert.deepEqual(await bodiesOf(again, 'session'), ['a', 'ab'])
    await again.close()
    const lost = await openAt(directory, { keys: () => [fresh] })
    await assert.rejects(bodiesOf(lost, 'session'), /keyring does not have its key/)
    // Nobody reads the earlier recording any more; the conversation goes on in a new one.
    await lost.put(body)
    assert.deepEqual(await bodiesOf(lost, 'session'), ['ab'])
    const index = await lost.files.keeper.upToDate()
    await index.clear()
    await lost.close()
    const rebuilt = await openAt(directory, { keys: () => [fresh] })
    assert.deepEqual(await bodiesOf(rebuilt, 'session'), ['ab'])
  })

  it('refuses frames after it was closed', async () => {
    const store = await openAt(folder())
    await store.close()
    await assert.rejects(store.put(recorded('session', ['a'])), UNAVAILABLE)
  })
})
