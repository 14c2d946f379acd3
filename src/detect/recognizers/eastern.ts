import type { TextView } from '../normalise/index.ts'
import { matchesOf } from '../matches.ts'
import type { Hit, Recognizer } from '../recognizer.ts'

/**
 * Dates, telephone numbers, record numbers and names in Chinese, Japanese and Korean. Their words stand side by side
 * without a space, so that a number or a name begins in the middle of a run of letters.
 */
const DATES =
  /(?<!\d)(?:(?:19|20)\d\d|(?:令和|平成|昭和|大正|民[国國]|[RHS])(?:\d{1,3}|元)) ?[年년.] ?(?:0?[1-9]|1[0-2]) ?[月월](?: ?(?:3[01]|[12]\d|0?[1-9]) ?[日號号일])?|(?<![\d.年년] ?)(?:0?[1-9]|1[0-2]) ?[月월] ?(?:3[01]|[12]\d|0?[1-9]) ?[日號号일]/gu
const PHONES =
  /(?<![\d-])(?:\+?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)|(?<![\d-])0\d{1,3}[ -]\d{2,4}[ -]\d{4}(?![\d-])|(?<![\d-])0\d{2,3}-\d{7,8}(?![\d-])|(?<=(?:[電电][話话]|手[机機]|전화)(?:番号|[號号][碼码]|번호)?\s?[:：]?\s?)\d{3,4}[ -]?\d{4}(?![\d-])/gu
const HAN = String.raw`[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]`
/** A road or a quarter, the house, the floor and the door: "彌敦道750號12樓B室", "道玄坂2-10-7", "테헤란로 152". */
const ADDRESSES = new RegExp(
  [
    String.raw`(?:〒\s?\d{3}-\d{4}\s?)?(?![住在於于至到由])${HAN}{2,24}?(?:[路街]|[道巷弄村里坂通町目](?=\s?\d{1,4}(?:[-－の之]\d|[號号弄番丁])))\s?\d{1,4}(?:[-－の之]\d{1,4}){0,3}(?:(?:[號号弄番]地?|丁目)(?:\d{1,4}[號号]?[樓楼]?)?)?(?:\s?[A-Z]?\d{0,3}[座棟栋幢])?(?:\s?\d{1,3}(?:[樓楼層层階]|單元|单元)){0,2}(?:\s?[A-Z\d]{1,4}(?:号|號)?室)?(?![\d年月日歲岁歳])`,
    String.raw`〒\s?\d{3}-\d{4}`,
    String.raw`(?:\p{Script=Hangul}{1,8}(?:시|도|군|구|읍|면) ?){1,4}\p{Script=Hangul}{1,10}[\d]{0,3}(?:로|길|동) ?(?:\d{1,3}번?길 ?)?\d{1,4}(?:-\d{1,4})?(?:,? \d{1,4}(?:동|호|층)){0,2}(?![\d년월일])`,
  ].join('|'),
  'gu',
)
const IDS =
  /(?:住院号|病[案历歷][号號]|门诊号|就诊号|病歴番号|患者(?:番号|ID|编号|編號)|カルテ(?:番号|No\.?)|診察券番号|身份[证證](?:号|号码|號碼)?|社保号|医保[卡号]{1,2}|被保険者番号|保険証番号|マイナンバー|등록번호|환자번호|병록번호|차트번호|주민등록번호|보험번호)(?:[码碼])?\s?[:：#]?\s?([A-Z]{0,4}-?\d[\dA-Z-]{3,20})/gu
/** One to four characters of a family name and a given name; Korean ones have two to four. */
const NAME = String.raw`(?:\p{Script=Han}{1,3}[ 　]?[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]{1,3}|[\p{Script=Katakana}ー・]{3,14}|\p{Script=Hangul}{2,4})`
const LABELLED = new RegExp(
  String.raw`(?:患者(?:さん)?(?:氏名|姓名|名)|患者(?=[:：])|氏名|お名前|姓名|名前(?=[:：は])|病人姓名|主治[医醫](?:师|師)?|主管[医醫]生|担当[医醫]|[联聯][系絡络繋]人|家属|キーパーソン|환자명|환자성명|환자(?=[: ])|성명|이름|담당의|주치의|보호자)(?:\s?[:：]\s?|[ 　]|は)(${NAME})(?![\p{Script=Han}\p{Script=Hangul}])`,
  'gu',
)
const HONOURED = new RegExp(
  String.raw`(?<![\p{Script=Han}\p{Script=Katakana}])(\p{Script=Han}{2,4}|[\p{Script=Katakana}ー]{3,8})(?:さん|様|殿|先生|女士|小姐)(?![\p{Script=Katakana}])`,
  'gu',
)
/** "患者様", "お医者さん", "各位先生": nobody by name. */
const NOBODY =
  /^(?:患者|[医醫]者|[医醫]師|看護師|皆|奥|客|家族|保護者|各位|男|女|老|本人|息子|[娘母父兄姉弟妹]|病人|护士|医生|住所|生年月日|診断|诊断|性别|年龄|電話|电话)/u
/** Han, Kana or Hangul. */
const EASTERN = /[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7a3]/

const hitsOf = (view: TextView, pattern: RegExp, make: (start: number, end: number) => Hit) =>
  EASTERN.test(view.text)
    ? [...matchesOf(view.text, pattern)].map((match) => {
        const value = match[1]
        const start = value === undefined ? match.index : match.index + match[0].indexOf(value)
        return make(start, start + (value ?? match[0]).length)
      })
    : []

/** "2026年3月4日", "令和8年2月3日", "1971년 5월 8일". */
export const DATE_EASTERN: Recognizer = {
  name: 'date-eastern',
  type: 'DATE',
  needs: 'foreign',
  find: (view) =>
    hitsOf(view, DATES, (start, end) => ({ start, end, score: 0.8, basis: 'pattern' })),
}

/** "13800138000", "03-5555-0142" in a text in these scripts. */
export const PHONE_EASTERN: Recognizer = {
  name: 'phone-eastern',
  type: 'PHONE',
  needs: 'foreign',
  find: (view) =>
    hitsOf(view, PHONES, (start, end) => ({ start, end, score: 0.7, basis: 'pattern' })),
}

/** "住院号 20260312", "カルテ番号：12345". */
export const RECORD_EASTERN: Recognizer = {
  name: 'record-eastern',
  type: 'MEDICAL_RECORD_NUMBER',
  needs: 'foreign',
  find: (view) =>
    hitsOf(view, IDS, (start, end) => ({ start, end, score: 0.9, basis: 'labelled' })),
}

export const ADDRESS_EASTERN: Recognizer = {
  name: 'address-eastern',
  type: 'LOCATION',
  needs: 'foreign',
  find: (view) =>
    hitsOf(view, ADDRESSES, (start, end) => ({ start, end, score: 0.7, basis: 'cued' })),
}

/** "患者：佐藤 健太", "姓名：王小明", "田中さん". */
export const PERSON_EASTERN: Recognizer = {
  name: 'person-eastern',
  type: 'PERSON',
  needs: 'foreign',
  find: (view) =>
    [
      ...hitsOf(view, LABELLED, (start, end): Hit => ({
        start,
        end,
        score: 0.85,
        basis: 'labelled',
        subtype: 'unknown',
      })),
      ...hitsOf(view, HONOURED, (start, end): Hit => ({
        start,
        end,
        score: 0.6,
        basis: 'cued',
        subtype: 'unknown',
      })),
    ]
      .filter(({ start, end }) => !NOBODY.test(view.text.slice(start, end)))
      .toSorted((a, b) => a.start - b.start),
}
