import { createInterface } from 'node:readline'
import { text as readAll } from 'node:stream/consumers'
import { styleText } from 'node:util'
import { Command, Option } from 'commander'
import type { Finding, Segment } from '../domain/index.ts'
import { explanation, votesFor, type Vote } from './explain.ts'
import { finderOf, jsonInput, textSegment, type Finder, type FinderFlags } from './finder.ts'
import { blocksOf, write } from './input.ts'
import { progressOf } from './progress.ts'

interface DetectFlags extends FinderFlags {
  readonly jsonl?: boolean
  readonly json?: boolean
  readonly explain?: boolean
  readonly check?: boolean
}

/** `phigate detect`: what detection finds in a text, in a JSON document, or in one text a line. */
export function detectCommand(): Command {
  return new Command('detect')
    .description('find protected health information in the text on standard input')
    .option('--jsonl', 'read {"id","text"} and write {"id","spans"}, one object a line')
    .addOption(
      new Option('--json', 'read one JSON document and write {"spans"} with paths').conflicts(
        'jsonl',
      ),
    )
    .option('--explain', 'say which recognizers made a finding, and on what it rests')
    .option('--check', 'exit with 1 when something is found')
    .addOption(
      new Option('--recall <level>').choices(['strict', 'balanced', 'lenient']).default('balanced'),
    )
    .option('--config <file>', 'phigate.yaml, to find its known people as well')
    .allowExcessArguments(false)
    .action(async (flags: DetectFlags) => {
      const run = flags.jsonl === true ? detectLines : flags.json === true ? detectJson : detectText
      const found = await run(finderOf(flags), flags.explain === true)
      if (found > 0 && flags.check === true) process.exitCode ??= 1
    })
}

interface Span {
  readonly start: number
  readonly end: number
  readonly type: Finding['type']
  readonly score: number
  readonly recognizer: string
}

type ExplainedSpan = Span & { readonly basis?: Finding['basis']; readonly votes?: readonly Vote[] }

/** Line by line, so that memory does not grow with the input. A line that cannot be read ends the run with exit code 2. */
async function detectLines(finder: Finder, explain: boolean): Promise<number> {
  const progress = progressOf('lines')
  let number = 0
  let count = 0
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
    number += 1
    progress.at(number)
    if (line.trim() === '') continue
    const request = parseLine(line)
    if (request === undefined) {
      progress.done()
      // The number only: the line may hold what must not be shown.
      process.stderr.write(`line ${number}: not a JSON object with an "id" and a "text"\n`)
      process.exitCode = 2
      return count
    }
    const spans = spansIn([textSegment(request.text)], finder, explain)
    count += spans.length
    await write(`${JSON.stringify({ id: request.id, spans: spans.map(({ span }) => span) })}\n`)
  }
  progress.done()
  return count
}

async function detectJson(finder: Finder, explain: boolean): Promise<number> {
  const input = jsonInput(await readAll(process.stdin))
  if (input === undefined) {
    process.stderr.write('the input is not JSON that can be read\n')
    process.exitCode = 2
    return 0
  }
  const spans = spansIn(input.segments, finder, explain).map(({ span, segment }) => {
    const { path, place } = input.segments[segment] ?? { path: '', place: 'text' }
    return { path, place, ...span }
  })
  await write(`${JSON.stringify({ spans })}\n`)
  return spans.length
}

/** The text as it is, with what was found marked in it; block by block, so that memory does not grow with it. */
async function detectText(finder: Finder, explain: boolean): Promise<number> {
  const progress = progressOf('characters')
  let count = 0
  for await (const { text, offset } of blocksOf(process.stdin as AsyncIterable<Buffer>)) {
    const { findings, votes } = finder([textSegment(text)])
    count += findings.length
    await write(marked(text, findings))
    if (explain) {
      if (!text.endsWith('\n')) await write('\n')
      const reasons = votesFor(findings, votes)
      for (const [index, finding] of findings.entries()) {
        await write(`${explanation(finding, reasons[index] ?? [], offset)}\n`)
      }
    }
    progress.at(offset + text.length)
  }
  progress.done()
  return count
}

function marked(text: string, findings: readonly Finding[]): string {
  let at = 0
  let shown = ''
  for (const { start, end, type } of findings) {
    const mark = `[${type}: ${text.slice(start, end)}]`
    shown += text.slice(at, start) + styleText(['bold', 'yellow'], mark, { stream: process.stdout })
    at = end
  }
  return shown + text.slice(at)
}

function spansIn(
  segments: readonly Segment[],
  finder: Finder,
  explain: boolean,
): readonly { readonly span: ExplainedSpan; readonly segment: number }[] {
  const { findings, votes } = finder(segments)
  const reasons = explain ? votesFor(findings, votes) : []
  return findings.map((finding, index) => {
    const { segment, start, end, type, score, recognizer, basis } = finding
    const span = { start, end, type, score, recognizer }
    const why = explain ? { basis, votes: reasons[index] ?? [] } : {}
    return { segment, span: { ...span, ...why } }
  })
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
