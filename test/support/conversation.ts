import { PATIENTS, type Patient } from './patients.ts'

/** A message as the client holds it: always blocks, whatever form it is sent in. */
export interface Held {
  readonly role: 'user' | 'assistant' | 'system'
  readonly blocks: readonly Block[]
}

export type Block = Readonly<Record<string, unknown>>

export interface Turn {
  /** Which sentence the user says. */
  readonly say: number
  readonly patient: number
  /** Decides form, cache_control, and how the answer is cut. */
  readonly seed: number
  readonly answer: 'text' | 'cited' | 'tool' | 'other-tool' | 'thinking'
  readonly via: 'json' | 'sse'
  /** What is sent beside the turn. */
  readonly beside: 'nothing' | 'title' | 'retry' | 'count'
}

/** Sentences in which everything is labelled or cued, and one that says a name without any cue. */
const SENTENCES: readonly ((p: Patient) => string)[] = [
  (p) => `Patient: ${p.first} ${p.last}, DOB: ${p.birth}, SSN: ${p.ssn}. What comes next?`,
  (p) => `${p.last}, ${p.first} (MRN: ${p.mrn}) called from ${p.phone}, or write to ${p.email}.`,
  (p) => `Mrs. ${p.last} feels better \u{1F642} today; see "notes" of DOB: ${p.birth}.`,
  (p) => `What about ${p.last}? The ward asked.`,
  () => 'And what does the guideline say about that dose?',
]
export const SENTENCE_COUNT = SENTENCES.length
/** The sentence whose name is found only where it was learnt before. */
const UNCUED = 3

export function saidBy(turn: Turn): string {
  return (SENTENCES[turn.say] ?? SENTENCES[0])?.(patientOf(turn)) ?? ''
}

export function patientOf(turn: Turn): Patient {
  return PATIENTS[turn.patient] ?? PATIENTS[0]
}

/** Whether the turn's own words give the names of its patient away. */
export function cuesName(turn: Turn): boolean {
  return turn.say < UNCUED
}

/** What the user's turn adds: a tool's result first, where the answer before asked for one. */
export function userMessage(turn: Turn, asked: string | undefined): Held {
  const text = { type: 'text', text: saidBy(turn) }
  if (asked === undefined) return { role: 'user', blocks: [text] }
  const { first, last, birth, mrn } = patientOf(turn)
  const chart = {
    resourceType: 'Patient',
    name: [
      {
        family: last,
        given: [first],
      },
    ],
    birthDate: birth,
    mrn: Number(mrn),
    score: 1.5,
  }
  const result = { type: 'tool_result', tool_use_id: asked, content: JSON.stringify(chart) }
  return { role: 'user', blocks: [result, text] }
}

/** The conversation in the form that this turn's dice give it. */
export function messagesBody(held: readonly Held[], roll: (sides: number) => number): unknown[] {
  const cached = roll(held.length + 1)
  return held.map(({ role, blocks }, index) => {
    const only = blocks.length === 1 ? blocks[0] : undefined
    const plain = only?.['type'] === 'text' && !Array.isArray(only['citations'])
    if (index !== cached && plain && roll(2) === 0) return { role, content: only['text'] }
    const last = blocks.length - 1
    const content = blocks.map((block, at) =>
      index === cached && at === last && role === 'user'
        ? {
            ...block,
            cache_control: { type: 'ephemeral', ...(roll(2) === 0 ? { ttl: '1h' } : {}) },
          }
        : block,
    )
    return { role, content }
  })
}

/** A message in the one form in which two forwarded copies of it must be the same bytes. */
export function bytesOf(message: unknown): string {
  const { content, ...rest } = message as { content: unknown }
  const blocks = typeof content === 'string' ? [{ type: 'text', text: content }] : content
  return JSON.stringify({ ...rest, content: blocks }, (key, value: unknown) =>
    key === 'cache_control' || (key === 'citations' && value === null) ? undefined : value,
  )
}

const PLACEHOLDERS = /\[[A-Z][A-Z0-9_]*_[0-9A-HJKMNP-TV-Z]{7,13}(?:\.[0-9A-HJKMNP-TV-Z]{7,13})*\]/g

/**
 * What the upstream answers: it uses the placeholders that it was shown, also where none is restored.
 * @param embedded also inside paths and addresses, where only the memory knows where a value ends
 */
export function upstreamAnswer(
  shown: string,
  turn: Turn,
  number: number,
  roll: (sides: number) => number,
  embedded: boolean,
): Block[] {
  const seen = [...new Set(shown.match(PLACEHOLDERS))]
  const pick = (): string => seen[roll(Math.max(1, seen.length))] ?? 'nobody'
  const [one, two] = [pick(), pick()]
  const link = embedded ? `https://x.example/?q=${one}` : ''
  const says = `About ${one} and ${two}: steady "today" \u{1F642}.\n${link} [PERSON_0000000]`
  const cited = embedded ? `${two}, ${one}` : two
  const text = { type: 'text', text: says }
  const id = `toolu_${String(number).padStart(24, '0')}`
  switch (turn.answer) {
    case 'text':
      return [roll(2) === 0 ? text : { citations: null, ...text }]
    case 'cited':
      return [{ ...text, citations: [{ type: 'char_location', cited_text: cited }] }]
    case 'thinking':
      return [{ type: 'thinking', thinking: `I see ${one}`, signature: `sig+${number}/Ab==` }, text]
    case 'tool':
    case 'other-tool': {
      const name = turn.answer === 'tool' ? 'Read' : 'Bash'
      const path = embedded ? `/charts/${one}.txt` : one
      const input = { path, note: [two, { deep: `<${one}>` }], limit: 20 }
      return [text, { type: 'tool_use', id, name, input }]
    }
  }
}

/** The id of the client tool that an answer calls. */
export function askedTool(blocks: readonly Block[]): string | undefined {
  const call = blocks.find((block) => block['type'] === 'tool_use')
  return call === undefined ? undefined : String(call['id'])
}
