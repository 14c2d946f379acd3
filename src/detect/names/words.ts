const list = (...texts: readonly string[]): ReadonlySet<string> =>
  new Set(texts.flatMap((text) => text.trim().split(/\s+/)))

/** Months, weekdays and their short forms. */
export const CALENDAR = list(`
  january february march april may june july august september october november december jan feb mar apr jun jul aug sep
  sept oct nov dec monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun
  today yesterday tomorrow tonight christmas easter thanksgiving`)

/** Ordinary words that are also names: alone, they are taken for a name only in the middle of a sentence. */
export const AMBIGUOUS = list(`
  will hope rose grace mark bill art drew faith joy dawn summer autumn ivy lily violet iris olive sunny jack rich frank
  grant chase hunter   baker cook young long short brown white black green gray grey stone rice wood woods day
  price field fields banks bush hall hill hills park parks lane church king queen love moody sharp small strong swift wise
  good best bell ball bird fox wolf fish pike bass page west north east south winter winters snow frost ford dodge pearl
  ruby crystal amber ginger sandy rusty dusty skip chip gene ray rob bob pat sue penny patience charity chance major
  bishop pope abbot knight noble savage power   waters rivers lake marsh forest glenn glen dale cliff heath
  cross bridge gates house barn mill miller porter potter shepherd fisher   tailor   
  walker weaver  butcher carpenter mercy honor star angel christian dean duke earl baron prince royal buck
  robin jay wren drake crane finch hawk lamb bull bear lyon booker case care head hand hands foot legs blood
  early late little low high light nice proper sweet tender wild witty rush ward wells worth york mann man guy sam tab
  max min pen rod lance miles nick norm dot bud daisy holly hazel heather poppy sage basil rosemary destiny trinity
  dean reed read ring sky skye storm sterling stern stark steel hardy gay merry earnest frank curt blunt gross`)

/** Words that begin a clinical phrase or a sentence, never a name. */
export const NOT_NAMES = list(
  // Function words and sentence openers.
  `a an the and or but nor so if then than that this these those there here it its is are was were be been being am has have
  had having do does did done can could shall should would must might not no yes of in on at by for from to into onto upon
  with without within about above after again against all also any as because before below between both during each few
  further he her hers herself him himself his how i me my myself more most much many now off once only other our ours out
  over own same she some such their theirs them they through too under until up very via we what when where which while who
  whom why you your yours per please thanks thank hi hello hey dear ok okay sure however therefore although since due
  who's let lets like just still yet ever never always often none nil null unknown unspecified undefined redacted removed
  withheld anonymous test tbd na none pending various multiple several another every either neither one two three four
  five six seven eight nine ten first second third last next previous new old`,
  // Of letters and mail.
  `re fwd fw fyi thx tks rgds asap attn cc bcc ps pps`,
  // Verbs and requests.
  `denies denied reports reported states stated complains complained presents presented presenting admitted discharged
  transferred evaluated seen examined noted notes feels felt appears appeared tolerated tolerates received receives takes
  taking took started stopped continues continued requires required requests requested refuses refused agrees agreed
  understands verbalized ambulates ambulated resting sleeping remains remained returned arrives arrived underwent
  undergoes recommend recommends recommended discuss discussed summarize summarise review reviewed evaluate check manage
  draft write create explain describe consider continue start stop give given take call called calls see need needs wants
  want help asks asked said says told tells think thinks find show list compare schedule follow monitor order orders
  prescribed prescribes prescribe refer referred update updated confirm confirmed signed dictated performed got went came
  comes looks lives living works working uses using used isn't doesn't didn't can't cannot won't regarding concerning
  including according suggested advised administered contacted notified verify verified assess assessed discontinue
  get gets set run add use make made know knows wrote`,
  // Persons, but not by name.
  `patient patients pt pts client clients resident residents doctor doctors dr physician physicians nurse nurses provider
  providers practitioner practitioners clinician staff team surgeon attending intern fellow specialist consultant therapist technician pharmacist
  mother father mom dad wife husband spouse partner son daughter brother sister aunt uncle grandmother grandfather
  grandma grandpa parent parents child children baby infant newborn twin sibling siblings family caregiver guardian friend
  neighbor relative relatives man woman male female boy girl adult elderly person people individual member members sir
  madam colleague colleagues sirs mr mrs ms miss prof professor self user users admin author editor owner manager
  employer employee teacher student`,
  // Headings and words of forms.
  `history hx home health contact contacts name names address phone fax email date dates time birth dob age sex gender race ethnicity mrn ssn id number
  no record records chart chief complaint complaints assessment plan plans impression diagnosis diagnoses dx ddx
  differential treatment tx therapy therapies management medication medications meds med drug drugs allergies allergy
  vitals vital signs sign symptoms symptom exam examination physical review systems ros hpi pmh psh fh sh social surgical
  past current present problem problems list labs lab laboratory results result imaging findings finding procedure
  procedures operation operative note progress summary discharge admission visit visits encounter encounters appointment
  appointments consult consultation referral report reports status condition course instructions instruction education
  information info data details detail description type code codes value values level levels score scores scale index
  category class group groups table figure section chapter part item items form forms document documents file files
  folder path system service services center centre clinic clinics hospital hospitals department dept unit room bed
  office facility program project portal account insurance policy plan payer medicare medicaid care follow-up followup
  disposition prognosis recommendation recommendations goals goal intake output safety rights privacy consent satisfaction
  experience engagement outcomes outcome population cohort selection flow volume journey monitoring advocate access
  registration identification identifier transport lift interview questionnaire survey response responses question
  questions answer feedback subject subjects study trial research version release schema model class function object
  string integer boolean array api json xml html http https url uri server database query resource bundle endpoint
  tool tools agent assistant example examples sample template default optional required description enum`,
  // Medicine: specialties, states, general clinical words.
  `cardiology neurology oncology radiology pathology surgery pediatrics psychiatry dermatology urology orthopedics
  gastroenterology endocrinology nephrology pulmonology hematology rheumatology anesthesia anesthesiology emergency
  medicine internal general icu nicu er pacu ct mri mr xray ekg ecg eeg echo ultrasound us iv po prn bid tid qid
  acute chronic severe mild moderate stable unstable critical normal abnormal positive negative alert oriented left right
  bilateral upper lower anterior posterior pain fever cough nausea vomiting dizziness fatigue weakness headache rash
  edema chest abdominal back neck blood pressure heart rate respiratory oxygen saturation temperature weight height bmi
  glucose sodium potassium creatinine hemoglobin platelets wbc rbc inr cancer tumor diabetes diabetic mellitus
  hypertension hypotension copd asthma chf mi stroke seizure pneumonia sepsis infection covid hiv aids dementia
  depression anxiety bipolar schizophrenia pregnancy pregnant postpartum post pre status-post s/p h/o c/o r/o w/
  syndrome disease disorder syndromes failure fracture injury trauma wound ulcer bleeding aspirin insulin metformin
  lisinopril warfarin heparin atorvastatin amlodipine metoprolol prednisone morphine tylenol ibuprofen vancomycin
  sinai lukes memorial regional university college school institute foundation inc llc ltd corp company kaiser aetna cigna
  humana anthem united healthcare street avenue road drive boulevard`,
)

/** Persons after whom diseases, signs, scores and devices are named. */
const EPONYMS = list(`
  parkinson parkinsons crohn crohns graves hodgkin hodgkins foley apgar glasgow alzheimer alzheimers addison addisons cushing
  cushings bell bells down downs huntington huntingtons hashimoto hashimotos marfan turner klinefelter wilson wilsons raynaud
  raynauds sjogren sjogrens behcet behcets kawasaki guillain barre barrett barretts paget pagets meniere menieres tourette
  tourettes duchenne becker friedreich charcot babinski murphy murphys mcburney rovsing kernig brudzinski romberg phalen tinel
  trendelenburg weber rinne mallory weiss zollinger ellison bowman henle langerhans purkinje kupffer virchow wells ranson child
  pugh killip framingham karnofsky braden morse norton gleason breslow clark duke dukes ann arbor hickman swan ganz kocher
  dupuytren colles smith baker ewing wilms burkitt kaposi schwann lewy pick creutzfeldt jakob korsakoff wernicke broca horner
  argyll osler janeway roth heberden bouchard whipple hirschsprung meckel douglas treitz oddi vater fallot ebstein wolff white
  brugada marjolin curling allen lachman mcmurray thomas spurling finkelstein hawkins neer salter harris gram wright giemsa
  conn gilbert crigler najjar gaucher pompe fabry hurler hunter tay sachs niemann still felty reiter perthes osgood schlatter
  scheuermann epstein barr asperger rett angelman prader willi noonan williams edwards patau digeorge bence jones mantoux
  coombs schilling seldinger valsalva heimlich leopold mcroberts kegel bishop ballard moro mobitz wenckebach kussmaul cheyne
  stokes adams holter doppler beck hamilton rorschach snellen ishihara papanicolaou bartholin skene nissen roux billroth
  hartmann lynch gardner peutz jeghers cowden li fraumeni hippel lindau recklinghausen sturge weber stevens johnson`)

/** What follows an eponym: "Graves" before one of these is not a patient. */
const EPONYM_HEAD =
  /^(?:['\u2019]?s)?[ -](?:disease|syndrome|sign|score|scale|criteria|catheter|palsy|chorea|lymphoma|tumou?r|sarcoma|thyroiditis|ophthalmopathy|phenomenon|reflex|maneuver|manoeuvre|test|procedure|operation|position|fracture|classification|stain|agar|line|lines|ring|nodes|spots|triad|law|anemia|esophagus|contracture|aphasia|area|ataxia|dementia|coma|hernia|ligament|pouch|sinus|hodgkin|trait|cell|cells|stage|staging|index|formula|equation|tube|forceps|retractor|drain|bandage|boot|splint|body|bodies|disorder|murmur|pulse|respirations?|gangrene|encephalopathy|dystrophy|arthropathy|joint|node|angina)(?![\p{L}])/iu

const DISEASE_HEAD =
  /^(?:['\u2019]?s)?[ -](?:disease|syndrome|sign|catheter|palsy|chorea|lymphoma|tumou?r|sarcoma|thyroiditis|ophthalmopathy|phenomenon|reflex|maneuver|fracture|classification|stain|esophagus|contracture|aphasia|coma|hodgkin|anemia|encephalopathy|dystrophy|staging)(?![\p{L}])/iu

// Endings of clinical nouns and adjectives. No given name or surname worth a guess ends so.
const CLINICAL_ENDING =
  /(?:itis|osis|emia|aemia|oma|ectomy|otomy|ostomy|opathy|plasty|graphy|scopy|ology|tion|sion|ment|ness|ility|ology|uria|algia|cillin|mycin|statin|pril|olol|azole|mab|tinib|ical|ological|ular|able|ible|ously|ally|ised|ized)$/

/** Whether a folded word can be no part of a name, whatever stands before it. */
export function isStopWord(folded: string): boolean {
  return NOT_NAMES.has(folded) || (folded.length > 6 && CLINICAL_ENDING.test(folded))
}

/** Whether a folded word that ends at a position names a disease, a sign or a device there. */
export function isEponym(folded: string, text: string, end: number): boolean {
  return EPONYMS.has(folded) && EPONYM_HEAD.test(text.slice(end, end + 24))
}

/** The same for the name of a known person, where only a word that fits no person tells the two apart. */
export function isDisease(folded: string, text: string, end: number): boolean {
  return EPONYMS.has(folded) && DISEASE_HEAD.test(text.slice(end, end + 24))
}
