/** A worker that does what the body of a request tells it to, for tests of the lanes. */
import { parentPort, workerData } from 'node:worker_threads'
import { READY, type Ask, type Reply, type Sent } from '../../src/lanes/protocol.ts'
import { writeWatch, type Watch } from '../../src/lanes/watch.ts'

const port = parentPort
if (port === null) throw new Error('not a worker')

const mark = String(workerData)
let served = 0

/** Microseconds of CPU of this thread. */
function worked(): number {
  const { user, system } = process.threadCpuUsage()
  return user + system
}

function act(message: Ask): void {
  served += 1
  const id = message.id
  const answer = (value: unknown): void => {
    const reply: Reply = { id, ok: true, value }
    port?.postMessage([reply])
  }
  const task = 'body' in message.ask ? new TextDecoder().decode(message.ask.body) : message.kind
  switch (task) {
    case 'loop':
      for (;;) served += 1
    case 'exit':
      process.exit(3)
    case 'throw':
      throw new Error('a worker that breaks')
    case 'refuse': {
      const reply: Reply = { id, ok: false, code: 'invalid-request', message: 'no such thing' }
      port?.postMessage([reply])
      return
    }
    case 'stray':
      answer('meant for somebody else')
      port?.postMessage([{ id, ok: true, value: 'a second answer' }])
      return
    case 'slow': {
      const until = worked() + 150_000
      while (worked() < until);
      answer({ mark, served, task })
      return
    }
    case 'waits':
    case 'waits long':
      setTimeout(() => answer({ mark, served, task }), task === 'waits' ? 150 : 1500)
      return
    default:
      answer({ mark, served, task })
  }
}

if (mark === 'broken') process.exit(4)
let watch: Watch | undefined
port.on('message', (message: Sent) => {
  if ('watch' in message) {
    watch = message.watch
    return
  }
  for (const ask of message) {
    if (watch !== undefined) writeWatch(watch, ask.id)
    act(ask)
  }
})
port.postMessage(mark === 'odd' ? 'hello' : READY)
