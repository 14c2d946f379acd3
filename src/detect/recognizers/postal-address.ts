import { foldWord, isStopWord } from '../names/index.ts'
import type { TextView } from '../normalise/index.ts'
import { hitsIn, type Hit, type Recognizer } from '../recognizer.ts'
import { anchored, firstWords, type Anchored } from '../scan/index.ts'
import { apart } from './label.ts'

/** Words as they begin a sentence, stand in one, or in capitals. */
function anyCase(words: string): string {
  const capitals = words.replaceAll(/(?<=^|\|)\p{Ll}/gu, (letter) => letter.toUpperCase())
  return `${words}|${capitals}|${words.toUpperCase()}`
}

const END = String.raw`(?![\p{L}\p{N}])`
const NAME = String.raw`\p{Lu}[\p{L}\p{M}'’.-]{0,20}`
const PARTICLE =
  '(?:(?:de|la|las|los|el|del|do|da|dos|das|des|du|le|les|di|della|delle|dei|van|der|den|het|am|im|an|of|the|ter|zum|zur|y|e|et|bin|na)(?![\\p{L}\\p{N}]))'
const NAMES = String.raw`(?:${NAME}|${PARTICLE})(?: (?:${NAME}|${PARTICLE})){0,4}`
/** "14", "44B", "18/4", "402/7/14", "421-II", "12 bis". */
const HOUSE = String.raw`\d{1,5}[A-Za-z]?(?:[/-](?:\d{1,4}[A-Za-z]?|[IVX]{1,4}|[A-Z])){0,3}(?: ?(?:bis|ter|quater)(?!\p{L}))?`
/** What a house is divided into, each with its number or letter: "bl. A2", "Flat 6", "3. etg", "2º B". */
const DIVISIONS =
  'flat|apt|apartment|unit|suite|ste|house|villa|building|bldg|block|blk|tower|torre|plot|lot|door|floor|piso|dto|depto|dpto|esc|escalera|puerta|pta|bl|bloque|bloco|sc|scara|ap|apto|et|etaj|lgh|fszt|em|ajtó|wohnung|whg|stiege|tür|top|etg|etage|étage|bât|bâtiment|app|appt|appartement|int|interno|scala|cj|conj|sala|casa|mz|lote|km|no|nr|n[º°]|room|road|street|lane|sector|phase|zone|zona|moo|soi|rt|rw|brgy|daire|kat|d|box|bus|boîte|д|дом|буд|кв|корп|к|m(?=\\.)'
const DIVISION = String.raw`(?:(?:${anyCase(DIVISIONS)})(?:\.?(?: ?(?:no|nr)\.?)?[ :.]? ?)#?(?:[A-Z]?-?\d{1,5}[A-Za-z]?(?:[/-][A-Za-z\d]{1,5}){0,2}|[A-Z])|\d{1,2}(?:[º°ªo]|er|e|\.)? ?(?:piso|etg|etage|étage|floor|em|fszt|esq|dto|dcha|izq(?:da)?|izda|tr|OG|Stock)\.?|\d[º°ª](?: ?[A-Z])?|\d{1,2}/F|#\d{1,4}(?:-\d{1,4})?)${END}`
/** As the post offices of other states write them. */
const POST = String.raw`(?:[A-Z]{1,2}-)?(?:\d{4,7}(?:-\d{3,4})?|\d{3} \d{2,3}|\d{2}-\d{3}|\d{4} [A-Z]{2}|[A-Z]\d[A-Z] ?\d[A-Z]\d|[A-Z]\d{2} [A-Z\d]{4})${END}`
const CITY = String.raw`${NAME}(?:[ /-](?:${NAME}|${PARTICLE})){0,3}(?: \d{1,2}${END})?`
/** A city that ends the address; letters alone are a diagnosis as often as a land. */
const LAST = String.raw`(?![A-Z]{2,4}(?:[,;)\n]|$))${CITY}(?=[,;.)\n|→]|$| [-–→] | \(| for | and | to )`
/** What may follow: divisions, the post's number and its city, "- PR", "(Québec) H2J 2X1", "33 Nathan Road". */
const TAIL = String.raw`(?:(?:,|;|\.)? ?(?:[-–/] )?(?:${DIVISION}|${POST}(?: ${CITY})?|(?<=[-–/] )[A-Z]{2}${END}|\(${NAME}\)(?= ${POST})|(?<=, )\d{1,5}[A-Z]? ${NAMES} (?:Street|St|Road|Rd|Avenue|Ave|Lane|Terrace)${END}|(?<=,) ${CITY},? ${POST}|(?<=, ?)${LAST})){0,8}`

/** Where a postcode may begin. */
const POSTS = [
  { tokens: [{ kind: 'digits', least: 4, most: 7 }] },
  { tokens: [{ kind: 'digits', least: 3, most: 3, next: ' ', beyond: ['digit'] }] },
  { tokens: [{ kind: 'digits', least: 2, most: 2, next: '-', beyond: ['digit'] }] },
] as const
const MONTHS = 'Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec'
/** What stands before a day and a year is no street. */
const A_MONTH = new RegExp(`^(?:${MONTHS})`, 'i')

const STREETS =
  'rua|c/|av\\.|avda|avenida|calle|pasaje|pje|viale|piazza|corso|largo|rue|avenue|boulevard|bulevardul|b-dul|bd\\.|chemin|allée|quai|impasse|strada|str\\.|calea|aleea|ul\\.|ulica|aleja|plac|jl|jalan|jln|lorong|calzada|camino|paseo|travessa|estrada|rodovia|soi|thanon|ulitsa|улица|ул|проспект|пр-т|бул|вул|пер|наб|οδός|odos|plaza|praça|wadi|sharia|shari'
/** A kind of street, its name, and the house. */
const PREFIXED = anchored(
  String.raw`(?<![\p{L}\p{N}])(?:Via|${anyCase(STREETS)})\.? (?=${PARTICLE}? ?\p{Lu})${NAMES},? (?:n[º°r.o]{1,3} ?|#|(?:д(?:ом|\.)?|буд\.?) ?)?${HOUSE}${END}(?:(?<=\d{4,5}) ${CITY})?${TAIL}`,
  'u',
  { words: firstWords(`via|${STREETS.replaceAll('-', '[-]')}`) },
)
/** The same with the house before it: "4410 rue Saint-Hubert, app. 3". */
const HOUSED = anchored(
  String.raw`(?<=(?<![\p{L}\p{N}.,/-])\d{1,5}[A-Za-z]?(?: (?:bis|ter|quater))?,? )(?:${anyCase(STREETS)})\.? (?=${PARTICLE}? ?\p{Lu})${NAMES}${TAIL}`,
  'u',
  { words: firstWords(STREETS.replaceAll('-', '[-]')) },
)
const KINDS =
  'cad|cd|caddesi|sok|sk|sokak|sokağı|bulvarı|blv|mah|mahallesi|utca|u(?=\\. \\d)|krt|tér|út|útja|körút|iela|gatvė|prospektas|pr'
/** The kind of a street behind its name, and the house: "Bağdat Cad. No:88 D:5, Kadıköy", "Gedimino pr. 9-14". */
const SUFFIXED = anchored(
  String.raw`(?<=\p{L}\p{M}? )(?<![\p{L}\p{N}])(?:${anyCase(KINDS)})\.?,? (?:(?:No|Nr)[.: ]{0,2})?${HOUSE}${END}(?: ${NAME}/${NAME}${END})?${TAIL}`,
  'u',
  { words: firstWords(KINDS) },
)
const STREET_NAME_BEFORE = new RegExp(
  String.raw`(?<![\p{L}\p{N}'.-])(?:\d{4,5} ${CITY}, )?\p{Lu}[\p{L}\p{M}'’.-]{2,20}(?: (?:${NAME}|${PARTICLE})){0,3} $`,
  'u',
)
/** Streets that have a number for a name: "Cra. 7 # 71-21", "4a Avenida 12-59". */
const NUMBERED = anchored(
  String.raw`(?<![\p{L}\p{N}])(?:(?:Cra|Carrera|Kr|Calle|Cll|Cl|Diagonal|Transversal|Av|Avenida)\.? \d{1,3}[A-Z]?(?: (?:Sur|Norte|Bis))? ?(?:#|No\.?|N[º°]) ?\d{1,3}[A-Z]? ?- ?\d{1,3}|\d{1,2}[aª]\.? (?:Avenida|Calle|Av\.?) \d{1,2}-\d{1,3})${END}${TAIL}`,
  'u',
  { words: firstWords('cra|carrera|kr|calle|cll|cl|diagonal|transversal|av|avenida') },
  { tokens: [{ kind: 'digits', least: 1, most: 2, next: 'a', beyond: ['other'] }] },
)
/** Streets that have letters and a number for a name: "No. 8, Jalan SS2/24, 47300 Petaling Jaya". */
const CODED = anchored(
  String.raw`(?<![\p{L}\p{N}])(?:Jalan|Jln|Lorong|Persiaran|JALAN|JLN|LORONG)\.? [A-Z]{1,3} ?\d{1,2}(?:/\d{1,3}[A-Z]?){0,2}${END}${TAIL}`,
  'u',
  { words: firstWords('jalan|jln|lorong|persiaran') },
)
/** A ward or a district of Vietnam; house and street are looked for before it: "25 Nguyễn Huệ, Quận 1, TP.HCM". */
const WARD = anchored(
  String.raw`(?<=\p{L}\p{M}?, )(?:${anyCase('quận|phường|huyện')}) (?:\d{1,2}|${NAMES})${END}${TAIL}`,
  'u',
  { words: firstWords('quận|phường|huyện') },
)
const STREET_BEFORE = new RegExp(
  String.raw`(?<![\p{L}\p{N}./-])\d{1,4}[A-Z]?(?:/\d{1,4}[A-Z]?){0,3},? (?:[Đđ]ường )?${NAMES}, $`,
  'u',
)
/** A village, its post office, its district: "Vill. Rampur, P.O. Sonbarsa, Dist. Sitamarhi, Bihar 843330". */
const RURAL = anchored(
  String.raw`(?<![\p{L}\p{N}])(?:Vill(?:age)?|VILL(?:AGE)?|At ?[/&]? ?Post|AT POST)[.:-]{0,2} ?${NAMES}(?:, ?(?:Vill(?:age)?|VPO|PO|P\.O|Post|Dist(?:rict)?|Teh(?:sil)?|Tal(?:uka)?|Mandal|PS|P\.S|DIST|TEH|TAL)[.:-]{0,2} ?${NAMES}){1,4}(?:, ?${NAMES})?(?:,? ?-? ?\d{3} ?\d{3}${END})?`,
  'u',
  { words: firstWords('vill|village|at') },
)
const HOMES = 'house|flat|villa|plot|lot|apt|apartment|building|bldg|дом'
/** Two divisions side by side, of which the first is a home: "House 9, Road 13, Dhanmondi". */
const DIVIDED = anchored(
  String.raw`(?<![\p{L}\p{N}])(?:${anyCase(HOMES)})\.? ?(?:[Nn]o\.? ?)?#?(?:[A-Z]?-?\d{1,5}[A-Za-z]?(?:/\d{1,4})?|[A-Z](?=, \d)),? (?:(?:(?=\p{Lu})${NAMES} )?${DIVISION}|(?=\p{Lu})(?:${NAMES}, )?${NAMES},? (?:Street|St|Road|Rd|Lane|Avenue|Ave|Mansions?|Towers?|House|Court|Nagar|Colony|Estate)${END}\.?)${TAIL}`,
  'u',
  { words: firstWords(HOMES) },
)
const ITS_CITY = String.raw`(?:,| [-–])? (?!(?:${MONTHS}))\p{Lu}[\p{L}\p{M}.-]{2,20}(?![\p{L}\p{N}])`
/** A postcode and its city. House, street and the parts of the house are looked for before it. */
const POST_CITY = anchored(
  String.raw`(?<=[\p{L}\p{N}.º°ª],? (?:- )?)${POST}(?=${ITS_CITY})`,
  'u',
  ...POSTS,
)
const CITY_TAIL = new RegExp(String.raw`${ITS_CITY}(?: \d{1,2}${END})?${TAIL}`, 'uy')
const HOUSE_BEFORE = new RegExp(
  String.raw`(?<![\p{L}\p{N}'.-])(?:(?:${NAME}|${PARTICLE}) ){0,3}(?:${NAME}|utca|út|tér|körút|ulice|náměstí|třída|sokak),? (?:[Nn]o:? ?)?${HOUSE}(?: [A-Z](?: \d{1,3})?)?\.?(?:,? ${DIVISION}){0,3},? (?:[A-Z]{1,2}-)?$`,
  'u',
)
/** The number of the post behind what the house stands in, from the smallest to the largest: as in India. */
const POST_LAST = anchored(
  String.raw`(?<=\p{L}{2}\.?,? ?-? ?)(?<![\p{L}\p{N}])(?!(?:19|20)\d\d(?!\d))(?:\d{3} \d{3}|\d{4,7}|[A-Z]\d\d [A-Z\d]{4}|[A-Z]\d[A-Z] ?\d[A-Z]\d)(?![\p{L}\p{N}/%.-]| ?(?:mg|ml|mcg|units))`,
  'u',
  ...POSTS,
  {
    tokens: [{ kind: 'mixed', least: 3, most: 3, next: ' ', beyond: ['letter', 'digit'] }],
    starts: 'A',
  },
  { tokens: [{ kind: 'mixed', least: 6, most: 6 }], starts: 'A' },
)
const LIST_BEFORE = new RegExp(
  String.raw`(?<![\p{L}\p{N}./-])(?:[A-Z]-?\d{1,4}|(?:No\.? ?)?\d{1,4}[A-Z]?(?:[/-]\d{1,4}[A-Z]?)?),? (?:(?:${NAME}|\d{1,2}(?:st|nd|rd|th)|${PARTICLE})(?: (?:${NAME}|\d{1,2}(?:st|nd|rd|th)|${PARTICLE}|\d{1,4})){0,5}, (?:${DIVISION}, )?){1,5}(?:${CITY}(?:,| -)? ?)?-? ?$`,
  'u',
)

/** Addresses as other states than the U.S. write them, of which the form says what they are. */
export const POSTAL_ADDRESS: Recognizer = {
  name: 'postal-address',
  type: 'LOCATION',
  needs: 'digit',
  prose: true,
  patterns: [
    PREFIXED,
    HOUSED,
    SUFFIXED,
    NUMBERED,
    CODED,
    WARD,
    RURAL,
    DIVIDED,
    POST_CITY,
    POST_LAST,
  ],
  find: (view) =>
    apart([
      ...whole(view, PREFIXED).map((hit) => withHouse(view.text, hit)),
      ...whole(view, HOUSED).map((hit) => withHouse(view.text, hit)),
      ...hitsIn(view, SUFFIXED, (match) => withStreet(view.text, match)),
      ...whole(view, NUMBERED),
      ...whole(view, CODED).map((hit) => withHouse(view.text, hit)),
      ...behind(view, WARD, STREET_BEFORE),
      ...whole(view, RURAL),
      ...whole(view, DIVIDED),
      ...behind(view, POST_CITY, HOUSE_BEFORE).map((hit) => withCity(view.text, hit)),
      ...behind(view, POST_LAST, LIST_BEFORE),
    ]),
}

function whole(view: TextView, pattern: Anchored): readonly Hit[] {
  return hitsIn(view, pattern, ({ index, 0: written }) => ({
    start: index,
    end: index + written.length,
    score: 0.7,
    basis: 'cued',
  }))
}

function withStreet(text: string, { index, 0: written }: RegExpExecArray): Hit | undefined {
  const street = STREET_NAME_BEFORE.exec(text.slice(Math.max(0, index - 80), index))?.[0]
  if (street === undefined) return undefined
  return { start: index - street.length, end: index + written.length, score: 0.7, basis: 'cued' }
}

/** The number of the post with its city and what follows: it is looked at last, so that it takes nothing from another. */
function withCity(text: string, hit: Hit): Hit {
  CITY_TAIL.lastIndex = hit.end
  return { ...hit, end: hit.end + (CITY_TAIL.exec(text)?.[0].length ?? 0) }
}

/** "27 bis, rue des Lilas": the house before its street. */
function withHouse(text: string, hit: Hit): Hit {
  const house =
    /(?<![\p{L}\p{N}.,/-])(?:No\.? ?)?\d{1,5}[A-Za-z]?(?: ?(?:bis|ter|quater))?,? $/u.exec(
      text.slice(Math.max(0, hit.start - 12), hit.start),
    )?.[0]
  return house === undefined ? hit : { ...hit, start: hit.start - house.length }
}

/** With what must stand before it, in which a comma stands and the last word is none of the language. */
function behind(view: TextView, pattern: Anchored, lead: RegExp): readonly Hit[] {
  return hitsIn(view, pattern, ({ index, 0: written }) => {
    const window = view.text.slice(Math.max(0, index - LONGEST), index)
    const comma = window.lastIndexOf(',')
    if (comma === -1 || window.length - comma > NEAREST || !/\d/.test(window)) return undefined
    const house = lead.exec(window)?.[0]
    if (house === undefined) return undefined
    const first = foldWord(/\p{L}{2,}/u.exec(house)?.[0] ?? '')
    if (isStopWord(first) || A_MONTH.test(house)) return undefined
    return { start: index - house.length, end: index + written.length, score: 0.7, basis: 'cued' }
  })
}

/** Houses are looked for so far before the number of the post. */
const LONGEST = 120
/** What ends an address is parted from the rest by a comma no further away. */
const NEAREST = 40
