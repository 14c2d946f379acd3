import { GatewayError } from '../domain/index.ts'
import {
  applyEdits,
  items,
  member,
  parseJson,
  stringMember,
  type Edit,
  type JsonNode,
} from '../messages/index.ts'
import { openAnswer, type Answer } from './answer.ts'
import type { AnswerContext, AnswerReport } from './job.ts'
import type { Inspector } from './request.ts'
import { citation, putTogether, rewrite, shellOf, takeApart } from './text-block.ts'

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/**
 * Inspects a whole JSON answer.
 * @returns the bytes for the client, those that came where nothing changed
 * @throws GatewayError `upstream-garbage` when it is not JSON
 */
export async function inspectJsonAnswer(
  body: Uint8Array,
  context: AnswerContext,
  by: Inspector,
): Promise<{ body: Uint8Array; report: AnswerReport }> {
  const { text, root } = read(body)
  const answer = openAnswer(context, by)
  answer.count(root, text)
  const content = member(root, 'content')
  if (stringMember(root, 'type') !== 'message' || content?.kind !== 'array') {
    const whole = answer.part({ text, path: '', local: '' })
    const report = await answer.finish(undefined)
    return { body: whole.text === text ? body : encode(whole.text), report }
  }
  const envelope = applyEdits(text, [{ start: content.start, end: content.end, text: '[]' }])
  const around = answer.part({ text: envelope, path: '', local: '' }).text
  const blocks = content.items.map((node, index) => {
    const place = `/content/${index}`
    return inspectBlock(text.slice(node.start, node.end), place, answer)
  })
  const edits = content.items.map((node, index): Edit => {
    return { start: node.start, end: node.end, text: blocks[index] ?? '' }
  })
  const changed = around === envelope ? applyEdits(text, edits) : reassemble(around, blocks)
  const report = await answer.finish(blocks)
  return { body: changed === text ? body : encode(changed), report }
}

/** The content block for the client. */
function inspectBlock(block: string, place: string, answer: Answer): string {
  const parts = takeApart(block)
  if (parts === undefined) return answer.part({ text: block, path: place, local: place }).text
  const shell = answer.part(shellOf(parts, place))
  const decoder = answer.text({ path: `${place}/text`, local: `${place}/text` })
  const edits = [...decoder.push(parts.text).edits, ...decoder.end().edits]
  const citations = parts.citations.map((text, index) => answer.part(citation(text, place, index)))
  const masked = citations.map((one) => one.masked)
  answer.record(putTogether({ shell: shell.masked, text: decoder.masked, citations: masked }))
  const told = citations.map((one) => one.text)
  if (shell.text === parts.shell) return rewrite(block, edits, told)
  return putTogether({
    shell: shell.text,
    text: applyEdits(parts.text, edits),
    citations: told,
  })
}

function read(body: Uint8Array): { text: string; root: JsonNode } {
  try {
    const text = utf8.decode(body)
    return { text, root: parseJson(text, { maxDepth: 1000, unambiguous: false }) }
  } catch (cause) {
    throw new GatewayError(
      'upstream-garbage',
      'the upstream answered with something that is not JSON',
      { cause },
    )
  }
}

/** Something outside the content was masked: the blocks go back into the changed envelope. */
function reassemble(around: string, blocks: readonly string[]): string {
  const root: JsonNode = parseJson(around, { maxDepth: 1000, unambiguous: false })
  const content = member(root, 'content')
  if (content === undefined || items(content).length > 0)
    throw new Error('the envelope lost its content')
  return applyEdits(around, [
    { start: content.start, end: content.end, text: `[${blocks.join(',')}]` },
  ])
}

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}
