import { createReadStream, readFileSync } from 'node:fs'
import { extname } from 'node:path'
import { createInterface } from 'node:readline'
import { PolicyError } from '../policy/index.ts'

/** Where in a conversation the texts of a corpus stand. */
export const TEXT_ROLES = ['user', 'system', 'tool_result'] as const

export type TextRole = (typeof TEXT_ROLES)[number]

/** A request to inspect, with its place in the corpus. */
export interface CorpusText {
  /** `notes.jsonl:12`: never an id of the corpus, which may say who it is about. */
  readonly place: string
  /** A Messages body. */
  readonly body: unknown
}

/**
 * The texts of local files, one at a time: `.jsonl` holds `{"id","text"}` a line, `.json` a Messages body, anything
 * else is one text.
 * @throws PolicyError that names file and line, never what stands there
 */
export async function* corpusTexts(
  files: readonly string[],
  role: TextRole,
): AsyncGenerator<CorpusText> {
  for (const file of files) {
    switch (extname(file)) {
      case '.jsonl':
      case '.ndjson':
        yield* lineTexts(file, role)
        break
      case '.json':
        yield { place: file, body: parse(readWhole(file), file) }
        break
      default:
        yield { place: file, body: messageOf(readWhole(file), role) }
    }
  }
}

async function* lineTexts(file: string, role: TextRole): AsyncGenerator<CorpusText> {
  let number = 0
  const input = createReadStream(file)
  try {
    for await (const line of createInterface({ input, crlfDelay: Infinity })) {
      number += 1
      if (line.trim() === '') continue
      const place = `${file}:${number}`
      const value = parse(line, place)
      const text = typeof value === 'object' && value !== null && 'text' in value ? value.text : ''
      if (typeof text !== 'string' || text === '') {
        throw new PolicyError(`${place}: has no "text"`)
      }
      yield { place, body: messageOf(text, role) }
    }
  } catch (error) {
    if (error instanceof PolicyError) throw error
    throw new PolicyError(`${file} cannot be read`, error)
  }
}

function readWhole(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new PolicyError(`${file} cannot be read`, error)
  }
}

function parse(text: string, place: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch (error) {
    throw new PolicyError(`${place}: is not JSON`, error)
  }
}

function messageOf(text: string, role: TextRole): unknown {
  const base = { model: 'claude-sonnet-5-5', max_tokens: 1 }
  const asked = (content: unknown): unknown => [{ role: 'user', content }]
  switch (role) {
    case 'user':
      return { ...base, messages: asked(text) }
    case 'system':
      return { ...base, system: text, messages: asked('-') }
    case 'tool_result': {
      const block = { type: 'tool_result', tool_use_id: 'toolu_01', content: text }
      return { ...base, messages: asked([block]) }
    }
  }
}
