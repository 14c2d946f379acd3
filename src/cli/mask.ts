import { randomBytes } from 'node:crypto'
import { createInterface } from 'node:readline'
import { text as readAll } from 'node:stream/consumers'
import { Command, Option } from 'commander'
import { nameParts } from '../detect/index.ts'
import type { Finding } from '../domain/index.ts'
import { KeyringError, readKeyring, usableKeys } from '../keyring/index.ts'
import { applyOperator, placeholderBook, sessionKeys, type PlaceholderBook } from '../mask/index.ts'
import { splice } from '../messages/index.ts'
import { finderOf, jsonInput, textSegment, type Finder, type FinderFlags } from './finder.ts'
import { blocksOf, write } from './input.ts'
import { fail } from './process.ts'
import { progressOf } from './progress.ts'

interface MaskFlags extends FinderFlags {
  readonly json?: boolean
  readonly jsonl?: boolean
  readonly keyFile?: string
  readonly principal: string
  readonly connection: string
  readonly session: string
}

/** What a run masks with, and what it has masked. */
interface Masking {
  readonly finder: Finder
  readonly book: PlaceholderBook
  readonly counts: Map<string, number>
}

/**
 * `phigate mask`: the input with placeholders in the place of what was found. With the keyring and the scope of a
 * session the placeholders are those that the gateway writes there.
 */
export function maskCommand(): Command {
  return new Command('mask')
    .description('mask protected health information in the text on standard input')
    .addOption(new Option('--json', 'read one JSON document').conflicts('jsonl'))
    .option('--jsonl', 'read one JSON document a line')
    .option(
      '--key-file <file>',
      'a keyring, for the placeholders of the gateway; else a key of this run',
    )
    .option('--principal <id>', 'of the session, as the audit log names it', 'phigate mask')
    .option('--connection <name>', 'of the session', 'command line')
    .option('--session <id>', 'as the client names it', 'command line')
    .addOption(
      new Option('--recall <level>').choices(['strict', 'balanced', 'lenient']).default('balanced'),
    )
    .option('--config <file>', 'phigate.yaml, to mask its known people as well')
    .allowExcessArguments(false)
    .action(async (flags: MaskFlags) => {
      const masking = maskingOf(flags)
      const run = flags.jsonl === true ? maskLines : flags.json === true ? maskJson : maskText
      const problem = await run(masking)
      report(masking.counts)
      if (problem === undefined) return
      process.stderr.write(`${problem}; the output is not complete\n`)
      process.exitCode = 1
    })
}

function maskingOf({ keyFile, principal, connection, session, ...flags }: MaskFlags): Masking {
  const keys = sessionKeys(maskKeyOf(keyFile), { principal, connection, session })
  return { finder: finderOf(flags), book: placeholderBook(keys, nameParts), counts: new Map() }
}

function maskKeyOf(file: string | undefined): Parameters<typeof sessionKeys>[0] {
  if (file === undefined) return { id: 'run', secret: new Uint8Array(randomBytes(32)) }
  try {
    const [{ id, secret }] = usableKeys(readKeyring(file), 'mask')
    return { id, secret: secret.reveal() }
  } catch (error) {
    if (error instanceof KeyringError) fail('mask', error.message)
    throw error
  }
}

/** Each block is written when all of it is masked. @returns what went wrong */
async function maskText(masking: Masking): Promise<undefined> {
  const progress = progressOf('characters')
  for await (const { text, offset } of blocksOf(process.stdin as AsyncIterable<Buffer>)) {
    await write(maskedText(text, masking))
    progress.at(offset + text.length)
  }
  progress.done()
}

async function maskJson(masking: Masking): Promise<string | undefined> {
  const masked = maskedJson(await readAll(process.stdin), masking)
  if ('problem' in masked) return masked.problem
  await write(masked.text)
  return undefined
}

/** A line is written when all of it is masked; the first that cannot be ends the run. */
async function maskLines(masking: Masking): Promise<string | undefined> {
  const progress = progressOf('lines')
  let number = 0
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
    number += 1
    progress.at(number)
    const masked = line.trim() === '' ? { text: line } : maskedJson(line, masking)
    if ('problem' in masked) {
      progress.done()
      return `line ${number}: ${masked.problem}`
    }
    await write(`${masked.text}\n`)
  }
  progress.done()
  return undefined
}

function maskedText(text: string, masking: Masking): string {
  let at = 0
  let masked = ''
  for (const finding of masking.finder([textSegment(text)]).findings) {
    masked += text.slice(at, finding.start) + placeholderOf(finding, text, masking)
    at = finding.end
  }
  return masked + text.slice(at)
}

function maskedJson(
  text: string,
  masking: Masking,
): { readonly text: string } | { readonly problem: string } {
  const input = jsonInput(text)
  if (input === undefined) return { problem: 'not JSON that can be read' }
  const { findings } = masking.finder(input.segments)
  const places = findings.map((finding) => ({ finding, segment: input.segments[finding.segment] }))
  const key = places.find(({ segment }) => segment?.place !== 'text' && segment?.place !== 'number')
  if (key !== undefined) {
    const { type } = key.finding
    return {
      problem: `${type} in a key at ${key.segment?.path ?? ''}, where nothing can be masked`,
    }
  }
  const replacements = places.flatMap(({ finding, segment }) => {
    if (segment === undefined) return []
    const whole = segment.place === 'number' ? { start: 0, end: segment.text.length } : finding
    const put = placeholderOf({ ...finding, ...whole }, segment.text, masking)
    return [{ segment, start: whole.start, end: whole.end, text: put }]
  })
  return { text: replacements.length === 0 ? text : splice(input.document, replacements) }
}

function placeholderOf({ type, start, end }: Finding, text: string, masking: Masking): string {
  const value = text.slice(start, end)
  const masked = applyOperator('placeholder', type, value, false, masking.book)
  if (masked === undefined) throw new Error('a placeholder was expected')
  masking.counts.set(type, (masking.counts.get(type) ?? 0) + 1)
  return masked.text
}

function report(counts: ReadonlyMap<string, number>): void {
  const told = [...counts.keys()]
    .toSorted((a, b) => (a < b ? -1 : 1))
    .map((type) => `${type}=${counts.get(type) ?? 0}`)
  process.stderr.write(`masked: ${told.length === 0 ? 'nothing' : told.join(' ')}\n`)
}
