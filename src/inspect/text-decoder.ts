import {
  learn,
  mayBeginKnown,
  mayBeginListed,
  NOTHING_KNOWN,
  StretchReader,
  type Knowledge,
  type Stretch,
} from '../detect/index.ts'
import type { RecordedMark, Segment } from '../domain/index.ts'
import { applyOperator, restorable, type AddressReader, type Span } from '../mask/index.ts'
import type { Edit } from '../messages/index.ts'
import type { AnswerTools, RestoredPlace } from './answer-part.ts'
import { addMark } from './mask-request.ts'
import { enforcementOf, type Enforcement } from './enforcement.ts'
import { findingAlone, type FactSource } from './facts.ts'
import { ReleasedText } from './released-text.ts'
import { findSpans, lessons } from './unit.ts'

/** What is decided of a text: everything before `to`, with these edits. */
export interface Decided {
  readonly to: number
  readonly edits: readonly Edit[]
}

/** Where a text stands in the answer: for facts, and inside a message for mask memory. */
export interface TextPlace {
  readonly path: string
  readonly local: string
}

/** Guesses are counted in parts of about this length, which end with a line. */
const COUNTED = 2048
const LONGEST_COUNTED = 4096
/** Not for each word. */
const RELEASED_TOGETHER = 2048

/**
 * Decides the text of an answer while it comes, the same way however it is cut: a JSON answer's text goes through here
 * in one piece. What the profile masks is found before it is released; what it leaves is counted later.
 */
export class AnswerText {
  readonly sources: FactSource[] = []
  /** Restored places, as the client's copy of the text has them. */
  readonly restored: RestoredPlace[] = []
  readonly #marks = new Map<string, RecordedMark>()
  readonly #released = new ReleasedText()
  readonly #tools: AnswerTools
  readonly #segment: Segment
  readonly #local: string
  readonly #address: AddressReader
  readonly #enforced: Enforcement
  readonly #mayRestore: boolean
  readonly #reader: StretchReader
  #known: Knowledge = NOTHING_KNOWN
  #length = 0
  /** How much longer the client's copy is. */
  #longer = 0
  #counted = 0
  #decided = 0
  /** Up to here the text was read for addresses, in which nothing is restored. */
  #addressed = 0
  /** Masked and restored places behind what was counted. */
  #settled: Edit[] = []

  constructor({ path, local }: TextPlace, tools: AnswerTools, address: AddressReader) {
    this.#tools = tools
    this.#segment = { path, role: 'assistant', place: 'text', text: '', keys: ['text'] }
    this.#local = local
    this.#address = address
    this.#enforced = enforcementOf(tools.profile)
    this.#mayRestore = tools.profile.restore.text && tools.restore.size > 0
    const begins = (word: string): boolean =>
      mayBeginKnown(word, this.#known) ||
      (tools.roster !== undefined && mayBeginListed(word, tools.roster))
    this.#reader = new StretchReader({ kind: this.#enforced.triggers, begins })
  }

  get marks(): Iterable<RecordedMark> {
    return this.#marks.values()
  }

  /** What is decided, masked and with nothing restored. */
  get masked(): string {
    this.#release()
    return this.#released.masked
  }

  /** The same as the client has it. */
  get told(): string {
    this.#release()
    return this.#released.told
  }

  /** A part of what came and was not forgotten. */
  slice(start: number, end: number): string {
    return this.#reader.slice(start, end)
  }

  /** What came before a place is not asked for any more. */
  forget(before: number): void {
    if (this.#decided - this.#released.end >= RELEASED_TOGETHER) this.#release()
    this.#reader.forget(Math.min(before, this.#counted, this.#released.end))
  }

  push(text: string): Decided {
    this.#length += text.length
    this.#reader.push(text)
    return this.#decide()
  }

  end(): Decided {
    this.#reader.end()
    const decided = this.#decide()
    this.#count(this.#length)
    this.#release()
    return decided
  }

  /** No more comes: what is decided is counted, and the rest is forgotten. */
  breakOff(): void {
    if (this.#decided > this.#counted) this.#count(this.#decided)
  }

  #decide(): Decided {
    const edits: ClientEdit[] = []
    let to = -1
    for (let next = this.#reader.next(); next !== undefined; next = this.#reader.next()) {
      const end = this.#settle(next, edits)
      if (end !== undefined) to = end
    }
    if (to >= 0) {
      this.#decided = to
      this.#countWhole(to)
    }
    return { to, edits }
  }

  #release(): void {
    this.#released.add(this.#reader.slice(this.#released.end, this.#decided))
    this.#readAddresses(this.#decided)
  }

  /** @returns the end of what is decided; undefined where the stretch goes on */
  #settle(stretch: Stretch, edits: ClientEdit[]): number | undefined {
    const found = stretch.kind === 'clean' ? undefined : this.#find(stretch)
    const over = found?.spans.find(({ start, end }) => start < stretch.end && end > stretch.end)
    if (over !== undefined && stretch.kind === 'whole') {
      this.#reader.goOn(stretch, over.end)
      return undefined
    }
    const { start } = stretch
    const end = over === undefined ? stretch.end : over.start > start ? over.start : over.end
    const restored = this.#restore(start, end)
    const masks = (found?.spans ?? [])
      .filter((span) => span.end <= end && !overlapsAny(span, restored))
      .flatMap((span) => this.#mask(span))
    const all = [...masks, ...restored].toSorted((a, b) => a.start - b.start)
    for (const edit of all) this.#place(edit)
    edits.push(...all)
    this.#settled.push(...all)
    this.#released.change(masks, restored)
    if (found !== undefined) this.#known = found.known
    this.#reader.accept(stretch, end)
    return end
  }

  /** What the profile masks in a stretch; offsets are the text's. */
  #find({ start, look }: Stretch): { readonly spans: readonly Span[]; readonly known: Knowledge } {
    const { profile, roster } = this.#tools
    const { lead, from } = this.#reader.before(start)
    const segments = [{ ...this.#segment, text: lead + this.#reader.slice(from, look) }]
    const { recognizers } = this.#enforced
    const all = findSpans(segments, this.#known, profile, roster, recognizers)
    const known = learn(this.#known, segments, lessons(all))
    const by = from - lead.length
    const spans = all
      .filter((span) => span.operator !== 'keep' && span.end + by > start)
      .map((span) => ({ ...span, start: Math.max(start, span.start + by), end: span.end + by }))
    return { spans, known }
  }

  #mask(span: Span): ClientEdit[] {
    const { start, end, operator, type } = span
    const value = this.#reader.slice(start, end)
    const masked = applyOperator(operator, type, value, false, this.#tools.book)
    this.#note(span, start, value)
    if (masked !== undefined) addMark(this.#marks, masked.text, span)
    return masked === undefined ? [] : [{ start, end, text: masked.text }]
  }

  #restore(start: number, end: number): ClientEdit[] {
    const text = this.#reader.slice(start, end)
    // What names no placeholder is read for addresses later, much of it at once.
    if (!this.#mayRestore || !text.includes('_')) return []
    this.#readAddresses(start)
    const found = restorable(text, this.#tools.restore, false, this.#address)
    this.#addressed = end
    return found.map((one) => ({ ...one, start: one.start + start, end: one.end + start }))
  }

  #readAddresses(to: number): void {
    if (this.#mayRestore) this.#address.push(this.#reader.slice(this.#addressed, to))
    this.#addressed = to
  }

  /** Notes where an edit stands in the client's copy. */
  #place({ start, end, text, entry, altered }: ClientEdit): void {
    const at = start + this.#longer
    if (entry !== undefined) {
      const [local, last] = [this.#local, at + text.length]
      this.restored.push({ local, start: at, end: last, entry, altered })
    }
    this.#longer += text.length - (end - start)
  }

  #countWhole(decided: number): void {
    for (
      let end = this.#endOfCounted(decided);
      end !== undefined;
      end = this.#endOfCounted(decided)
    ) {
      this.#count(end)
    }
  }

  /** Where the next part ends that is counted as one; undefined where it is not decided yet. */
  #endOfCounted(decided: number): number | undefined {
    const last = this.#counted + LONGEST_COUNTED
    const text = this.#reader.slice(this.#counted, Math.min(decided, last))
    const line = text.indexOf('\n', COUNTED)
    if (line >= 0) return this.#counted + line + 1
    if (decided < last) return undefined
    const blank = text.lastIndexOf(' ')
    return this.#counted + (blank < COUNTED ? text.length : blank)
  }

  /** What the profile leaves, and what a look at the whole found too late to mask it. */
  #count(end: number): void {
    const start = this.#counted
    const { profile, roster } = this.#tools
    const text = this.#reader.slice(start, end)
    this.#counted = end
    if (text.trim() === '') return
    const spans = findSpans([{ ...this.#segment, text }], NOTHING_KNOWN, profile, roster)
    for (const span of spans) {
      const at = { start: span.start + start, end: span.end + start }
      if (!overlapsAny(at, this.#settled)) this.#note({ ...span, operator: 'keep' }, 0, text)
    }
    this.#settled = this.#settled.filter((edit) => edit.end > end)
  }

  /** @param from where the text begins, in the span's offsets */
  #note(span: Span, from: number, text: string): void {
    const { start, end } = span
    const within = { ...span, start: start - from, end: end - from }
    this.sources.push(findingAlone(within, { ...this.#segment, text }))
  }
}

function overlapsAny(one: Pick<Edit, 'start' | 'end'>, edits: readonly Edit[]): boolean {
  return edits.some(({ start, end }) => start < one.end && one.start < end)
}

type ClientEdit = Edit & Partial<Pick<RestoredPlace, 'entry' | 'altered'>>
