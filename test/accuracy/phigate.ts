import { detect, findKnown, learn, mergeFindings, NOTHING_KNOWN } from '../../src/detect/index.ts'
import type { Segment } from '../../src/domain/index.ts'
import type { Tool } from './score.ts'

/** Detection as the gateway runs it for a message of one text. */
export const phigate: Tool = (text) => {
  const segments: readonly Segment[] = [{ path: '', role: 'user', place: 'text', text, keys: [] }]
  const found = detect(segments, { recall: 'balanced', fields: [] })
  return mergeFindings(found, findKnown(segments, learn(NOTHING_KNOWN, segments, found)))
}
