import { isStopWord } from '../words.ts'
import type { Span } from './spans.ts'

/** Words in lower case that stand inside of a name or an address. */
const INSIDE =
  /^(?:de|la|las|los|el|del|do|da|dos|das|des|du|le|les|di|della|delle|dei|van|der|den|het|am|im|an|of|the|ter|zum|zur|and|or|und|et|e|i|y|on|in|upon|sur|sous|nad|bin|al|nr|no|apt|apartment|unit|floor|bis|lgh|etg|kv|flat|bl|sc|ap|piso|ul|os|pl|ave|near|street|road|lane|rue|rua|via|calle|avenida|utca|tér|út|ulica|strada|quai|place|allée|chemin)$/u
/** Words in lower case, one behind the other. */
const LOWER =
  /(?<![\p{L}\p{M}\p{N}.'’-])\p{Ll}[\p{L}\p{M}]*(?![.\p{L}\p{M}\p{N}])(?: \p{Ll}[\p{L}\p{M}]*(?![.\p{L}\p{M}\p{N}]))*/gu
const EDGE = /^[^\p{L}\p{N}#]+|[^\p{L}\p{N}]+$/gu

/** What of a place is written as one: where its line goes on in lower case it has ended, and another may begin behind. */
export function placeParts(text: string, span: Span): readonly Span[] {
  const place = text.slice(span.start, span.end)
  if (!/\p{Lu}/u.test(place)) return [span]
  const others = [...place.matchAll(LOWER)].filter((match) => isOutside(place, match))
  if (others.length === 0) return [span]
  const parts: Span[] = []
  let from = 0
  for (const other of [...others, undefined]) {
    const part = place.slice(from, other?.index)
    const bare = part.replace(EDGE, '')
    const start = span.start + from + part.indexOf(bare)
    if (/[\p{Lu}\p{Lo}]|\d{2}/u.test(bare)) parts.push({ ...span, start, end: start + bare.length })
    from = (other?.index ?? 0) + (other?.[0].length ?? 0)
  }
  return parts
}

/** Two words and more of a sentence, one of the language, or one that begins a clause; not a word of streets and their parts. */
function isOutside(place: string, { index, 0: words }: RegExpExecArray): boolean {
  const all = words.split(' ')
  const others = all.filter((word) => !INSIDE.test(word))
  if (others.length === 0) return false
  return (
    all.length > 1 ||
    isStopWord(words) ||
    (place.charAt(index + words.length) === ' ' && /[,;–-] $/u.test(place.slice(0, index)))
  )
}
