import {
  ADDRESS_EASTERN,
  DATE_EASTERN,
  PERSON_EASTERN,
  PHONE_EASTERN,
  RECORD_EASTERN,
} from '../../../src/detect/recognizers/eastern.ts'
import { assertRows } from './table.ts'

describe('recognizers of what is written without spaces', () => {
  it('find dates, of the common era and of a reign, with and without a year', () => {
    assertRows(DATE_EASTERN, [
      ['于«2025年4月9日»因发热入院', 0.8, 'pattern'],
      ['«令和7年11月30日»に受診、次回«12月4日»'],
      ['«昭和元年12月26日»生まれ'],
      ['«1984년 6월 3일»생, «7월 1일» 입원'],
      ['生于«1950年3月»。'],
    ])
  })

  it('leave years, spans of time and numbers alone', () => {
    assertRows(DATE_EASTERN, [
      ['2024年版ガイドライン'],
      ['3年前から通院'],
      ['约13月45日'],
      ['12个月随访'],
      ['on 4/9/2025 in Latin letters'],
    ])
  })

  it('find telephone numbers only in a text in these scripts', () => {
    assertRows(PHONE_EASTERN, [
      ['手机«13911112222»，晚上打', 0.7, 'pattern'],
      ['電話«03-5555-0199»まで'],
      ['연락처 «010-5555-0163»'],
      ['call 13911112222 or 03-5555-0199'],
      ['收缩压13911112222300'],
    ])
  })

  it('find where somebody lives by the road, the house and the door', () => {
    assertRows(ADDRESS_EASTERN, [
      ['住«香港九龍彌敦道750號12樓B室»', 0.7, 'cued'],
      ['«〒150-0043 東京都渋谷区道玄坂2-10-7»まで'],
      ['주소: «서울특별시 강남구 테헤란로 152»'],
      ['«上海市徐汇区衡山路12弄3号楼»'],
      ['2024年に道を歩く、第3村'],
      ['下呼吸道2周感染'],
    ])
    assertRows(PHONE_EASTERN, [['電話«2555 0147»，晚上']])
  })

  it('find the numbers of records behind their labels', () => {
    assertRows(RECORD_EASTERN, [
      ['住院号：«20251109»，三床', 0.9, 'labelled'],
      ['カルテ番号 «A-44120»'],
      ['주민등록번호: «840603-1234567»'],
      ['第20251109号文件'],
    ])
  })

  it('find names behind their labels and before a word of honour', () => {
    assertRows(PERSON_EASTERN, [
      ['患者姓名：«赵丽华»，女', 0.85, 'labelled'],
      ['氏名 «渡辺 直子»　性別 女'],
      ['患者：«鈴木一郎»、60歳'],
      ['本日、«山本»さんが来院', 0.6, 'cued'],
      ['환자: «이수진», 45세'],
    ])
  })

  it('leave patients, doctors and families without a name alone', () => {
    assertRows(PERSON_EASTERN, [
      ['患者様にご説明'],
      ['お医者さんに聞く'],
      ['高血圧の患者に対する用量'],
      ['糖尿病患者使用二甲双胍'],
      ['各位先生，请看'],
    ])
  })
})
