/**
 * Calls that an agent makes beside its conversation: for a title, or of a sub-agent. Their system prompts and tools are
 * the client's scaffolding; what users wrote in them was reviewed already, or they are asked about by themselves.
 */
import type { Review } from '../schema/index.ts'
import { sameCaller, withinNeeds, type Asked } from './coverage.ts'

/** What the form of a request says it is; `title` is one for the session's title, `agent` one of a sub-agent. */
export type SideCall = 'title' | 'agent'

/** Longer bodies are not compared: that would hold up everybody else. */
const LONGEST_BODY = 1024 * 1024

/** The newest review of whose conversation a side call is a part. */
export async function findBeside(
  reviews: readonly Review[],
  asked: Asked,
  call: { readonly payload: Uint8Array; readonly kind: SideCall },
  bodyOf: (id: string) => Promise<Uint8Array>,
): Promise<Review | undefined> {
  for (const review of reviews) {
    if (!couldStandBeside(review, asked, call.kind)) continue
    if (standsBeside(await bodyOf(review.id), call.payload, call.kind)) return review
  }
  return undefined
}

/** Whether the review could speak for a side call, as far as can be told without their bodies. */
function couldStandBeside(review: Review, asked: Asked, kind: SideCall): boolean {
  const names = new Set(review.signals.map(({ name }) => name))
  const patients = new Set(review.patients)
  return (
    review.session === asked.session &&
    // A title call has features and betas of its own, and no tools.
    (kind === 'title' || (review.frame !== undefined && review.frame === asked.frame)) &&
    sameCaller(review, asked) &&
    withinNeeds(review, asked) &&
    asked.signals.every(({ name }) => names.has(name)) &&
    asked.patients.every((patient) => patients.has(patient))
  )
}

/**
 * Whether all that users wrote in a side call is contained in what was reviewed, and each of its tools as well. Both are
 * masked bodies of one session, in which the same value is masked the same way.
 */
function standsBeside(reviewed: Uint8Array, body: Uint8Array, kind: SideCall): boolean {
  // One that was shredded with its session, or whose key was retired, is empty.
  if (reviewed.byteLength === 0 || reviewed.byteLength > LONGEST_BODY) return false
  if (body.byteLength > LONGEST_BODY) return false
  const [before, now] = [objectOf(reviewed), objectOf(body)]
  const said = saidIn(now, kind)
  if (said === undefined || said.length === 0) return false
  const texts = textsIn(before['messages'])
  const tools = new Set(listOf(before['tools']).map(toolText))
  return (
    said.every((text) => texts.some((one) => one.includes(text))) &&
    listOf(now['tools']).every((tool) => tools.has(toolText(tool)))
  )
}

type Json = Readonly<Record<string, unknown>>

function objectOf(body: Uint8Array): Json {
  const parsed: unknown = JSON.parse(new TextDecoder().decode(body))
  return asObject(parsed)
}

function asObject(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {}
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function toolText(tool: unknown): string {
  return JSON.stringify({ ...asObject(tool), cache_control: undefined })
}

const REMINDER = /^<system-reminder>(?:(?!<\/system-reminder>)[\s\S])*<\/system-reminder>\s*$/
/** The prompt, and what the client asks for after it. */
const TITLE = /^<session>\n([\s\S]*)\n<\/session>(?:\n\n[^\n]{0,400})?$/

/** What users wrote, piece by piece; undefined where there is something that cannot be compared. */
function saidIn(body: Json, kind: SideCall): readonly string[] | undefined {
  const said: string[] = []
  for (const message of listOf(body['messages'])) {
    const { role, content } = asObject(message)
    if (role !== 'user') continue
    for (const block of typeof content === 'string' ? [textOf(content)] : listOf(content)) {
      const { type, text } = asObject(block)
      if (type === 'tool_result') continue
      if (type !== 'text' || typeof text !== 'string') return undefined
      if (REMINDER.test(text)) continue
      const own = kind === 'title' ? TITLE.exec(text)?.[1] : text
      if (own === undefined) return undefined
      said.push(own.trim())
    }
  }
  return said.some((text) => text === '') ? undefined : said
}

function textOf(text: string): Json {
  return { type: 'text', text }
}

/** Every text of the messages: a sub-agent's prompt stands in the call of a tool. */
function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(textsIn)
}
