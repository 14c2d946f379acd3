// A thread with its own connection: waits for its turn, opens the store and remembers entries of its own.
import { workerData, type MessagePort } from 'node:worker_threads'
import { openStore } from '../../src/store/index.ts'

const { file, name, prefixes, gate, answer } = workerData as {
  file: string
  name: string
  prefixes: string[]
  gate: SharedArrayBuffer
  answer: MessagePort
}
const turn = new Int32Array(gate)
Atomics.add(turn, 1, 1)
Atomics.wait(turn, 0, 0, 10_000)
const store = openStore(file)
const held: string[] = []
for (const prefix of prefixes) {
  const entries = [{ prefix, entry: `${prefix} by ${name}` }]
  held.push(...(await store.maskMemory.remember('scope', entries)))
}
store.close()
answer.postMessage(held, [])
answer.close()
