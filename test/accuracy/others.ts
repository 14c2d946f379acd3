import { createRequire } from 'node:module'
import type { Taken, Tool } from './score.ts'

const load = createRequire(import.meta.url)

/** A tool by its package's name, or why it cannot be asked. */
export type Other = { readonly name: string } & (
  { readonly tool: AsyncTool } | { readonly missing: string }
)

type AsyncTool = (text: string) => Promise<ReturnType<Tool>> | ReturnType<Tool>

interface Terms {
  json(
    options: object,
  ): readonly { readonly offset: { readonly start: number; readonly length: number } }[]
}
interface Compromise {
  (text: string): {
    people(): Terms
    places(): Terms
    organizations(): Terms
    phoneNumbers(): Terms
    emails(): Terms
  }
}

const OTHERS: Readonly<Record<string, () => AsyncTool>> = {
  compromise() {
    const nlp = load('compromise') as Compromise
    return (text) => {
      const doc = nlp(text)
      const kinds = [
        doc.people(),
        doc.places(),
        doc.organizations(),
        doc.phoneNumbers(),
        doc.emails(),
      ]
      return kinds
        .flatMap((terms) => terms.json({ offset: true }))
        .map(({ offset: { start, length } }) => ({ start, end: start + length }))
    }
  },
  'redact-pii'() {
    const { SyncRedactor } = load('redact-pii') as {
      SyncRedactor: new (options: object) => { redact(text: string): string }
    }
    const redactor = new SyncRedactor({ globalReplaceWith: '\uE000' })
    return (text) => goneFrom(text, redactor.redact(text))
  },
  openredaction() {
    const { OpenRedaction } = load('openredaction') as {
      OpenRedaction: new (options: object) => {
        detect(text: string): Promise<{
          readonly detections: readonly { readonly position: readonly [number, number] }[]
        }>
      }
    }
    const shield = new OpenRedaction({ preset: 'hipaa' })
    return async (text) =>
      (await shield.detect(text)).detections.map(({ position: [start, end] }) => ({ start, end }))
  },
}

/** The tools that are installed in this folder (`npm ci --prefix test/accuracy`), and those that are not. */
export function otherTools(): readonly Other[] {
  return Object.entries(OTHERS).map(([name, open]) => {
    try {
      return { name, tool: open() }
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : 'unusable'
      return { name, missing: code === 'MODULE_NOT_FOUND' ? 'not installed' : code }
    }
  })
}

/** What is missing from a text in which a mark stands for each piece that was taken out. */
function goneFrom(text: string, redacted: string): readonly Taken[] {
  const taken: Taken[] = []
  let at = 0
  const pieces = redacted.split('\uE000')
  for (const [index, piece] of pieces.entries()) {
    const last = index === pieces.length - 1
    const found = last ? text.length - piece.length : text.indexOf(piece, at)
    const next = Math.max(found, at)
    if (index > 0 && next > at) taken.push({ start: at, end: next })
    at = next + piece.length
  }
  return taken
}
