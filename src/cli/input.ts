import { once } from 'node:events'
import { StringDecoder } from 'node:string_decoder'

/** A piece of a text, and where it begins in it, in UTF-16 code units. */
export interface Block {
  readonly text: string
  readonly offset: number
}

/** Texts up to this are taken whole: what is found once is found in all of it. Longer ones are read block by block. */
const BLOCK = 1024 * 1024
const SPACE = /\s(?=\S*$)/

/** Standard input in blocks that end with a line, or with a word where lines are longer than a block. */
export async function* blocksOf(input: AsyncIterable<Buffer>): AsyncGenerator<Block> {
  const decoder = new StringDecoder('utf8')
  const pieces: string[] = []
  let held = 0
  let offset = 0
  for await (const chunk of input) {
    const text = decoder.write(chunk)
    pieces.push(text)
    held += text.length
    if (held < BLOCK) continue
    const all = pieces.splice(0).join('')
    const end = endOf(all)
    yield { text: all.slice(0, end), offset }
    offset += end
    pieces.push(all.slice(end))
    held = all.length - end
  }
  const rest = pieces.join('') + decoder.end()
  if (rest !== '') yield { text: rest, offset }
}

function endOf(text: string): number {
  const line = text.lastIndexOf('\n') + 1
  if (line > 0) return line
  const space = text.slice(-4096).search(SPACE)
  if (space >= 0) return text.length - Math.min(4096, text.length) + space + 1
  // Never between the halves of a surrogate pair.
  return /[\uD800-\uDBFF]$/.test(text) ? text.length - 1 : text.length
}

/** Writes, and waits while the reader is slower. */
export async function write(text: string): Promise<void> {
  if (!process.stdout.write(text)) await once(process.stdout, 'drain')
}
