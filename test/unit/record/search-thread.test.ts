import assert from 'node:assert/strict'
import { EventEmitter } from 'node:events'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { parseQuery, threadedSearch, type LogSearch } from '../../../src/record/index.ts'
import { temporaryFolders } from '../../support/audit-fixtures.ts'
import { writeSignedLog } from '../../support/signed-log.ts'

const WORKER = new URL('../../../src/worker.ts', import.meta.url)

describe('a search in a thread of its own', () => {
  const folder = temporaryFolders()
  let search: ReturnType<typeof threadedSearch> | undefined
  afterEach(() => search?.stop())

  const open = (directory: string): LogSearch & { stop(): Promise<void> } => {
    const indexFile = join(folder(), 'index.db')
    const workerData = { task: { kind: 'search' }, directory, indexFile }
    return (search = threadedSearch(() => new Worker(WORKER, { workerData })))
  }
  const seqs = async (upTo?: number): Promise<number[]> => {
    const found = (await search?.find(parseQuery({}), upTo)) ?? []
    return found.map(({ custom }) => custom.seq)
  }

  it('answers each of several that ask at once', async () => {
    const directory = folder()
    await writeSignedLog(directory, 1, 4)
    open(directory)
    assert.deepEqual(await Promise.all([seqs(0), seqs(2), seqs()]), [[], [2, 1], [4, 3, 2, 1]])
  })

  it('rejects with what went wrong in it, and works again when that is over', async () => {
    const directory = join(folder(), 'audit')
    open(directory)
    await assert.rejects(seqs(), /ENOENT/)
    await writeSignedLog(directory, 1, 1)
    assert.deepEqual(await seqs(), [1])
  })

  it('rejects what waits when it is ended, and begins again with the next search', async () => {
    const directory = folder()
    await writeSignedLog(directory, 1, 2)
    const opened = open(directory)
    const lost = assert.rejects(seqs(), /the search was ended/)
    await opened.stop()
    await lost
    assert.deepEqual(await seqs(), [2, 1])
  })

  it('is not lost to the late end of one that failed before', async () => {
    const threads: EventEmitter[] = []
    search = threadedSearch(() => {
      const methods = { postMessage() {}, unref() {}, terminate: () => Promise.resolve(0) }
      const thread = Object.assign(new EventEmitter(), methods)
      threads.push(thread)
      return thread as unknown as Worker
    })
    const first = search.find(parseQuery({}))
    threads[0]?.emit('error', new Error('out of memory'))
    await assert.rejects(first, /the search was ended/)
    const second = search.find(parseQuery({}))
    threads[0]?.emit('exit', 1)
    threads[1]?.emit('message', { id: 2, records: [] })
    assert.deepEqual(await second, [])
  })
})
