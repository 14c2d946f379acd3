import { personOf } from './names.ts'
import { cityOf } from './places.ts'
import { weighted, type Random } from './random.ts'

const words = (text: string): readonly string[] => text.trim().split(/\s*,\s*/)

const KINDS = words(`
  Bakery, Logistics, Foods, Motors, Plumbing, Electric, Steel, Mills, Farms, Nursery, Auto Body, Trucking, Freight, Construction, Roofing, Timber, Lumber, Paper,
  Mining, Shipyard, Fisheries, Brewery, Diner, Grill, Cafe, Coffee, Pizza, Market, Grocery, Supermarket, Hardware, Books, Florist, Salon, Barbers, Laundry, Cleaners,
  Security, Insurance, Credit Union, Bank, Savings, Realty, Analytics, Software, Systems, Labs, Media, Studios, Energy, Power, Water, Airlines, Rail, Transit, Taxi,
  Packaging, Plastics, Textiles, Tools, Machine Works, Iron Works, Foundry, Glass, Drug, Drugs, Drug Store, Chemist, Opticians, Dental Lab, Staffing, Consulting, Catering`)
const FORMS = words(
  'Ltd, Ltd., LLC, Inc., Inc, Co, Co., Corp, GmbH, LLP, PLC, & Sons, & Co, Group, Holdings',
)
const FIRST = words(`
  First, Union, National, Pacific, Atlantic, Northern, Southern, Western, Eastern, Central, Prairie, Summit, Cascade, Bluefin, Redwood, Ironwood, Golden, Silver, Blue, Green,
  Red, Star, Sun, Lake, River, Harbor, Mountain, Valley, Coastal, Metro, City, County, Liberty, Eagle, Falcon, Bear, Wolf, Oak, Pine, Maple, Crown, Royal, Global, Rapid, Swift`)
const CHAINS = words(`
  Walmart, Target, Costco, Kroger, Safeway, Publix, Amazon, Home Depot, Lowe's, McDonald's, Starbucks, Burger King, Subway, Tesco, Sainsbury's, Asda, Aldi, Lidl, Morrisons,
  Waitrose, Boots, Superdrug, Lloyds, Barclays, Halifax, Shell, Exxon, Chevron, BP, 7-Eleven, Circle K, Wawa, Greyhound, Amtrak, Union Pacific, BNSF, Ford, Tyson, Cargill,
  John Deere, Caterpillar, Carrefour, Rewe, Edeka, Coop, Migros, Spar, Mercadona, Woolworths, Coles, Bunnings, Loblaws, Tim Hortons, Greggs, Wetherspoons, Premier Inn`)
const SCHOOLS = words(`
  Elementary, Elementary School, Middle School, High School, High, Primary School, Primary, Academy, Junior School, Grammar School, College, Community College, Preschool,
  Nursery, Day Nursery, Montessori, Kindergarten, Infants, Secondary School, Comprehensive, University, Head Start, Daycare, Charter School`)
const PRESIDENTS = words(
  'Lincoln, Washington, Jefferson, Roosevelt, Kennedy, Franklin, Madison, Adams, Monroe, Wilson',
)
const SAINTS = words(
  "St. Mary's, St Cuthbert's, St. Joseph, Holy Cross, Sacred Heart, St Anne's, St. John's, Christ the King, Our Lady of Lourdes",
)

/** The name of an employer, a shop or a bank. */
export function businessOf(random: Random): string {
  const kind = random.pick(KINDS)
  return weighted<() => string>(random, [
    [30, () => `${personOf(random).last} ${kind}`],
    [22, () => `${random.pick(FIRST)} ${kind}`],
    [8, () => `${random.pick(FIRST)} ${random.pick(FIRST)} ${kind}`],
    [10, () => `${personOf(random).last} ${random.pick(FORMS)}`],
    [
      6,
      () =>
        `${personOf(random).last} & ${personOf(random).last}${random.pick(['', ' LLP', ' LLC'])}`,
    ],
    [5, () => `${personOf(random).first}'s ${kind}`],
    [4, () => `${personOf(random).last}'s ${kind}`],
    [7, () => `${cityOf(random)} ${kind}`],
    [
      14,
      () =>
        `${random.pick(CHAINS)}${random.pick(['', '', '', ' Extra', ' Express', ' Superstore', ' station'])}`,
    ],
  ])()
}

/** The name of a school. */
export function schoolOf(random: Random): string {
  const head = random.pick([
    () => personOf(random).last,
    () => cityOf(random),
    () => random.pick(PRESIDENTS),
    () => random.pick(SAINTS),
    () => random.pick(FIRST),
  ])()
  return `${head} ${random.pick(SCHOOLS)}`
}
