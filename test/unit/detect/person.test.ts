import {
  PERSON_CONTEXT,
  PERSON_NEAR_CLINICAL,
} from '../../../src/detect/recognizers/person-context.ts'
import { PERSON_CUE } from '../../../src/detect/recognizers/person-cue.ts'
import { PERSON_LABEL } from '../../../src/detect/recognizers/person-label.ts'
import { PERSON_LONE } from '../../../src/detect/recognizers/person-lone.ts'
import { PERSON_ROLE } from '../../../src/detect/recognizers/person-role.ts'
import { PERSON_TITLE } from '../../../src/detect/recognizers/person-title.ts'
import { assertRows } from './table.ts'

describe('recognizers of persons', () => {
  it('finds names behind a title', () => {
    assertRows(PERSON_TITLE, [
      ['Dr. «Okafor» agrees', 0.85, 'cued', 'clinician'],
      ['Dr «Okafor»', 0.85, 'cued', 'clinician'],
      ["Mrs. «O'Neil-Ruiz»'s son", 0.85, 'cued', 'unknown'],
      ['Mr. «J. Q. Doe».', 0.85],
      ['Prof. «Maria de la Cruz» said'],
      ['Ms. «Ludwig van Beek»'],
      ['Nurse «Ngozi Ade»', 0.85, 'cued', 'clinician'],
      ['DR. «OKAFOR» WILL'],
      ['mrs. «okafor» said', 0.6],
      ['dear dr «okafor», thank you', 0.6],
      ["Mr. «Parkinson»'s disease progressed"],
      ['Dr. «Álvarez» and Dr. «Ng»'],
      ['c/o Dr. «Quelmann» OB ROD. Seen'],
      ['Prof. Dr. med. «H. Ostermann», Chefarzt'],
    ])
  })

  it('finds one name behind a cue where all is typed in one case', () => {
    assertRows(PERSON_LONE, [
      ['pt «quillmark» resting comfortably', 0.55, 'cued', 'patient'],
      ['PT «QUILLMARK» WAS SEEN', 0.55, 'cued', 'patient'],
      ['her husband «ozzo». labs drawn', 0.55, 'cued', 'relative'],
      ['DAUGHTER «JORVINA» CALLED', 0.55, 'cued', 'relative'],
      ["patient «o'quill» is stable"],
      ['last tetanus unk. pmd «quillmark». labs', 0.55, 'cued', 'unknown'],
      ['10:30 WITH NP «J QUILLMARK»; BMP'],
      ['lives w/ brother «ozzo» in town', 0.55],
      ['hospice visit. daughter «jorvina» primary caregiver, exhausted', 0.55, 'cued', 'relative'],
      ['HOSPICE VISIT. DAUGHTER «JORVINA» PRIMARY CAREGIVER', 0.55, 'cued', 'relative'],
      ['FOUND DOWN BY AIDE «JORVINA» AT', 0.55, 'cued', 'unknown'],
      ['our sitter «jorvina» says he is fine'],
      ['wc adjuster «quillmark», claim'],
      ['hey its «jorvina» again from the ed', 0.55, 'cued', 'unknown'],
      ['back next week. thx, «jorvina»'],
    ])
    assertRows(PERSON_LONE, [
      ['pt tolerated being moved'],
      ['patient education was given'],
      ['pt alert is off'],
      ['mother deceased.'],
      ['rn notified.'],
      ['np exam, pcp visit.'],
      ['RN Quillmark.'],
      ['PT PTT WERE DRAWN'],
      ['her daughter present. she agreed'],
      ['Pt Quillmark resting'],
      ['hospice visit. daughter exhausted and tearful'],
      ['hospice visit. daughter dcd home'],
      ['La patiente et son poids habituel, suivie à Lyon'],
      ['mother trembled somewhat'],
      ['the intern ordered labs, therapist recs stretching'],
      ['aide ambulated pt x2'],
      ['its chronic, thx all, hi docs'],
      ['Hi Jorvina, its me again'],
    ])
  })

  it('finds names behind what somebody does, in short', () => {
    assertRows(PERSON_ROLE, [
      ['Triage RN «B. Quelmann» 0612', 0.6, 'cued', 'unknown'],
      ['PMD «Quelmann». Labs', 0.6],
      ['report to Officer «Dagny Quelmann» at 3'],
      ['in Hr. «Bodo Quelmann», 73'],
      ['Medic «J Quelmann»'],
      ['Neph «Quelmann» rounded'],
      ['AND SW «DAGNY QUELMANN» 3/8'],
    ])
    assertRows(PERSON_ROLE, [
      ['RN Assessment complete'],
      ['Sister Mary Joseph nodule'],
      ['NP Visit, PCP Follow Up'],
      ['RN QUELMANN'],
      ['PCP Crohn disease'],
      ['the officer Quelmann'],
      ['LPN2 Quelmann'],
    ])
  })

  it('finds a name before a day of birth in the head of a sheet', () => {
    assertRows(PERSON_CONTEXT, [
      ['MED LIST  «Quelmann, Dagny K»  05/30/1935  Rm 2', 0.6, 'cued', 'patient'],
      ['FACE SHEET | «Quelmann, Dagny» | 5/3/1935'],
      ['«Quelmann», 15, wants to go back', 0.55, 'cued', 'patient'],
      ['Table, 15, has rows. Metoprolol, 25, is'],
      ['Quelmann, 15 of them'],
      ['Visit Summary  05/30/2025'],
      ['Quelmann, Dagny 05/30/1935'],
    ])
  })

  it('leaves titles without a name alone', () => {
    assertRows(PERSON_TITLE, [
      ['Dr. visit'],
      ['Dr. Visit'],
      ['the doctor said'],
      ['MR Angiogram'],
      ['MS Diagnosis'],
      ['Nurse Practitioner'],
      ['in 12 ms. evaluated'],
      ['dear doctor and dear all'],
      ['Doctor Appointment'],
      ['Dr. Dr. Dr.'],
      ['Mr.'],
    ])
  })

  it('finds names behind labels', () => {
    assertRows(PERSON_LABEL, [
      ['Patient: «Jane Roe»', 0.85, 'labelled', 'patient'],
      ['Patient: «ROE, JANE Q»\nDOB', 0.85, 'labelled', 'patient'],
      ['Last name: «Roe»', 0.9, 'labelled', 'patient'],
      ['patient name: «jane roe»\n', 0.9, 'labelled', 'patient'],
      ['first name: «jane» and', 0.9],
      ['my name is «jane roe».', 0.85, 'labelled', 'patient'],
      ["The name's «jane roe»", 0.85],
      ['My name is «Jane Roe» and'],
      ['Name: «Jane Roe»\nAge', 0.7, 'labelled', 'unknown'],
      ['mother: «Ann Roe»', 0.85, 'labelled', 'relative'],
      ['Emergency contact: «Ann Roe» (sister)', 0.85, 'labelled', 'relative'],
      ['Attending: «Okafor»', 0.8, 'labelled', 'clinician'],
      ['Attending: Dr. «Okafor»', 0.8, 'labelled', 'clinician'],
      ['Electronically signed by «Ann Okafor», MD', 0.8, 'labelled', 'clinician'],
      ['"patientName": "«Jane Roe»"', 0.9],
      ['**Patient Name:** «Jane Roe»'],
      ['Patient Name: «王小明»'],
    ])
  })

  it('leaves labels alone that no name follows', () => {
    assertRows(PERSON_LABEL, [
      ['Field(alias="effectiveDateTime")'],
      ['alias: birthDate'],
      ['Patient: stable'],
      ['Re: Fwd: labs of today'],
      ['Patient: Female'],
      ['patient name: unknown'],
      ['"name": "get_weather"'],
      ['name: my-service'],
      ['Name: Processor'],
      ['seen by Cardiology'],
      ['Patient: Denies Pain'],
      ['Provider: see below'],
      ['name: string'],
      ["Patient: Parkinson's disease"],
      ['fullname = os.path.join(path, name)'],
      ["whatever a name's casing."],
    ])
  })

  it('finds names that a word for a person announces', () => {
    assertRows(PERSON_CUE, [
      ['back in a week.\nCheers,\n«Jorvina»\n', 0.6, 'cued', 'unknown'],
      ['Best wishes\n\n«Odette Quillmark», RN', 0.6],
      ['27F «Saoirse Okonkwo» visiting', 0.8, 'cued', 'patient'],
      ['44 yo F, «Lena Ruiz» seen'],
      ['55M Crohn Disease flare'],
      ['60F Presents With pain'],
      ['5 M Sodium Chloride'],
      ['the patient «Jane Roe» has', 0.8, 'cued', 'patient'],
      ['Pt. «Jane Roe» has', 0.8, 'cued', 'patient'],
      ['patient «Jane» has', 0.65, 'cued', 'patient'],
      ['daughter «Mary Roe»', 0.8, 'cued', 'relative'],
      ['his wife («Susanne»)', 0.65, 'cued', 'relative'],
      ['with mum «Quenna» and baby', 0.65, 'cued', 'relative'],
      ['Hija «Quenna» avisada en casa', 0.6, 'cued', 'relative'],
      ['accompagné de son épouse «Quenna Ruel», calme', 0.6, 'cued', 'relative'],
      ['a irmã («Quenna») refere', 0.6, 'cued', 'relative'],
      ['datter «Quenna» er informert', 0.6],
      ['a woman named «Jane» came', 0.85, 'cued', 'unknown'],
      ['Dear «Jane»,', 0.6],
      ["I'm «Jane Roe», calling", 0.6],
    ])
  })

  it('leaves headlines, eponyms and sentences alone', () => {
    assertRows(PERSON_CUE, [
      ['Many thanks\nPatient Relations\n'],
      ['Thank you\nJorvina came today'],
      ['Patient History'],
      ['Patient Denies Pain'],
      ['Patient Portal'],
      ["patient Parkinson's disease"],
      ['for the patient. Contact them'],
      ['patient ASA'],
      ['Mother Denies'],
      ['Padre con EPOC, madre sana'],
      ['Madre Diabetes, hermano Crohn'],
      ['Père décédé'],
      ['a function named GetWeather'],
      ['named Foo'],
      ['Dear Colleague'],
      ['this is Home Health'],
      ['class PatientService'],
      ['PAPP-A 0.9 MoM, Harmony low risk'],
    ])
  })

  it('finds names that what follows gives away', () => {
    assertRows(PERSON_CONTEXT, [
      ['by «Ann Okafor», MD today', 0.85, 'cued', 'clinician'],
      ['«Ann Okafor» RN', 0.85, 'cued', 'clinician'],
      ['saw «Jane Roe» (MRN 1234)', 0.85, 'cued', 'patient'],
      ['«ROE, JANE» (MRN 1234)', 0.85],
      ['«Jane Roe», DOB 3/4/50', 0.85],
      ['In Boston, «Jane Roe», a 45-year-old', 0.7],
      ['«Jane Roe» presented with', 0.55],
      ['From: «Jane Roe» <j@x.org>', 0.75, 'cued', 'unknown'],
      ["«Jane Roe»'s MRN", 0.85],
      ['«Jane Roe», who was seen', 0.6],
      ['with «Jane R»., seen', 0.6],
      ["for «Jane R».'s chart", 0.6],
      ['Discussed with «Quelmann» CRNA.', 0.55, 'cued', 'clinician'],
      ['Bystander «Tavon Quelmann» presented with', 0.55],
    ])
  })

  it('leaves places, lettered things and clinical words alone', () => {
    assertRows(PERSON_CONTEXT, [
      ['Philadelphia, PA'],
      ['Vitamin D. was low'],
      ['Hepatitis B., then'],
      ['Acute Pancreatitis was diagnosed'],
      ['Today, a 45-year-old'],
      ['Diabetes (MRN 1234)'],
      ['The Patient (MRN 1234)'],
      ['Charge RN aware, Peds NP paged'],
      ['PACU RN called, SICU RN aware'],
    ])
  })

  it('takes two capitalised words near a clinical word only in strict recall', () => {
    assertRows(PERSON_NEAR_CLINICAL, [['«Jane Roe» was treated', 0.45]], 'strict')
    assertRows(PERSON_NEAR_CLINICAL, [['Acute Pain treated'], ['Jane Roe sang']], 'strict')
    assertRows(PERSON_NEAR_CLINICAL, [['Jane Roe was treated']])
  })
})
