import { randomInt } from 'node:crypto'
import { ANSWER_TEXT } from './fake-upstream.ts'

/** Without anything to find, or with some of a patient in every message. */
export type Variant = 'plain' | 'phi'
export type Size = '2 KB' | '50 KB' | '1 MB'

const PARTS = {
  finding:
    'pain|fever|cough|nausea|fatigue|weakness|dizziness|swelling|appetite|sleep|mobility|the rash'.split(
      '|',
    ),
  state:
    'mild|stable|unchanged|improved|absent|worse|resolved|moderate|controlled|persistent'.split(
      '|',
    ),
  time: 'the first course|the second course|the night|the visit|therapy|exercise|the week|recovery'.split(
    '|',
  ),
  organ: 'lungs|heart|abdomen|liver|kidneys|skin|wound|chest|joints|throat'.split('|'),
  look: 'clear|regular|soft|warm|dry|healing well|without swelling|as before|slightly tender'.split(
    '|',
  ),
  value: 'potassium|sodium|glucose|creatinine|calcium|magnesium|albumin|hemoglobin'.split('|'),
  level: 'within range|slightly low|slightly high|unchanged|to be repeated'.split('|'),
  plan: 'continue antibiotics|follow the diet|repeat imaging|monitor weight|reduce the dose|encourage fluids'.split(
    '|',
  ),
} as const
const SENTENCES = [
  'During {time} {finding} was {state}.',
  'The {organ} remained {look}, and {finding} was {state}.',
  'On examination the {organ} appeared {look}.',
  'The laboratory values show {value} {level} and {value} {level}.',
  'The plan is to {plan} and to {plan}.',
  'We discussed {finding} and {finding} at length, and will {plan}.',
  'There was no {finding} after {time}, while {finding} stayed {state}.',
]
const CONSONANTS = 'bcdfghjklmnpqrstvwxz'.split('')
const FIRST = ['Jane', 'Robert', 'Maria', 'Thomas', 'Susan', 'Peter', 'Laura', 'Kevin']
const LAST = ['Miller', 'Johnson', 'Garcia', 'Thompson', 'Anderson', 'Robinson', 'Peterson']

/** How much text, in how many messages: one note, a conversation, a long session with files. */
const SHAPES: Readonly<Record<Size, { readonly bytes: number; readonly messages: number }>> = {
  '2 KB': { bytes: 1_900, messages: 1 },
  '50 KB': { bytes: 50_000, messages: 5 },
  '1 MB': { bytes: 1_020_000, messages: 33 },
}

/** A Messages body of text that nobody has sent before: no memory of an earlier request helps. */
export function freshBody(size: Size, variant: Variant): Buffer {
  const { bytes, messages } = SHAPES[size]
  const list = Array.from({ length: messages }, (_, index) => ({
    role: index % 2 === 0 ? 'user' : 'assistant',
    content: (variant === 'phi' ? `${patient()} ` : '') + prose(bytes / messages),
  }))
  return Buffer.from(JSON.stringify({ model: 'claude-bench', max_tokens: 256, messages: list }))
}

export const LONG_TURNS = 50
/** So that the body has 1 MB at the last turn. */
const TURN_BYTES = 20_300

/** A conversation of 1 MB at its last turn: each turn brings a text like that of a file, and has the same short answer. */
export interface LongConversation {
  /** @param turn from 1 on: all messages up to the one that asks then */
  body(turn: number): Buffer
}

export function longConversation(variant: Variant): LongConversation {
  const files = Array.from(
    { length: LONG_TURNS },
    () => (variant === 'phi' ? `${patient()} ` : '') + prose(TURN_BYTES),
  )
  const answer = { role: 'assistant', content: [{ type: 'text', text: ANSWER_TEXT }] }
  return {
    body(turn) {
      const asked = files.slice(0, turn).map((content) => ({ role: 'user', content }))
      const messages = asked.flatMap((message, at) => (at === 0 ? [message] : [answer, message]))
      return Buffer.from(JSON.stringify({ model: 'claude-bench', max_tokens: 256, messages }))
    },
  }
}

/** How a stream comes: all at once, a delta now and then, or eight characters every ten milliseconds; `open` stays so. */
export type Pace = 'paced' | 'unpaced' | 'quick' | 'quick-numbers' | 'open'

/** A short request for a stream of 50 deltas. */
export function streamBody(pace: Pace): Buffer {
  const messages = [{ role: 'user', content: prose(400) }]
  const model = `claude-bench-${pace}`
  return Buffer.from(JSON.stringify({ stream: true, model, max_tokens: 256, messages }))
}

/** As long as what an agent asks with its tools and files, for a stream that stays open. */
export function openStreamBody(): Buffer {
  const { messages } = JSON.parse(freshBody('50 KB', 'phi').toString()) as { messages: unknown }
  const model = 'claude-bench-open'
  return Buffer.from(JSON.stringify({ stream: true, model, max_tokens: 256, messages }))
}

function prose(length: number): string {
  let text = ''
  while (text.length < length) {
    const sentence = pick(SENTENCES).replaceAll(/\{(\w+)\}/g, (_, name: string) =>
      pick(PARTS[name as keyof typeof PARTS]),
    )
    text += `${sentence.slice(0, -1)} (${newWord()}). `
  }
  return text
}

/** Makes its sentence new, and is no name by chance: it ends as words of medicine do. */
function newWord(): string {
  return `${Array.from({ length: 5 }, () => pick(CONSONANTS)).join('')}itis`
}

function patient(): string {
  const digits = (count: number): string =>
    Array.from({ length: count }, () => 1 + randomInt(9)).join('')
  return (
    `Patient ${pick(FIRST)} ${pick(LAST)}, MRN: ${digits(7)}, SSN 2${digits(2)}-${digits(2)}-${digits(4)}, ` +
    `phone (555) 2${digits(2)}-${digits(4)}.`
  )
}

function pick(list: readonly string[]): string {
  return list[Math.floor(Math.random() * list.length)] ?? ''
}
