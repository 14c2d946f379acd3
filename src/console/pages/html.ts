import { visible } from '../../domain/index.ts'

/** Markup that was written here. Nothing but the functions of this file can make it, so that no text becomes markup. */
class Html {
  readonly #markup: string

  constructor(markup: string) {
    this.#markup = markup
  }

  toString(): string {
    return this.#markup
  }
}

export type { Html }

/** What may stand in a template. Text is escaped, always; undefined is nothing. */
export type Content = string | number | Html | undefined | readonly Content[]

/** A template whose values are escaped unless they are templates themselves. Attributes MUST be in double quotes. */
export function html(strings: TemplateStringsArray, ...values: readonly Content[]): Html {
  const parts = strings.map((string, index) => string + markupOf(values[index]))
  return new Html(parts.join(''))
}

function markupOf(content: Content): string {
  if (content === undefined) return ''
  if (content instanceof Html) return content.toString()
  if (typeof content === 'string' || typeof content === 'number') return escaped(String(content))
  return content.map(markupOf).join('')
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escaped(text: string): string {
  return visible(text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? ''))
}
