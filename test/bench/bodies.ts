import { randomInt } from 'node:crypto'

/** Without anything to find, or with some of a patient in every message. */
export type Variant = 'plain' | 'phi'
export type Size = '2 KB' | '50 KB' | '1 MB'

const WORDS = (
  'the report describes stable findings after treatment with improved appetite and normal sleep while pain remains ' +
  'mild under therapy dose was reduced slowly because nausea returned during the second course and laboratory values ' +
  'show potassium within range sodium slightly low glucose controlled by diet kidney function unchanged liver enzymes ' +
  'elevated before medication lung sounds clear heart rhythm regular abdomen soft wound healing well dressing changed ' +
  'daily mobility limited by weakness exercises continue physiotherapy suggested follow plan includes imaging of chest ' +
  'review antibiotics consider oral fluids monitor weight fever cough fatigue dizziness absent skin dry warm'
).split(' ')
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

/** A short request for a stream of 50 deltas. */
export function streamBody(pace: 'paced' | 'unpaced'): Buffer {
  const messages = [{ role: 'user', content: prose(400) }]
  const model = `claude-bench-${pace}`
  return Buffer.from(JSON.stringify({ stream: true, model, max_tokens: 256, messages }))
}

function prose(length: number): string {
  let text = ''
  while (text.length < length) {
    const words = Array.from({ length: 6 + randomInt(10) }, () => pick(WORDS)).join(' ')
    text += `${words.slice(0, 1).toUpperCase()}${words.slice(1)}. `
  }
  return text
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
