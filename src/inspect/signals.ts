import type { ParsedRequest } from '../messages/index.ts'
import type { PolicyInput, Role } from '../schema/index.ts'

/** Names of the signals that a text gives in a role. */
type Hear = (role: Role, text: string) => readonly string[]

type SignalFact = PolicyInput['signals'][number]

// What of the texts before may be the beginning of an ask: patterns of signals span some words, not pages.
const TAIL = 400

/**
 * Signals over every text that people wrote in the body, old messages included, and over what tools gave where a
 * signal wants it. Each names its message's digest, and stays until that very message is granted: what is said after
 * it ("go on") does not change it. An ask that is split over texts or turns belongs to the message that completes it.
 */
export function signalsOf(
  parsed: ParsedRequest,
  prefixes: readonly string[],
  hear: Hear,
): SignalFact[] {
  const signals = new Map<string, SignalFact>()
  const split = splitAsks(hear)
  for (const [index, unit] of parsed.units.entries()) {
    const message = prefixes[index]
    if (message === undefined) continue
    for (const { place, role, text } of unit.segments) {
      if (place !== 'text') continue
      const names =
        role === 'tool_result' ? hear(role, text) : isHuman(role) ? split(role, text) : []
      for (const name of names) {
        signals.set(`${name} ${index}`, { name, message: `hmac:${message}`, granted: false })
      }
    }
  }
  return [...signals.values()]
}

function isHuman(role: Role): boolean {
  return role === 'user' || role === 'system'
}

/**
 * Hears each text with the end of those before it. After a signal its next ask begins anew, or the ask that was granted
 * would be heard again with every text after it; other signals still see what stood before.
 */
function splitAsks(hear: Hear): Hear {
  let before = ''
  const since = new Map<string, string>()
  return (role, text) => {
    const heard = new Set(hear(role, text))
    for (const tail of new Set([before, ...since.values()])) {
      if (tail === '') continue
      const joined = hear(role, `${tail}\n${text.slice(0, TAIL)}`)
      for (const name of joined) if ((since.get(name) ?? before) === tail) heard.add(name)
    }
    before = lengthened(before, text)
    for (const [name, tail] of since) since.set(name, lengthened(tail, text))
    for (const name of heard) since.set(name, '')
    for (const [name, tail] of since) if (tail === before) since.delete(name)
    return [...heard]
  }
}

function lengthened(tail: string, text: string): string {
  const joined = text.length >= TAIL ? text : `${tail}\n${text}`
  return joined.slice(-TAIL).toWellFormed()
}
