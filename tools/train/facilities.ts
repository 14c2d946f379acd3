import { personOf } from './names.ts'
import { cityOf, STATES } from './places.ts'
import { weighted, type Random } from './random.ts'

const lines = (text: string): readonly string[] => text.trim().split(/\s*,\s*/)

/** Well-known centres, as people write them. */
const CENTRES = lines(`
  Mayo Clinic, Mayo, Cleveland Clinic, Johns Hopkins, Johns Hopkins Hospital, Hopkins, Mass General, Massachusetts General Hospital, MGH,
  Brigham and Women's, Brigham and Women's Hospital, Brigham, BWH, Beth Israel, Beth Israel Deaconess, BIDMC, UCSF, UCSF Medical Center, UCLA,
  UCLA Medical Center, Ronald Reagan UCLA, Cedars-Sinai, Cedars-Sinai Medical Center, Cedars, Stanford Hospital, Stanford Health Care, Stanford,
  NYU Langone, NYU Langone Health, NYU, Mount Sinai, Mt. Sinai, Mount Sinai Hospital, Mt Sinai, NewYork-Presbyterian, NY Presbyterian,
  New York Presbyterian, Columbia Presbyterian, Weill Cornell, Columbia University Medical Center, Montefiore, Montefiore Medical Center,
  Bellevue, Bellevue Hospital, Lenox Hill, Lenox Hill Hospital, Northwell, Northwell Health, Memorial Sloan Kettering, Sloan Kettering, MSKCC,
  Hospital for Special Surgery, HSS, MD Anderson, MD Anderson Cancer Center, Houston Methodist, Methodist Hospital, Baylor, Baylor Scott & White,
  Texas Children's, Texas Children's Hospital, Parkland, Parkland Hospital, UT Southwestern, Ben Taub, Memorial Hermann, Dana-Farber, Dana Farber,
  Dana-Farber Cancer Institute, Boston Children's, Boston Children's Hospital, Tufts Medical Center, Boston Medical Center, BMC, Lahey Clinic,
  Duke, Duke University Hospital, Duke Health, UNC, UNC Hospitals, Wake Forest Baptist, Atrium Health, Novant Health, Emory, Emory University Hospital,
  Grady, Grady Memorial, Grady Memorial Hospital, Piedmont Hospital, Vanderbilt, Vanderbilt University Medical Center, VUMC, St. Jude, St. Jude Children's,
  Barnes-Jewish, Barnes-Jewish Hospital, BJC, Washington University, SSM Health, Mercy Hospital, Mercy, Rush, Rush University Medical Center,
  Northwestern Memorial, Northwestern Memorial Hospital, Northwestern Medicine, UChicago Medicine, University of Chicago, Cook County Hospital,
  Stroger Hospital, Advocate, Advocate Christ, Lurie Children's, Loyola, Loyola Medical Center, Henry Ford Hospital, Henry Ford, Beaumont,
  Beaumont Hospital, University of Michigan, Michigan Medicine, Froedtert, Aurora Health, UW Health, UW Medicine, UWMC, Harborview,
  Harborview Medical Center, Swedish, Swedish Medical Center, Virginia Mason, Seattle Children's, Providence, Providence Portland, OHSU, Legacy Emanuel,
  Kaiser, Kaiser Permanente, Sutter Health, Sutter, Sharp Memorial, Scripps, Scripps Mercy, UCSD, UC Davis, UC Davis Medical Center, UCI, UC San Diego Health,
  Loma Linda, City of Hope, Keck, Keck Medicine, LAC+USC, Harbor-UCLA, Huntington Hospital, Hoag, CHLA, Children's Hospital Los Angeles, Rady Children's,
  Banner, Banner Health, Banner University Medical Center, Barrow, Mayo Clinic Arizona, HonorHealth, Intermountain, Intermountain Medical Center,
  University of Utah, Primary Children's, Denver Health, UCHealth, National Jewish, Children's Hospital Colorado, University of Colorado Hospital,
  Penn Medicine, HUP, Hospital of the University of Pennsylvania, Penn Presbyterian, CHOP, Children's Hospital of Philadelphia, Jefferson, Thomas Jefferson,
  Temple, Temple University Hospital, Einstein, Geisinger, Hershey Medical Center, UPMC, UPMC Presbyterian, UPMC Shadyside, Allegheny General, AHN,
  Yale New Haven, Yale New Haven Hospital, YNHH, Yale, Hartford Hospital, Dartmouth-Hitchcock, Maine Medical Center, Rhode Island Hospital, Lifespan,
  Georgetown, MedStar, MedStar Georgetown, GW Hospital, George Washington University Hospital, Inova, Inova Fairfax, Walter Reed, Sibley, Children's National,
  UVA, UVA Health, VCU, VCU Medical Center, Sentara, Carilion, University of Maryland Medical Center, UMMC, Sinai Hospital, Jackson Memorial,
  Jackson Memorial Hospital, Baptist Health, Baptist Hospital, Miami Children's, Tampa General, Tampa General Hospital, Moffitt, Moffitt Cancer Center, Shands,
  UF Health, AdventHealth, AdventHealth Orlando, Orlando Health, Ochsner, Ochsner Medical Center, Tulane Medical Center, UAB, UAB Hospital, LSU,
  University of Mississippi Medical Center, Sanford Health, Essentia, Hennepin County Medical Center, HCMC, Abbott Northwestern, Fairview, Allina, Regions Hospital,
  University of Iowa, UIHC, Nebraska Medicine, KU Med, University of Kansas Hospital, Saint Luke's, St. Luke's, St. Luke's Hospital, St. Mary's, St. Mary's Hospital,
  St. Joseph's, St. Joseph's Hospital, St. Francis, St. Francis Hospital, St. Vincent's, St. Vincent, St. Elizabeth's, St. Anne's, St. David's, St. Thomas,
  Sacred Heart, Good Samaritan, Good Samaritan Hospital, Holy Cross, Holy Cross Hospital, Mercy General, Providence St. Vincent, Legacy, Tufts, Hackensack,
  Hackensack University Medical Center, Robert Wood Johnson, RWJ, Cooper, Cooper University Hospital, Christiana, ChristianaCare, Maimonides,
  SUNY Downstate, Stony Brook, Strong Memorial, Albany Med, Albany Medical Center, Westchester Medical Center, Elmhurst Hospital, Lincoln Hospital,
  Jacobi Medical Center, Kings County Hospital, NY Downtown Hospital, Cook Children's, Dell Seton, Cincinnati Children's, Nationwide Children's, OSU Wexner,
  MetroHealth, University Hospitals, IU Health, Riley Children's, Eskenazi, Norton, Norton Healthcare, UK HealthCare, WakeMed, Prisma Health, MUSC, Roper,
  Charité, Charite, Karolinska, Addenbrooke's, Guy's and St Thomas', King's College Hospital, Great Ormond Street, Royal Free, John Radcliffe, St Bartholomew's,
  Royal Marsden, Royal Infirmary, Toronto General, Sunnybrook, SickKids, McGill, Mater, Royal Melbourne, Westmead, Apollo, AIIMS, Fortis, Pitié-Salpêtrière,
  Necker, Gemelli, San Raffaele, La Paz, Hospital Clínic, Erasmus MC, Leiden UMC, Rigshospitalet, Sahlgrenska, Inselspital, Vall d'Hebron, Humanitas`)

const HEADS = lines(`
  Hospital, Hospital, Hospital, Medical Center, Medical Center, General Hospital, General, Clinic, Clinic, Memorial Hospital, Regional Hospital,
  Regional Medical Center, Community Hospital, Health Center, Health, Health System, Healthcare, Health Clinic, Medical Clinic, Medical Group, Family Medicine,
  Family Practice, Children's Hospital, Women's Hospital, University Hospital, Cancer Center, Heart Institute, Heart Center, Surgical Center, Surgery Center,
  Urgent Care, Dialysis Center, Rehabilitation Center, Rehab, Nursing Home, Care Center, Hospice, Pediatrics, Orthopedics, Dermatology, Eye Institute,
  Eye Center, Cardiology Associates, Oncology Clinic, Imaging Center, Wellness Center, Infirmary, Medical Associates, VA, VA Hospital, VA Medical Center,
  Pharmacy, Skilled Nursing Facility, Assisted Living, Senior Living, Behavioral Health, Psychiatric Hospital, Birth Center, Fertility Clinic, Sleep Center`)

const FIRST_WORDS = lines(`
  Central, Northside, Southside, Westside, Eastside, Riverside, Lakeside, Hillside, Lakeview, Riverview, Fairview, Greenwood, Oakwood, Maplewood, Pinewood, Elm,
  Oak, Cedar, Maple, Willow, Sunrise, Sunset, Valley, Mountain View, Pacific, Atlantic, Bay, Harbor, Coastal, Desert, Prairie, Evergreen, Summit, Highland,
  Liberty, Unity, Hope, Grace, Faith, Good Shepherd, Mercy, Trinity, Providence, Heritage, Metro, Metropolitan, City, County, County General, State, Capital,
  Midtown, Downtown, Uptown, Regional, Community, Memorial, University, Presbyterian, Methodist, Baptist, Lutheran, Adventist, Jewish, Holy Family, Sacred Heart,
  Green Valley, Silver Lake, Golden Gate, Blue Ridge, Rocky Mountain, Great Lakes, Tri-County, Northwest, Northeast, Southwest, Southeast, Brookdale, Meadowbrook,
  Kingsbrook, Clearwater, Stonebridge, Crestview, Grandview, Parkview, Bayview, Seaside, Woodlands, Foothills, Springfield, Rosewood, Magnolia, Birchwood`)

const SAINTS =
  "Mary Mary's Joseph Joseph's Luke Luke's John John's Francis Vincent Vincent's Anthony Anthony's Elizabeth Agnes Anne's Michael's Peter's Paul's Mark's Jude Thomas Barnabas Catherine's Margaret's Clare's Rita's Alphonsus Bernard's Patrick's George's David's Charles Dominic's Raphael".split(
    ' ',
  )

const ACRONYM_LETTERS = 'ABCDEGHJLMNPRSTUVW'

/** The name of a hospital, a practice, a pharmacy or a home. */
export function facilityOf(random: Random): string {
  const head = random.pick(HEADS)
  return weighted<() => string>(random, [
    [34, () => random.pick(CENTRES)],
    [16, () => `${random.pick(FIRST_WORDS)} ${head}`],
    [14, () => `${cityOf(random)} ${head}`],
    [
      8,
      () =>
        `${random.pick(['St.', 'St', 'Saint', 'Mt.', 'Mount'])} ${random.pick(SAINTS)}${random.pick(['', ` ${head}`, ` ${head}`])}`,
    ],
    [8, () => `${personOf(random).last} ${random.pick(['', 'Memorial ', 'Family '])}${head}`],
    [
      4,
      () =>
        `University of ${random.pick([...STATES, cityOf(random)])} ${random.pick(['Hospital', 'Medical Center', 'Hospitals', 'Health', 'Cancer Center'])}`,
    ],
    [
      3,
      () =>
        `${random.pick(['Hospital', 'Klinikum', 'Krankenhaus', 'Ospedale', 'Hôpital', 'CHU', 'Clínica', 'Hospital de', 'Hospital San', 'Szpital', 'Clinique', 'Ziekenhuis', 'Policlinico', 'Universitätsklinikum', 'Centro Médico', 'Hospital Universitario', 'Santa Casa de'])} ${random.pick([cityOf(random), personOf(random).last])}`,
    ],
    [4, () => `${acronym(random)}${random.pick(['', '', ` ${head}`, ' Main Campus'])}`],
    [3, () => `${random.pick(FIRST_WORDS)} ${random.pick(FIRST_WORDS)} ${head}`],
    [
      3,
      () =>
        `${personOf(random).last} ${random.pick(['&', 'and'])} ${personOf(random).last} ${random.pick(['Family Dentistry', 'Associates', 'Pediatrics', 'Dermatology', 'Clinic', 'Physical Therapy'])}`,
    ],
    [
      5,
      () =>
        random.pick([
          () =>
            `Visiting Nurse ${random.pick(['Association', 'Service', 'Health'])} of ${cityOf(random)}`,
          () =>
            `${cityOf(random)} ${random.pick(['Home Health', 'Post Acute', 'Birth Center', 'Animal Hospital', 'Vet Center', 'Hospice', 'Dialysis', 'Health & Rehab', 'Counseling', 'Endoscopy', 'Spine Center'])}`,
          () =>
            `${random.pick(['FMC', 'DaVita', 'Fresenius', 'US Renal', 'Quest', 'Encompass', 'HealthSouth', 'Kindred', 'Sunrise'])} ${cityOf(random)}`,
          () =>
            `${random.pick(['Doctors Hosp', 'Doctors Hospital', 'Medical Center', 'Surgery Center', 'Kindred'])} ${random.pick(['at', 'of'])} ${cityOf(random)}`,
          () =>
            `${random.pick(['Neuro', 'Spine', 'Eye', 'Heart', 'Sleep', 'Pain', "Women's", 'Cancer', 'Wound', 'Allergy'])} ${random.pick(['Center', 'Institute', 'Clinic', 'Specialists', 'Associates'])} of ${cityOf(random)}`,
          () =>
            `${random.pick(['Augenklinik', 'Praxis', 'Gemeinschaftspraxis', 'Herzzentrum', 'Cabinet', 'Clínica', 'Consultorio', 'Przychodnia', 'Studio medico', 'Huisartsenpraktijk', 'Poliklinika', 'Surgery at'])} ${random.pick([personOf(random).last, cityOf(random)])}`,
          () =>
            `${random.pick(FIRST_WORDS)} ${random.pick(['Assisted Living', 'Manor', 'Terrace', 'Gardens', 'Post Acute', 'Senior Living', 'Memory Care', 'Birth Center', 'Home Health', 'Group Home', 'Recovery', 'Detox', 'Sober Living', 'Shelter', 'Day Program'])}`,
        ])(),
    ],
    [
      2,
      () =>
        `${random.pick(['Walgreens', 'CVS', 'Rite Aid', 'Quest Diagnostics', 'LabCorp', 'DaVita', 'Fresenius', 'Select Specialty', 'Encompass Health', 'Kindred', 'Planned Parenthood'])}${random.pick(['', ` ${cityOf(random)}`, ` of ${cityOf(random)}`])}`,
    ],
  ])()
}

/** Who is what before the word for the house is left away, or has a word of a specialty instead. */
const FIELDS = lines(`
  Community, General, Regional, Memorial, Med, Rehab, Manor, Health, Digestive, Imaging, Medical, Ortho, Orthopaedics, Derm, Cardiology, Peds, Pediatrics, GI, Heart, Spine,
  Oncology, Neuro, Neurology, Surgical, Renal, Urology, Women's, Eye, ENT, Allergy, Family, Physicians, Diagnostics, Radiology, Endoscopy, Midwives, Midwifery, Dental, Dentistry,
  Counseling, Internal Medicine, Primary Care, Pulmonary, Infusion, Kidney, Surgery, Practice, Health Centre, Medical Centre, Cancer Centre, Pathology, Labs, Psychiatry, Vascular, Eye Care`)
const HOUSES = lines(
  'House, Lodge, Court, Grange, Place, Cottage, Village, Hall, Ministries, Shelter, Mission, Gardens, Green, Heights, Ridge, Pointe, Landing, Home, Residence, Haven, Oaks, Pines, Meadows, Springs, Crossing',
)
const SHORT_FORMS = lines(
  `Good Sam, Sacred Heart, Mercy, Valley Baptist, St. Joe's, St Joe's, St. V's, the Mater, the Royal, the General, the Coombe, Holy Name, Holy Family, Our Lady of Grace, Trinity, Baptist, Methodist, Memorial, Providence, the VA, Doctors, Lakeshore, the Infirmary, the Brigham, Children's, Tri-City, Med Center, Westside, Eastgate, Northgate`,
)
const ABROAD = lines(`
  Clinique de, Clinique, CHU de, CH de, CHU, CLSC, CIUSSS de, Polyclinique de, Hospital Comarcal de, Hospital General de, Centro de Salud, Ambulatorio de, IMSS, Clínica Santa, Casa di Cura,
  Ospedale di, Presidio, Klinik, Kreiskrankenhaus, Herzzentrum, Rehaklinik, St.-Elisabeth, Uniklinik, UMC, Ziekenhuis, Sykehuset, Sjukhus, Szpital, Nemocnice, KBC, Hospital da, UBS, Posto de, Govt Hospital, Sree, Sri, Dr., CHC, PHC`)

/** A house by a short name: "Froedtert", "Waccamaw Community", "Alta Imaging", "Larchwood House". */
export function shortFacilityOf(random: Random): string {
  const head = (): string =>
    random.pick([cityOf(random), personOf(random).last, random.pick(FIRST_WORDS), coined(random)])
  return weighted<() => string>(random, [
    [40, () => `${head()} ${random.pick(FIELDS)}`],
    [14, () => `${head()} ${random.pick(HOUSES)}`],
    [10, () => random.pick([cityOf, (one: Random) => personOf(one).last])(random)],
    [10, () => random.pick(SHORT_FORMS)],
    [
      8,
      () =>
        `${random.pick(['St.', 'St', 'Saint', 'Santa', 'San', 'Mt.'])} ${random.pick([personOf(random).first, random.pick(SAINTS)])}`,
    ],
    [
      10,
      () =>
        `${random.pick(ABROAD)} ${random.pick([cityOf(random), personOf(random).last, personOf(random).first])}`,
    ],
    [
      8,
      () =>
        `${random.pick(['the ', '', 'our '])}${cityOf(random)} ${random.pick(['clinic', 'office', 'VA', 'ED', 'site', 'campus', 'practice', 'surgery', 'branch'])}`,
    ],
    [
      8,
      () =>
        `${random.pick(FIRST_WORDS)} ${random.pick(['Heron', 'Creek', 'Ridge', 'Hill', 'Bridge', 'Branch', 'Rock', 'Brook'])} ${random.pick([...FIELDS, ...HOUSES])}`,
    ],
  ])()
}

const ROOTS =
  'Ame Lin Ap Ava Bay Inter Cor Gen Vi Ro Ada Opti Nova Sera Medi Cura Vita Sol Al Pro Home Care Brook Well Fair Omni Tru Acu Para Syn Uni Axi'.split(
    ' ',
  )
const TAILS =
  'disys care ria nna ada im am tiva tas tech pt cent lia via ra mark well point path link stone ford dale ion ix on era ance ity ium'.split(
    ' ',
  )
const coined = (random: Random): string => random.pick(ROOTS) + random.pick(TAILS)

/** Who brings oxygen, nurses and drugs to people's homes, and other companies that have a coined name. */
export function agencyOf(random: Random): string {
  return weighted<() => string>(random, [
    [30, () => coined(random)],
    [
      20,
      () =>
        `${random.pick([coined(random), cityOf(random), random.pick(FIRST_WORDS), personOf(random).last])} ${random.pick(['Home Health', 'Home Care', 'Hospice', 'Home Medical', 'HHA', 'VNA', 'Respiratory', 'Oxygen', 'Infusion', 'Medical Supply', 'DME', 'Transport', 'Ambulance', 'EMS', 'Staffing', 'Labs', 'Diagnostics'])}`,
    ],
    [
      12,
      () =>
        random.pick(
          lines(
            'Amedisys, Lincare, Apria, Aveanna, BAYADA, Interim, Option Care, Coram, Gentiva, VITAS, Rotech, AdaptHealth, ModivCare, Acadian, AMR, Byram, Edgepark, Numotion, Brookdale, Seasons, Compassus, Enhabit, LHC, CenterWell, Accredo, Maxor',
          ),
        ),
    ],
  ])()
}

function acronym(random: Random): string {
  const length = 3 + random.below(2)
  return Array.from({ length }, () => random.pick(ACRONYM_LETTERS.split(''))).join('')
}
