const WORDS = `
  dr drs doctor mr mrs ms miss mx prof professor sir madam nurse rev judge herr frau señor señora sra monsieur madame mme
  patient pt client resident veteran baby infant boy girl man woman male female gentleman lady child student
  mother father mom dad wife husband spouse partner son daughter brother sister aunt uncle grandmother grandfather niece
  nephew cousin friend neighbor caregiver guardian
  named name called surname aka nee
  by from at in near to with for of on and or the a an is was were has had who whose this that our my your his her their its
  via per under through outside around between into upon
  seen admitted treated referred evaluated visited diagnosed followed transferred discharged lives living resides moved
  born presents presented presenting visiting travelling traveling located based hometown office clinic
  attending physician surgeon cardiologist oncologist provider pcp consultant therapist radiologist hospitalist np rn md
  signed dictated cc re dear hi hello regards sincerely thanks attn contact emergency
  says said told asked called spoke met thanks according
  hospital clinic center centre medical health medicine university institute infirmary hospice care memorial general
  saint st mt mount regional community children's childrens va veterans nursing rehab rehabilitation pharmacy laboratory
  street avenue ave road rd boulevard blvd lane ln drive court ct square way place plaza highway apt suite box floor
  city town county village district province zip postal address north south east west new san santa los las el la le de
  von van der den del da do dos di bin ibn al abu o'
  jr ii iii phd do pa dds rph
  disease syndrome score scale sign test criteria catheter index stage grade level dose type
  born dob mrn ssn age aged year old yo yr y
  import return function class const let def var select where insert error info warn debug
  author creator owner user username login email
  years months days hours daily twice mg ml mcg`

/** Words that announce a name, a place or a facility, or rule one out: each has a group of its own. */
export const CUE_WORDS: ReadonlyMap<string, number> = new Map(
  [...new Set(WORDS.trim().split(/\s+/).map(plain))].map((word, index) => [word, index]),
)

function plain(word: string): string {
  return word.normalize('NFD').replace(/\p{M}/gu, '')
}
