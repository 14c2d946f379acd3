/**
 * Texts with their gold: an identifier stands between two characters of Unicode's private use area, which no syntax
 * escapes, so that it can be followed through any number of wrappings.
 */
const OPEN = '\uE000'
const CLOSE = '\uE001'

export interface Gold {
  readonly text: string
  readonly spans: readonly { readonly start: number; readonly end: number }[]
}

/** A value that has to be found. */
export function phi(value: string): string {
  return value === '' ? '' : `${OPEN}${value}${CLOSE}`
}

export function unmarked(marked: string): Gold {
  const spans: { start: number; end: number }[] = []
  let text = ''
  let start = 0
  for (const piece of marked.split(/([\uE000\uE001])/)) {
    if (piece === OPEN) start = text.length
    else if (piece === CLOSE) spans.push({ start, end: text.length })
    else text += piece
  }
  return { text, spans }
}

/** The same data as a client may send it. */
export const WRAPPINGS: Readonly<Record<string, (text: string) => string>> = {
  plain: (text) => text,
  'in prose': (text) =>
    `Please summarize the record below in one line.\n\n${text}\n\nKeep it short.`,
  'in JSON': (text) => JSON.stringify({ status: 'ok', count: 1, payload: text }, null, 2),
  'in a tool result': (text) =>
    JSON.stringify({
      type: 'tool_result',
      tool_use_id: 'toolu_01Abcdefghijklmnopqrstuv',
      content: [{ type: 'text', text: JSON.stringify({ result: text }) }],
    }),
  'in an escaped string': (text) => `const body = ${JSON.stringify(text)};`,
  'in a doubly escaped string': (text) =>
    `log line=${JSON.stringify(JSON.stringify({ text }))} end`,
}
