import {
  detect,
  findKnown,
  learn,
  mergeFindings,
  NOTHING_KNOWN,
} from '../../../src/detect/index.ts'
import type { Finding, Segment } from '../../../src/domain/index.ts'
import type { Gold } from './marked.ts'

/** A text as a message of its own: what is found once is found in the whole of it. */
export function findAll(text: string): readonly Finding[] {
  const segments: readonly Segment[] = [{ path: '', role: 'user', place: 'text', text, keys: [] }]
  const found = detect(segments, { recall: 'balanced', fields: [] })
  return mergeFindings(found, findKnown(segments, learn(NOTHING_KNOWN, segments, found)))
}

export interface Score {
  readonly entities: number
  /** Entities all of whose letters and digits are found. */
  readonly whole: number
  /** Letters and digits outside of the gold, and those of them that are found. */
  readonly harmless: number
  readonly over: number
  /** Numbers of the gold spans that were missed: never their text. */
  readonly missed: readonly number[]
}

export function scored({ text, spans }: Gold, findings: readonly Finding[] = findAll(text)): Score {
  const found = new Uint8Array(text.length)
  const gold = new Uint8Array(text.length)
  for (const one of findings) found.fill(1, one.start, one.end)
  for (const one of spans) gold.fill(1, one.start, one.end)
  const telling = (at: number) => /[\p{L}\p{N}]/u.test(text.charAt(at))
  const missed = [...spans.keys()].filter((index) => {
    const span = spans[index]
    for (let at = span?.start ?? 0; at < (span?.end ?? 0); at += 1) {
      if (found[at] === 0 && telling(at)) return true
    }
    return false
  })
  let harmless = 0
  let over = 0
  for (let at = 0; at < text.length; at += 1) {
    if (gold[at] === 1 || !telling(at)) continue
    harmless += 1
    over += found[at] ?? 0
  }
  return { entities: spans.length, whole: spans.length - missed.length, harmless, over, missed }
}

/** The text with every finding replaced the way masking does it. */
export function masked(text: string, findings: readonly Finding[]): string {
  let out = ''
  let at = 0
  for (const one of findings) {
    out += `${text.slice(at, one.start)}[${one.type}]`
    at = one.end
  }
  return out + text.slice(at)
}
