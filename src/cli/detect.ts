import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { text as readAll } from 'node:stream/consumers'
import { styleText } from 'node:util'
import { Command } from 'commander'
import {
  detect,
  findKnown,
  learn,
  mergeFindings,
  NOTHING_KNOWN,
  type DetectOptions,
} from '../detect/index.ts'
import type { Finding, Segment } from '../domain/index.ts'

const OPTIONS: DetectOptions = { recall: 'balanced', fields: [] }

/** `phigate detect`: what detection finds in a text, or in one text a line. */
export function detectCommand(): Command {
  return new Command('detect')
    .description('find protected health information in the text on standard input')
    .option('--jsonl', 'read {"id","text"} and write {"id","spans"}, one object a line')
    .action(async (options: { jsonl?: boolean }) => {
      await (options.jsonl === true ? detectLines() : detectText())
    })
}

/** Line by line, so that memory does not grow with the input. A line that cannot be read ends the run with exit code 2. */
async function detectLines(): Promise<void> {
  let number = 0
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
    number += 1
    if (line.trim() === '') continue
    const request = parseLine(line)
    if (request === undefined) {
      // The number only: the line may hold what must not be shown.
      process.stderr.write(`line ${number}: not a JSON object with an "id" and a "text"\n`)
      process.exitCode = 2
      return
    }
    const spans = findIn(request.text).map(({ start, end, type, score, recognizer }) => ({
      start,
      end,
      type,
      score,
      recognizer,
    }))
    await write(`${JSON.stringify({ id: request.id, spans })}\n`)
  }
}

async function detectText(): Promise<void> {
  const text = await readAll(process.stdin)
  let at = 0
  let shown = ''
  for (const { start, end, type } of findIn(text)) {
    const mark = `[${type}: ${text.slice(start, end)}]`
    shown += text.slice(at, start) + styleText(['bold', 'yellow'], mark, { stream: process.stdout })
    at = end
  }
  await write(shown + text.slice(at))
}

/** One text taken for a message of its own: what is found once is found in the whole of it. */
function findIn(text: string): readonly Finding[] {
  const segments: readonly Segment[] = [{ path: '', role: 'user', place: 'text', text, keys: [] }]
  const found = detect(segments, OPTIONS)
  const known = learn(NOTHING_KNOWN, segments, found)
  return mergeFindings(found, findKnown(segments, known))
}

function parseLine(
  line: string,
): { readonly id: string | number; readonly text: string } | undefined {
  try {
    const value: unknown = JSON.parse(line)
    if (typeof value !== 'object' || value === null || !('id' in value) || !('text' in value))
      return undefined
    const { id, text } = value
    if (typeof text !== 'string' || (typeof id !== 'string' && typeof id !== 'number'))
      return undefined
    return { id, text }
  } catch {
    return undefined
  }
}

async function write(text: string): Promise<void> {
  if (!process.stdout.write(text)) await once(process.stdout, 'drain')
}
