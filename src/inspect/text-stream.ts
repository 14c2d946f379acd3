import { ownCopy } from '../domain/index.ts'
import { formatEvent, type Edit } from '../messages/index.ts'
import type { AnswerText, Decided } from './text-decoder.ts'

/** What waits: a delta of the text, or an event that stands behind a place of the text. */
interface Waiting {
  raw: string | undefined
  readonly isDelta: boolean
  readonly end: number
}

const NOTHING: Decided = { to: -1, edits: [] }

/**
 * The text of a block on its way to the client. A delta of which all is decided and nothing changed goes out as it
 * came; of others the decided part goes out as a delta of its own.
 */
export class TextStream {
  readonly #index: number
  readonly #decoder: AnswerText
  readonly #waiting: Waiting[] = []
  /** So many of them have waited since an earlier read. */
  #kept = 0
  /** What came and was not given to the decoder. */
  #fresh = ''
  #out = 0
  #length = 0
  #decided = 0
  /** Those of what is not out. */
  #edits: Edit[] = []

  constructor(index: number, decoder: AnswerText) {
    this.#index = index
    this.#decoder = decoder
  }

  /**
   * Takes a piece of the text; those that come together are decided together.
   * @param raw the event that brought the text; undefined where it stood in another one
   */
  add(text: string, raw: string | undefined): void {
    this.#length += text.length
    this.#fresh += text
    if (text !== '' || raw !== undefined)
      this.#waiting.push({ raw, isDelta: true, end: this.#length })
  }

  /** What goes out with the pieces so far. */
  flush(): string {
    const fresh = this.#fresh
    this.#fresh = ''
    return this.#release(fresh === '' ? NOTHING : this.#decoder.push(fresh))
  }

  /** An event that goes out behind the text so far. */
  follow(raw: string): string {
    const before = this.flush()
    this.#waiting.push({ raw, isDelta: false, end: this.#length })
    return before + this.#release(NOTHING)
  }

  end(): string {
    const before = this.flush()
    const { edits } = this.#decoder.end()
    return before + this.#release({ to: this.#length, edits })
  }

  /** What is decided of a delta that is not decided as a whole: nothing more comes for now. */
  settle(): string {
    const before = this.flush()
    // White space alone is not worth an event.
    const isWorth = this.#decoder.slice(this.#out, this.#decided).trim() !== ''
    const out = isWorth ? this.#delta(this.#take(this.#decided)) : ''
    const [first] = this.#waiting
    // It does not go out as it came any more.
    if (isWorth && first !== undefined) first.raw = undefined
    this.#keepAlone()
    this.#decoder.forget(this.#out)
    return before + out
  }

  /** What waits for the next read keeps nothing else of this one. */
  #keepAlone(): void {
    const fresh = this.#waiting.slice(this.#kept)
    for (const one of fresh) if (one.raw !== undefined) one.raw = ownCopy(one.raw)
    this.#kept = this.#waiting.length
  }

  #release({ to, edits }: Decided): string {
    this.#edits.push(...edits)
    this.#decided = Math.max(to, this.#decided)
    let out = ''
    let changed = ''
    const flush = (): void => {
      if (changed !== '') out += this.#delta(changed)
      changed = ''
    }
    let next = this.#waiting[0]
    for (; next !== undefined && next.end <= this.#decided; next = this.#waiting[0]) {
      this.#waiting.shift()
      this.#kept = Math.max(0, this.#kept - 1)
      const asItCame = !next.isDelta || (this.#edits[0]?.start ?? Infinity) >= next.end
      if (next.raw === undefined || !asItCame) changed += this.#take(next.end)
      else {
        flush()
        out += next.raw
        this.#out = next.end
      }
    }
    flush()
    return out
  }

  #delta(text: string): string {
    const delta = `{"type":"text_delta","text":${JSON.stringify(text)}}`
    const data = `{"type":"content_block_delta","index":${this.#index},"delta":${delta}}`
    return formatEvent('content_block_delta', data)
  }

  /** The text up to a place, with its edits; one that goes over the place stands where it begins. */
  #take(to: number): string {
    let text = ''
    let at = this.#out
    const from = this.#out
    for (let edit = this.#edits[0]; edit !== undefined && edit.start < to; edit = this.#edits[0]) {
      if (edit.start >= from) text += this.#decoder.slice(at, edit.start) + edit.text
      at = edit.end
      if (edit.end > to) break
      this.#edits.shift()
    }
    if (at < to) text += this.#decoder.slice(at, to)
    this.#out = to
    return text
  }
}
