import { byLabel, GROUPS, WRITTEN } from './label.ts'

const GROUPED = String.raw`(${GROUPS}(?![\p{L}\p{N}])|${WRITTEN})`
/** The same with letters before or behind, or a check digit: "TREM 5512 1018", "1234-567-897-AB", "12.345.678-K", "A123456(3)". */
const NATIONAL = String.raw`([A-Z]{4} ?\d{4} ?\d{4}(?![\p{L}\p{N}])|${GROUPS}(?:-[A-Z]{1,2})?(?![\p{L}\p{N}])|${WRITTEN}(?:\(\d\))?)`

/** Numbers by which states know people, behind the name that each gives to its own: "CPF 111.444.777-35", "BSN: 111222333". */
export const NATIONAL_ID_LABEL = byLabel({
  name: 'national-id-label',
  type: 'OTHER_ID',
  // By where they are given: Europe; America; Asia, Africa and Oceania.
  strong: [
    String.raw`nir(?= [12] ?\d\d )|bsn|burgerservicenummer|nuss|nss|dni|codice fiscale|c\.f\.|steuer-?id(?:nummer)?|steueridentifikationsnummer|sozialversicherungs(?:nummer|nr\.?)|sv-?(?:nummer|nr\.?)|svnr|ahv(?:-?(?:nummer|nr\.?))?|(?:n(?:um[ée]ro|°|o\.?) )?avs(?= 756)|n(?:um[ée]ro|°|o\.?) (?:de )?s[ée]cu(?:rit[ée] sociale)?|niss|insz|rijksregister(?:-?(?:nummer|nr\.?))?|n(?:ú|u)mero (?:de )?(?:seguridad social|seguro social|identificaci[óo]n|utente)|n\.?º (?:de )?utente|pesel|personnummer|samordningsnummer|cpr(?:-?(?:nummer|nr\.?))|f[øo]dselsnummer|f(?:ø|o)dselsnr\.?|fnr|henkil[öo]tunnus|kennitala|kt\.?(?= \d{6}-?\d{4})|isikukood|asmens kodas|personas kods|rodn[ée] [čc][íi]slo|r\.? ?č\.?|taj(?:-?sz[áa]m)?|cnp|jmbg|oib|em[šs]o|egn|егн|амка|αμκα|amka|αφμ|снилс|инн|нин|jmbag|pps(?:n|(?= \d{7}))(?: no\.?)?|nhs (?:number|no\.?)|chi (?:number|no\.?)|ni number|national insurance(?: number)?|nino|t\.?c\.? ?kimlik(?: no)?|tckn|t\.c\.(?= \d{11})`,
    String.raw`cpf|cnpj|cns(?= \d{3} ?\d{4} ?\d{4} ?\d{4})|curp|rfc(?= [A-Z]{4}\d{6})|dpi(?= \d{4} \d{5} \d{4})|c[ée]dula(?: de ciudadan[íi]a)?|c\.?c\.?(?= \d{1,2}\.\d{3}\.\d{3}\.\d{3})|c\.?i\.?(?= \d\.\d{3}\.\d{3}-\d)|cuil|cuit|ru[tn](?= \d{1,2}\.\d{3}\.\d{3}-)|social insurance(?: number)?|ohip|ramq|ahcip|mcp(?= \d{3} \d{3})|personal (?:health|identity|identification) number`,
    String.raw`aadhaa?r|abha|cnic|nric|hkid|nik(?=[ .:]{1,2}\d{16})|no\.? ktp|mykad|ic(?=[ .:]{1,2}\d{6}-\d\d-\d{4})|cccd|cmnd|philhealth|umid|emirates id|iqama|qid(?= \d{11})|civil id|ת\.?ז\.?|ת"ז|תעודת זהות|کد ملی|شماره ملی|رقم الهوية|الرقم الوطني|เลขบัตรประชาชน|ni[dn](?=[: ]{1,2}\d{10,11}(?!\d))|bvn|sa id|omang|ghana ?card|ssnit|nhif|nhi|ihi(?= \d{4} \d{4})|tfn|ird(?= \d{2,3}-\d{3}-\d{3})`,
  ].join('|'),
  weak: 'sin|fin|pan|rut|nif|nie|phn|insee|hetu|cpr|rg|irn|nas|ic|nid|nin|nik|rfc|ppsn?',
  // A New Zealand NHI has three letters before its four figures.
  accepts: (value) => value.replace(/\D/g, '').length >= 5 || /^[A-Z]{3}\d{4}$/.test(value),
  value: NATIONAL,
})

/** Numbers of insurers, as they are written in the languages of Europe and Latin America. */
export const FOREIGN_HEALTH_PLAN_LABEL = byLabel({
  name: 'foreign-health-plan-label',
  type: 'HEALTH_PLAN_ID',
  strong: String.raw`(?:kranken)?vers(?:icher(?:ten|ungs))?\.?-?(?:nummer|nr\.?)|kvnr|kassen(?:nummer|nr\.?)|n(?:um[ée]ro|°|o\.?) d'assur[ée]e?|carte vitale|tessera sanitaria|polizzen?-?(?:nummer|nr\.?)|n(?:ú|u)mero (?:de )?(?:p[óo]liza|afiliado|seguro|carteirinha)|medicare(?= \d{4} \d{5} \d)|p[óo]liza|polisnummer|verzekeringsnummer`,
  accepts: (value) => value.replace(/\D/g, '').length >= 4,
  value: GROUPED,
})

/** Numbers of records, as they are written in the same languages. */
export const FOREIGN_RECORD_LABEL = byLabel({
  name: 'foreign-record-label',
  type: 'MEDICAL_RECORD_NUMBER',
  strong: String.raw`patienten-?(?:nummer|nr\.?|id)|fall-?(?:nummer|nr\.?)|aufnahme-?(?:nummer|nr\.?)|(?:n(?:ú|u)mero (?:de )?)?(?:historia cl[ií]nica|expediente(?: cl[ií]nico)?)|nhc|(?:n(?:um[ée]ro|°|o\.?) (?:de )?)dossier|ipp|cartella clinica|prontu[áa]rio|pati[ëe]ntnummer|journalnummer`,
  accepts: (value) => value.replace(/\D/g, '').length >= 4,
  value: GROUPED,
})
