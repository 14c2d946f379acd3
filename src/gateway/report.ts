import type { AnswerReport } from '../inspect/index.ts'

type Found = Pick<AnswerReport, 'masked' | 'kept'> & Partial<Pick<AnswerReport, 'restored'>>

/** An error of the upstream passes as it came. */
export const NOT_INSPECTED = 'not applied'
/** What is done in a stream is known at its end: its completion record says it. */
export const IN_STREAM = 'applied; in stream'

/** What the inspection of one direction did, for a header: found by type, and what was done with it. */
export function reportOf({ masked, kept, restored = {} }: Found): string {
  const all = Object.entries({ masked, kept, restored }).map(([what, counts]) => {
    const list = Object.entries(counts).map(([name, count]) => `${name}=${count}`)
    return list.length === 0 ? '' : `; ${what} ${list.join(',')}`
  })
  return `applied${all.join('')}`
}
