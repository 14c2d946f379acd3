import type { Worker } from 'node:worker_threads'
import { PolicyError } from '../policy/index.ts'
import type { ArchivedBundle } from './archive.ts'
import type { RehearsalNews } from './rehearse.ts'

/** A bundle was refused: what `/status` says of it. */
export class RefusedBundle extends PolicyError {
  readonly errors: readonly string[]

  constructor(message: string, errors: readonly string[]) {
    super(message)
    this.name = 'RefusedBundle'
    this.errors = errors
  }
}

/** A rehearsal under way. Both promises reject with RefusedBundle. */
export interface Rehearsal {
  readonly loaded: Promise<ArchivedBundle>
  /** Resolves with the number of canaries. */
  readonly passed: Promise<number>
  stop(): void
}

/** Follows a rehearsal in a worker; one that takes too long is ended, and its bundle refused. */
export function followRehearsal(worker: Worker, deadlineMs: number): Rehearsal {
  const loaded = Promise.withResolvers<ArchivedBundle>()
  const passed = Promise.withResolvers<number>()
  const refuse = (message: string, errors: readonly string[] = [message]): void => {
    const refused = new RefusedBundle(message, errors)
    loaded.reject(refused)
    passed.reject(refused)
    end()
  }
  const timer = setTimeout(() => refuse('the rehearsal of the policy took too long'), deadlineMs)
  const end = (): void => {
    clearTimeout(timer)
    void worker.terminate()
  }
  // Whoever waits for the second hears of a failure there.
  loaded.promise.catch(() => {})
  passed.promise.catch(() => {})
  worker.on('message', (news: RehearsalNews) => {
    switch (news.step) {
      case 'loaded':
        loaded.resolve(news.bundle)
        return
      case 'passed':
        passed.resolve(news.canaries)
        end()
        return
      case 'refused':
        refuse(news.message, news.errors)
    }
  })
  worker.on('error', (error) => refuse(`the rehearsal of the policy failed (${error.name})`))
  worker.on('exit', () => refuse('the rehearsal of the policy ended early'))
  return { loaded: loaded.promise, passed: passed.promise, stop: end }
}
