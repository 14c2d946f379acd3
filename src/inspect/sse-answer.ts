import { GatewayError } from '../domain/index.ts'
import {
  blockEvents,
  extendBlock,
  formatEvent,
  indexOf,
  openBlock,
  parseJson,
  stringMember,
  wholeBlock,
  type JsonNode,
  type OpenBlock,
  type SseEvent,
} from '../messages/index.ts'
import type { Decision } from '../schema/index.ts'
import { openAnswer } from './answer.ts'
import type { AnswerContext, AnswerReport } from './job.ts'
import type { Inspector } from './request.ts'
import { besideBlock, plainRaw } from './sse-event.ts'

/** What a read of the stream gives the client. */
export interface StreamStep {
  readonly out: string
  /** Policy refuses what comes now: nothing of it is in `out`. */
  readonly refused: Decision | undefined
  /** The stream's last word, when it has been said: `message_stop`, or an error of the upstream. */
  readonly ended: 'stop' | 'error' | undefined
  /** What the upstream has reported so far: a stream may end before its last word. */
  readonly usage: AnswerReport['usage']
}

export interface StreamInspection {
  /** @throws GatewayError `upstream-garbage` when an event is not what the Messages API sends */
  push(events: readonly SseEvent[]): StreamStep
  finish(): Promise<AnswerReport>
}

interface Held {
  readonly block: OpenBlock
  readonly raw: string[]
}

/** Inspects a streamed answer; a content block is held until it is complete. */
export function inspectStream(context: AnswerContext, by: Inspector): StreamInspection {
  const answer = openAnswer(context, by)
  const open = new Map<number, Held>()
  const blocks: string[] = []
  let ended: StreamStep['ended']
  let refused: Decision | undefined

  const part = (text: string, path: string): string => {
    const inspected = answer.part({ text, path, local: path })
    if (inspected.spans.length > 0) {
      const decision = answer.decide()
      if (decision.outcome !== 'allow' && decision.outcome !== 'mask') refused = decision
    }
    return inspected.text
  }
  const pass = (event: SseEvent, type: string, root: JsonNode): string => {
    answer.count(root, event.data)
    const text = part(event.data, '')
    return text === event.data ? event.raw : formatEvent(type, text)
  }
  const close = (event: SseEvent, root: JsonNode): string => {
    const index = indexOf(root, event.data)
    const held = open.get(index)
    if (held === undefined) throw new Error('content_block_stop without its start')
    open.delete(index)
    const whole = wholeBlock(held.block)
    const text = part(whole, `/content/${blocks.length}`)
    blocks.push(text)
    return text === whole ? held.raw.join('') + event.raw : blockEvents(index, text)
  }
  const extend = (event: SseEvent, root: JsonNode): string => {
    const held = open.get(indexOf(root, event.data))
    if (held === undefined) throw new Error('content_block_delta without its start')
    held.raw.push(event.raw)
    if (extendBlock(held.block, root, event.data)) return ''
    // A kind of delta that is not known stands for itself; were it changed, it could not be put in its place.
    if (part(event.data, '') !== event.data)
      throw new Error('a delta of an unknown kind needs a mask')
    return ''
  }
  const step = (given: SseEvent): string => {
    // A comment only says that the upstream is alive.
    if (given.data === '') return ':\n\n'
    const root = parseJson(given.data, { maxDepth: 1000, unambiguous: false })
    if (root.kind !== 'object') throw new Error('an event that is no object')
    const type = stringMember(root, 'type') ?? ''
    const event = { data: given.data, raw: plainRaw(given, type) }
    const beside = type.startsWith('content_block_') ? besideBlock(root, event.data) : undefined
    // The events of a block go out as they came, and what stands beside it would go along.
    if (beside !== undefined && part(beside, '') !== beside)
      throw new Error('a block event needs a mask')
    switch (type) {
      case 'content_block_start': {
        const block = openBlock(event.data)
        if (open.has(block.index)) throw new Error('content_block_start of a block that is open')
        open.set(block.index, { block, raw: [event.raw] })
        return ''
      }
      case 'content_block_delta':
        return extend(event, root)
      case 'content_block_stop':
        return close(event, root)
      case 'message_stop':
        // What is still held would be lost without a word.
        if (open.size > 0) throw new Error('message_stop before the end of a block')
        ended = 'stop'
        return pass(event, type, root)
      case 'error':
        ended = 'error'
        return event.raw
      default:
        return pass(event, type === '' ? 'message' : type, root)
    }
  }
  return {
    push(events) {
      let out = ''
      for (const event of events) {
        const more = orGarbage(() => step(event))
        if (refused !== undefined) break
        out += more
        if (ended !== undefined) break
      }
      return { out, refused, ended, usage: answer.usage() }
    },
    finish: () => answer.finish(blocks),
  }
}

/** What cannot be read as an event of the API ends the stream with an error, never with silence. */
function orGarbage<T>(read: () => T): T {
  try {
    return read()
  } catch (cause) {
    if (cause instanceof GatewayError) throw cause
    throw new GatewayError('upstream-garbage', 'the upstream sent an event that cannot be read', {
      cause,
    })
  }
}
