import assert from 'node:assert/strict'
import { once } from 'node:events'
import { statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import { MessageChannel, Worker } from 'node:worker_threads'
import type { FrameRow, Mark } from '../../../src/domain/index.ts'
import { openRecordingIndex, openStore, type Store } from '../../../src/store/index.ts'
import { maskMemory as memoryIn } from '../../../src/store/mask-memory.ts'
import { temporaryFolders } from '../../support/audit-fixtures.ts'
import { describeMaskMemory } from '../../support/mask-memory-conformance.ts'

const WORKER = new URL('../../support/store-worker.ts', import.meta.url)

/** Stores an entry in a transaction that it leaves open for a while. */
const HOLDER = `
const { parentPort, workerData } = require('node:worker_threads')
const { DatabaseSync } = require('node:sqlite')
const database = new DatabaseSync(workerData)
database.exec('BEGIN IMMEDIATE')
database.exec("INSERT INTO mask_memory VALUES ('scope', 'a', 'other')")
parentPort.postMessage('holding')
Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200)
database.exec('COMMIT')
database.close()`

describe('store', () => {
  const folder = temporaryFolders()
  const open: Store[] = []
  let file = ''

  beforeEach(() => {
    file = join(folder(), 'data', 'store.db')
  })

  afterEach(() => {
    for (const store of open.splice(0)) store.close()
  })

  function opened(): Store {
    const store = openStore(file)
    open.push(store)
    return store
  }

  describeMaskMemory('SQLite', () => opened().maskMemory)

  it('keeps its files from other users', async () => {
    const store = opened()
    await store.maskMemory.addIssued('scope', ['d'])
    for (const suffix of ['', '-wal', '-shm']) {
      assert.equal(statSync(`${file}${suffix}`).mode & 0o777, 0o600)
    }
    assert.equal(statSync(join(file, '..')).mode & 0o777, 0o700)
  })

  it('keeps what it was told over a close', async () => {
    await opened().maskMemory.remember('scope', [{ prefix: 'a', entry: 'A' }])
    for (const store of open) store.close()
    assert.deepEqual(await opened().maskMemory.lookup('scope', ['a']), ['A'])
  })

  it('is closed by its mask memory too, and twice without harm', () => {
    const store = opened()
    store.maskMemory.close()
    store.close()
  })

  it('rejects, and does not throw, when the database is closed', async () => {
    const store = opened()
    store.close()
    await assert.rejects(store.maskMemory.lookup('scope', ['a']))
    await assert.rejects(store.maskMemory.remember('scope', []))
  })

  it('waits for another writer and then keeps what that one stored first', async () => {
    const one = opened()
    const writer = new Worker(HOLDER, { eval: true, workerData: file })
    const exited = once(writer, 'exit')
    await once(writer, 'message')
    const held = await one.maskMemory.remember('scope', [{ prefix: 'a', entry: 'mine' }])
    assert.deepEqual(held, ['other'])
    await exited
  })

  it('leaves nothing of a call that failed half-way', async () => {
    const { maskMemory } = opened()
    const entries = [
      { prefix: 'a', entry: 'A' },
      { prefix: 'b', entry: null as unknown as string },
    ]
    await assert.rejects(maskMemory.remember('scope', entries))
    assert.deepEqual(await maskMemory.lookup('scope', ['a']), [undefined])
    assert.deepEqual(await maskMemory.remember('scope', [{ prefix: 'a', entry: 'B' }]), ['B'])
  })

  it('says that it is the store that fails, not the request', async () => {
    const database = new DatabaseSync(openedAndClosed(), { timeout: 0 })
    const memory = memoryIn(database, () => database.close())
    const other = new DatabaseSync(file)
    other.exec('BEGIN IMMEDIATE')
    const entries = [
      { prefix: 'a', entry: 'A' },
      { prefix: 'b', entry: 'B' },
    ]
    for (const call of [
      memory.remember('scope', entries),
      memory.remember('scope', entries.slice(1)),
      memory.addIssued('scope', ['digest']),
      memory.forget('scope'),
    ]) {
      await assert.rejects(call, { code: 'store-unavailable', status: 503 })
    }
    other.close()
    assert.deepEqual(await memory.remember('scope', entries), ['A', 'B'])
    database.close()
  })

  it('refuses a file of a later version', () => {
    const database = new DatabaseSync(openedAndClosed())
    database.exec('PRAGMA user_version = 99')
    database.close()
    assert.throws(() => openStore(file), /version 99/)
  })

  function openedAndClosed(): string {
    opened().close()
    return file
  }

  it('is opened and migrated by many threads at once, and the first of racing entries wins', async function () {
    this.timeout(120_000)
    const prefixes = Array.from({ length: 100 }, (_, index) => `p${index}`)
    for (let round = 0; round < 3; round += 1) {
      file = join(folder(), 'store.db')
      const gate = new SharedArrayBuffer(8)
      const turn = new Int32Array(gate)
      const names = ['one', 'two', 'three', 'four']
      const answers = names.map(async (name) => {
        const { port1, port2: answer } = new MessageChannel()
        const workerData = { file, name, prefixes, gate, answer }
        const worker = new Worker(WORKER, { workerData, transferList: [answer] })
        const [[held]] = (await Promise.all([once(port1, 'message'), once(worker, 'exit')])) as [
          [string[]],
          unknown,
        ]
        port1.close()
        return held
      })
      while (Atomics.load(turn, 1) < names.length) await sleep(5)
      Atomics.store(turn, 0, 1)
      Atomics.notify(turn, 0)
      const held = await Promise.all(answers)
      for (const answer of held) assert.deepEqual(answer, held[0])
      assert.deepEqual(await opened().maskMemory.lookup('scope', prefixes), held[0])
    }
  })

  it('gives the recordings their index: frames and sessions that count up, and a mark without a gap', async () => {
    const index = openRecordingIndex(join(folder(), 'index.db'))
    const start = { segment: 0, offset: 0 }
    const at = (offset: number): Mark => ({ segment: 1, offset })
    const about = JSON.stringify({ principal: 'p', onBehalfOf: null, connection: 'claude' })
    const row = (n: number, more: Partial<FrameRow> = {}): FrameRow => ({
      slot: 4,
      n,
      segment: 1,
      offset: n * 10,
      length: 10,
      at: 100 + n,
      exchange: `dec_${n}`,
      direction: 'request',
      thread: 0,
      from: null,
      leaf: n,
      piece: n,
      info: '{}',
      ...more,
    })
    const sessions = new Map([[4, 'ses_a']])
    await index.add({ rows: [row(0, { about })], sessions, from: start, to: at(10) })
    const answer = row(1, { direction: 'answer', thread: 1, from: 0 })
    await index.add({ rows: [answer], sessions, from: at(10), to: at(20) })
    for (const from of [start, at(10), at(30)]) {
      await assert.rejects(index.add({ rows: [], sessions, from, to: at(40) }), /mark/)
    }
    assert.deepEqual(await index.mark(), at(20))
    assert.deepEqual(await index.frames(4), [row(0), answer])
    assert.equal(await index.slotOf('ses_a'), 4)
    assert.equal(await index.slotOf('ses_b'), undefined)
    const session = {
      slot: 4,
      session: 'ses_a',
      principal: 'p',
      onBehalfOf: null,
      connection: 'claude',
      firstAt: 100,
      lastAt: 101,
      exchanges: 1,
      threads: 2,
      bytes: 20,
    }
    assert.deepEqual(await index.sessions({}), [session])
    const asked = [
      { principal: 'p', from: 101, to: 101, connection: 'claude' },
      { session: 'ses_a' },
    ]
    for (const filter of asked) assert.equal((await index.sessions(filter)).length, 1)
    const others = [{ principal: 'q' }, { from: 102 }, { to: 100 }, { skip: 1 }, { most: 0 }]
    for (const filter of others) assert.deepEqual(await index.sessions(filter), [])
    assert.deepEqual(await index.segments(), [1])
    await index.forget([4])
    assert.deepEqual(
      [await index.frames(4), await index.sessions({}), await index.segments()],
      [[], [], []],
    )
    assert.deepEqual(await index.mark(), at(20))
    await index.clear()
    assert.deepEqual(await index.mark(), start)
    index.close()
  })

  it('begins the index of the recordings anew where it is of another format, or none', async () => {
    const name = join(folder(), 'index.db')
    const to = { segment: 1, offset: 10 }
    for (const spoil of [
      () => writeFileSync(name, 'no database at all'.repeat(100)),
      () => {
        const database = new DatabaseSync(name)
        database.exec('PRAGMA user_version = 99')
        database.close()
      },
    ]) {
      const index = openRecordingIndex(name)
      await index.add({ rows: [], sessions: new Map(), from: await index.mark(), to })
      index.close()
      const again = openRecordingIndex(name)
      assert.deepEqual(await again.mark(), to)
      again.close()
      spoil()
      const anew = openRecordingIndex(name)
      assert.deepEqual(await anew.mark(), { segment: 0, offset: 0 })
      anew.close()
    }
  })
})
