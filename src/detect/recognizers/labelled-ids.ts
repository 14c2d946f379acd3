import { byLabel } from './label.ts'

/** Medical record numbers: "MRN: 998877", "patient ID 12-34-56", "chart # 4471", "Patient: Roe, Jane  ID: H77301". */
export const MEDICAL_RECORD_NUMBER = byLabel({
  name: 'mrn-label',
  type: 'MEDICAL_RECORD_NUMBER',
  strong: String.raw`m\.?r\.?n\.?s?|mr ?#|mr(?= {1,2}\d{6,10}(?!\d))|mr (?:no\.?|number)|med(?:ical)?\.? ?rec(?:ord)?s?|m\.?r\.? ?(?:no\.?|#)|e?mpi|uhid|epic id|(?:ehr|emr|hosp\.?|hospital|facility|health record|unit|chart) ?(?:id|number|no\.?|#)|(?:patient|pt\.?)(?:'s)?[ _-]?(?:id(?:entifier)?|number|no\.?|#|file number|record(?: number)?)|(?:patient|pt)(?: name)?: ?[^\n:]{3,40}?[ \t,;(]{1,3}id(?=[:#])`,
  weak: 'chart|record|health record|patient record|patient file|hospital',
})

/** Account numbers: "Account # 5544-21", "acct no. 99120". */
export const ACCOUNT_LABEL = byLabel({
  name: 'account-label',
  type: 'ACCOUNT',
  strong: String.raw`acct\.?|bank account|(?:patient|hospital|billing|checking|savings|guarantor) (?:account|acct\.?)|routing (?:number|no\.?|#)|account (?:number|no\.?|#|ending(?: in)?)|a\/c(?: no\.?)?|(?:billing|invoice|statement|bill|receipt|payment|transaction|har|fin|financial|visit account) ?(?:ids?|number|no\.?|#)|credit card(?: number)?|debit card(?: number)?|card number`,
  weak: 'account|invoice|guarantor|iban',
  // RADIUS accounting has a port of that name.
  accepts: (value) => !/^\d+\/(?:tcp|udp)$/i.test(value),
})

/** Health plan beneficiary numbers: "policy no. 77-1234", "member ID: XQB123". */
export const HEALTH_PLAN_LABEL = byLabel({
  name: 'health-plan-label',
  type: 'HEALTH_PLAN_ID',
  strong: String.raw`(?:health ?plan|insur(?:ance|er)?|ins\.?|medicare|medicaid|policy|member(?:ship)?|subscriber|beneficiary|insured|payer|enrollee)[ _-]?(?:beneficiary |member |policy |plan )?(?:ids?|identifier|number|no\.?|#)|mbi|hicn|(?:hmo|ppo|epo|bcbs|tricare|aetna|cigna|humana|kaiser|unitedhealthcare|uhc|anthem|blue cross|blue shield)(?: plan| policy| member)? ?(?:ids?|number|no\.?|#)|claim[ _-]?(?:ids?|number|no\.?|#)|health insurance (?:claim )?(?:number|no\.?|id)|plan (?:ids?|number|no\.?|#)|coverage (?:id|number|no\.?|#)|group (?:number|no\.?|#)|grp\.?(?= ?#?[A-Z]{0,2}\d{4,})|policyholder id|nhs (?:number|no\.?)|(?:insurance|ins|plan|payer|coverage): (?:\p{L}[\p{L}'&-]{1,15} ){1,4}(?=#?\p{L}{0,4}\d{6,})|(?:subscriber|member|insured|policy ?holder|cardholder|beneficiary):? [^\n:]{3,40}?[ \t,;(]{1,3}id(?=[:# ])`,
  weak: String.raw`cin|medi-?cal|aetna|cigna|humana|bcbs|uhc|unitedhealthcare|anthem|kaiser|tricare|molina|ambetter|blue cross|blue shield|health plan|claim|coverage|hmo|ppo|plan(?=\W{1,6}(?:is )?\p{L}{1,5}-?\d)|insurance|medicare|medicaid|policy|member|subscriber|beneficiary|enrollee`,
  accepts: (value) => value.replace(/\D/g, '').length >= 3,
})

/** Certificate and licence numbers: "license number A123456", "driver's license: D123-4567". */
export const LICENSE_LABEL = byLabel({
  name: 'license-label',
  type: 'LICENSE',
  strong: String.raw`(?:medical |nursing |state |pharmacy |professional |driver'?s? |driving )?licen[cs]e (?:ids?|number|no\.?|#)|(?:medical|nursing|pharmacy|driver'?s?|driving) licen[cs]e|dea (?:number|no\.?|#)|npi|clia|ptan|upin|c?dl (?:number|no\.?|#)|certificate (?:number|no\.?|#)|board certification (?:number|no\.?|#)|dl ?#|(?:gmc|gdc|nmc|hcpc|ahpra|hpcsa|mdcn|rpps|lanr)(?: ?(?:no\.?|number|reg|pin|#))?`,
  weak: String.raw`licen[cs]e|lic\.?|certificate|certification|dea|c?dl`,
  accepts: (value) => value.replace(/\D/g, '').length >= 4,
})

/** Device identifiers: "serial number SN-88213", "pacemaker s/n: PM4471". */
export const DEVICE_LABEL = byLabel({
  name: 'device-label',
  type: 'DEVICE',
  strong: String.raw`serial ?(?:numbers?|no\.?|num|#|id)|serial|s/n|device (?:id(?:entifier)?|serial(?: number)?|number|no\.?|#)|(?:implant|pacemaker|pump|icd|cgm|prosthesis|defibrillator|ventilator) (?:id|serial(?: number)?|number|no\.?|#|sn)|udi|imei|meid|iccid|device sn|equipment (?:id|number|no\.?|#)|lot (?:number|no\.?|#)|model\/serial`,
  // Not the number of a file system, as `stat` prints it.
  weak: String.raw`serial|device(?!: [\da-f]{1,6}(?:,\d{1,6}|h\/\d{1,9}d)[ \t]{1,4}inode)|implant|sn|lot`,
  accepts: (value) => value.replace(/\D/g, '').length >= 3,
})

/** Vehicle identifiers: "license plate 7ABC123", "VIN: …". */
export const VEHICLE_LABEL = byLabel({
  name: 'vehicle-label',
  type: 'VEHICLE',
  strong: String.raw`licen[cs]e plates?|plates? (?:number|no\.?|#|reads?|reading)|number plate|licen[cs]e tag|tag (?:number|no\.?|#)|vehicle (?:id(?:entification)?|registration|tag)|vin|vehicle plate|registration (?:plate|number|no\.?)|car (?:registration|plate)|ambulance (?:id|number|no\.?|#)`,
  weak: 'plates?|vehicle|registration plate|tags?',
  // The tag of an image or a release.
  accepts: (value) => !/^v?\d+\.\d+(?:\.\d+)?(?![\p{L}\d])/u.test(value),
})

/** The plate itself behind its word: "truck plate CKX 9921", "plate 884 KLM", "reg WK19 XTL". */
export const PLATE = byLabel({
  name: 'plate-shape',
  type: 'VEHICLE',
  strong: String.raw`plates?|(?:licen[cs]e|vehicle|car|truck|van) tags?|reg\.?|registration`,
  accepts: (value) =>
    value === value.toUpperCase() && /\p{L}{2}/u.test(value) && !/(?:MM|CM|ML|MG)$/.test(value),
  value: String.raw`(\p{L}{2}\d{2} ?\p{L}{3}(?![\p{L}\p{N}])|\p{L}{2,3}[ -]?\d{3,4}(?:[ -]?\p{L}{1,2})?(?![\p{L}\p{N}])|\d{3,4}[ -]?\p{L}{2,3}(?![\p{L}\p{N}])|\d\p{L}{3}[ -]?\d{3}(?![\p{L}\p{N}]))`,
})

/** "last four 4471": what is left of a social security number where people tell themselves apart by it. */
export const LAST_FOUR = byLabel({
  name: 'last-four-label',
  type: 'US_SSN',
  strong: String.raw`last (?:four|4)(?: digits)?(?: of (?:the |his |her |their |my )?(?:ssn|social(?: security(?: number)?)?|sss?))?|(?:ssn|social)(?: security(?: number)?)? (?:last (?:four|4)|(?:ends|ending|that ends) (?:in|with))`,
  accepts: (value) => /^\d{4}$/.test(value) && !/^(?:19|20)\d\d$/.test(value),
})

/** Any other number that names one person or one case: "case #JH-2231", "specimen ID S22-1180", "passport 99120034". */
export const OTHER_ID_LABEL = byLabel({
  name: 'other-id-label',
  type: 'OTHER_ID',
  strong: String.raw`(?:badge|subject)(?= [A-Z]{0,3}\d{4,}| \d{3,}-\d{2,})|(?:run|event|docket|grievance)(?=[ #]{1,2}(?:[A-Z]{2}[-/])?(?:20)?\d{2}[-/]\d{4,})|acc(?:ession)?\.?(?= {1,2}[A-Z]{1,3}-?\d\d-\d{3,})|(?:path|pathology|cyto|cytology|biopsy)(?=:? {1,2}[A-Z]{1,3}-?\d\d-\d{3,})|(?:staff|acc|path|pathology|cytology|pcr|case|encounter|visit|accession|specimen|study|subject|trial|participant|authorization|auth|prior auth|referral|order|job|prescription|rx|employee|badge|student|tracking|confirmation|reference|ticket|file|national|citizen|voter|registry|donor|sample|record|admission|appointment|locker|military|dod|va|veteran|visa|alien|immigration|inmate|prisoner|incident|report|enrollment|randomi[sz]ation|screening|research|genomic|dna|blood (?:bank|unit)|requisition|barcode|wristband|bracelet|band|episode|invitation|caller|customer|client|person|individual|resident|guest|emergency contact|family|household|mychart|portal|ecg|ekg|echo|eeg|imaging|scan|exam|session)[ _-]?(?:ids?|identifier|number|no\.|no(?= [A-Z]{0,4}-?\d{3})|#)|passport|csn|tax id|tin|ein|itin|edipi|green card(?: number)?|medicaid case(?: number)?`,
  weak: 'acc|encounter|accession|specimen|sample|case|prescription|rx|passport|badge|pcr|incident|(?:police|crash|incident|accident) report|reference|ref',
  accepts: (value) => value.replace(/\D/g, '').length >= 3,
})

/** Biometric identifiers: "fingerprint ID: FP-88213", "retinal scan #4471". */
export const BIOMETRIC_LABEL = byLabel({
  name: 'biometric-label',
  type: 'BIOMETRIC',
  strong: String.raw`(?:finger ?prints?|thumb ?prints?|retinal?|iris|voice ?prints?|voice|palm ?(?:print|vein)|facial recognition|facial|face|biometrics?|gait|hand geometry|vein)(?:[ _-](?:scan|template|record|profile|image|hash|file|data|signature|recognition|geometry))?[ _-]?(?:ids?|identifier|number|no\.|#|code|ref(?:erence)?|token|key)`,
  weak: String.raw`finger ?print|thumb ?print|voice ?print|palm ?print|(?:retinal?|iris|face|facial|palm) (?:scan|template)|biometrics?(?: (?:template|hash|scan|record))?`,
  // The fingerprint of a key or a certificate is no person's.
  accepts: (value) => !/^(?:sha|md5|rsa|dsa|ecdsa|ed25519)/i.test(value) && /\d.*\d/.test(value),
})
