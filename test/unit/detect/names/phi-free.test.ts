import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { viewOf } from '../../../../src/detect/normalise/index.ts'
import { TAGGED } from '../../../../src/detect/names/tagger/index.ts'

/** Texts without any person, place or facility, kept out of training. */
function textsOf(file: string, between: string): readonly string[] {
  return readFileSync(new URL(`phi-free/${file}`, import.meta.url), 'utf8')
    .trim()
    .split(between)
}

interface Touched {
  readonly texts: number
  /** Share of the texts in which something is found. */
  readonly touched: number
  /** Share of their letters and digits that are. */
  readonly over: number
}

function measure(texts: readonly string[]): Touched {
  let [touched, over, all] = [0, 0, 0]
  const count = (text: string): number => text.match(/[\p{L}\p{N}]/gu)?.length ?? 0
  for (const text of texts) {
    const view = viewOf(text)
    const hits = TAGGED.flatMap((recognizer) => recognizer.find(view, 'balanced'))
    touched += hits.length > 0 ? 1 : 0
    over += hits.reduce((sum, hit) => sum + count(text.slice(hit.start, hit.end)), 0)
    all += count(text)
  }
  return { texts: texts.length, touched: touched / texts.length, over: over / all }
}

describe('the tagger on texts without names', () => {
  it('leaves dense clinical lines alone, whatever they are named after', () => {
    const { texts, touched, over } = measure(textsOf('clinical-lines.txt', '\n'))
    assert.ok(texts >= 150)
    assert.ok(over <= 0.015, `over-masked ${over}`)
    assert.ok(touched <= 0.1, `touched ${touched}`)
  })

  it('leaves code, logs, queries and sessions of a shell alone', () => {
    const { texts, touched, over } = measure(textsOf('snippets.txt', '\n%%\n'))
    assert.ok(texts >= 150)
    assert.ok(over <= 0.005, `over-masked ${over}`)
    assert.ok(touched <= 0.04, `touched ${touched}`)
  })
})
