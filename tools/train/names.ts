import { allLocales } from '@faker-js/faker'
import { ELSEWHERE } from './names-elsewhere.ts'
import { weighted, type Random } from './random.ts'

const words = (text: string): readonly string[] => text.trim().split(/\s+/)

const COMMON_FIRST = words(`
  John James Robert Michael William David Richard Joseph Thomas Charles Mary Patricia Jennifer Linda Elizabeth Barbara Susan
  Jessica Sarah Karen Lisa Nancy Betty Margaret Sandra Ashley Kimberly Emily Donna Michelle Carol Amanda Dorothy Melissa Deborah
  Stephanie Rebecca Sharon Laura Cynthia Kathleen Amy Angela Shirley Anna Brenda Pamela Emma Nicole Helen Samantha Katherine Maria
  Daniel Matthew Anthony Mark Donald Steven Paul Andrew Joshua Kenneth Kevin Brian George Timothy Ronald Edward Jason Jeffrey Ryan
  Jacob Gary Nicholas Eric Jonathan Stephen Larry Justin Scott Brandon Benjamin Samuel Gregory Alexander Frank Patrick Raymond Jack
  Dennis Jerry Tyler Aaron Jose Adam Nathan Henry Douglas Zachary Peter Kyle Ethan Walter Noah Jeremy Christian Keith Roger Terry
  Alice Julia Grace Judy Rose Victoria Olivia Sophia Isabella Ava Mia Chloe Zoe Ella Jane Ruth Joan Evelyn Tom Bob Bill Jim Joe Mike
  Carlos Juan Luis Miguel Ana Sofia Elena Carmen Rosa Wei Li Ming Priya Raj Amit Fatima Ahmed Mohammed Ali Omar Aisha Yusuf Kenji Yuki
  Hiroshi Olga Ivan Dmitri Svetlana Lars Ingrid Sven Hans Klaus Greta Pierre Marie Jean Claire Giulia Marco Luca Paolo Kwame Amara Chidi
  Tamsin Niamh Siobhan Rhys Hope Faith Joy April June May Will Art Dawn Ivy Iris Violet Ray Gene Drew Chase Hunter Summer Autumn`)
const COMMON_LAST = words(`
  Smith Johnson Williams Brown Jones Garcia Miller Davis Rodriguez Martinez Hernandez Lopez Gonzalez Wilson Anderson Thomas Taylor
  Moore Jackson Martin Lee Perez Thompson White Harris Sanchez Clark Ramirez Lewis Robinson Walker Young Allen King Wright Scott Torres
  Nguyen Hill Flores Green Adams Nelson Baker Hall Rivera Campbell Mitchell Carter Roberts Doe Roe Gomez Phillips Evans Turner Diaz Parker
  Cruz Edwards Collins Reyes Stewart Morris Morales Murphy Cook Rogers Gutierrez Ortiz Morgan Cooper Peterson Bailey Reed Kelly Howard
  Ramos Kim Cox Ward Richardson Watson Brooks Chavez Wood James Bennett Gray Mendoza Ruiz Hughes Price Alvarez Castillo Sanders Patel
  Myers Long Ross Foster Jimenez Singh Khan Chen Wang Zhang Liu Yang Huang Wu Tran Pham Ali Ahmed Hassan Kumar Sharma Gupta Shah Cohen
  Levy Goldberg Kowalski Nowak Ivanov Petrov Novak Horvat Papadopoulos Rossi Ferrari Schmidt Schneider Fischer Weber Meyer Dubois Moreau
  Okafor Adeyemi Mensah Mwangi Yamamoto Tanaka Suzuki Sato Park Choi Silva Santos Oliveira Costa Pereira Jensen Hansen Larsen Olsen
  Andersson Virtanen O'Brien O'Connor O'Neil McDonald McCarthy MacLeod Fitzgerald Byrne Graves Parkinson Hodgkin Foley Crohn Bell Wells
  Rice Stone Banks Field Woods Rivers Hunter Fox Wolf Bird Marsh Lake Frost Winter Page Church Bishop Pope Knight Major Early`)

const ENGLISH = [
  'en',
  'en_US',
  'en_GB',
  'en_AU',
  'en_IN',
  'en_ZA',
  'en_NG',
  'en_GH',
  'es',
  'es_MX',
  'en_IE',
]
const OTHER_SCRIPTS =
  'ar el fa he ja ka_GE ko ku_ckb mk ru th uk ur zh_CN zh_TW hy ne dv bn_BD'.split(' ')

const COINED = 0.2

type Parts = Readonly<Record<string, unknown>>
type Locales = Readonly<Record<string, Parts | undefined>>
interface People {
  readonly first: readonly string[]
  readonly last: readonly string[]
}

const strings = (value: unknown): readonly string[] => {
  if (Array.isArray(value)) return value.filter((one): one is string => typeof one === 'string')
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(strings) : []
}

function peopleOf(locale: string): People | undefined {
  const person = (allLocales as unknown as Locales)[locale]?.['person'] as Parts | undefined
  const first = strings(person?.['first_name'])
  const last = strings(person?.['last_name'])
  return first.length > 9 && last.length > 9 ? { first, last } : undefined
}

const present = (locales: readonly string[]): readonly People[] =>
  locales.map(peopleOf).filter((one) => one !== undefined)

const GROUPS: readonly (readonly [number, readonly People[]])[] = [
  [14, ELSEWHERE],
  [22, [{ first: COMMON_FIRST, last: COMMON_LAST }]],
  [26, present(ENGLISH)],
  [
    38,
    present(
      Object.keys(allLocales).filter(
        (one) => !ENGLISH.includes(one) && !OTHER_SCRIPTS.includes(one),
      ),
    ),
  ],
  [6, present(OTHER_SCRIPTS)],
]

/** A given name and a family name of one country. */
export interface Person {
  readonly first: string
  readonly middle: string
  readonly last: string
}

let everybody: ReadonlySet<string> | undefined

/** Whether a word, folded, is a part of a name of any country that names are drawn from. */
export function isNameOfSomebody(folded: string): boolean {
  everybody ??= new Set(
    Object.keys(allLocales)
      .map(peopleOf)
      .flatMap((people) => [...(people?.first ?? []), ...(people?.last ?? [])])
      .concat(COMMON_FIRST, COMMON_LAST)
      .flatMap((name) =>
        name
          .toLowerCase()
          .normalize('NFD')
          .replace(/\p{M}/gu, '')
          .split(/\P{L}+/u),
      ),
  )
  return everybody.has(folded)
}

const KOREAN_LAST = words(
  'Kim Lee Park Choi Jung Jeong Kang Cho Yoon Jang Lim Han Shin Seo Kwon Hwang Song Ahn Hong Moon Bae Baek',
)
const KOREAN = words(
  'Ji Min Seo Hyun Woo Jun Hye Soo Young Eun Jae Sung Kyung Mi Na Yeon Ha Do Yun Hee Jin Sang Tae Won Bo Ra In Ye',
)
const CHINESE_LAST = words(
  'Wang Li Zhang Liu Chen Yang Huang Zhao Wu Zhou Xu Sun Ma Zhu Hu Guo He Lin Gao Luo Zheng Liang Xie Tang Deng Feng Cao Peng Zeng Xiao Tian Dong Pan Yuan Cai Jiang Yu Du Ye Cheng Wei Su Lu Ding Ren Chan Wong Lam Cheung Leung Ng Ho Tan Teo Goh',
)
const CHINESE = words(
  'mei ling xiao ming wei fang hua jun yan li qing hong bo tao yu jing ying xin ya ting rui hao jie na chun feng guo zhi yi lan xue shan kai long wen ping min hui dan',
)
const VIETNAMESE_LAST = words(
  'Nguyen Tran Le Pham Hoang Huynh Phan Vu Vo Dang Bui Do Ho Ngo Duong Ly',
)
const VIETNAMESE = words(
  'Anh Binh Chau Dung Hoa Hung Khanh Lan Linh Long Mai Minh Nam Ngoc Nhung Phuong Quang Son Tam Thanh Thao Thi Thuy Tien Trang Tuan Van Viet Xuan',
)

/** A name of East Asia in Latin letters; the family name often comes first. */
function easternOf(random: Random): Person {
  const [family, given] = random.pick([
    (): readonly [string, string] => {
      const [one, two] = [random.pick(KOREAN), random.pick(KOREAN)]
      const joint = random.pick(['-', '-', '', ' '])
      const end = joint === ' ' ? two : two.toLowerCase()
      return [random.pick(KOREAN_LAST), `${one}${joint}${end}`]
    },
    (): readonly [string, string] => {
      const text = random.pick(CHINESE) + (random.chance(0.7) ? random.pick(CHINESE) : '')
      return [random.pick(CHINESE_LAST), text.charAt(0).toUpperCase() + text.slice(1)]
    },
    (): readonly [string, string] => [
      random.pick(VIETNAMESE_LAST),
      `${random.pick(VIETNAMESE)}${random.pick(['', ` ${random.pick(VIETNAMESE)}`])}`,
    ],
  ])()
  const middle = random.pick(CHINESE)
  return random.chance(0.6)
    ? { first: family, middle, last: given }
    : { first: given, middle, last: family }
}

/** A name of no list, from the beginning of one and the end of another of its country: most names that come are in none. */
function coined(random: Random, names: readonly string[]): string {
  const one = random.pick(names)
  if (!random.chance(COINED)) return one
  const beginning = /^\p{Lu}\p{Ll}*?[aeiouyáéíóúäöüåøæ]+\p{Ll}/u.exec(one)?.[0]
  const end = /(?<=\p{Ll}\p{Ll})[aeiouyáéíóúäöüåøæ]\p{Ll}*$/u.exec(random.pick(names))?.[0]
  return beginning === undefined || end === undefined ? one : beginning + end
}

export function personOf(random: Random): Person {
  if (random.chance(0.05)) return easternOf(random)
  const people = random.pick(weighted(random, GROUPS))
  const last = coined(random, people.last)
  return {
    first: coined(random, people.first),
    middle: random.pick(people.first),
    last: random.chance(0.04) ? `${last}-${random.pick(people.last)}` : withParticle(random, last),
  }
}

function withParticle(random: Random, last: string): string {
  if (!random.chance(0.03) || !/^[A-Z]/.test(last)) return last
  return (
    random.pick([
      'de ',
      'van ',
      'van der ',
      'von ',
      'de la ',
      'del ',
      'di ',
      'da ',
      'El ',
      'bin ',
      "O'",
      'Mc',
      'Mac',
      "D'",
      'St. ',
      'le ',
      'ten ',
      'al-',
      'Al-',
    ]) + last
  )
}

const initial = (name: string): string => name.charAt(0).toUpperCase()
const SUFFIX = ['Jr.', 'Jr', 'Sr.', 'III', 'II', 'MD', 'M.D.', 'PhD', 'RN', 'DO', 'NP']

export const NAME_FORMS = {
  full: ({ first, last }: Person) => `${first} ${last}`,
  withInitial: ({ first, middle, last }: Person) => `${first} ${initial(middle)}. ${last}`,
  bareInitial: ({ first, middle, last }: Person) => `${first} ${initial(middle)} ${last}`,
  shortLast: ({ first, last }: Person) => `${first} ${initial(last)}.`,
  shortFirst: ({ first, last }: Person) => `${initial(first)}. ${last}`,
  twoInitials: ({ first, middle, last }: Person) => `${initial(first)}.${initial(middle)}. ${last}`,
  three: ({ first, middle, last }: Person) => `${first} ${middle} ${last}`,
  doubleLast: ({ first, middle, last }: Person) => `${first} ${last} ${middle}`,
  lastFirst: ({ first, last }: Person) => `${last}, ${first}`,
  lastFirstInitial: ({ first, middle, last }: Person) => `${last}, ${first} ${initial(middle)}.`,
  shouted: ({ first, last }: Person) => `${last.toUpperCase()}, ${first.toUpperCase()}`,
  halfShouted: ({ first, last }: Person) => `${first} ${last.toUpperCase()}`,
  first: ({ first }: Person) => first,
  last: ({ last }: Person) => last,
  caret: ({ first, last }: Person) => `${last}^${first}`,
} as const

export function suffixOf(random: Random): string {
  return `${random.pick([' ', ', '])}${random.pick(SUFFIX)}`
}
