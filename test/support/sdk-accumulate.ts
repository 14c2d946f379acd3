import { BetaMessageStream } from '@anthropic-ai/sdk/lib/BetaMessageStream'

/** The content blocks that the official SDK puts together from the events of a stream. */
export async function accumulate(events: readonly unknown[]): Promise<readonly unknown[]> {
  const lines = events.map((event) => `${JSON.stringify(event)}\n`).join('')
  const source = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(new TextEncoder().encode(lines))
      controller.close()
    },
  })
  const message = await BetaMessageStream.fromReadableStream(source).finalMessage()
  // The SDK keeps a tool's input behind an accessor: what a client would send back is its JSON.
  return JSON.parse(JSON.stringify(message.content)) as unknown[]
}

/** The parsed data of the events in a text of server-sent events. */
export function eventsIn(text: string): unknown[] {
  return text
    .split('\n')
    .filter((line) => line.startsWith('data: '))
    .map((line) => JSON.parse(line.slice('data: '.length)) as unknown)
}
