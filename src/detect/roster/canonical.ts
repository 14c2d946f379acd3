/**
 * What spellings of one value have in common. Import and search go through the same functions, so that a value that
 * was listed is found however it is written. The first letter of a key names its kind.
 */

/** Fewer characters than these, leading zeros not counted, stand everywhere: they count beside another identifier. */
const TELLING_ID = 6
const SHORTEST_ID = 3
const NATIONAL_DIGITS = 9
const LOCAL_DIGITS = 7

/** Words of streets, by their usual short form. */
const STREET_WORDS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    st: 'street strasse straße str',
    ave: 'avenue av',
    rd: 'road',
    dr: 'drive',
    ln: 'lane',
    ct: 'court',
    blvd: 'boulevard',
    pl: 'place',
    sq: 'square',
    ter: 'terrace',
    hwy: 'highway',
    pkwy: 'parkway',
    cir: 'circle',
    n: 'north',
    s: 'south',
    e: 'east',
    w: 'west',
    apt: 'apartment',
    ste: 'suite',
  }).flatMap(([short, words]) => words.split(' ').map((word) => [word, short] as const)),
)

/** Words of a family name that are often left out, or written together with it. */
export const PARTICLES: ReadonlySet<string> = new Set(
  'van von der den de del della di da dos das du la le el al bin ibn ben ter ten zu zur mac mc san st o d y'.split(
    ' ',
  ),
)

export const fullName = (first: string, second: string): string => `n${first}${second}`
/** "J. Smith" and "Smith, J." */
export const initialName = (initial: string, family: string): string => `i${initial}|${family}`
export const birthDay = (day: string): string => `b${day}`
/** Letters and digits of an address of electronic mail. */
export const mailAddress = (joined: string): string => `e${joined}`
export const streetAddress = (joined: string): string => `a${joined}`

const SHORT_WORDS: ReadonlySet<string> = new Set(STREET_WORDS.values())

export function isShortStreetWord(word: string): boolean {
  return SHORT_WORDS.has(word)
}

export function streetWord(word: string): string {
  return STREET_WORDS.get(word) ?? word
}

/**
 * Keys of an identifier from its letters and digits, joined: as it is, and without leading zeros. The second kind of
 * key is weak: it says something only beside another identifier of the same person.
 */
export function identifierKeys(joined: string): readonly string[] {
  if (joined.length < SHORTEST_ID || !/\d/.test(joined)) return []
  const bare = joined.includes('0') ? joined.replace(/^([a-z]*)0+(?=\d)/, '$1') : joined
  const keys: string[] = []
  if (bare.length >= TELLING_ID) keys.push(`d${bare}`)
  else if (bare.length >= SHORTEST_ID) keys.push(`w${bare}`)
  if (bare !== joined && joined.length >= TELLING_ID) keys.push(`r${joined}`)
  return keys
}

/** Keys of a phone number: the last nine digits do without country code and trunk zero, the last seven are weak. */
export function phoneKeys(digits: string): readonly string[] {
  if (digits.length > 15) return []
  if (digits.length >= NATIONAL_DIGITS) return [`p${digits.slice(-NATIONAL_DIGITS)}`]
  return digits.length >= LOCAL_DIGITS ? [`q${digits.slice(-LOCAL_DIGITS)}`] : []
}

/** The seven digits by which a number is known in its own area. */
export function localPhoneKeys(digits: string): readonly string[] {
  return digits.length >= NATIONAL_DIGITS ? [`q${digits.slice(-LOCAL_DIGITS)}`] : []
}

/** Whether a key counts only beside another identifier of the same person. */
export function isWeak(key: string): boolean {
  const [kind] = key
  return kind === 'w' || kind === 'q' || kind === 'b'
}
