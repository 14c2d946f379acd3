import type { Subtype } from '../domain/index.ts'
import type { EntityType } from '../schema/index.ts'
import { AddressReader } from './addresses.ts'
import { WRITTEN_PLACEHOLDER } from './placeholder.ts'

/** A placeholder of this exchange's own request, and what it stands for there. */
export interface RestoreEntry {
  readonly type: EntityType
  readonly subtype: Subtype | undefined
  readonly wide: boolean
  /** The last spelling in the request. */
  readonly last: string
  /** The last spelling in a tool's result: what the tools of the agent know. */
  readonly lastInToolResult: string | undefined
}

export type RestoreTable = ReadonlyMap<string, RestoreEntry>

/** Collects the table while the request is masked, in the order of the prefix. */
export function restoreCollector(): {
  add(
    placeholder: string,
    value: Omit<RestoreEntry, 'last' | 'lastInToolResult'>,
    text: string,
    inToolResult: boolean,
  ): void
  table(): RestoreTable
} {
  const table = new Map<string, RestoreEntry>()
  return {
    add(placeholder, value, text, inToolResult) {
      const before = table.get(placeholder)
      const lastInToolResult = inToolResult ? text : before?.lastInToolResult
      table.set(placeholder, { ...value, last: text, lastInToolResult })
    },
    table: () => table,
  }
}

/** In bytes of its own: with a Buffer, what else stands in Node.js's pool would go to other threads, 64 KB each time. */
export function encodeTable(table: RestoreTable): Uint8Array {
  return new TextEncoder().encode(JSON.stringify([...table]))
}

export function decodeTable(bytes: Uint8Array): RestoreTable {
  if (bytes.length === 0) return new Map()
  return new Map(JSON.parse(Buffer.from(bytes).toString('utf8')) as [string, RestoreEntry][])
}

export interface Restored {
  readonly start: number
  readonly end: number
  readonly text: string
  readonly entry: RestoreEntry
  /** How the placeholder is written, where that is not its own form. */
  readonly altered: string | undefined
}

/**
 * The placeholders of a text that may be restored: those of the table, and never inside an address. A model that changed
 * the case of one or lost its brackets means that one: digests tell them apart.
 * @param address has read what readers see right before the text, and reads the text: an address may begin there
 */
export function restorable(
  text: string,
  table: RestoreTable,
  forTool: boolean,
  address = new AddressReader(),
): Restored[] {
  if (table.size === 0) return []
  const restored: Restored[] = []
  let at = 0
  const readTo = (end: number): void => {
    address.push(text.slice(at, end))
    at = end
  }
  for (const match of text.includes('_') ? text.matchAll(WRITTEN_PLACEHOLDER) : []) {
    const [written, bare] = match
    const placeholder = bare === undefined ? written : `[${bare.toUpperCase()}]`
    const entry = table.get(placeholder)
    if (entry === undefined) continue
    readTo(match.index)
    if (address.inside()) continue
    const value = forTool ? (entry.lastInToolResult ?? entry.last) : entry.last
    const end = match.index + written.length
    const original = withoutTitle(value, address.last(LONGEST_TITLE))
    const altered = bare === undefined ? undefined : written
    restored.push({ start: match.index, end, text: original, entry, altered })
    // Readers see the value: one that is an address itself goes on in what is written behind it.
    address.push(original)
    at = end
  }
  readTo(text.length)
  return restored
}

const TITLE = /^\p{L}{2,4}\.? /u
const LONGEST_TITLE = 6

/** "Dr. [PERSON_...]" becomes "Dr. Ng" also where the request said "Dr. Ng" and all of it was masked. */
function withoutTitle(value: string, written: string): string {
  const title = TITLE.exec(value)?.[0]
  if (title === undefined) return value
  const bare = (text: string): string => text.toLowerCase().replaceAll('.', '')
  return bare(written).endsWith(bare(title)) ? value.slice(title.length) : value
}
