import { AGE_OVER_89 } from '../../../src/detect/recognizers/age.ts'
import { STREET_ADDRESS } from '../../../src/detect/recognizers/address.ts'
import { PAYMENT_CARD } from '../../../src/detect/recognizers/cards.ts'
import { DATE } from '../../../src/detect/recognizers/date.ts'
import {
  FOREIGN_HEALTH_PLAN_LABEL,
  FOREIGN_RECORD_LABEL,
  NATIONAL_ID_LABEL,
} from '../../../src/detect/recognizers/foreign-ids.ts'
import {
  ACCOUNT_LABEL,
  BIOMETRIC_LABEL,
  DEVICE_LABEL,
  HEALTH_PLAN_LABEL,
  LAST_FOUR,
  LICENSE_LABEL,
  MEDICAL_RECORD_NUMBER,
  OTHER_ID_LABEL,
  PLATE,
  VEHICLE_LABEL,
} from '../../../src/detect/recognizers/labelled-ids.ts'
import { LONE_NUMBER } from '../../../src/detect/recognizers/lone-number.ts'
import { PHONE } from '../../../src/detect/recognizers/phone.ts'
import { POSTAL_ADDRESS } from '../../../src/detect/recognizers/postal-address.ts'
import { PHOTO } from '../../../src/detect/recognizers/photo.ts'
import { MEDICARE_BENEFICIARY } from '../../../src/detect/recognizers/registered-numbers.ts'
import { URL_ADDRESS } from '../../../src/detect/recognizers/url.ts'
import { US_SSN } from '../../../src/detect/recognizers/us-ssn.ts'
import { USERNAME } from '../../../src/detect/recognizers/username.ts'
import { assertRows } from './table.ts'

describe('the usual written forms of identifiers', () => {
  it('of numbers that other states and their insurers give', () => {
    assertRows(NATIONAL_ID_LABEL, [
      ['CPF «111.444.777-35», casado', 0.9, 'labelled'],
      ['NSS «12 34567890 12»'],
      ['BSN: «111222333»'],
      ['NHS number «943 476 5919»'],
      ['No. de sécurité sociale «1 85 05 78 006 084 36»'],
      ['SIN: «046 454 286»', 0.75],
    ])
    assertRows(NATIONAL_ID_LABEL, [
      ['r.č. «736028/5163», bytem'],
      ['TAJ: «111 111 110»'],
      ['ΑΜΚΑ «01018001234», τηλ.'],
      ['СНИЛС «112-233-445 95»'],
      ['Rut «12.345.678-K»'],
      ['NIN «12345678901», stays'],
      ['NIK «3273014506850003»'],
      ['IC «850412-14-5567», alamat'],
      ['HKID «A123456(3)», Cheung'],
      ['PhilHealth «12-345678901-2»'],
      ['ת.ז. «123456782» טלפון'],
      ['کد ملی «0012345679»'],
      ['PPSN «1234567T», 14'],
      ['RAMQ «TREM 5512 1018», Manon'],
      ['OHIP «1234-567-897-AB» Tenzin'],
      ['Rijksregister «85.07.30-033.28»'],
      ['JMBG «0101006500006»'],
    ])
    assertRows(FOREIGN_HEALTH_PLAN_LABEL, [
      ['Versichertennr. «A123456789»'],
      ['número de póliza «88-231-4»'],
    ])
    assertRows(FOREIGN_RECORD_LABEL, [['Fallnummer: «20441907»'], ['historia clínica «448812»']])
  })

  it('of plates and of what is left of a number', () => {
    assertRows(PLATE, [
      ['truck plate «CKX 9921» left', 0.9, 'labelled'],
      ['plate «884 KLM»'],
      ['plate: «7ABC123»'],
      ['drives a grey Ford, reg «WK19 XTL»', 0.9],
      ['reg CD19 with'],
      ['growth plate 120 MM'],
      ['plate 384 well'],
      ['plates of 12'],
      ['truck tag «8ABC 123»', 0.9],
      ['git tag RC-1234'],
    ])
    assertRows(LAST_FOUR, [
      ['veteran, last four «4471», asks', 0.9, 'labelled'],
      ['last 4 of his SSN: «4471»'],
      ['last 4 weeks'],
      ['last four 2019 visits'],
      ['last four 120 of 80'],
    ])
  })

  it('with letters that stand apart, and of runs, cases and laboratories', () => {
    assertRows(HEALTH_PLAN_LABEL, [
      ['Aetna «W 2091 44871», group', 0.65, 'labelled'],
      ['policy number «GDX 4419 220»', 0.9],
      ['Medicaid CIN «BX44712K».'],
      ['Insurance: Keystone First «40011882».', 0.9],
      ['Does Blue Shield member «9Q7712004» need'],
      ['Insurance: see page 12, plan: walk 20 min'],
      ['CIN 2, CIN 3 on biopsy'],
      ['Delta subscriber B. Roe ID «GDX 4419 220». NV'],
      ['claim number IN 2024 110'],
      ['policy number in 2024 110'],
    ])
    assertRows(OTHER_ID_LABEL, [
      ['RUN «26-0044190»: dispatched', 0.9, 'labelled'],
      ['ACC# «SP-26-04417» | PT'],
      ['acc «C26-004512»; LMP'],
      ['Derm path: «S25-004417» Left'],
      ['ACC 2017 guidelines'],
      ['run 12-14 miles'],
    ])
    assertRows(LICENSE_LABEL, [['CLIA «05D2077413».', 0.9], ['CDL «K4471-88120-3»']])
    assertRows(MEDICAL_RECORD_NUMBER, [['HOSP NO «Z448812».'], ['HOSP NO BED']])
    assertRows(NATIONAL_ID_LABEL, [
      ['NIR «2 48 12 29 233 014 55».'],
      ['PHN «881 204 417», drives', 0.65],
      ['NIR 12 nm'],
      ['PHN 12 weeks'],
    ])
    assertRows(FOREIGN_HEALTH_PLAN_LABEL, [
      ['Vers.-Nr. «A123456780».'],
      ['Medicare «2428 77813 2».'],
      ['vers 12'],
    ])
  })

  it('of no such numbers', () => {
    assertRows(NATIONAL_ID_LABEL, [
      ['pan 30 cm'],
      ['sin 45 and cos 45'],
      ['rut 2'],
      ['CPF of 30'],
      ['run 12345 of the job, ic 5 min, RFC 9110 and rfc 793'],
      ['IC 50 of 12.5 uM, the NIN is closed, pps 12000 per second'],
    ])
    assertRows(FOREIGN_RECORD_LABEL, [['dossier 12'], ['journalnummer følger']])
  })

  it('of dates', () => {
    assertRows(DATE, [
      ["seen «Jan 1st '23» again", 0.9, 'labelled'],
      ['back on «January 20th»', 0.75, 'pattern'],
      ['in «April 2023»', 0.65, 'pattern'],
      ['«14.03.1961»', 0.8],
      ['the call of «2023-04-01»T10:22', 0.6],
      ['on the «3rd of May»'],
      ['«03-Mar-21» note'],
      ['«3 Mar 21», note'],
      ['SEEN ON «MARCH 3»'],
      ['ON «3 MAY 2021» SHE'],
      ['back «Monday, March 3, 2021»'],
      ['on «the third of May»', 0.7, 'pattern'],
      ['due «March third»'],
      ['on «3/14»-«3/20»'],
      ['DOB «031461»', 0.75, 'labelled'],
      ['seen «03/04/2021», again «3/18» with cough'],
      ['since «03/2021»'],
      ['am «14. März 1961» geboren'],
      ['nacida el «3 de mayo de 1961»'],
      ['since «last March»'],
      ['in jan, «jan 5» it was'],
    ])
  })

  it('of no dates', () => {
    assertRows(DATE, [
      ['strength 4/5 since 2021'],
      ['seen 2 of 3/4 of them'],
      ['last month and next year'],
      ['may take 2 tabs, march on'],
      ['pain 7/10'],
      ['120/80 on the left'],
      ['page 031461'],
      ['G6PD 12.10.1'],
      ['CPT 99213, ICD-10 E11.9, LOINC 2345-7, NDC 0002-8215-01'],
      ['BRCA1 c.68_69delAG, TP53 R175H'],
    ])
  })

  it('of ages over 89', () => {
    assertRows(AGE_OVER_89, [
      ['«92»yo F'],
      ['a «92» y/o F', 0.9],
      ['aged «ninety-two»', 0.85],
      ['at the age of «93»'],
      ['Age: «94», widowed'],
      ['Age/Sex: «95»/F'],
      ['she is «91».'],
      ['who just turned «90» and'],
      ['died at «97» at home'],
      ['in his «90s»', 0.7],
      ['«101» YEAR OLD MAN'],
      ['«95»/M'],
    ])
    assertRows(AGE_OVER_89, [
      ['temp 98 F'],
      ['Temp 99.1F, T 98F'],
      ['she is 95% sure'],
      ['HR is 92 bpm'],
      ['the patient is 92 kg'],
      ['in the 90s'],
      ['SpO2 94, weight 101'],
    ])
  })

  it('of telephone numbers', () => {
    assertRows(PHONE, [
      ['call «555-0188» tonight'],
      ['her number is «2125550188»', 0.7, 'cued'],
      ['«+44 (0)20 7946 0958»'],
      ['au «06 12 34 56 78» svp'],
      ['00 1c  06 12 34 56 78 ff'],
      ['Tel «030 1234567»'],
      ['«001-212-555-0188»'],
      ['«212-555-0188 x4471»'],
      ['(h) «212 555 0188»'],
      ['«07700 900123»'],
      ['«(02) 9876 5432»'],
      ['«0044 20 7946 0958»'],
    ])
    assertRows(PHONE, [
      ['platelets 150-4500'],
      ['port 8080-9090'],
      ['commit 5f2a9b1c'],
      ['1234567890'],
      ['range 200-4000 units'],
    ])
  })

  it('of numbers behind a label', () => {
    assertRows(MEDICAL_RECORD_NUMBER, [
      ['her MRN is «8841207»'],
      ['MRN on file is «8841207»', 0.7],
      ['the MRN for this visit: «UL450077»'],
      ['MRN was asked for, the room is 12'],
      ['MR No. «44-71-20»'],
      ["patient's ID: «A-77120»"],
      ['CHART NUMBER «44712»'],
      ['mrn «x-9981»'],
      ['Patient: Roe, Jane  ID: «H7730192»  Born'],
      ['pt: roe, jane (id# «55-1023»)'],
      ['Patient: seen by ID consult, 12 visits'],
    ])
    assertRows(HEALTH_PLAN_LABEL, [
      ['claim #«CLM-77120»'],
      ['HMO number «77-1234»'],
      ['Medicaid ID «AB12345C»'],
      ['the plan and 3 more'],
    ])
    assertRows(MEDICARE_BENEFICIARY, [
      ['«1EG4 TE5 MK73»'],
      ['«1EG4-TE5-MK73»'],
      ['1EG4 TE5 and MK73'],
    ])
    assertRows(ACCOUNT_LABEL, [
      ['account ending in «4471»'],
      ['invoice number «INV-2231»'],
      ['on account of 3 things'],
    ])
    assertRows(LICENSE_LABEL, [["driver's license «D123-4567-8901»"], ['license to practise']])
    assertRows(VEHICLE_LABEL, [
      ['plate number «7ABC123»'],
      ['a plate of 12 screws'],
      ['tag: "3.18.1"'],
    ])
    assertRows(DEVICE_LABEL, [
      ['S/N: «PM-4471»'],
      ['serial «SN88213»'],
      ['serial dilutions 1 to 64'],
    ])
    assertRows(PAYMENT_CARD, [
      ['card «4111 1111 1111 1112» was', 0.6, 'cued'],
      ['4111 1111 1111 1112'],
    ])
    assertRows(US_SSN, [
      ['SSN ending in «6789»', 0.8, 'labelled'],
      ['xxx-xx-«6789»'],
      ['***-**-«6789» on file'],
      ['SSN he recalls: «575-XX-6789»?', 0.8],
      ['«123-**-6789», «xxx-45-6789»'],
      ['SSN last4 «6789»'],
      ['lot 575-XL-6789'],
      ['social skills in 2021'],
    ])
  })

  it('of groups, of numbers in brackets, and of those that "is" announces', () => {
    assertRows(HEALTH_PLAN_LABEL, [
      ['twice on claim «2325 0917 44120».', 0.65],
      ['Medicaid («9400217753»)', 0.65],
      ['the policy is «88120447»', 0.75],
      ['the plan is 3 months'],
    ])
    assertRows(OTHER_ID_LABEL, [
      ['COG trial, subject «840117-003»', 0.9],
      ['RT Ann, badge «RT0417»', 0.9],
      ['the subject 12 of 30'],
    ])
    assertRows(LAST_FOUR, [['her ssn ends in «7719»', 0.9], ['the week ends in 7719']])
    assertRows(MEDICAL_RECORD_NUMBER, [
      ['MRN «A208 771 449»', 0.9],
      ['DOB 7/4/66, MR «00398112». NOK', 0.9],
      ['MR 3+, MR 2.5 cm, MR 2019'],
    ])
  })

  it('of groups of insured, of machines, reports and of states with letters', () => {
    assertRows(HEALTH_PLAN_LABEL, [['ID, grp «0074412», DOB', 0.9], ['age grp 18-24, grp B']])
    assertRows(OTHER_ID_LABEL, [
      ['ECG ID «20251102-0914-33».', 0.9],
      ['Police report «25-0093371».', 0.65],
      ['the report 2025-2026'],
    ])
    assertRows(NATIONAL_ID_LABEL, [['NHI: «ZAC5361». Seen', 0.9], ['NHI: AB12']])
    assertRows(DEVICE_LABEL, [['(serial no: «RLA 440917S») shows', 0.9]])
    assertRows(ACCOUNT_LABEL, [['Billing: 36415, 80053, 85025-QW']])
  })

  it('of numbers without a label that nothing divides', () => {
    assertRows(LONE_NUMBER, [
      ['they are «E1102873», «662190448» and «8003312907».', 0.4, 'guess'],
      ['her watch («FX4QK0RMPJ») says', 0.4],
      ['an alien number, «A208 771 449», and order «ONC-2025-11-0442»'],
      ['Ref «A-2291-XK», iris scan «IR-2291-L», chair «INV-2209-881»', 0.4],
      ['part A-2291-XK, T-1234, COVID-2019-B'],
      ['PMID 31234567, LOINC 1234567, SNOMED CT 254837009, NCT01234567'],
      ['viral load 1250000 copies/mL, 2380000 people, 4400000 cells, $1250099'],
      ['3.1415926 or 1,250,099 or 0x8003312907 or v2025110417 or ORA-00942'],
      ['LY3074828, JNJ-56021927, PF-06463922 and CVE-2024-10039'],
      ['12345678 and 9999999 and 4000000'],
      ['random.seed(20261101)'],
    ])
    assertRows(LONE_NUMBER, [['number 662190448']], 'lenient')
  })

  it('of numbers right behind a word that is no label elsewhere', () => {
    assertRows(HEALTH_PLAN_LABEL, [
      ['insurance policy «HN-77120488» lapsed', 0.65, 'labelled'],
      ['Medicaid «MN8840299» pending'],
      ['policy 2026 changes, plan 12345 steps'],
    ])
    assertRows(LICENSE_LABEL, [
      ['licence «TERRY655121P99XY».'],
      ['GMC «7012399»', 0.9, 'labelled'],
      ['lic «PT-40299»'],
      ['license MIT, licence plate'],
    ])
    assertRows(DEVICE_LABEL, [['mesh (LOT «HUGT11877»)'], ['a lot 12 more'], ['lot of 500']])
    assertRows(OTHER_ID_LABEL, [
      ['staff no «E-20944», packer', 0.9, 'labelled'],
      ['PCR «26-88177» unit'],
      ['PCR positive x2, PCR 40 cycles'],
    ])
  })

  it('of biometric identifiers and photographs', () => {
    assertRows(BIOMETRIC_LABEL, [
      ['fingerprint ID: «FP-88213»', 0.9, 'labelled'],
      ['retinal scan #«RS4471»'],
      ['voiceprint number «VP-0031»'],
      ['fingerprint: SHA256:47DEQpj8'],
      ['a fingerprint was taken in 2021'],
      ['face mask 95'],
    ])
    assertRows(PHOTO, [
      ['see photo «IMG_2231.jpg»', 0.75, 'cued'],
      ['attached «face_0032.png»'],
      ['Photo ID: «PH-44712»', 0.75, 'labelled'],
      ['the logo is logo.png'],
      ['import icon from "./icon-24.png"'],
      ['photo of the wound'],
    ])
  })

  it('of sites and account names', () => {
    assertRows(URL_ADDRESS, [
      ['on «portal.example.org/p/17».', 0.5],
      ['her blog «janeroe.com», says'],
      ['her instagram is «@jane.roe77»', 0.7, 'cued'],
      ['@Override public'],
      ['import com.example.org.Tool'],
      ['this.com = 1'],
      ['e.g. etc.'],
    ])
    assertRows(USERNAME, [
      ['username: «jroe_77»', 0.7, 'labelled'],
      ['portal login is «jane.roe»'],
      ['username: string'],
      ['user_id = request.user_id'],
      ['login page of 2021'],
      ['usernames e.g. these'],
    ])
  })

  it('of addresses in other states', () => {
    assertRows(POSTAL_ADDRESS, [
      ['wohnt «Hauptstr. 112a, 79104 Freiburg» mit', 0.7, 'cued'],
      ['at «Keizersgracht 421-II, 1016 EK Amsterdam» - bel'],
      ['«Drottninggatan 55 lgh 1203, 111 21 Stockholm» is'],
      ['«Strada Republicii nr. 5, bl. A2, sc. 1, ap. 9, Cluj-Napoca 400015»'],
      ['vive en «Cra. 7 # 71-21, Torre B, Bogotá», con'],
      ['«4a Avenida 12-59, Zona 10, Ciudad de Guatemala»'],
      ['«House 9, Road 13, Dhanmondi, Dhaka 1209»'],
      ['to «B-402 Sai Krupa CHS, Karve Nagar, Pune 411052»'],
      ['habite «27 bis, rue des Lilas, 69008 Lyon»'],
      ['vive en «C/ Iparraguirre 22, 4º izda., 48011 Bilbao»'],
      ['«Bağdat Cad. No:88 D:5, Kadıköy/İstanbul», tel'],
      ['«Gedimino pr. 9-14, LT-01103 Vilnius»'],
      ['from «Vill. Rampur, P.O. Sonbarsa, Dist. Sitamarhi, Bihar 843330»'],
      ['bytem «Nad Štolou 12, 170 00 Praha 7».'],
      ['tel. 601 123 456, «Masarykova 31, 602 00 Brno»'],
      ['«Linzer Straße 402/7/14, 1140 Wien»'],
      ['živi «ул. Ленина, д. 14, кв. 3»'],
      ['«вул. Хрещатик, буд. 22, кв. 8, Київ»'],
      ['«Rua das Acácias, 231, Jardim Europa, Curitiba - PR, 80240-210»'],
      ['«4410 rue Saint-Hubert, app. 3, Montréal (Québec) H2J 2X1»'],
      ['alamat «No. 8, Jalan SS2/24, 47300 Petaling Jaya»'],
      ['«25 Nguyễn Huệ, Quận 1, TP.HCM»'],
      ['«Flat B, 12/F, Wing Fat Building, 33 Nathan Road, Kowloon»'],
      ['«14 Sráid na Siopaí, Gaillimh, H91 E2K3»'],
      ['«Plot 7, Wuse Zone 4, Abuja», HTN'],
      ['«6720 Szeged, Kárász u. 5».'],
      ['«Barbaros Mah. Çınar Sok. No:7/3 Ataşehir/İstanbul»'],
      ['«ul. Długa 7 m. 12, 31-147 Kraków»'],
      ['the village Rampur, 20 pr. 12'],
      ['Flat B, T waves; plot 7 shows 12 m'],
      ['3 Camino scans, 12 Plac trials, quận 1'],
      ['Vesicles 12, 10000 units; Grade 3, 2023 March'],
      ['LOINC 2345-7 Glucose, 14959-1 Albumin'],
      ['block 4, phase 2, unit 5, no 7'],
      ['via Foley 16, then Zosyn 4'],
      ['seen March 12, 2023 Boston'],
      ['on July 8, 2023, MRN'],
    ])
  })

  it('of addresses', () => {
    assertRows(STREET_ADDRESS, [
      ['lives at «14 elm street» now'],
      ['still at «44 Marula Close», I think'],
      ['44 Close contacts, 12 Ridge lines'],
      ['«springfield, il 62704»'],
      ['«Salem, Oregon 97301»'],
      ['«PSC 0413, Box 8144»'],
      ['«APO AE 09012»'],
      ['«PO BOX 4471»'],
      ['5 minute drive'],
      ['OR 97301 patients'],
      ['give 10 mg in 50000 units'],
    ])
  })
})
