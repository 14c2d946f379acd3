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
  policy: Listener,
): SignalFact[] {
  const split = splitAsks((role, text) => policy.signals(role, text))
  return parsed.units.flatMap((unit, index) => {
    const message = prefixes[index]
    if (message === undefined) return []
    const names = heardIn(policy, message, (known) =>
      unit.segments
        .filter(({ place, role }) => place === 'text' && (role === 'tool_result' || isHuman(role)))
        .map(({ role, text }, at) => {
          if (role === 'tool_result') return known?.[at] ?? policy.signals(role, text)
          return split(role, text, known?.[at])
        }),
    )
    return [...new Set(names.flat())].map((name) => {
      return { name, message: `hmac:${message}`, granted: false }
    })
  })
}

/** The part of a policy that hears signals. */
interface Listener {
  readonly signals: Hear
}

/** What each text of a message gave. */
type Heard = readonly (readonly string[])[]

/**
 * Under one policy a message gives the same signals whenever it comes, because its digest covers all that stands before
 * it; and a conversation brings all its messages each turn. The latest are kept.
 */
const heard = new WeakMap<Listener, Map<string, Heard>>()
const MOST_HEARD = 20_000

function heardIn(
  policy: Listener,
  message: string,
  listen: (known: Heard | undefined) => Heard,
): Heard {
  const latest = heard.get(policy) ?? new Map<string, Heard>()
  heard.set(policy, latest)
  const names = listen(latest.get(message))
  latest.delete(message)
  latest.set(message, names)
  const oldest = latest.keys().next()
  if (latest.size > MOST_HEARD && oldest.done === false) latest.delete(oldest.value)
  return names
}

function isHuman(role: Role): boolean {
  return role === 'user' || role === 'system'
}

/**
 * Hears each text with the end of those before it; what a text is known to give is not listened for again. After a signal its next ask begins anew, or the ask that was granted
 * would be heard again with every text after it; other signals still see what stood before.
 */
function splitAsks(
  hear: Hear,
): (role: Role, text: string, known?: readonly string[]) => readonly string[] {
  let before = ''
  const since = new Map<string, string>()
  return (role, text, known) => {
    const names = new Set(known ?? hear(role, text))
    const tails = known === undefined ? new Set([before, ...since.values()]) : []
    for (const tail of tails) {
      if (tail === '') continue
      const joined = hear(role, `${tail}\n${text.slice(0, TAIL)}`)
      for (const name of joined) if ((since.get(name) ?? before) === tail) names.add(name)
    }
    before = lengthened(before, text)
    for (const [name, tail] of since) since.set(name, lengthened(tail, text))
    for (const name of names) since.set(name, '')
    for (const [name, tail] of since) if (tail === before) since.delete(name)
    return [...names]
  }
}

function lengthened(tail: string, text: string): string {
  const joined = text.length >= TAIL ? text : `${tail}\n${text}`
  return joined.slice(-TAIL).toWellFormed()
}
