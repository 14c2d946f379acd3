import { allLocales } from '@faker-js/faker'
import { COUNTRIES } from '../../src/detect/names/lists/countries.ts'
import { personOf } from './names.ts'
import { weighted, type Random } from './random.ts'

const lines = (text: string): readonly string[] => text.trim().split(/\s*,\s*/)

const KNOWN_CITIES = lines(`
  New York, Los Angeles, Chicago, Houston, Phoenix, Philadelphia, San Antonio, San Diego, Dallas, Austin, Jacksonville, Fort Worth, Columbus,
  Charlotte, Indianapolis, San Francisco, Seattle, Denver, Washington, Boston, Nashville, Detroit, Portland, Las Vegas, Memphis, Louisville,
  Baltimore, Milwaukee, Albuquerque, Tucson, Fresno, Sacramento, Kansas City, Mesa, Atlanta, Omaha, Colorado Springs, Raleigh, Miami, Oakland,
  Minneapolis, Tulsa, Tampa, Arlington, New Orleans, Wichita, Cleveland, Bakersfield, Aurora, Anaheim, Honolulu, Santa Ana, Riverside, Lexington,
  St. Louis, Saint Paul, Pittsburgh, Cincinnati, Anchorage, Henderson, Greensboro, Plano, Newark, Lincoln, Toledo, Orlando, Irvine, Jersey City,
  Durham, St. Petersburg, Laredo, Buffalo, Madison, Lubbock, Scottsdale, Reno, Glendale, Norfolk, Irving, Fremont, Boise, Richmond, Spokane,
  Rochester, Tacoma, Fayetteville, Yonkers, Des Moines, Salt Lake City, Birmingham, Akron, Grand Rapids, Knoxville, Worcester, Providence,
  Brooklyn, Queens, Manhattan, the Bronx, Staten Island, Harlem, Santa Monica, Pasadena, Palo Alto, Berkeley, Sunnyvale, Ann Arbor, Evanston,
  Cambridge, New Haven, Hartford, Burlington, Santa Fe, El Paso, Savannah, Charleston, Baton Rouge, Mobile, Little Rock, Topeka, Fargo,
  Sioux Falls, Billings, Cheyenne, Duluth, Green Bay, Fort Wayne, Dayton, Chattanooga, Syracuse, Albany, Trenton, Camden, Wilmington,
  London, Paris, Berlin, Madrid, Rome, Vienna, Dublin, Lisbon, Amsterdam, Brussels, Zurich, Geneva, Stockholm, Oslo, Copenhagen, Helsinki,
  Warsaw, Prague, Budapest, Athens, Istanbul, Moscow, Kyiv, Bucharest, Sofia, Belgrade, Zagreb, Munich, Hamburg, Frankfurt, Cologne, Milan,
  Naples, Turin, Florence, Venice, Barcelona, Valencia, Seville, Porto, Lyon, Marseille, Nice, Toulouse, Manchester, Liverpool, Leeds, Bristol,
  Edinburgh, Glasgow, Cardiff, Belfast, Cork, Toronto, Montreal, Vancouver, Ottawa, Calgary, Edmonton, Winnipeg, Halifax, Mexico City,
  Guadalajara, Monterrey, Bogota, Lima, Santiago, Buenos Aires, Sao Paulo, Rio de Janeiro, Caracas, Havana, San Juan, Kingston, Cairo, Lagos,
  Nairobi, Accra, Johannesburg, Cape Town, Addis Ababa, Casablanca, Tunis, Algiers, Tehran, Baghdad, Riyadh, Dubai, Doha, Jerusalem, Tel Aviv,
  Beirut, Amman, Karachi, Lahore, Delhi, Mumbai, Bangalore, Chennai, Kolkata, Dhaka, Kathmandu, Colombo, Bangkok, Hanoi, Jakarta, Manila,
  Singapore, Kuala Lumpur, Hong Kong, Shanghai, Beijing, Taipei, Seoul, Tokyo, Osaka, Kyoto, Sydney, Melbourne, Brisbane, Perth, Auckland`)

export const STATES = lines(`
  Alabama, Alaska, Arizona, Arkansas, California, Colorado, Connecticut, Delaware, Florida, Georgia, Hawaii, Idaho, Illinois, Indiana, Iowa,
  Kansas, Kentucky, Louisiana, Maine, Maryland, Massachusetts, Michigan, Minnesota, Mississippi, Missouri, Montana, Nebraska, Nevada,
  New Hampshire, New Jersey, New Mexico, North Carolina, North Dakota, Ohio, Oklahoma, Oregon, Pennsylvania, Rhode Island, South Carolina,
  South Dakota, Tennessee, Texas, Utah, Vermont, Virginia, West Virginia, Wisconsin, Wyoming`)
export const STATE_CODES =
  'AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY DC'.split(
    ' ',
  )
type Parts = Readonly<Record<string, unknown>>
type Locales = Readonly<Record<string, Parts | undefined>>

function listOf(locale: string, name: string): readonly string[] {
  const location = (allLocales as unknown as Locales)[locale]?.['location'] as Parts | undefined
  const list = location?.[name]
  return Array.isArray(list) ? list.filter((one): one is string => typeof one === 'string') : []
}

const LOCALES = Object.keys(allLocales)
const CITY_LISTS = LOCALES.map((one) => listOf(one, 'city_name')).filter((list) => list.length > 9)
const AMERICAN = listOf('en', 'city_name')
const FOREIGN_STREETS = LOCALES.map((one) => listOf(one, 'street_name')).filter(
  (list) => list.length > 20,
)
const STREET_SUFFIXES = listOf('en', 'street_suffix')
const USUAL_SUFFIXES =
  'Street St St. Avenue Ave Ave. Road Rd Rd. Lane Ln Drive Dr Dr. Boulevard Blvd Court Ct Way Place Pl Terrace Circle Square Parkway Pkwy Highway Hwy'.split(
    ' ',
  )
const STREET_WORDS =
  'Main Oak Maple Pine Cedar Elm Washington Lake Hill Park Church High Spring Ridge River Sunset Chestnut Walnut Mill Center Market Union Water Franklin Jefferson Lincoln Jackson Willow Meadow Forest Highland Prospect Pleasant Green Broad School North South East West 1st 2nd 3rd 4th 5th 12th 42nd'.split(
    ' ',
  )

/** A city as it is named in running text. */
export function cityOf(random: Random): string {
  return weighted<() => string>(random, [
    [38, () => random.pick(KNOWN_CITIES)],
    [20, () => random.pick(AMERICAN)],
    [30, () => random.pick(random.pick(CITY_LISTS))],
    [
      6,
      () =>
        `${random.pick(['Port', 'Lake', 'New', 'East', 'West', 'North', 'South', 'Fort', 'Mount', 'Saint', 'San', 'Villa', 'Bad', 'Puerto', 'Upper', 'Glen'])} ${random.pick([personOf(random).first, personOf(random).last, random.pick(AMERICAN)])}`,
    ],
    [
      6,
      () =>
        `${personOf(random).last}${random.pick(['ville', 'ton', 'burgh', 'berg', 'field', 'stad', 'borough', 'shire', 'view', 'fort', 'ford', 'by', 'heim', 'haven'])}`,
    ],
  ])()
}

const digits = (random: Random, length: number): string =>
  Array.from({ length }, () => random.below(10)).join('')

function zipOf(random: Random): string {
  return weighted<() => string>(random, [
    [60, () => digits(random, 5)],
    [8, () => `${digits(random, 5)}-${digits(random, 4)}`],
    [10, () => digits(random, 4)],
    [
      8,
      () =>
        `${random.pick(['SW', 'EC', 'N', 'M', 'LS', 'BT', 'EH', 'CF'])}${1 + random.below(19)} ${random.below(10)}${random.pick(['AB', 'JD', 'QT', 'WX'])}`,
    ],
    [
      6,
      () =>
        `${random.pick('ABCEGHKLMNPRSTV'.split(''))}${random.below(10)}${random.pick('ABCEGH'.split(''))} ${random.below(10)}${random.pick('ABCEGH'.split(''))}${random.below(10)}`,
    ],
    [5, () => `${digits(random, 3)} ${digits(random, 2)}`],
    [3, () => digits(random, 6)],
  ])()
}

/** A street without its number. */
export function streetOf(random: Random): string {
  const name = weighted<() => string>(random, [
    [40, () => random.pick(STREET_WORDS)],
    [30, () => personOf(random).last],
    [15, () => personOf(random).first],
    [
      15,
      () =>
        `${random.pick(['Old', 'New', 'Upper', 'Lower', 'N.', 'S.', 'West', 'East', 'NW', 'SE'])} ${random.pick(STREET_WORDS)}`,
    ],
  ])()
  return `${name} ${random.pick(random.chance(0.75) ? USUAL_SUFFIXES : STREET_SUFFIXES)}`
}

function foreignStreetOf(random: Random): string {
  const house = String(1 + random.below(250))
  const last = personOf(random).last
  return weighted<() => string>(random, [
    [35, () => `${random.pick(random.pick(FOREIGN_STREETS))} ${house}`],
    [
      6,
      () =>
        `${last}${random.pick(['straße', 'strasse', 'str.', 'weg', 'gasse', 'platz', 'allee'])} ${house}${random.pick(['', 'a', 'b'])}`,
    ],
    [
      6,
      () =>
        `${last}${random.pick(['straat', 'laan', 'gracht', 'weg', 'gatan', 'vägen', 'gata', 'veien', 'vej', 'gade', 'katu', 'tie', 'utca', 'út'])} ${house}`,
    ],
    [
      6,
      () =>
        `${house}${random.pick([',', ''])} ${random.pick(['rue', 'avenue', 'boulevard', 'place', 'allée', 'quai', 'impasse', 'chemin'])} ${random.pick(['de ', 'des ', 'du ', 'de la ', ''])}${last}`,
    ],
    [
      6,
      () =>
        `${random.pick(['Calle', 'C/', 'Avenida', 'Av.', 'Paseo', 'Plaza', 'Carrera', 'Calle de', 'Camino de'])} ${last}${random.pick([',', ' No.', ' #', ''])} ${house}`,
    ],
    [
      6,
      () =>
        `${random.pick(['Via', 'Viale', 'Corso', 'Piazza', 'Strada', 'Largo', 'Vicolo'])} ${random.pick(['', 'dei ', 'della ', 'di ', 'San '])}${last}, ${house}`,
    ],
    [
      5,
      () =>
        `${random.pick(['Rua', 'Avenida', 'Travessa', 'Praça', 'Largo', 'Estrada'])} ${random.pick(['', 'da ', 'do ', 'dos '])}${last}, ${house}`,
    ],
    [
      4,
      () =>
        `${random.pick(['ul.', 'ulica', 'Ulica', 'ul', 'al.'])} ${last} ${house}${random.pick(['', '/12', 'A'])}`,
    ],
    [3, () => `${random.pick(['Jalan', 'Jl.', 'Jln'])} ${last} No. ${house}`],
    [
      3,
      () =>
        `${last} ${random.pick(['Sokak', 'Caddesi', 'Cad.', 'Marg', 'Nagar', 'Road', 'Colony'])} No: ${house}`,
    ],
  ])()
}

const unitOf = (random: Random): string =>
  `${random.pick(['Apt', 'Apt.', 'Suite', 'Unit', 'Ste', '#', 'Floor', 'Flat', 'Room', 'Apartment'])} ${random.pick([digits(random, 3), digits(random, 2), `${random.below(20)}${random.pick('ABCD'.split(''))}`])}`

const stateOf = (random: Random): string => random.pick(random.chance(0.7) ? STATE_CODES : STATES)

/** A city with what is written behind it. */
export function placeOf(random: Random): string {
  const city = cityOf(random)
  return weighted<() => string>(random, [
    [60, () => city],
    [22, () => `${city}, ${stateOf(random)}`],
    [3, () => `${city} ${random.pick(STATE_CODES)}`],
    [6, () => `${city}, ${random.pick(COUNTRIES)}`],
    [
      3,
      () =>
        `${city} ${random.pick(['County', 'Township', 'District', 'Parish', 'Heights', 'Village'])}`,
    ],
    [
      2,
      () =>
        `${random.pick(['downtown', 'northern', 'greater', 'Greater', 'Downtown', 'East', 'West', 'South'])} ${city}`,
    ],
    [4, () => `${city}, ${random.pick(STATE_CODES)} ${digits(random, 5)}`],
    [5, () => `${city}${random.pick([' ', ', '])}${zipOf(random)}`],
    [2, () => `${zipOf(random)} ${city}`],
  ])()
}

/** A postal address in one of the usual layouts. */
export function addressOf(random: Random): string {
  const gap = random.pick([', ', ', ', '\n', ' \n ', ' ', ',\n'])
  const house = String(1 + random.below(random.pick([99, 999, 9999])))
  const american = `${house} ${streetOf(random)}`
  const city = cityOf(random)
  const state = random.pick(STATE_CODES)
  const country = random.chance(0.3) ? `${gap}${random.pick(COUNTRIES)}` : ''
  return weighted<() => string>(random, [
    [22, () => american],
    [6, () => `${american}${random.pick([', ', ' '])}${unitOf(random)}`],
    [18, () => `${american}${gap}${city}, ${state} ${zipOf(random)}${country}`],
    [
      8,
      () => `${american}${gap}${unitOf(random)}${gap}${city}, ${state} ${zipOf(random)}${country}`,
    ],
    [5, () => `${american}${gap}${city}${country}`],
    [4, () => `${american}${gap}${city}, ${random.pick(STATES)}`],
    [
      5,
      () =>
        `${american}${gap}${unitOf(random)}${gap}${city}${gap}${random.pick(COUNTRIES)} ${zipOf(random)}`,
    ],
    [14, () => `${foreignStreetOf(random)}${gap}${zipOf(random)} ${city}${country}`],
    [8, () => foreignStreetOf(random)],
    [4, () => `${foreignStreetOf(random)}${gap}${city}${country}`],
    [3, () => `${foreignStreetOf(random)}${gap}${city} ${zipOf(random)}${country}`],
    [2, () => `${american}${gap}${city} ${zipOf(random)}${country}`],
    [
      3,
      () =>
        `${random.pick(['PO Box', 'P.O. Box', 'PO BOX', 'Post Office Box', 'GPO Box', 'Postfach', 'Apartado'])} ${digits(random, 4)}${gap}${city}${random.pick([`, ${state} ${zipOf(random)}`, ''])}`,
    ],
    [
      2,
      () =>
        `${random.pick(['PSC', 'Unit', 'USNV', 'USS', 'CMR'])} ${digits(random, 4)}${random.pick([', ', ' '])}Box ${digits(random, 4)}${gap}${random.pick(['APO', 'FPO', 'DPO'])} ${random.pick(['AA', 'AE', 'AP'])} ${digits(random, 5)}`,
    ],
    [
      4,
      () =>
        `${random.pick(['Level 3', 'Flat 2/1', 'Unit 7', 'Suite 400', 'The Old Mill', 'Rose Cottage', 'Apt 6C', 'c/o Reception'])}, ${american}, ${city}${random.pick([` ${zipOf(random)}`, ''])}`,
    ],
    [
      3,
      () =>
        `${digits(random, 2 + random.below(4))} ${foreignStreetOf(random)} ${unitOf(random)}${gap}${city}${country} ${zipOf(random)}`,
    ],
    [2, () => `${american}${gap}${city}\n${zipOf(random)}${country}`],
    [
      3,
      () =>
        `${random.pick(['Hwy', 'Highway', 'County Road', 'CR', 'Route', 'State Route', 'Rt'])} ${1 + random.below(400)}${random.pick([` near ${city}`, `, ${city}`, ''])}`,
    ],
    [
      2,
      () =>
        `${house} ${random.pick(['County Road', 'Hwy', 'State Route', 'FM'])} ${1 + random.below(400)}${gap}${city}`,
    ],
    [2, () => `${foreignStreetOf(random)}, ${random.pick(FOREIGN_STREETS[0] ?? [''])}, ${city}`],
    [2, () => `the corner of ${streetOf(random)} and ${streetOf(random)}`],
    [2, () => `${zipOf(random)} ${city}`],
    [
      1,
      () =>
        `${random.pick(['RR', 'Rural Route', 'HC'])} ${random.below(9)} Box ${digits(random, 3)}${gap}${city}, ${state}`,
    ],
    [2, () => `${house}-${digits(random, 2)} ${streetOf(random)}`],
  ])()
}
