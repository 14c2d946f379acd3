import { allLocales } from '@faker-js/faker'
import type { Random } from './random.ts'
import type { Slot } from './template.ts'

/** Notes and questions in scripts other than Latin. `$N` is a name, `$P` a place, `$D` a date, `$T` a telephone number, `$X` any number. */
const CHINESE = String.raw`
患者{姓名|}：$N，{男|女}，$X岁，{住院号|病案号|门诊号} $X，$D因{胸痛|发热|腹痛|头晕}入院，{联系电话|电话|手机} $T。
姓名：$N{　|，| }性别：{男|女}{　|，| }年龄：$X岁{　|，| }住址：$P{某区|}。
{主治医师|主管医生|医生|护士}{：| }$N{，|；}{主任医师|查房|建议}{继续治疗|复查血常规}。
{我叫|我的名字是}$N，{住在|来自}$P，{我妈妈|我}{血糖高|头痛}怎么办？
$N{先生|女士|医生}{昨天|$D}{在$P|}{做了手术|复诊}。
{家属|联系人}：$N（{妻子|儿子|女儿}），电话 $T。
{请问|}{2型糖尿病|高血压|肺炎|冠心病}患者使用{二甲双胍|阿司匹林|氨氯地平|头孢}的{最大剂量|副作用|注意事项}是{多少|什么}？{eGFR $X以下需要减量吗？|}
{诊断|初步诊断|出院诊断}：{急性心肌梗死|社区获得性肺炎|慢性肾病$X期|高血压病}。{血压|体温|心率} $X/$X mmHg，{白细胞|血红蛋白|肌酐} $X。
{主诉|现病史|既往史}：{胸闷|咳嗽|发热}$X天，{无|有}{药物过敏史|吸烟史}，{予以|给予}{抗感染|吸氧|补液}治疗。
{请|帮我}{写|解释|翻译|总结}{一段|这个|一下}{代码|文章|报告|函数}，{谢谢|要求简短}。`
const JAPANESE = String.raw`
患者{氏名|名|}：$N{、| }生年月日：$D、$D{入院|受診|退院}。電話{番号|}{：| }$T。
{氏名|お名前|名前}{：| |　}$N{　|、| }{住所|現住所}{：| |　}$P{　|、| }{診断|病名}：{2型糖尿病|高血圧症|肺炎}、HbA1c $X %。
{主治医|担当医|看護師}{：|は}$N{先生|医師|}{です|、内科|が診察}。
$N{さん|様|氏}、$X歳、{男性|女性}。{主訴|既往歴}は{胸痛|発熱|頭痛}。
{私は|私の名前は}$N{です|と申します}。$P{に住んでいます|から来ました}。
{連絡先|家族|キーパーソン}：$N（{妻|長男|長女}）$T
{高血圧|糖尿病|喘息|心不全}の患者に対する{アムロジピン|メトホルミン|ワルファリン}$X mgの{開始用量|副作用|適応}は{適切ですか|何ですか}？{ガイドラインを教えてください。|}
{診断|所見|経過|処方}：{急性心筋梗塞|市中肺炎|慢性腎臓病}。{血圧|体温|脈拍} $X/$X、{白血球|クレアチニン} $X。{安静|点滴|経過観察}とする。
{この|次の}{コード|文章|関数|エラー}を{説明して|直して|要約して|翻訳して}ください。`
const KOREAN = String.raw`
환자{명|}{:| }{ |}$N{,| (}{ |}$D{생|}{)|}{,|} {연락처|전화}{:| }$T{,|.} {주소 |}$P
{성명|이름}: $N, {주소|거주지}: $P, {진단|병명}: {고혈압|당뇨병|폐렴}
{담당의|주치의|간호사} $N{ 선생님|} {확인|회진|처방}.
$N {씨|님|환자}는 {어제|$D} {입원|퇴원|수술}했습니다.
{제 이름은|저는} $N{입니다|이고} $P에 {살고 있습니다|삽니다}.
{당뇨병|고혈압|천식} 환자에서 {메트포르민|아스피린|와파린}의 {최대 용량|부작용|적응증}은 {얼마|무엇}입니까?
{진단|경과|계획}: {급성 심근경색|폐렴|만성 신부전}. {혈압|체온|맥박} $X/$X, {백혈구|크레아티닌} $X. {고혈압 약|항생제} 복용 중.
{이|다음} {코드|문장|함수}를 {설명해|고쳐|요약해} 주세요.`
const ARABIC = String.raw`
{المريض|المريضة|اسم المريض}: $N، تاريخ الميلاد $D، هاتف $T، {ضغط الدم|السكر} $X/$X.
{الاسم|اسمي}{:|} $N{،|} {العنوان|أسكن في}{:|} $P
{الطبيب|الدكتور|د.|الممرضة} $N {فحص المريض|أوصى بالعلاج}
{ما هي|ما} {جرعة|الآثار الجانبية} {الميتفورمين|الأسبرين} {لمرضى السكري|لارتفاع ضغط الدم}؟
التشخيص: {التهاب رئوي|ارتفاع ضغط الدم|داء السكري}. {درجة الحرارة|النبض} $X. {يستمر العلاج|لا حساسية}.`
const RUSSIAN = String.raw`
{Пациент|Пациентка|Больной|ФИО|Больная}: $N, дата рождения $D, тел. $T, {ГБ II ст.|ИБС|СД 2 типа}
{Лечащий врач|Врач|Заведующий}{:| } $N. {Диагноз|Жалобы}: {пневмония|боль в груди|кашель}, АД $X/$X мм рт. ст.
{Меня зовут|Это} $N, {я живу в|я из} {городе |}$P
{Адрес|Прописан}: г. $P, ул. {Ленина|Мира|Садовая} $X, {жена|сын|дочь} $N
{Какая|Какова} {доза|дозировка} {метформина|аспирина} при {сахарном диабете|гипертонии}?
{Диагноз|Анамнез|Объективно|Назначено}: {острый инфаркт миокарда|пневмония справа}, {температура|ЧСС|гемоглобин} $X. {Состояние удовлетворительное|Продолжить лечение}.
{Объясни|Переведи|Исправь} {этот код|текст|функцию}, пожалуйста.`
const GREEK = String.raw`
{Ασθενής|Όνομα|Ονοματεπώνυμο}: $N, ημ. γέννησης $D, τηλ. $T{, $P|}
{Ο γιατρός|Ιατρός|Θεράπων}: $N. {Διάγνωση|Αγωγή}: {πνευμονία|υπέρταση|διαβήτης}
{Με λένε|Είμαι ο} $N και {μένω|ζω} {στην|στο} $P
{Ποια είναι|Ποια} η δόση {μετφορμίνης|ασπιρίνης} σε {διαβήτη|υπέρταση};
Διάγνωση: {οξύ έμφραγμα|πνευμονία}, {πίεση|σφύξεις} $X/$X. {Συνεχίζει αγωγή|Χωρίς πυρετό}.`
const HEBREW = String.raw`
{מטופל|מטופלת|שם המטופל|שם}: $N, תאריך לידה $D, טלפון $T{, כתובת $P|}
{רופא מטפל|ד"ר|אחות}: $N. {אבחנה|תלונה}: {דלקת ריאות|יתר לחץ דם|סוכרת}
{קוראים לי|שמי} $N ואני {גר ב|גרה ב}$P
מה {המינון|תופעות הלוואי} של {מטפורמין|אספירין} {בסוכרת|ביתר לחץ דם}?
אבחנה: {דלקת ריאות|אוטם}, {לחץ דם|דופק} $X/$X. {המשך טיפול|ללא חום}.`
const HINDI = String.raw`
{रोगी|मरीज|नाम|बिरामी}: $N, जन्म तिथि $D, फोन $T{, पता $P|}
{डॉक्टर|डॉ.|नर्स} $N ने {जांच की|दवा दी}। {निदान|शिकायत}: {निमोनिया|मधुमेह|उच्च रक्तचाप}
मेरा नाम $N है और मैं $P में रहता हूँ।
{मधुमेह|उच्च रक्तचाप} के रोगी के लिए {मेटफॉर्मिन|एस्पिरिन} की {अधिकतम खुराक|मात्रा} क्या है?
निदान: {निमोनिया|मधुमेह}, {रक्तचाप|तापमान} $X/$X। {इलाज जारी|बुखार नहीं}।`
const THAI = String.raw`
{ผู้ป่วย|ชื่อ|ชื่อผู้ป่วย} $N เกิด $D โทร $T{ ที่อยู่ $P|}
{แพทย์|นพ.|พยาบาล} $N {ตรวจผู้ป่วย|สั่งยา} {วินิจฉัย|อาการ} {ปอดบวม|เบาหวาน}
{ผมชื่อ|ฉันชื่อ} $N อยู่ที่ $P
{ขนาดยา|ผลข้างเคียง} {เมตฟอร์มิน|แอสไพริน} {สำหรับผู้ป่วยเบาหวาน|คือเท่าไร}
วินิจฉัย {ปอดบวม|ความดันโลหิตสูง} {ความดัน|ชีพจร} $X/$X {รักษาต่อ|ไม่มีไข้}`

interface Script {
  readonly source: string
  readonly locales: readonly string[]
  /** Between given name and family name; undefined where the family name comes first. */
  readonly gap: string
  readonly familyFirst: boolean
  /** What stands behind the name of a town in an address, `#` for a number. */
  readonly streets?: readonly string[]
}

const SCRIPTS: readonly Script[] = [
  {
    source: CHINESE,
    locales: ['zh_CN', 'zh_TW'],
    gap: '',
    familyFirst: true,
    streets: [
      '市',
      '区',
      '市中山路#号',
      '市人民路#号',
      '市浦西区长江大道#号',
      '朝阳区建国路#号#栋#室',
      '县城关镇#村',
    ],
  },
  {
    source: JAPANESE,
    locales: ['ja'],
    gap: ' ',
    familyFirst: true,
    streets: ['市', '区', '中央区本町#-#-#', '市北区栄町#丁目#番#号', '港区青山#-#', '町#番地'],
  },
  {
    source: KOREAN,
    locales: ['ko'],
    gap: '',
    familyFirst: true,
    streets: ['시', ' 중구 중앙로 #', '시 남구 대학로 #', ' 서초구 반포대로 #길 #', '군 읍내리 #'],
  },
  { source: ARABIC, locales: ['ar', 'fa'], gap: ' ', familyFirst: false },
  {
    source: RUSSIAN,
    locales: ['ru', 'uk', 'mk'],
    gap: ' ',
    familyFirst: true,
    streets: [', ул. Ленина, #', ', ул. Гагарина, д. #, кв. #', ', пр. Мира #'],
  },
  { source: GREEK, locales: ['el'], gap: ' ', familyFirst: false },
  { source: HEBREW, locales: ['he'], gap: ' ', familyFirst: false },
  { source: HINDI, locales: ['ne'], gap: ' ', familyFirst: false },
  { source: THAI, locales: ['th'], gap: ' ', familyFirst: false },
]

type Parts = Readonly<Record<string, unknown>>
type Locales = Readonly<Record<string, Readonly<Record<string, Parts | undefined>> | undefined>>

const strings = (value: unknown): readonly string[] => {
  if (Array.isArray(value)) return value.filter((one): one is string => typeof one === 'string')
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(strings) : []
}
const listOf = (locales: readonly string[], part: string, name: string): readonly string[] =>
  locales.flatMap((one) => strings((allLocales as unknown as Locales)[one]?.[part]?.[name]))

const digits = (random: Random, length: number): string =>
  Array.from({ length }, () => random.below(10)).join('')

function slotsOf({ locales, gap, familyFirst, streets = [] }: Script): ReadonlyMap<string, Slot> {
  const first = listOf(locales, 'person', 'first_name')
  const last = listOf(locales, 'person', 'last_name')
  const cities = [
    ...listOf(locales, 'location', 'city_name'),
    ...listOf(locales, 'location', 'state'),
  ]
  const nameOf = (random: Random): string => {
    const [given, family] = [random.pick(first), random.pick(last)]
    const between = gap === '' ? random.pick(['', '', '', ' ']) : random.pick([gap, gap, gap, ''])
    const order = familyFirst && random.chance(0.8) ? [family, given] : [given, family]
    return order.join(familyFirst ? between : ' ')
  }
  const placeOf = (random: Random): string => {
    const city = cities.length === 0 ? random.pick(last) : random.pick(cities)
    if (streets.length === 0 || random.chance(0.5)) return city
    return city + random.pick(streets).replaceAll('#', () => String(1 + random.below(99)))
  }
  const plain =
    (make: (random: Random) => string): Slot =>
    (random) => [{ text: make(random), tag: 0 }]
  return new Map<string, Slot>([
    ['N', (random) => [{ text: nameOf(random), tag: 1 }]],
    ['P', (random) => [{ text: placeOf(random), tag: 2 }]],
    [
      'D',
      plain((random) =>
        random.pick([
          `${1930 + random.below(90)}年${1 + random.below(12)}月${1 + random.below(28)}日`,
          `${1 + random.below(28)}.${1 + random.below(12)}.${1930 + random.below(90)}`,
          `${1 + random.below(28)}/${1 + random.below(12)}/${1930 + random.below(90)}`,
        ]),
      ),
    ],
    ['T', plain((random) => `${digits(random, 3)}-${digits(random, 4)}-${digits(random, 4)}`)],
    ['X', plain((random) => digits(random, 1 + random.below(3)))],
  ])
}

/** Each line with the slots of its script. */
export const SCRIPT_LINES: readonly {
  readonly line: string
  readonly slots: ReadonlyMap<string, Slot>
}[] = SCRIPTS.flatMap((script) => {
  const slots = slotsOf(script)
  return script.source
    .trim()
    .split('\n')
    .map((line) => ({ line, slots }))
})
