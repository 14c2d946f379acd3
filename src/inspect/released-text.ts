import { ownCopy } from '../domain/index.ts'
import { applyEdits, type Edit } from '../messages/index.ts'

/** A part of the text, masked, and what is restored in it: nearly all of what is kept is kept once. */
interface Part {
  readonly masked: string
  readonly restored: readonly Edit[]
}

/** The text of an answer as far as it was decided: as it is recorded, and as the client has it. */
export class ReleasedText {
  /** How much of the text is in it. */
  end = 0
  readonly #parts: Part[] = []
  /** Behind the end. */
  #masks: Edit[] = []
  #restored: Edit[] = []

  /** Edits of text that is added later. */
  change(masks: readonly Edit[], restored: readonly Edit[]): void {
    this.#masks.push(...masks)
    this.#restored.push(...restored)
  }

  /** @param text what follows in the answer, up to a place that no edit goes over */
  add(text: string): void {
    if (text === '') return
    const masks = this.#masks.map((edit) => movedBy(-this.end, edit))
    const restored = this.#restored.map((edit) => {
      const before = this.#masks.filter(({ start }) => start < edit.start)
      return movedBy(
        before.reduce((sum, mask) => sum + growth(mask), -this.end),
        edit,
      )
    })
    const source = ownCopy(text)
    const masked = masks.length === 0 ? source : applyEdits(source, masks)
    this.#parts.push({ masked, restored })
    this.#masks = []
    this.#restored = []
    this.end += text.length
  }

  /** Masked, and with nothing restored: as it is recorded. */
  get masked(): string {
    return this.#parts.map(({ masked }) => masked).join('')
  }

  /** As the client has it. */
  get told(): string {
    return this.#parts.map(({ masked, restored }) => applyEdits(masked, restored)).join('')
  }
}

function movedBy(by: number, { start, end, text }: Edit): Edit {
  return { start: start + by, end: end + by, text }
}

function growth({ start, end, text }: Edit): number {
  return text.length - (end - start)
}
