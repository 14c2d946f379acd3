import { rosterFileOf, keyringFileOf } from '../config/index.ts'
import {
  detect,
  findKnown,
  learn,
  mergeFindings,
  NOTHING_KNOWN,
  type DetectOptions,
} from '../detect/index.ts'
import type { Finding, Segment } from '../domain/index.ts'
import { readKeyring, usableKeys } from '../keyring/index.ts'
import {
  parseJson,
  walk,
  type LocatedSegment,
  type TextDocument,
  type Uninspectable,
} from '../messages/index.ts'
import { readRoster } from '../roster/index.ts'

/** Options that `phigate detect` and `phigate mask` share. */
export interface FinderFlags {
  readonly recall: DetectOptions['recall']
  /** phigate.yaml, for its known people. */
  readonly config?: string
}

export interface Found {
  readonly findings: readonly Finding[]
  /** What each recognizer found, before findings were merged. */
  readonly votes: readonly Finding[]
}

export type Finder = (segments: readonly Segment[]) => Found

/** Finds as the gateway does: segments taken for a message of their own, in which what is found once is found again. */
export function finderOf({ recall, config }: FinderFlags): Finder {
  const roster = config === undefined ? undefined : rosterOf(config)
  return (segments) => {
    const votes: Finding[] = []
    const trace = (found: readonly Finding[]): void => {
      for (const one of found) votes.push(one)
    }
    const options = { recall, fields: [], trace, ...(roster === undefined ? {} : { roster }) }
    const first = detect(segments, options)
    const again = findKnown(segments, learn(NOTHING_KNOWN, segments, first))
    trace(again)
    return { findings: mergeFindings(first, again), votes }
  }
}

function rosterOf(config: string): NonNullable<DetectOptions['roster']> {
  const keys = usableKeys(readKeyring(keyringFileOf(config)), 'roster')
  return readRoster(
    rosterFileOf(config),
    keys.map(({ id, secret }) => ({ id, secret: secret.reveal() })),
  )
}

/** A text that stands for itself. */
export function textSegment(text: string): Segment {
  return { path: '', role: 'user', place: 'text', text, keys: [] }
}

export interface JsonInput {
  readonly document: TextDocument
  readonly segments: readonly LocatedSegment[]
}

const MAX_DEPTH = 10_000

/**
 * The keys and scalars of a JSON document, those of JSON in its strings included.
 * @returns undefined when the text is no JSON, is nested too deep, or holds what cannot be read
 */
export function jsonInput(text: string): JsonInput | undefined {
  const document: TextDocument = { text, holder: undefined }
  const into = { segments: [] as LocatedSegment[], uninspectable: [] as Uninspectable[] }
  const at = { document, path: '', local: '', role: 'tool_result' as const, keys: [] }
  try {
    const root = parseJson(text, { maxDepth: MAX_DEPTH, unambiguous: true })
    walk(root, { ...at, data: true, nesting: 0 }, into)
  } catch {
    return undefined
  }
  return into.uninspectable.length > 0 ? undefined : { document, segments: into.segments }
}
