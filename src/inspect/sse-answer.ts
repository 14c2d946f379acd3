import { GatewayError } from '../domain/index.ts'
import {
  eventAt,
  formatEvent,
  indexOf,
  parseJson,
  stringMember,
  type JsonNode,
  type SseEvent,
} from '../messages/index.ts'
import type { Decision } from '../schema/index.ts'
import { openAnswer } from './answer.ts'
import type { AnswerContext, AnswerReport } from './job.ts'
import type { Inspector } from './request.ts'
import { besideBlock, pieceAt, pieceStart, plainRaw } from './sse-event.ts'
import { streamedBlock, type BlockEvent, type StreamedBlock } from './streamed-block.ts'

/** What a read of the stream gives the client. */
export interface StreamStep {
  readonly out: string
  /** Policy refuses what comes now: nothing of it is in `out`. */
  readonly refused: Decision | undefined
  /** The stream's last word, when it has been said: `message_stop`, or an error of the upstream. */
  readonly ended: 'stop' | 'error' | undefined
  /** Index of a block of which the client has the beginning alone: its input is held until it is complete. */
  readonly holds: number | undefined
  /** What the upstream has reported so far: a stream may end before its last word. */
  readonly usage: AnswerReport['usage']
}

export interface StreamInspection {
  /**
   * @param text whole events, as they came
   * @throws GatewayError `upstream-garbage` when an event is not what the Messages API sends
   */
  push(text: string): StreamStep
  /** At the end of the stream, or where it broke off: then the report is about what is out. */
  finish(): Promise<AnswerReport>
}

/** Inspects a streamed answer: what is decided goes out, the rest is held. */
export function inspectStream(context: AnswerContext, by: Inspector): StreamInspection {
  const answer = openAnswer(context, by)
  const { tools } = context.request
  const open = new Map<number, { readonly number: number; readonly block: StreamedBlock }>()
  const blocks: (string | undefined)[] = []
  /** The block whose event came last, and how its pieces begin: nearly all that follows is one. */
  let current: { readonly block: StreamedBlock; readonly start: string } | undefined
  let started = 0
  let found = 0
  let ended: StreamStep['ended']
  let refused: Decision | undefined

  const part = (text: string): string => answer.part({ text, path: '', local: '' }).text
  const pass = (event: SseEvent, type: string, root: JsonNode): string => {
    answer.count(root, event.data)
    const text = part(event.data)
    return text === event.data ? event.raw : formatEvent(type, text)
  }
  const goOnWith = (index: number, block: StreamedBlock): void => {
    const { type, key } = block.pieces
    if (current?.block !== block) current = { block, start: pieceStart(index, type, key) }
  }
  const inBlock = (event: BlockEvent, type: string): string => {
    const beside = besideBlock(event.root, event.data)
    // The events of a block go out as they came, and what stands beside it would go along.
    if (beside !== undefined && part(beside) !== beside) throw new Error('an event needs a mask')
    const index = indexOf(event.root, event.data)
    if (type === 'content_block_start') {
      if (open.has(index)) throw new Error('content_block_start of a block that is open')
      const block = streamedBlock(event.data, started, answer, tools)
      open.set(index, { number: started, block })
      started += 1
      goOnWith(index, block)
      return block.start(event)
    }
    const known = open.get(index)
    if (known === undefined) throw new Error('an event of a block that has not begun')
    const { number, block } = known
    goOnWith(index, block)
    if (type === 'content_block_stop') {
      open.delete(index)
      current = undefined
      const stopped = block.stop(event)
      blocks[number] = stopped.block
      return stopped.out
    }
    const out = block.delta(event)
    if (out !== undefined) return out
    // A kind of delta that is not known stands for itself; were it changed, it could not be put in its place.
    if (part(event.data) !== event.data) throw new Error('a delta of an unknown kind needs a mask')
    return block.pass(event)
  }
  const step = (given: SseEvent): string => {
    // A comment only says that the upstream is alive.
    if (given.data === '') return ':\n\n'
    const root = parseJson(given.data, { maxDepth: 1000, unambiguous: false })
    if (root.kind !== 'object') throw new Error('an event that is no object')
    const type = stringMember(root, 'type') ?? ''
    const event = { data: given.data, raw: plainRaw(given, type), root }
    switch (type) {
      case 'content_block_start':
      case 'content_block_delta':
      case 'content_block_stop':
        return inBlock(event, type)
      case 'message_stop':
        // What is still held would be lost without a word.
        if (open.size > 0) throw new Error('message_stop before the end of a block')
        ended = 'stop'
        return pass(event, type, root)
      case 'error':
        ended = 'error'
        return settled() + event.raw
      default:
        return pass(event, type === '' ? 'message' : type, root)
    }
  }
  const settled = (): string => [...open.values()].map(({ block }) => block.settle()).join('')
  /** Policy is asked before anything goes out in which something was found. */
  const decide = (): void => {
    const now = answer.found()
    if (now === found) return
    found = now
    const decision = answer.decide()
    if (decision.outcome !== 'allow' && decision.outcome !== 'mask') refused = decision
  }
  const isOver = (): boolean => refused !== undefined || ended !== undefined
  return {
    push(text) {
      let out = ''
      const add = (read: () => string): void => {
        const more = orGarbage(read)
        decide()
        if (refused === undefined) out += more
      }
      for (let at = 0; !isOver();) {
        const piece = current && pieceAt(text, at, current.start)
        if (current !== undefined && piece !== undefined) {
          out += current.block.piece(piece.text, piece.raw)
          at = piece.end
          continue
        }
        // What came before goes out before it: no other block has pieces that wait.
        add(() => current?.block.flush() ?? '')
        const event = refused === undefined ? eventAt(text, at) : undefined
        if (event === undefined) break
        add(() => step(event))
        at = event.end
      }
      if (!isOver()) add(settled)
      const [holds] = [...open].find(([, { block }]) => block.isBegun === true) ?? []
      return { out, refused, ended, holds, usage: answer.usage() }
    },
    finish() {
      for (const { block } of open.values()) block.breakOff()
      open.clear()
      return answer.finish(blocks.filter((block) => block !== undefined))
    },
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
