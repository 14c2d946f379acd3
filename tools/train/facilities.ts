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
      2,
      () =>
        `${random.pick(['Walgreens', 'CVS', 'Rite Aid', 'Quest Diagnostics', 'LabCorp', 'DaVita', 'Fresenius', 'Select Specialty', 'Encompass Health', 'Kindred', 'Planned Parenthood'])}${random.pick(['', ` ${cityOf(random)}`, ` of ${cityOf(random)}`])}`,
    ],
  ])()
}

function acronym(random: Random): string {
  const length = 3 + random.below(2)
  return Array.from({ length }, () => random.pick(ACRONYM_LETTERS.split(''))).join('')
}
