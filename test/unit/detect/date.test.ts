import { AGE_OVER_89 } from '../../../src/detect/recognizers/age.ts'
import { DATE, DATE_TIMESTAMP } from '../../../src/detect/recognizers/date.ts'
import { assertRows } from './table.ts'

describe('recognizers of dates and ages', () => {
  it('finds the written forms of a date', () => {
    assertRows(DATE, [
      ['x «2021-03-04» y', 0.8, 'pattern'],
      ['x «03/04/2021» y', 0.8, 'pattern'],
      ['x «13/4/2021» y', 0.8, 'pattern'],
      ['x «3/4/21» y', 0.6, 'pattern'],
      ['x «4.3.2021» y', 0.8, 'pattern'],
      ['x «March 3, 2021» y', 0.75, 'pattern'],
      ['x «3 Mar 2021» y', 0.75, 'pattern'],
      ['x «3rd of March, 2021» y', 0.75, 'pattern'],
      ['x «Jan 5th» y', 0.75, 'pattern'],
      ['x «March 3-5, 2021» y', 0.75, 'pattern'],
      ['x «March 2021» y', 0.65, 'pattern'],
      ['x «03MAR2021» y', 0.75, 'pattern'],
      ['nursing note «3/12» 0715: pt resting', 0.65, 'labelled'],
      ['she noted 3/12 teeth'],
      ['Next visit «5/22».', 0.65, 'labelled'],
      ['visit 3/12 of this course'],
      ['bed ready «Fri 6/13»', 0.65, 'pattern'],
      ['due «Wed 3/4/25» at noon'],
      ['spo2 sat 9/10'],
      ["Today's date: «2026-11-22»", 0.8, 'pattern'],
      ['«2021\u201103\u201104» then', 0.8],
    ])
  })

  it('rests on a label where one stands before the date', () => {
    assertRows(DATE, [
      ['DOB: «03/04/1950»', 0.95, 'labelled'],
      ['born «March 3, 1950»', 0.9, 'labelled'],
      ['admitted on «3/15»', 0.65, 'labelled'],
      ['date of birth «19500304»', 0.75, 'labelled'],
      ['"birthDate": "«1950-03-04»"', 0.95, 'labelled'],
      ['discharged «03-04-21»', 0.65, 'labelled'],
      ['seen on «May 3»', 0.9, 'labelled'],
      ['«03/04/1950» (DOB)', 0.95, 'labelled'],
      ['Birth: «1950-03-04» 14:51:04.304 +0000', 0.95, 'labelled'],
      [' Birth: «2026-11-22» 14:51:04.304773828 +0000', 0.8, 'pattern'],
    ])
  })

  it('needs a cue for a day and month in numbers', () => {
    assertRows(DATE, [['on «3/15» she', 0.5, 'pattern'], ['since «3/1» to «3/15»'], ['3/15']])
    assertRows(DATE, [
      ['Return «9/2» w/ mom'],
      ['Called pt «4/11» 3:40p, spoke'],
      ['power 4/11 3:40 pace'],
    ])
  })

  it('leaves years, doses, pressures, ratios, versions and verbs alone', () => {
    assertRows(DATE, [
      ['in 2021'],
      ['BP 120/80'],
      ['took 1/2 tab on 1/2 dose'],
      ['version 1.2.2021.4'],
      ['12-34-56'],
      ['13/13/2021'],
      ['2021-13-01'],
      ['may 5 mg'],
      ['may 10 be enough'],
      ['20210304'],
      ['2.16.840.1'],
      ['March on'],
      ['Sep 10 mg'],
    ])
  })

  it('reads a day before its month where a text has dates', () => {
    assertRows(DATE, [
      ['admitted «14/10/2025», scan «17/10», home «21/10»'],
      ['ratio 17/10 and 14/6'],
      ['op «14/10/2025», BiPAP 14/6, BP 14/10'],
    ])
  })

  it('takes two days with what lies between them, and the day of what was done', () => {
    assertRows(DATE, [
      ['out «11/3» thru «11/7» with influenza', 0.5, 'pattern'],
      ['power 3/5 to 4/5, then 4/5 to 5/5'],
      ['ratio 12/8 to 12/9'],
      ['about the «23/6» biopsy', 0.5, 'pattern'],
      ['compare with the «9/14» MRI'],
      ['1/2 surgery, BP 12/8 labs'],
      ['A1c 9.4 on «2025-11-03» and 8.8 in «Feb»'],
      ['a score of 8.8 in Feb'],
      ['on «2025-11-03», Td «6-3-17»'],
      ['needs 6-3-17 of them'],
      ['a wound today («11/23»)', 0.5, 'pattern'],
      ['DOB «oct 9 52» born', 0.9, 'labelled'],
      ['Aroha «19750611».pdf', 0.5],
      ['backup 19750611.tgz'],
    ])
  })

  it('takes a feast with its year, or where somebody did something on it', () => {
    assertRows(DATE, [
      ['came in on «Fat Tuesday 2025» with syncope', 0.5, 'pattern'],
      ['She fell on «Christmas Eve».'],
      ["He was operated on «St. Patrick's Day»"],
      ['fewer calories on Christmas'],
      ['Closed on Labor Day'],
    ])
  })

  it('takes short dates on when one of them is labelled', () => {
    assertRows(DATE, [
      ['adm «7/3» with stroke, to rehab «7/9»'],
      ['VA 6/9, power 4/5, visit 6/12'],
      ['seen «3/4/25», gout 3/7, bloods 2/52, colchicine 6/7'],
      ['next visit «9-14»', 0.6, 'labelled'],
      ['visits 9-14'],
    ])
  })

  it('finds days that are named by their weekday, feast or number', () => {
    assertRows(DATE, [
      ['called «Friday the 12th» about it', 0.6, 'pattern'],
      ['similar «Christmas Eve» last time', 0.5],
      ['vom «03.02.» bis «09.02.2026»'],
      ['K 4.5. Na 138.'],
      ['DOB: «l2/O4/1957»', 0.7, 'labelled'],
    ])
  })

  it('finds a day of the week where it is told what somebody did', () => {
    assertRows(DATE, [
      ['Echo «last Thursday», EF 40 %', 0.45, 'pattern'],
      ['He called the desk on «Monday» and was seen «Tuesday».'],
      ['Next visit «Fri».', 0.6, 'labelled'],
      ['she was told to come every Monday, or Saturday and Sunday'],
      ['Pt moved to open hours Monday-Friday, Tuesday to Thursday'],
      ['Take methotrexate on Monday'],
      ['He started Monday.com and Sunday school'],
      ['dialysis Mon, Wed, Fri'],
    ])
  })

  it('finds the short date of an appeal, and one with no sign in it', () => {
    assertRows(DATE, [
      ['Denied «3/4», appealed «3/19».', 0.65, 'labelled'],
      ['Transferred «05JAN26» 0415', 0.9],
      ['gene 12DEC1 and 3/4 of it'],
    ])
  })

  it('finds a month alone where it is told what somebody did', () => {
    assertRows(DATE, [
      ['He started school in «September» and liked it', 0.45, 'pattern'],
      ['since «last March»', 0.5],
      ['one course since «january», she started in «september»'],
      ['since may be wrong, he walked in march'],
      ['incidence peaks in September'],
      ['The trial recruited in May'],
    ])
  })

  it('finds days by their number, ranges, and years that are read out', () => {
    assertRows(DATE, [
      ['Cert «02/14/2026»-«04/14/2026».'],
      ['away until «the 19th», please send', 0.45, 'pattern'],
      ['due «the 3rd» and not later'],
      ['on the 5th floor, since the 3rd attempt'],
      ['phaco OD «06-22-26» (left)', 0.45, 'pattern'],
      ['sizes 12-14-16, reps 10-15-20'],
      ['on «2025-11-03» Apache/2.4.63 and «2.4.63»'],
      ['NV «4/22» @ 9', 0.5],
      ['ratio 4/22 @ dusk'],
      ['wound rounds «6/18» with her', 0.65, 'labelled'],
      ['seen «3/4/2026», N1A (1/18) nodes 2/14'],
      ['born «October the second, nineteen eighty-eight» in town'],
      ['«April seventh twenty twenty six» the patient'],
      ['he starts school in «September»', 0.45],
      ['She was seen in «Feb» and since «Nov»'],
      ['it was in dec format, in sep'],
      ['(s/p TAVR «6/3», home)', 0.5],
      ['s/p 2/3 resection'],
      ['surgery by Dr. Roe «10/4». D/c tomorrow, «3/19» if stable'],
      ['VENT 20/10/12, FIO2'],
      ['family meeting «3/8» 1400 held'],
      ['f/u next «Weds the 18th»'],
      ['pacer check «3/11» was fine', 0.5, 'pattern'],
      ['cycle 3/11 of it, level 3/11, recheck 4/5'],
      ['on the ward «March\n14, 2026»', 0.75],
      ['in March\n14, later 20'],
    ])
  })

  it('finds dates in other languages', () => {
    assertRows(DATE, [
      ['«3 maart 2026»'],
      ['«12 марта 1960» г.'],
      ['«12 มีนาคม 2510»'],
      ['«5 kwietnia 1971»'],
    ])
  })

  it('drops dates without a label in lenient recall', () => {
    assertRows(DATE, [['2021-03-04'], ['DOB «1950-03-04»', 0.95]], 'lenient')
    assertRows(DATE_TIMESTAMP, [['2021-03-04T10:22:31Z']], 'lenient')
  })

  it('finds machine time stamps whole', () => {
    assertRows(DATE_TIMESTAMP, [
      ['at «2021-03-04T10:22:31Z» x', 0.6, 'pattern'],
      ['«2021-03-04 10:22:31.123+02:00»'],
      ['birthDate: «1950-03-04T00:00:00Z»', 0.9, 'labelled'],
      [' Birth: «2026-11-22 14:51:04.304773828 +0000»', 0.6, 'pattern'],
      ['2021-03-04'],
      ['2021-13-04T10:22:31Z'],
      ['2021-03-04T10:22'],
    ])
  })

  it('finds ages over 89, the number alone', () => {
    assertRows(AGE_OVER_89, [
      ['a «92»-year-old', 0.9, 'labelled'],
      ['aged «94»', 0.85, 'labelled'],
      ['«95» yo', 0.9],
      ['age: «101»', 0.85],
      ['«ninety-two»-year-old', 0.9],
      ['a «93»M with', 0.6, 'pattern'],
      ['«90» years of age'],
      ["She's «96», lives alone", 0.6, 'pattern'],
    ])
  })

  it('leaves younger ages and other numbers alone', () => {
    assertRows(AGE_OVER_89, [
      ['89-year-old'],
      ["he's 96 kg"],
      ['age 45'],
      ['130 patients'],
      ['saturation 95 %'],
      ['94 years ago'],
      ['aged 90/120'],
      ['1992-year-old'],
      ['page: 94'],
    ])
  })
})
