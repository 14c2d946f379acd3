/**
 * Pieces of notes as they are typed in a hurry. A sample is made of several, in any order: what stands beside a name is
 * as often a value or an abbreviation as a sentence. See `parseTemplate` for the signs.
 */
export const FRAGMENTS = String.raw`
{Mr|Mrs|Ms|Miss|Mr.|Mrs.|Ms.} $L {$AGE{M|F|y|yo}|D$NUM post $MED|- $MED|stable|NBM|for $PROC}
{pt|Pt|patient|Patient} $N{,| -|:} {$AGE{M|F|yo M|yo F}|$MED|c/o $MED|to see $DOC|NAD}
$N{,| -| ,} $AGE{M|F|y|yo|y/o F|yr old|, $COND2|yo $SEX}
$F{ $L|} ($AGE){,| -} {$COND2|$MED|for review}
$LF {$AGE{M|F}|$AGE yo {M|F}|DOB $DATE|#$ID|rm $NUM|bed $NUM}
{bed|Bed|rm|Rm|Room|bay|Bay|cubicle|side room} $NUM{a|B|}{:| -|,} {$L|$F $L|$LF|{Mr|Mrs|Ms} $L|$SHORT}{,|:| -} {$MED|$AGE{M|F}|$ITEM}
{bed|Bed|rm|Room|bay} $NUM {empty|clean|vacant|closed|for admission}
{wife|husband|son|daughter|dtr|dau|mother|mum|mom|dad|father|sister|brother|niece|nephew|partner|gf|bf|aunt|uncle|gran|granddaughter|grandson|carer|neighbour|neighbor|friend} {$F|($F)|, $F,|- $F|$N|($N)}{ rang| at bs| @ bs| at bedside| aware| visited| upset| POA| is NOK| NOK| en route| called| informed| present| declined| asked re $MED| wants update| to collect| on phone|}
{Wife|Husband|Son|Daughter|Dtr|Mother|Mum|Mom|Dad|Father|Sister|Brother|Niece|Nephew|Partner|Carer|Neighbour|Caregiver|Grandson} {$F|($F)|$N|($N)|, $F,|- $F|: $N}{ rang| at bs| @ bs| aware| visited| upset| POA| is NOK| en route| called| informed| drove| will collect| on phone|, POA| ($PHONE)| $PHONE|}
{two|Two|three|2|3} {sons|daughters|children|kids|siblings|brothers|sisters}{,|:| -| named} {$F and $F|$F ($AGE) and $F ($AGE)|$F (lives in $CITY) and $F|$F, $F and $F}
{NOK|HCP|POA|LPA|guardian|emergency contact|next of kin}{:| -| is|} $N{ ($PHONE)|, $PHONE| (son)| (wife)|}
{lives|Lives|living|resides|Resides|stays|from|From} {alone |with family |}{in|at|off|near} {$PLACE|$ADDR|$CITY|a {bungalow|flat|trailer|house} in $CITY}
{lives alone|Lives w/ dog|lives with wife|Lives independently|homeless|No fixed abode|retired|sheltered housing|no carers}
{lives|Lives} with {wife|husband|son|daughter|mother|sister} $F{ ($AGE)|, $AGE|}
{moved|relocated|transferred} from {$PLACE|$FAC} {to $CITY|last year|in $DATE}
{adm|Adm|admitted|Admitted|transferred|tx|txp|sent|BIBA|brought in} {$DATE |}{to|from|at} {$FAC|$FAC {ED|ICU|ward}|$CITY}{ $DATE|}
{adm|Adm|seen|Seen} $DATE {$FAC|{at|@} $FAC}{ w/ $MED| with $COND2|}
{d/c|D/c|dc'd|Discharged|discharge|DC} {home|to $FAC|to SNF|to IRF|to $PLACE|$DATE|home w/ {wife|son|daughter} $F}
{referred|Referred|Refer|Ref|Referral} {to|by|from} {$DOC|$FAC|$DOC, $FAC|$N|$DOC ($FAC)}
{d/w|D/W|discussed with|Discussed with|spoke to|Spoke with|T/C from|call from|updated|Updated|informed|paged|Paged|t/c to} {$DOC|$N|$F|$DOC ({ICU|cardiology|renal|surgery|GP})|$N ({SW|RN|CM|PT|dietitian})}
{seen|Seen|reviewed|Reviewed|assessed|s/b|S/B|rv'd} {by|w/|with} {$DOC|$N|$DOC and $DOC|$F (OT)|{ward sister|charge nurse|RN|CNM|PT|SLP|OT|SW} $F{ $L|}}
{ward round|WR|rounds|MDT|huddle} {w/|with|-} $DOC{ and $DOC|, $F {RN|OT|SW}|}
{RN|CNA|LPN|HCA|SN|Sister|Charge Nurse|Staff Nurse|Midwife|PT|OT|SLP|SW|CM|PharmD|tech|Tech|medic|Medic|chaplain|interpreter|liaison|Navigator|Caseworker|Care coordinator|therapist|Social worker|key worker|health visitor} {$F|$N|$L|$SHORT}{ aware| notified| informed| present| to follow up| at bedside|, ext $NUM|: $MED|}
{PCP|GP|Cardiologist|Oncologist|Surgeon|Attending|Consultant|Anaesthetist|Anesthesia|GDP|Optician|Dentist|Prescriber|Referring|Resident|SHO|Reg|Intern}{:| -| is|} {$DOC|$N|$L|$SHORT|$DOC, $FAC|$DOC, $ADDR}
{signed|Signed|sgd|Reported by|Screened by|Dictated by|Typed by|Checked by|Witnessed|Counselled by|Recorded by|Entered by|Author|Dict}{:| -|} {$FULL|$SHORT|$DOC|$FULL {MD|RN|DO|PT|DPT|NP|PA-C|CGC|LCSW|OTR}|$SHORT {RN|PA|NP}}
$FULL{,|} {MD|RN|DO|DPT|NP|PA-C|CGC|LCSW|OTR/L|PharmD|CNM|MD FACC|MBBS|FRCS|ST5|SHO|CT(ASCP)|RD}
{Dr|Dr.|dr|Prof|Mr|Miss} $L{'s|} {list|clinic|patient|pt|team|office called|ofc called|notified|aware|happy|to review|agrees|recs}
{F/U|f/u|FU|follow up|Follow-up|Next appt|R/V|RTC|TCI|OPA|recheck} {with|w/|-} {$DOC|$DOC {in|at} {$FAC|$NUM wks|clinic}|$F {PT|RN}}{ $DATE|}
{f/u|Follow up|RTC|R/V|recheck|TCI} {in|-} {$NUM/52|$NUM/12|$NUM wks|$DATE|$NUM mo|prn|one year}
{works|Works|employed|Worked|job:} {at|for|as a {packer|driver|welder|teacher|clerk} at} {$BUSINESS|$EMPLOYER|$BUSINESS, $CITY|$BUSINESS in $CITY}
{retired|Retired|former} {teacher|miner|nurse|engineer|seamstress|farmer|veteran|machinist|$BUSINESS engineer}
{attends|goes to|started at|student at|Attends} {$SCHOOL|$SCHOOL, $CITY|$SCHOOL in $CITY}
{pharmacy|Pharmacy|Rx sent to|meds from|called in to|collects from}{:|} {$FAC|$BUSINESS|$BUSINESS, $ADDR|$FAC on $STREET|$BUSINESS on $STREET}
{bank|Bank|insurer|Insurance|Ins|Payer}{:|} {$BUSINESS|$COMPANY|Medicare|Medicaid|Aetna PPO|self pay|Blue Cross}
{found|picked up|collapsed|fell|assaulted|MVC} {at|outside|on|near} {$ADDR|$STREET|$BUSINESS|$BUSINESS on $STREET|$CITY}
{dispatched|Dispatched|responded|called} to {$ADDR|$STREET|$BUSINESS}{ for fall| for CP| for $MED|}
{home|Home|mailing|new|Addr|address|Address}{ address|}{:| is|} $ADDR
{outside|OSH|prior|old|previous} {records|films|imaging|scan|labs|echo} {from|at|via} {$FAC|$FAC, $CITY}
{sample|Sample|specimen|bx|path|labs|slides|bloods} {sent|to|faxed|drawn|reviewed} {to|at|from} {$FAC|$BUSINESS}{ on $DATE|}
{trial|study|screening|consult|second opinion|transplant eval|rehab bed|bed|placement} {at|accepted at|pending at|offered at} $FAC
{baby|Baby|Newborn|Infant|BB|BG|twin A|Twin B} {girl|boy|} {$L|$F|$F $L|named $F}{, Apgars 8/9| $NUM g|}
{named|Named|called} $F
{father of baby|FOB|partner|doula|midwife} {$F|($F)|$N}
{relationship|divorce|separation|argument|fight|breakup} {with|from} {$F|ex $F|ex-husband $F|boyfriend $F}
{goes by|prefers|likes to be called|known as} {"$F"|$F}
$F {ambulating|remains $MED|declined $PROC|tolerated $MED|slept|states ready|says|reports|tearful|doing well|now|has $COND2|ate}{ to go home to $CITY|}
$L {reports|denies|tolerating|improving|ambulated|off $MED|s/p $PROC|refused} {$MED|$ITEM|"less pain"}
{advised|told|asked|counselled|reassured|taught|met w/|met with} {$F|$N|{Mr|Mrs|Ms} $L} {re|about|to|that} {$MED|diet|smoking|alcohol}
{email|Email|e-mail} $EMAIL
{cell|Cell|mobile|ph|tel|Tel|phone|Callback|ext|bleep|pager}{:|} {$PHONE|$NUM}
{MRN|Acct|Hosp no|NHS No|DOB|dob|LMP|EDD|Accession|Case}{:|#|} {$ID|$DATE}
{Ward|ward|Unit|Floor|Bay|Theatre|OR|Pod|Clinic} {$NUM{A|B|}|ICU|PACU|ED|AMU}
$ITEM
$ITEM
$ITEM
$ITEM
$ITEM
$LAB
$LAB, $LAB
{T|BP|HR|RR|SpO2|P|Wt|wt|UOP} {$NUM|$NUM/82|$NUM kg|97% RA|$NUM ml}
{PMH|PMHx|Hx|hx|h/o|s/p|r/o|?|known|likely|denies|no} {$COND2|$MED|$ABBR|$EPO}{, $MED|}
{on|start|cont|stop|hold|held|restart|given|ordered|PRN} {$DRUG|$BRAND} {$NUM mg|$NUM|BID|PRN|nocte|OD|qHS|@ $TIME|x$NUM}
{US|CT|MRI|XR|CXR|ECG|EKG|echo|HUS|DEXA|CTPA|AXR} {$DATE|today|ordered|pending|NAD|: $MED|neg|ok}
{Plan|plan|A/P|Imp|Impression|Dx|Rec|Recs|O/E|C/O|Meds|Allergies|Obs|Diet|Exam|Obj|Goals|PLAN|NOTE}:{ } {$MED|$ITEM|$DRUG|continue|$COND2|NKDA}
{$MED|$MEDCAP} {$MED|$NUM|reviewed|ok|noted|pending|stable|+ve|-ve|planned $DATE|$DATE}
{pain|Pain} {$NUM/10|controlled|settled|4/10 post|worse at night}
{grade|Grade|gr|Gr|class|stage|type} {I|II|III|IV|IIa|3} {$MED|$COND2}{, $MED|}
{section|Section|code|zone|level|phase|step} {$NUM|II|III} {expires $DATE|noted|reviewed}
{full code|Full code|DNACPR|DNAR|NKDA|NAD|AFVSS|A&O x3|GCS 15|NBM|NPO|CAM neg|call bell in reach|for home today|MFFD|awaiting TTO|POC reviewed|HEP given}
{at|@} $TIME {obs stable|$MED given|seen|$ABBR|meds given|transferred|to CT}
{Seen|reviewed|d/w} {by|in|with} {ortho|cards|the ED|OT|PT|SLT|the MDT|the consultant|dietitian|psych|GP surgery|ward team|Navigator|Consultant Paediatrician|Practice Nurse|District Nurse|hospital at home}
{travel|trip|holiday|flew|back from|visited} {to|from|in|} {$COUNTRY|$CITY|$COUNTRY and $COUNTRY}
{Hospital|Practice|Clinic|Ward|Unit|Health|Care} {number|no|record|team|clerk|plan|code|summary|bed}
{school|nursery|work|church|gym|pub|shop|home|clinic|day centre|care home|nursing home} {$MED|today|tomorrow|notified|$DATE}
{Dear|Re|RE|Hello|Hi|Attn|FAO|To|cc|From}{:|} {$DOC|$N|$FAC|$DOC, $FAC}
{yours sincerely|Kind regards|Thanks|Many thanks|Regards|Best wishes}{,|} {$FULL|$F|$DOC|$SHORT}
{collected|drawn|received|printed|faxed|scanned|verified|dictated|approved} {$DATE|$TIME|by $SHORT|by $FULL|by $INITIALS}
{IMPRESSION|PLAN|FINDINGS|HISTORY|COURSE|DISPO|DIET|MEDS|PROC}: $SHOUT {OF|WITH|AND|TO} {THE |}$SHOUT{, $SHOUT|}. {NO $SHOUT.|$SHOUT $NUM MG BID.|PT TOLERATED $SHOUT WELL.|RTC PRN.|}
{HE|SHE|PT|PATIENT} {WAS|IS} {TAKEN TO|PLACED ON|STARTED ON|TRANSFERRED TO|SEEN IN} {OR|ICU|CT|TELE|$SHOUT|BIPAP|STEP DOWN} {AND|FOR|WITH} $SHOUT{ $SHOUT|}.
{DR|DR.|MR|MR.|MRS.|MS.} $L {WAS|IS|SAW|WILL|NOTIFIED} {SEE PT|CONSULTED|$SHOUT|TAKEN TO OR|UPDATED}, $SHOUT $SHOUT.
{FROM|LIVES IN|TRANSFERRED FROM|RESIDENT OF} {$PLACE|$FAC} {ON $DATE |}{WITH|FOR|AFTER} $SHOUT {AND|,} $SHOUT.
`

/** The same in questions and messages, as a few words before and after what is asked. */
export const ASIDES = String.raw`
{my|My|our|Our} {pt|patient|guy|lady|client|resident}{,|} {$NC|$F|{Mr|Mrs|Ms}. $L}{,| -|} {has|needs|had|keeps having|came in with|wants} {$MED|$COND2|$DRUG}
{per|Per|as per} {$DOC|$DOC at $FAC|$L at $FAC|$FAC}, $F {failed|needs|has|tried} {$DRUG|$COND2|two {SSRIs|inhalers|agents}}
$F's {A1c|INR|creatinine|rash|mom|insurance|$MED|daughter|MRI|labs} {went|is|was|looks|came back|needs} {$NUM|high|worse|normal|from $NUM to $NUM}
{could|Could|is|Is|does|Does|can|should|Should} {$F|$NC|{Mr|Mrs|Ms}. $L}{'s rash be|have|qualify for|take|need|ok on} {$DRUG|$COND2|$MED}?
{should|Should} I {tell|call|refer|treat|start|send} {$F|$NC|the {$L family|parents}} {about|for|on|to} {$MED|$DRUG|$COND2|$FAC}
{when|When} I saw {$F|$NC|{Mr|Mrs}. $L} {in|on|at} {$DATE|$FAC|our $CITY office}
{the|The} {consult|note|letter|discharge|report|scan|chart|ct} from {$DOC|$FAC|$DOC ($FAC)|$DOC at $FAC} {recommends|says|shows|mentions} {$DRUG|$COND2|$MED}
{I'm|i'm|I am} {an intern|a resident|a nurse|a pharmacist|an NP|new} at {$FAC|$FAC in $CITY}{;|,|.} {my attending|my preceptor|attending|$DOC} {$L|} wants $MED
{seen|treated|drawn|admitted|transferred|followed|done} at {$FAC|our $OURFAC|$FAC in $CITY}{, $DATE| on $DATE|}
{transferring|sending|referring} {to|him to|her to} {$FAC|$DOC at $FAC} {tonight|tomorrow|for $PROC}
{he|she|He|She|who|they} {lives|lived|live|moved|is from|works|farms} {in|at|to|over in|near|2 hours away in|outside} {$PLACE|$CITY|$ADDR}
{works|worked|employed} {as a {pipefitter|nurse|driver}|} {at|for} $EMPLOYER
{employer|school|Employer} is {$BUSINESS|$SCHOOL|$SCHOOL in $CITY}
{text|message|portal message|voicemail|email} from {$F|$NC|$N}:
{his|her|His|Her|their} {daughter|son|mom|wife|husband|dad|sister|caregiver}{,|} $F{,|} {is worried|called|asked|drove him in|says no|declines $MED}
{explain|Explain|Teach|tell} to {a caregiver|the family|the mother}, {$F|$N}, how to {flush a PEG|give $DRUG|use the $MED}
{the|The} {$L|$F $L} {family|case|chart|kids}
{$AGE|$AGE-year-old|$AGE yo}{ $SEX|}{, $NC,| named $F,|, $F,} {with|w/} {$COND2|$MED}
{need|Need|write|Write|Draft|make} a {letter|note|prior auth|work excuse|summary|differential} for {$NC|$N|$F|$NC ($AGE)}
{compare|Compare|summarize|Review} the {notes|labs|scans} {for|of} {$NC|$N|$F}
pt: $NC | dob: $DATE | dx: $MED | q: $DRUG?
{NKDA|QTc $NUM|EF $NUM|eGFR $NUM|LFTs up|BP $NUM/90|no allergies|on $DRUG|failed $DRUG|s/p $PROC|hx $COND2}
{what|What} {now|next|dose|should I check|is safest|would you use|antibiotic}?
{any|Any} {interaction|thoughts|guidelines|DDI|risk} {with|on|for} {$DRUG|$COND2|$MED}?
{is|Is} {$DRUG|it|this} {safe|ok|indicated|covered} {in|for|with} {$COND2|CKD|pregnancy|the elderly}?
{trip|travel|vacation|deployed} to {$COUNTRY|$COUNTRY last month|$CITY}
{started|stopped|on|takes|failed} {$DRUG|$BRAND} {$NUM weeks ago|in $DATE|daily|twice}
`

/** Notes and letters in other languages that are written with capitals, and what stands in them besides names. */
export const FOREIGN = String.raw`
Wir berichten über {Frau|Herrn|die Patientin|den Patienten} $N, geb. $DATE, {wohnhaft|wohnh.} {in |}{$ADDR|$CITY}, {die|der} sich {vom|seit} $DATE {bis|in} {zum |}$DATE in unserer stationären Behandlung befand.
{Mit freundlichen Grüßen|Mit freundlichem Gruß|Hochachtungsvoll}{,|}{ |\n}{Prof. Dr. med. |Dr. med. |Dr. |}$N{, $FAC|}
{Diagnosen|Anamnese|Befund|Therapie|Medikation|Verlauf|Procedere}: {Pneumonie rechts basal|Vorhofflimmern|arterielle Hypertonie|$COND2|$DRUG $NUM mg 1-0-1}{, $DRUG $NUM mg|}. {Keine Allergien bekannt|Der Verlauf war komplikationslos|Wir empfehlen eine Kontrolle in zwei Wochen|Entlassung in gutem Allgemeinzustand}.
{Der Patient|Die Patientin|Patientin|Patient} {stellte sich|wurde} {wegen Fieber|mit Brustschmerzen|notfallmäßig} {vor|aufgenommen}{, $AGE Jahre|}. {Hausarzt|Oberarzt|Stationsarzt}: {Dr. |}$N
{Sehr geehrte Frau|Sehr geehrter Herr} {Kollegin|Kollege|Dr. $L|$L}, {vielen Dank für die Überweisung|wir danken für die Zuweisung}.
{Mme|M.|Monsieur|Madame|Le patient|La patiente} $N, {né le|née le} $DATE, {demeurant|domicilié} {$ADDR|à $CITY}, {hospitalisée|hospitalisé} du $DATE au $DATE pour {décompensation cardiaque|pneumopathie|$COND2}.
{Médecin traitant|Chirurgien|Rédigé par|Confrère} : {Dr |Pr |}$N{, $FAC|, $CITY|}, tél. $PHONE
{Antécédents|Traitement|Examen clinique|Conclusion|Motif} : {hypertension artérielle|diabète de type 2|$COND2|$DRUG $NUM mg}{, $DRUG|}. {Apyrétique|Pas d'allergie connue|Sortie à domicile|Contrôle dans un mois|FEVG à 38 %}.
{Paciente|Pac.} $N, $AGE años, {NHC $ID, |}{acude|ingresa|consulta} {el $DATE |}por {cefalea|dolor torácico|fiebre}{ en $FAC|}. {Natural de|Vive en|Residente en} $CITY.
{Antecedentes|Exploración|Tratamiento|Plan|Evolución|Juicio clínico}: {hipertensión arterial|sin hallazgos|neumonía|$COND2}, {TA 118/72|Glasgow 15|afebril|$DRUG $NUM mg/8 h}. {Alta con paracetamol|Control en atención primaria|No alergias}{, Dra. $L|, Dr. $N|}.
{Il paziente|La paziente|Sig.|Sig.ra|Gentile collega, il sig.} $N, {nato|nata} {a $CITY |}il $DATE, {residente in|residente a} {$ADDR|$CITY}, {ricoverato|ricoverata} dal $DATE al $DATE per {scompenso cardiaco|polmonite}.
{Anamnesi|Terapia|Esame obiettivo|Diagnosi|Decorso}: {ipertensione arteriosa|polmonite destra|$DRUG $NUM mg}, {PA 130/80|apiretico|nessuna allergia nota}. {Cordiali saluti|Distinti saluti}{, Dott. $N|, Dott.ssa $L|}
{Doente|Paciente|Utente} $N, $AGE anos, {residente em|natural de} $CITY, {recorre ao|internado no} {$FAC|SU} por {dor torácica|febre|dispneia}. {Medicado com|Alta com} $DRUG.
{Dhr.|Mw.|Patiënt|Patiënte} $N, geb. $DATE, {wonende te|woont in} {$CITY|$ADDR}, {werd opgenomen|kwam op de SEH} {wegens|met} {koorts|pijn op de borst}. {Huisarts|Specialist}: {dr. |}$L
{Beloop|Voorgeschiedenis|Medicatie|Conclusie}: {hypertensie|longontsteking rechts|$DRUG $NUM mg}, {geen allergie bekend|controle over zes weken|met vriendelijke groet}{, $FULL|}
{Pacjent|Pacjentka} $N, {ur.|urodzony} $DATE, {zam.|zamieszkały} {$ADDR|w $CITY}, {przyjęty|hospitalizowany} z powodu {zapalenia płuc|bólu w klatce piersiowej}. {Rozpoznanie|Zalecenia}: {nadciśnienie|kontrola za tydzień}.
{Patienten|Pasienten|Patient} $N, $AGE år, {född|født} $DATE, {bor i|bosatt i} $CITY, {inkom|innlagt} med {feber|brystsmerter|bröstsmärta}. {Läkare|Lege}: $N{, $FAC|}
{Potilas|Hasta} $N, {s.|doğum tarihi} $DATE, {asuu|adres} {$CITY|$ADDR}. {Diagnoosi|Tanı}: {keuhkokuume|pnömoni|diyabet}
{Specimen|Tissue|Cores|Sections|Fragments} {in|received in|placed in} {formalin|saline|RPMI|$NONCE}{, cassette A$NUM|, cassettes A1-A$NUM|, block $NUM}.
{in|via|on|with|per|over|using} {$MED|$NONCE} {$NUM mcg BD via spacer|inhaler|$NUM puffs|spacer|nebs|infusion}; {one|two} course{s|} of $DRUG
{due|Due|send|check|+|to|per|r/o|for|List} {U&E|LFT & CRP|$ABBR/$ABBR|$ABBR + $ABBR|FBC/U&E|$ABBR&$ABBR}{ and $MED|, $ITEM|.}
{Johns Hopkins|Kaiser Permanente|Mayo|Duke|Stanford|Cleveland Clinic|Framingham|Edinburgh|Oxford|Harvard|Boston|Vancouver|$EPON}{'s|} {antibiotic guidelines|{2010|large} {statin |}study|criteria|trial|protocol|model|classification|risk calculator|handbook|knee score}{ {still hold|apply|recommend $DRUG}?| on $COND2|.}
{COOPER'S|POUPART'S|SCARPA'S|HESSELBACH'S|DENONVILLIERS|CAMPER'S|GEROTA'S|$EPON|$EPON'S} {LIGAMENT|FASCIA|TRIANGLE|ligament|fascia|triangle} {WAS IDENTIFIED|was identified|INTACT|was incised}.
{THE|A|AN} $SHOUT {WAS|WERE} {MADE|PLACED|IDENTIFIED|DIVIDED|PERFORMED|DEVELOPED} {WITH|IN|USING} {A|THE} $SHOUT $SHOUT. {$SHOUT INTACT.|COUNTS CORRECT X2.|EBL $NUM ML.|}
`
