import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isNode, LineCounter, parseDocument, type Document } from 'yaml'
import type { Place, Violation } from './violation.ts'

/** A file of policy data, and where each of its values stands. */
export interface DataFile {
  readonly file: string
  /** The keys below `data` under which its value stands: those of its directories. */
  readonly keys: readonly string[]
  readonly value: unknown
  /** Where the value under these keys stands in the file, or the nearest that holds it. */
  place(keys: readonly string[]): Place
}

/** Reads a file of data, JSON or YAML; what is wrong with its syntax counts as violations. */
export function readDataFile(dir: string, file: string): DataFile | readonly Violation[] {
  const lines = new LineCounter()
  const document = parseDocument(readFileSync(join(dir, file), 'utf8'), { lineCounter: lines })
  if (document.errors.length > 0) {
    return document.errors.map(({ code, pos }) => {
      const { line, col } = lines.linePos(pos[0])
      const message = `cannot be read: ${code.toLowerCase().replaceAll('_', ' ')}`
      return { file, row: line, col, message, fix: 'write it as JSON' }
    })
  }
  return {
    file,
    keys: file.split('/').slice(0, -1),
    value: document.toJS() as unknown,
    place: (keys) => ({ file, ...placeOf(document, keys, lines) }),
  }
}

function placeOf(
  document: Document,
  keys: readonly string[],
  lines: LineCounter,
): { row: number; col: number } {
  for (let length = keys.length; length > 0; length--) {
    const node: unknown = document.getIn(keys.slice(0, length).map(indexed), true)
    if (isNode(node) && node.range) {
      const { line, col } = lines.linePos(node.range[0])
      return { row: line, col }
    }
  }
  return { row: 1, col: 1 }
}

/** Positions in a list are numbers. */
function indexed(key: string): string | number {
  return /^\d+$/.test(key) ? Number(key) : key
}
