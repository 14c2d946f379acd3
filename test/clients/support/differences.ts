import type { ReceivedRequest } from '../../../src/demo/simulator/index.ts'
import type { SentRequest } from './recorder.ts'

/** JSON Pointers of what the upstream received otherwise than it was sent, over all calls, each once. */
export function changedPlaces(
  sent: readonly SentRequest[],
  received: readonly ReceivedRequest[],
): readonly string[] {
  const texts = sent.map(({ body }) => body.toString('utf8'))
  // Calls may overtake each other on their way: each is compared with the one that is most like it.
  const places = received.flatMap(({ bodyBytes, body }) => {
    if (texts.includes(bodyBytes.toString('utf8'))) return []
    const found = texts.map((text) => differences(JSON.parse(text), body))
    return found.reduce((least, one) => (one.length < least.length ? one : least))
  })
  return [...new Set(places)]
}

function differences(sent: unknown, received: unknown, path = ''): string[] {
  if (!isContainer(sent) || !isContainer(received)) return Object.is(sent, received) ? [] : [path]
  const keys = new Set([...Object.keys(sent), ...Object.keys(received)])
  return [...keys].flatMap((key) => differences(sent[key], received[key], `${path}/${key}`))
}

function isContainer(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
