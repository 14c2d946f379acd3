/** Lines about medicine in which nobody is named. */
export const MEDICINE = String.raw`
{as shown by|per|see|reviewed in|cf.|after|according to|data of} {$SCHOLAR et al.|$SCHOLAR and $SCHOLAR|$SCHOLAR, $SCHOLAR, et al.} {(2019)|, 2021|2017|({NEJM|JAMA|Lancet|Chest} 2020)}, {$DRUG|$PROC} {reduced|did not change|is superior for} $COND2.
{Unit|Loc|LOC|Floor|Dispo|Bed}{:| -} {$NUM {South|North|West|East}|{South|North|West} $NUM|$NUM East Tower|ICU $NUM|PACU|Tele}{ / | - |, |; }{Age|Adm|LOS|Iso}{:|} $NUM{d|}
{tol|tolerating} {clears|diet|PO|TF|room air}, {ambulated|voided|OOB} x$NUM, {pain|n/v|flatus} {ok|neg|+}. {LM|LAD|RCA|LCx}: {normal|$NUM%|patent}. {HCM|AS|DCM}, {LVOT|AV} gradient $NUM
{ICD|PPM|CRT-D|Lens|IOL|Stent|Mesh|Pump|PICC|Port|Device|Implant|Stapler|Graft} ({Medtronic|Boston Sci|Abbott|Bard|Alcon|Stryker|Ethicon|Biotronik|Cook|Gore} $NONCE{ $NUM|}{, SN $ID|, lot $ID|}): {no events|interrogated|in place|placed without difficulty|battery ok}.
{rec|Rec|plan|for|Plan:|needs} {dual chamber|single chamber|biventricular|leadless} {PPM|ICD|pacer} {per EP|today|this week|}{, net negative $NUM.$NUM L|, $LAB}.
{PT|OT|SLP|RD|SW|CM|WOC|PICC|IV} {EVAL|Eval|eval|CONSULT|NOTE|TX|re-eval} {done|pending|complete|ordered|x1}{: $MED|, $ITEM|}. {Cert|Recert|Auth} period {$DATE|x60d|ends $DATE}.
{switch|Switch|start|Start|bridge|on} {her|him|pt|} {to|from} {a|an} {DOAC|SSRI|SNRI|LABA|GLP-1|PPI|ARB|DMARD|LAMA|TNF inhibitor} with {CrCl|eGFR|EF|plt} $NUM{?|.}
{within|outside|beyond|meets} {Milan|Barcelona|UCSF|Toronto|Kyoto|Paris|$EPON} {criteria|system|}{; bridging TACE| - listed|, MELD $NUM}. {ALF|AKI|DILI} {from|due to} {APAP|NSAIDs|$DRUG}, {1A|status 2|stage 3}.
{BCx|UCx|Cdiff|MRSA swab|Resp panel|Strep|Trop|Lactate} {x2|#2|neg|NGTD|pos|pend}{, $ITEM|}. $ABBR L. {Rubber dam|$CAP $MED|$MEDCAP $MED}, {Filtek|$NONCE|$BRAND} {A2|$NUM}.
{passport|visa|interpreter|language|ethnicity|diet} ({Dominican|$NAT|$NAT}){, {kosher|halal}|}. {Vent|VENT|AC|PRVC} $NUM/$NUM/$NUM{, FiO2 0.4|}. {FAST 7C|PPS $NUM|ECOG 1|AALL1731|protocol $ABBR$NUM}.
{Air|Aircast|Velcro|Cam|Knee} {stirrup|boot|immobilizer|brace} {applied|given|x4 wk}, {crutches|WBAT|NWB}, {Ottawa|$EPON} {+|neg|rules met}.
{Medical|Family|Social|Surgical|Dental|Travel|Birth} {Hx|hx|history}: {noncontributory|$COND2|neg|see above}. {Father|Mother|Brother|Sister|MGM|PGF|Maternal aunt} {with |had |- |: }{$COND2|MI at $AGE|CA|healthy|deceased $AGE}{, {sister|brother|uncle} {$COND2|healthy}|}.
{daughter|son|wife|husband|mother|father|caregiver|parents|Family|Daughter|Wife|Mother} {at bedside|updated|called|present|declined|upset|aware|to bring meds|will drive|asks about $MED|given handout|concerned about $COND2}{, $ITEM|}.
{DAUGHTER|SON|WIFE|MOTHER|FAMILY|HUSBAND} {AT BEDSIDE|UPDATED|CALLED|PRESENT|DECLINED $SHOUT|AWARE|REQUESTS $SHOUT|STATES PT $SHOUT}. {NO $SHOUT|$SHOUT $NUM|PLAN $SHOUT}.
{RN|MD|NP|PA|RT|MA|SW|CM} {notified|aware|at bedside|to follow|assessment|student|staff|on call|paged x2|visit}{ $TIME|}{, $ITEM|}. {pt|Pt} {tolerated|refused|resting|voiding} {well|$MED|$PROC}.
{What is|What are|Explain|Describe} the {role|mechanism|side effects|dosing} of $DRUG in {treating |}$COND2{?| with $COND2?}
{Guidelines|Recommendations|Evidence} for {screening|treating|preventing} $COND2 in {adults|children|women|men} {over|under} $AGE{?| with $COND2?}
{What are|List} the {diagnostic criteria|stages|complications|risk factors} {of|for} $EPO{?| according to the $CAP $CAP?}
{Calculate|Interpret|Compute|How to use} the $EPO {for|in} {a|an} $AGE-year-old $SEX with $LAB{?| and $LAB.}
{Positive|Negative|Equivocal} $EPO{,|;} {negative|positive} $EPO{.|,} {no|mild} $COND2.
{Dx|PMH|PMHx|History}: $COND, $EPO, $COND2, s/p $PROC ($DATE), $COND2.
{Circle of|Foramen of|Angle of|Ampulla of|Islets of|Bundle of|Crypts of|Loop of|Sphincter of|Canal of|Space of} $EPON {intact|is patent|variant anatomy|normal}
{Placed|Removed|Inserted|Exchanged} {a |}{16 Fr |$NUM Fr |}$EPON {catheter|drain|tube|line|clamp|pump} {without difficulty|under ultrasound|to gravity}.
{Labs|LABS|Chem 7|BMP|CBC}: $LAB, $LAB, $LAB{, $LAB|}{, $LAB|}.
$LAB $LAB $LAB $LAB
{Vitals|VS|VITALS}: T $NUM.4 HR $NUM BP 142/88 RR 18 SpO2 97% {RA|on 2L NC|on BiPAP 12/5}
{ABG|VBG}: pH 7.31/pCO2 52/pO2 68/HCO3 $NUM on FiO2 0.$NUM
{Meds|Medications|Home meds|MEDICATIONS|Current meds}: $DRUG $NUM mg {daily|BID|qHS|PRN}, $DRUG $NUM {mcg|mg} {PO|IV|SC}{, $BRAND|}.
$DRUG $NUM mg PO {daily|BID|TID|q8h|qHS}\n$DRUG $NUM mg {IV|IM|SC} {once|q12h}\n$BRAND $NUM/12.5 mg tab
{Start|Stop|Hold|Continue|Increase|Taper|Resume|Switch to|Load with} $DRUG{ $NUM mg|}{, then $DRUG|}{ and recheck $LAB|} {in the AM|today|before $PROC}.
{Allergies|ALLERGIES|NKDA|Intolerances}: $DRUG ({rash|anaphylaxis|hives|angioedema}), {Latex|Sulfa|Iodine|Shellfish}
$GENE {detected|not detected|pathogenic variant|VUS|mutation positive}{, $GENE negative|}; {TMB|MSI|PD-L1 TPS} {high|stable|$NUM%}.
{ICD-10|ICD|Dx code|DX}: $ICD {$COND|$COND2}{, $ICD $EPO|}{; CPT 99213|; CPT $NUM|}
{LOINC 4548-4|LOINC 2345-7|SNOMED 44054006|RxNorm 860975|NDC 0002-8215-01|HCPCS J1885} {Hemoglobin A1c|Glucose|$MED|$MEDCAP}
{CHIEF COMPLAINT|HISTORY OF PRESENT ILLNESS|PAST MEDICAL HISTORY|REVIEW OF SYSTEMS|FAMILY HISTORY|PHYSICAL EXAM|ASSESSMENT AND PLAN|DISCHARGE INSTRUCTIONS|HOSPITAL COURSE|IMPRESSION|FINDINGS|TECHNIQUE}:{\n| }$COND {and|with} $COND2.
{Chief Complaint|History of Present Illness|Past Medical History|Review of Systems|Family History|Social History|Physical Exam|Hospital Course|Discharge Medications|Follow Up Instructions|Review of Systems Negative}{:|\n} {Denies|Reports|Positive for} $COND2, $COND2.
{HEENT|Neck|CV|Lungs|Abd|Ext|Neuro|Skin|Psych|GU|MSK|General|Cardiac|Pulm}: {NCAT|PERRLA, EOMI|supple, no JVD|RRR, no m/r/g|CTAB|soft, NT/ND|no edema|A&Ox3|CN II-XII intact|$MED $MED}.
{CT|MRI|CXR|XR|US|Echo|EKG|ECG|EEG|PET} {head|chest|abd/pelvis|$ANAT|brain w/wo} {shows|showed|with|:} $COND2{,|;} {no acute|stable|mild} $COND2 at {L4-L5|C5-6|T12|the $ANAT}.
{Grade|Stage|Class|Type|Level|Phase} {I|II|III|IV|IIIB|2|3} $COND2{,|;} {Gleason 4+3|Child-Pugh B|NYHA III|ECOG 1|Fitzpatrick II|Mallampati 3|ASA 3|Killip II|Rai 0|Ann Arbor IIA|Clark level III|Breslow $NUM mm|Hunt and Hess 2|Fisher 3|Le Fort II|Salter-Harris II|Garden III|Weber B|Rutherford 4|Forrest Ib|Bosniak IIF|BI-RADS 4|TI-RADS 3|LI-RADS 5}.
{Culture|Blood cultures|Urine cx|Wound cx|Sputum} {grew|positive for|+ for} $ORG{, $ORG|}, {sensitive|resistant} to $DRUG{ and $DRUG|}.
{Apgars|APGAR|Apgar} 8 and 9, {Ballard|Dubowitz} 38 wk, {Bishop score|Bishop} 6, {Moro|Babinski|Galant} {intact|present}.
{GCS|MMSE|MoCA|PHQ-9|GAD-7|AUDIT-C|CIWA|NIHSS|Braden|Morse|Barthel|Karnofsky|Katz|Norton|Wells|Centor|CURB-65|HEART|Ranson|MELD-Na|CHA2DS2-VASc|HAS-BLED} {score |}{of |= |: |}$NUM{,|;} {low|moderate|high} risk.
{The|A} $AGE-year-old $SEX {with|who has} $COND2 {presents|was started on|is taking} $DRUG{ for $COND2|}{.| and asks about $COND2.}
{pt|patient|A patient|An elderly man} {seen in clinic|in the hospital|at the clinic|in our office} {with|for|w/} {GI bleeds|A-fib|$MED|$COND2}, {on|takes} {beta-blockers|ACE inhibitors|statins|$DRUG}{; patient ID $ID|, MRN $ID|, license no. $ID|}.
{cardiovascular|mental|bone|women's|public|gut|oral} {health|care|surgery} {in|of|for} {a|an} $AGE-year-old $SEX with {advanced |}{$EPO|$COND2}{?|, recently admitted.}
{Findings|Results|Data} {of|from} the {$CAP $CAP Study|$EPON Heart Study|Nurses' Health Study|Women's Health Initiative|$ABBR trial} {on|in} $COND2{?|.}
{Is there|Any} {evidence|benefit} {for|of} $DRUG {over|versus|plus} $DRUG {in|for} $COND2{?| in $NAT patients?}
{Hx|h/o|s/p} $PROC {x2|in 2019|on the left}, {on|takes} $BRAND and $BRAND{,|.} {no known|denies} $COND2.
{Differentiate|Compare|Difference between} $EPO {and|from|vs} $EPO{?|.}
{Patients|Women|Men|Children|Adults|Veterans} with $EPO {often|may|should} {receive|develop|avoid} $DRUG.
{Consent|Procedure|Operation|PROCEDURE|Postop Dx|Preop Diagnosis}: {Left|Right|Bilateral} $PROC, {$EPON|$MEDCAP} {approach|technique|repair}.
{Ordered|Obtain|Check|Repeat|Follow|Send} $MEDCAP, {$MEDCAP|$MED}, {UA|CXR|CBC} {in AM|today|q6h}.
{No|Denies|Without} $COND2, $COND2 or $COND2{.|; + for $COND2.}
{Medtronic|Boston Scientific|Abbott|Stryker|Zimmer|Dexcom G6|FreeStyle Libre|Omnipod|Impella|HeartMate 3|Watchman|MitraClip|Amplatzer|Edwards SAPIEN 3|Hill-Rom|Baxter|Alaris|Bard|Hickman|Port-A-Cath|Jackson-Pratt|Penrose|Kelly|Kocher|Allis|Babcock|DeBakey|Metzenbaum|Mayo scissors|Army-Navy|Richardson|Deaver|Balfour|Bovie|Yankauer|Salem sump|Dobhoff|Blakemore|Shiley|Bivona|Passy-Muir|Ambu|Miller|Macintosh} {device|pacer|pump|valve|lead|retractor|drain|clamp|blade|tube|catheter|} {in place|functioning|interrogated|removed|size $NUM}.
{Vicryl|Monocryl|Prolene|Steri-Strips|Dermabond|Tegaderm|Kerlix|Coban|Surgicel|Gelfoam|Floseal|Betadine|ChloraPrep|Marcaine|Xylocaine|Omnipaque|Gadavist|Lovenox|Pitocin|Ringer's lactate|Lactated Ringers|Hartmann's solution|Dakin's solution|Burow's solution|Domeboro} {used|applied|given|infused|$NUM mL}.
{Vaccines|Immunizations}: {Tdap|MMR|Prevnar 13|Shingrix|Gardasil 9|Pneumovax|Moderna|Pfizer-BioNTech|Menactra|Fluzone} {UTD|given|due}.
{Diet|Activity|Code status|DVT ppx|Dispo|Access|Lines|IVF|GI ppx}: {NPO|cardiac diet|OOB with assist|Full code|DNR/DNI|SQ heparin|home with PT|PIV x2|NS at 75|Protonix}.
{Rose|Lily|Grace|May|Will|Hope|Faith|Art|Mark|Bill|Drew|Dawn|Joy|Frank|Pat|Chase|Grant} {hip tea|allergy|period before $COND2|improve with $DRUG|need $PROC|for recovery is fair|therapy|the site|incision|payment|blood for $LAB|phenomenon|hematuria|dry the area|funding} {noted|today|as tolerated|.}
{African American|Hispanic|White|Caucasian|Asian|Native American|$NAT} {patients|women|men|population|$SEX} {with|at risk for} $COND2{.|, age $AGE.}
{The|A} {study|trial|review|meta-analysis} {in|published in} {JAMA|NEJM|The Lancet|BMJ|Annals|Cochrane} {showed|found} $DRUG {reduced|improved} $COND2.
{SPRINT|ALLHAT|DAPA-HF|EMPEROR|PARADIGM-HF|KEYNOTE-189|RECOVERY|ACCORD|UKPDS|Framingham|NHANES} {trial|study|data} {showed|:} {benefit|no benefit} of $DRUG{ in $COND2|}.
{Per|According to} {KDIGO|GOLD|GINA|JNC 8|ACR|EULAR|IDSA|ASCO|NCCN|USPSTF|Beers|Joint Commission|Rome IV|Duke|Jones|McDonald|Light's|Amsterdam|Berlin|Sydney|Rotterdam|Tokyo|Atlanta|Milan|Bethesda|Vancouver|Ottawa} {criteria|guidelines|classification|rules}{,|:} {treat|screen|consider} $COND2.
{Spanish flu|Rocky Mountain spotted fever|West Nile virus|Ebola|Lyme disease|Norwalk virus|Japanese encephalitis|Marburg|Hong Kong influenza|German measles|Legionnaires' disease|Coxsackie|MERS|Zika|Rift Valley fever|St. Louis encephalitis|Minnesota tube|Boston brace|Milwaukee brace|Philadelphia chromosome|Philadelphia collar|Chicago classification|Glasgow Coma Scale|Edinburgh Postnatal Depression Scale|Bristol stool chart|Montreal Cognitive Assessment|Denver II|Stanford type A dissection|Mediterranean diet|New York Heart Association class II|Boston bowel prep score} {discussed|positive|negative|noted|of 4|reviewed}.
{Emergency Department|Intensive Care Unit|Operating Room|Labor and Delivery|Primary Care|Internal Medicine|Infectious Disease|Physical Therapy|Social Work|Case Management|Radiation Oncology|Interventional Radiology|Med/Surg|Step-Down Unit|Cath Lab|Urgent Care|Pain Clinic|Wound Care} {consulted|to follow|notified|transfer|visit|team aware}.
{Assess|Ambulate|Reposition|Educate|Encourage|Monitor|Notify provider if} {patient|pt|family} {q2h|on $MED|re: $COND2|for $COND2}; {Pain 4/10|Fall risk|Braden 18}.
{in|over} {patients|pts} {with|on} $DRUG {in the|from the} {United States|Midwest|South|UK|southern US|developing countries|$STATE|$COUNTRY}{, the incidence of $COND2|}
{What is|What's|Explain|Describe|Summarize|Give me|Compare|List} {the |}{difference between|criteria for|pathophysiology of|first-line treatment for|dosing table for|mnemonic for|branches of|interactions of|guideline on|workup of} $EPO{ and $EPO|}{ in {women|children|adults|the elderly}| over $AGE| in $COUNTRY|}?
{Who was|Who is} {the doctor|the man|the surgeon} behind {the |}$EPO and why does {it|the score} matter?
{Does|Do|Did|Is|Should} {the |}{$ABBR|$EPON|$COMPANY|VA|CDC|WHO} {guideline|study|trial|criteria|score|classification}s? {recommend|still hold|apply|favor} $DRUG{ or $DRUG|} {for|in} $COND2?
{Rank|Order|Compare|List|Sort} {these|the following|my meds|them} by {anticholinergic|pill|symptom|fall|sedative|GI} {burden|risk|cost|half-life}: $BRAND, $BRAND, $BRAND, $DRUG.
{A|An} $AGE{-month-old|-year-old|-week-old|yo} {with|has|s/p} {$EPO|$EPON $EPON sequence|$COND2} {is desaturating|presents|is febrile|needs $PROC}. {What|Which} {next|should I do|dose|test}?
{My|Our} {patient|mother|grandmother|father|son|wife|resident|client|clinic} {is|has|was|takes|needs} {in a nursing home|a $AGE{F|M}|$COND2|on $BRAND|$DRUG} {and|with|,} {takes $BRAND|$COND2|wonders about $DRUG}.
{Translate|Say|Write} "{take with food|your labs are normal|no heavy lifting|call us if fever}" in{to|} {Spanish|Tagalog|Haitian Creole|Hmong|Arabic|Vietnamese|Somali|$NAT}.
{Can|May|Could} a {nurse practitioner|pharmacist|PA|resident} in {$STATE|$COUNTRY|Texas} {prescribe|order|dispense} $DRUG {in|for} $COND2?
{In|Across} the {Northern|Western|Eastern|Pacific|rural|Midwestern} {US|United States|states|hemisphere|UK|part of the country}, {what|which} {tick|virus|rash|species} {causes|presents with} $COND2?
{Rockwood|Waterlow|Richmond|Ramsay|Maddrey|Lille|Blatchford|Epworth|Edmonton|Vineland|Denver|Bayley|Modic|Schatzki|Forrest|Hinchey|Clavien-Dindo|Carpentier|Stanford|Bosniak|Weber|Garden|Gustilo|Outerbridge|Kellgren|Tanner|Hamilton|Beck|$EPON|$NONCE} {CFS |score |class |type |grade |}{$NUM|II|IIIb|B|A|4+3=7|4.5|-2|+1}{, $EPON {$NUM|III}|; $ABBR $NUM|}
{VA|BCVA|IOP|AR|Rx} {$NUM/$NUM|6/9 6/60|20/200|14/31}{ OD| OS| OU|}. {$ABBR|POAG|AMD|C:D 0.9|HVF MD -12} {OS|OD|OU|stable}.
{checked|check|repeat|monitor|therapeutic|toxic} {Li|K|Mg|Ca|Na|Fe|Zn|B12|T4|Pb|Cu} level{s|} {in 5 days|today|: $NUM|pending}
{$ABBR|$SHOUT} {study|trial|protocol|regimen|pathway|per $ABBR|criteria|$ABBR} {$DRUG|$NUM|met|followed}
{PA|AP|lateral|oblique} {radiograph|view|film|CXR}: {PARL|$ABBR|$COND2|no $COND2} at {mesial root|base|apex|$ANAT}.
{L|R|LL|UR|UL|LR}{1|2|3|4|5|6|7|8} {DO|MOD|MO|OL} {amalgam|composite|crown|caries}, {TTP|EPT} {+ve|-ve}; {BPE 2/2/1 3/2/2|BOP $NUM %}.
{S|R|I} to $DRUG; {E. coli|$ORG} {ESBL-|2/2|>100k|in 1/2 bottles}; {BCx|UCx|MSU} {neg|pending|x2}.
{Suture|Closure|Dressing|Mesh|Stent|Implant}: {3-0|4-0|2-0} {$NONCE|$BRAND|Vicryl|Monocryl}, {$NONCE|Dermabond} and {$NONCE|Steri-Strips}.
{NIHSS|LKW|tPA|TICI|mRS|EVT|groin}{:| } {$NUM|10:05|2b|0830}{, TICI $NUM{a|b}|, mRS $NUM|; $ABBR $NUM}
{Allergies|ADR|Intolerant}: $DRUG ({Stevens-Johnson|$EPON-$EPON|rash|hives}), $BRAND ({hives|GI}){, latex|}.
{Consultant|Specialist|Senior|Junior|Staff|Lead|Clinical|Registered|Practice|Ward} {Paediatrician|Nurse|Physiotherapist|Psychiatrist|Radiologist|Pharmacist|Surgeon|Dietitian|Clerk|Manager} {reviewed|to review|on call|aware|{name|bleep|signature}}
{PATIENT|ASSISTANT|SURGEON|ATTENDING|DICTATED|SPECIMEN|PREOP DIAGNOSIS|ANESTHESIA|COUNTS|DISPOSITION}: {NONE|SAME|CORRECT|SEE NOTE|GENERAL|$SHOUT|STABLE}
{Hospital|NHS|Clinic|Unit|Case|Staff|Policy} {Number|No|number|no}{:| }$ID{, | }{Ward|Sex|Age|Bed} {$NUM|F|M}
{TO|FR|FROM|PG|RE|TEL|FAX|Tel|Fax|Page|Pg} {:|}{ |}{$NUM/3|$NUM|1 of 2|$PHONE}
{names|brands|drugs|vaccines|products|formulas|devices} {like|such as|including|named} $NONCE{, $NONCE|} {and|or} $NONCE{ every $NUM weeks|, in any dose|}?
{Compare|Contrast|Rank} $EPON, {$EPON|$NONCE} and {$EPON|$NONCE}: which {is used|predicts|came first|is faster} for {fetal weight|$COND2|$PROC}?
{according to|by|per|after|of|using|from} {$EPON and $EPON|$EPON|the $EPON atlas|the $EPON method}{;|,} {bone age $NUM|$ITEM|stage II}
{$EPON|Harrison|Robbins|Gray|Nelson|Bates|Sabiston|Tintinalli|Schwartz|Campbell|Goldman|Katzung|Guyton|Netter}'s {chapter on|textbook of|principles of|anatomy, |atlas of|dictum|razor|law} $MED{ in five lines|}
{Mount|Lake|River|Cape|Gulf of|Sea of} {Everest|Kilimanjaro|Victoria|Mexico|Nile|Amazon} {altitude|water|exposure|travel} {is|and|in} {relevant|safe|$COND2}
{at|between} {$NUM o'clock|12 and 3 o'clock}{, $ABBR|} {loop|biopsy|positive|margin} $NUM mm
{beer|tea|water|milk|diet} {potomania|$MED} {without|with|and} {$MED|risking $MED}
{yoga|Tai Chi|Pilates|Reiki|Qigong|acupuncture|CrossFit} for {falls|$COND2} prevention{, any evidence?|}
{sickle trait|elite|young|older|female|transplant} {athletes|runners|patients|donors|travelers} from {$COUNTRY|$COUNTRY and $COUNTRY|the $NAT}
{via|over|with|through|using} {$NONCE|$EPON|$BRAND} {wire|stent|balloon|sheath|snare|needle|tube}, {$NUM Fr|8.3 Fr|$NUM G} $EPON-$EPON, $NONCE {confirmed|given|flushed}
$NONCE{, $NONCE|}, $NONCE{ and $NONCE|} {given|continued|held|x5|daily|due|peel}{; $ITEM|.}
$NONCE $NONCE{ HP| XR| Plus|}, {Ensure|Boost|Glucerna|$NONCE} {TID|30 mL|$NUM mL/h|nocturnal}{ via $NONCE|}, {$ITEM|$MED}.
{$ABBR|RICE|PRICE|SOAP|HEAT|FAST|$SHOUT} {note|mnemonic|exam|protocol|, crutches|, no imaging|neg|done}{: $ITEM|}
{ask about|explain|draft|use|write} {a SOAP note|an SBAR|the ABCDE approach|a $ABBR template|the $EPON Institute {course|guide}}
{T|Temp|HR|Na|K|Hgb|Cr} $NUM, {L4 on L5|C6-C7|T2 hyperintensity|S1 S2|P2 loud|V1-V4|Q waves in II, III, aVF|Fr $NUM|G2P1|FEV1/FVC 0.62|D-dimer $NUM} {anterolisthesis|disc bulge|normal|elevated|noted}
$SHOUT $SHOUT: $SHOUT{,|} $SHOUT $NUM {MG|ML|UNITS|} $SHOUT
{PT|PATIENT} {DENIES|REPORTS} $SHOUT, $SHOUT. {HEART|LUNGS|ABD}: {REGULAR|CLEAR|SOFT}. {PLAN|A/P}: $SHOUT.
$MEDCAP $MEDCAP{ $MEDCAP|}: $MED{, $MED|} $MEDCAP.
{$MEDCAP|$CAP} {and|of|for|with|in} {$MEDCAP|$CAP} {$MED|$WORD}{.|:|}
{Mnemonic|Rule|Pearl}: {Virchow triad|Beck triad|Cushing triad|Charcot triad|Reynolds pentad|$EPO} - $COND2, $COND2, $COND2.
{OD|OS|OU} 20/40, {IOP $NUM|C/D 0.4|Schirmer 5 mm|Amsler normal}; {Snellen|Goldmann|Humphrey|Jaeger} {chart|perimetry|applanation|field 24-2}.
{Seen|Evaluated} {by|in} {cardiology|neurology|the hospital|the clinic|the ED|outside hospital|OSH|urgent care|rehab|a nursing home} for $COND2{; transferred to ICU|}.
{The|Our} {patient|resident|nurse|doctor|attending|hospital|clinic|team|pharmacist} {asked|reported|stated|reviewed|will call} {about|that} {the |}$MED{ and $MED|}.
{His|Her|The patient's} {mother|father|sister|wife|daughter|brother|son} {has|had} $COND2 {at age $AGE|and $COND2}.
$GONE {is|was|,} {a $AGE-year-old $SEX|seen at $GONE|admitted on $GONE} {with|for} $COND2{, MRN $GONE|}
{Patient|Name|Attending|Facility}: $GONE{\n|, }{DOB|Address|MRN}: $GONE
`

/** Dense lines of notes, from items in every order. */
export const DENSE = String.raw`
$DENSE
$DENSE
$DENSE
$DENSE\n$DENSE
$DENSE\n$DENSE\n$DENSE
$EPON{:|'s:| -} $ITEM, $ITEM, $ITEM
{$ABBR|$MEDCAP|$EPON} {$MEDCAP|$EPON|$MED} $NUM{, | - |; }$ITEM{, | -> |; }$ITEM.
{$MED|$MEDCAP} {planned|pending|completed|discussed|suspected} {after|for|with} $ABBR x$NUM; $ITEM.
{NURSING|RN NOTE|PLAN|DISPO|DIET|NEURO|RESP}: $ITEM, {turned q2h|up to chair|on RA|per protocol|CM aware}, $BRAND {on|applied|given}, $ITEM.
{may|May|will|Will|hope|Hope} {resume|need|hold|wean|stop} {$BRAND|$DRUG} {on|if|after} {POD $NUM|$LAB|$PROC}; $ITEM
{pt|mom|baby} {c/o|s/p|w/|on} $MED x $NUM{h|d|}, $MED, {w/|no|s/p} $MED, $ITEM
$ITEM\n$ITEM\n$ITEM
$NONCE $NUM{ mg| BID|}, $NONCE, $ITEM{, $NONCE held|}.
{On|Started|Stop|Trial of} $NONCE{, $NONCE| and $BRAND|}{; $ITEM|}{, $NUM mg {daily|weekly}|}.
{$NONCE|$BRAND} {applied|given|placed|peel|gel|patch|drops} {$MED|to $ANAT|qHS}, $ITEM.
`

/** Lines of general prose and of requests to an assistant in which nobody is named. */
export const PROSE = String.raw`
{The|This|Our} $WORD {is|was|has} {a|the} {$WORD|$MED} $WORD {of|for|with} {the |}$WORD{.|, and the $WORD.|; see below.}
{Please|Can you|Could you} {write|explain|summarize|translate|check|fix} {the|this|my} $WORD {about|for|in} $WORD{?|.}
{How|Why|When|Where} {do|does|should|can} {I|we|the $WORD|you} $WORD {the |a |}$WORD {in|with|on} {$CAP|$WORD|$COUNTRY}?
{I|We|You|They} {will|may|can|must|might|should} {$WORD|hope|mark|bill|chase|grant|reed} {the|a|your} $WORD {in|by} {May|March|April|June|$DATE}{.|,}
$CAP $CAP{ $CAP|}{:|\n| -} {a|the} $WORD {of|for} $WORD{.|}
$CAP $WORD $WORD {$CAP |}$WORD{.|,} $WORD
{$CAP|The $CAP $CAP} {announced|released|said|reported} {a|its} {new|first} $WORD {in|for} $COUNTRY{.| on $DATE.}
{$NAT|The $NAT} {people|food|language|music|government|team} {is|are|was} {$WORD|good}{.|, said the $WORD.}
{I am|We are|She is} {from|travelling to|moving to|living in} $COUNTRY{.| in May.|, so I need a visa.}
{I work|He works|She worked} {for|at} $COMPANY{.| as an engineer.}
{$COMPANY|$COMPANY and $COMPANY} {shares|products|customers|employees} {rose|fell|were $WORD} {$NUM%|today}.
{Monday|Tuesday|Friday|Christmas|Easter|Thanksgiving|Ramadan|Summer|Spring|March|May|June} {is|was|will be} {$WORD|busy|the deadline}.
{He|She|It|They|Someone|Everyone|Nobody} {said|says|told me|thinks} {that |}{it|this|the $WORD} {is|was} $WORD.
{Yes|No|Ok|Sure|Well|Hello|Thanks|Great|Sorry}{,|.|!} {I|we|that} {$WORD|will} {the |}$WORD{.|}
{Step|Chapter|Section|Part|Figure|Table|Appendix|Question|Exercise} $NUM{:|.} $CAP {$WORD|the $WORD} $WORD
- $CAP {$WORD|and $WORD}{: $WORD $WORD|}\n- $CAP $WORD $WORD\n- $CAP {$CAP|$WORD}
{## |# |### |}$CAP {$CAP|and $CAP|$WORD}\n\n$CAP $WORD {is|are} $WORD{.|:}
{You are|Act as} {a|an} {helpful|expert|senior} {assistant|engineer|nurse|coding agent|editor} {that|who} {helps|answers|writes} $WORD{s|} {for|with} $WORD.
{IMPORTANT|NOTE|Note|Warning|TODO|Tip|Usage|Example|CRITICAL}: {Never|Always|Do not|You MUST|Only} $WORD {the |}$WORD {unless|before|when} {the user|the tool|you} $WORD.
{Use|Call|Invoke|Prefer} the {Read|Write|Edit|Bash|Grep|Glob|Task|WebFetch|TodoWrite|NotebookEdit|Agent|Skill} {tool|command} {to|for} $WORD {files|the $WORD}{.|, not the {Bash|Edit|Write} tool.}
{Working directory|Platform|OS Version|Today's date|Is directory a git repo|Shell|Model|Current branch|Main branch|Status|Recent commits}: {/home/user/project|linux|Linux 6.8.0|2026-01-05|Yes|zsh|main|clean|(clean)|$HEX $WORD $WORD}
{Claude|Claude Code|The Agent SDK|Anthropic|The assistant|The model|Sonnet|Opus|Haiku} {can|will|is able to|should} $WORD {files|the $WORD|code}{.| in $CAP $CAP.}
<<"{name|title|type|description|label}": "{$CAP $CAP|$CAP|$IDENT|$WORD $WORD}", "{status|value}": {true|null|$NUM|"$WORD"}>>
{Do you know|Have you read|I like} "{The $CAP $CAP|$CAP $CAP|A $CAP of $CAP}"{?|.}
{Happy|Merry|Good} {Birthday|Christmas|Morning|New Year|Night|Luck}{!|, everyone!}
{Sing|Play|Sang} it again{, $WORD, $WORD|}, {$WORD and $WORD|all day long}, {to the $WORD of everyone|my $WORD}.
{My|The|Your} {credit card|order|flight|appointment|password|account} {number |}{is|was} {$NUM|lost|late|cancelled}{.| and needs a $WORD.}
{Experienced|Motivated|Certified|Driven} {manager|nurse|salesperson|engineer} with {8+|$NUM} years of $WORD {experience|skills} in $WORD and $WORD.
{Duties|Responsibilities|Requirements|Benefits}: {$WORD|manage} $WORD, {$WORD|train} $WORD and {other|more} $WORD.
{Uses|Implements|Runs|See|Based on} {the|a|} {fast |}$TECH{,| and the $TECH|;} {with|for|over} $WORD $WORD{.|}
{The|A|This} $TECH {is|runs|gives|needs} {$WORD|O(n log n)|linear time}{.|; the $TECH is $WORD.}
{Let me|I will|I'll|Next, I|We should} {check|read|look at|fix|run|update} the {$WORD|$IDENT} {first|and the $WORD|before the $WORD}{.|. The $CAP {service|server|connection|client} uses $WORD.}
{Plan|Summary|Steps|Result}: 1. $CAP the $WORD {$WORD|test}. 2. $CAP {the|with} $WORD. 3. $CAP {and|the} $WORD.
$CAP{,| and} $WORD{,| or} {$WORD|$CAP}{.|!|?}
{Color|Key|Legend|Options|Colors|Names of fields}: {Amber|Ruby|Jade|Olive|Rose|Violet|Hazel|Iris|Red|Blue|Green} = $CAP, {Black|Gray|White|Brown|Olive|Violet} = $CAP{, Orange = $CAP|}
{- |\* |}{$CAP|$CAP $CAP} {$NUM|$NUM%|$VER|true}, {$CAP|$CAP $CAP} {$NUM|$NUM ms}, {$CAP|SEO|CPU} {$NUM|n/a}
{of|such as|including|like} {lions|apples|chairs|guitars|shirts|nurses|trains}, {lemons|cats|tables|drums|doctors}, {cows|ducks|rivers|books}, and {more|others|horses|$WORD}
{Fix|Add|Remove|Update|Handle|Avoid} {race|bug|leak|crash|$WORD} in {the |}$AMBIG $WORD{.| ($HEX)|, see #$NUM}
{the|a|each|every|this} $AMBIG {of|for|is|was|has} {the |a |}$WORD{.|, $WORD $AMBIG $NUM|: $NUM $WORD}
{localhost|host|server|listens on|connect to} {$AMBIG |}port $NUM{ of $NUM|, $NUM ms|}
{- |\* |}$CAP {$AMBIG|pool|lane|port}{: $WORD|} {to|in|for} {the|your} {$WORD|server|docs}
{$CAP|$COMPANY|The $WORD}'s {official|new|own|first|default} {CLI|API|SDK|$WORD|$CAP} {is|for|helps with} {$WORD|$CAP $CAP}{.|: read the $WORD.}
{0 to|$NUM to} {add|change|destroy|delete}, $NUM to {change|destroy|skip}{.|, $NUM $WORD.}
{Read|Open|Copy|Move} the {$WORD|first $WORD} {from|in|at} {the |}$AMBIG {to|before|on} {the |}$WORD{.|, then $WORD.}
{I|She|We} {heard|played|watched|read|love} "{$CAP $CAP $CAP|The $CAP $CAP|$CAP on the $CAP|$CAP $WORD}"{ again| by a band I like|, a $WORD}.
{the|a|my|our} {$WORD|tall|old|new|proud|happy|driven} {$WORD|people|house|team|family|worker} {is|are|was} {$WORD|leaning over|sold out|on fire}{.|!|, they said.}
{my|My|The|Your} {IBAN|PIN|CVV|ISBN|VAT number|SWIFT code|API key|order id} is {GB$NUM$ABBR$NUM|$NUM|$HEX|DE$NUM $NUM}
{We|They} are {proud|happy|tired} {$WORD|people|workers|of the $WORD}{.|}
{# |Question |No. |number |ranked }$NUM {on|in|of} {the|this} {list|chart|$WORD}{ at #$NUM|}{.|?}
{In|Since|By} $NUM{,|} {the|a} {$NAT|$WORD} {king|president|minister|army|court|church} {decided|ruled|fell}{.|, the $WORD said.}
`

/** Lines that machines write: source code, logs, queries, sessions of a shell. */
export const MACHINE = String.raw`
{//|#|--| *|;;|"""|%} {See|After|From|cf.|Implements|Follows|Based on|As in|Due to|Proof:} $SCHOLAR{ and $SCHOLAR| & $SCHOLAR| et al.|, $SCHOLAR and $SCHOLAR|, $SCHOLAR, $SCHOLAR} {(1987)|1994|[3]|'84|2003}{, section $NUM|: $WORD $WORD|, {algorithm|theorem|lemma} $NUM|}
{//|#|--| *} {$SCHOLAR|$SCHOLAR-$SCHOLAR|$SCHOLAR's} $WORD{ $WORD|}, {$SCHOLAR|$SCHOLAR and $SCHOLAR|$SCHOLAR & $SCHOLAR} {1962|2009|(1975)}, {amortized|expected|worst-case|O(log n)} $WORD
{ISA|GS|ST|BHT|HL|NM1|N3|SBR|CLM|HI|SV1|DTP|SE|GE|IEA|REF|PRV|EB|TRN|MSH|PID|OBX|EVN}*$NUM*{$ABBR|00|ZZ}*{$ABBR|$NUM}*$NUM{~|*}
{enum|type|struct|record|interface} $CAP {<<|(}{String|int|string|number|Money|Date|$CAP} $IDENT, {String|int|string|$CAP} {street|city|name|owner|author|$IDENT}{, String postcode|}{)| >>}
function $IDENT({total|price|value|user}: {Money|$CAP|Decimal}, {$IDENT}: $CAP[]): $CAP{;| <<}
{Some|Ok|Err|Just}({Ok|$CAP}($CAP::new({Kind|Token|Op|State}::{LParen|RBrace|$CAP|$CAP}, &self.$WORD[$NUM..])))
{sku|id|code|region|brand},{name|brand|color|q1}{,|;}{stock|ean|q2|price}\n{$NUM$NUM|$WORD|widgets}{,|;}{$CAP $CAP|APAC|EMEA|LATAM|$CAP}{,|;}$NUM.$NUM\n{$NUM$NUM|$WORD|gizmos}{,|;}{$CAP $CAP GTX|EMEA|AMER|$CAP}{,|;}$NUM.$NUM
| $NUM | {MUG-BLUE|SHIRT-RED-M|$SHOUT-$SHOUT} | $NUM | {active|sold out|$CAP} |
{Date|date|Last-Modified|Expires|If-Modified-Since}: {Mon|Tue|Wed|Thu|Fri|Sat|Sun}, {12|03|28} {Jan|Mar|Feb|Nov} 2026 $TIME:14 GMT\n{Content-Type|Server|ETag|Cache-Control}: {nginx|text/html|"$HEX"|no-cache}
[0.{$NUM}s][info][gc,start    ] GC($NUM) Pause {Young|Full|Remark|Cleanup} ({Normal|Mixed|Concurrent Start}) ({G1 Evacuation Pause|System.gc()|$CAP $CAP}) 512M->{$NUM}M
ALTER TABLE $IDENT\n  {ADD|ALTER|DROP} COLUMN $IDENT {date|text|TYPE varchar($NUM)|SET NOT NULL},\n  ALTER COLUMN $IDENT {TYPE|SET DEFAULT} {text|now()};
- ansible.builtin.{template|copy|file}: << {src|path}: {Caddyfile|Vagrantfile|Procfile|$CAP}{.j2|}, dest: /etc/$IDENT, mode: "0644" >>
       PROCEDURE DIVISION.\n       {MAIN-PARA|$SHOUT-$SHOUT|INIT-ROUTINE}.\n           {PERFORM|MOVE|DISPLAY} $SHOUT-$SHOUT{ UNTIL $ABBR-EOF| TO $ABBR-$SHOUT|}.
tcp   0   0 10.0.$NUM.18:{22|443|5432}   10.0.4.$NUM:$NUM$NUM   {ESTABLISHED|TIME_WAIT|LISTEN} $NUM$NUM/{sshd: deploy|nginx: worker|postgres}
ActivityManager: {Start proc|Killing|Displayed} $NUM:com.$WORD.$WORD/.MainActivity from uid $NUM$NUM
"{format|pattern|examples|placeholder}": {["|"}{YYYY-MM-DD|HH:mm|MM/DD/YYYY|$CAP $CAP}{"]|"}, "{type|minLength|description}": {"string"|$NUM|"$CAP $WORD"}
{// |# |/* }{$EPON|$CAP}{ distance| heuristic| backoff|}, {$EPON-$EPON|$NONCE-$NONCE} with {two rows|jitter|a bitmap}; {after|see} the scheme of $EPON {1977|1992|et al.}{ */|}
{after|off|business} hours {in|for} {$COUNTRY|$COUNTRY and $COUNTRY} time zones{, {DST|UTC+5:45|half-hour offsets}|}. {Retries|Requests} are retried with jitter, at most $NUM times.
return $IDENT.toEpochMilli() % {size|step|window}.toMillis(){;|\n    }{Window|$CAP}($IDENT, $IDENT){;|}
 {month|day|region|status|code|rank|quarter} | {count|total|amount|n|score}\n---------+-------\n {Oct|Nov|$CAP} 2025 | $NUM$NUM\n {Nov|Dec|$CAP} 2025 | $NUM$NUM\n {Dec|Jan|$CAP} 2026 | $NUM$NUM\n($NUM rows)
 $NUM | $WORD | $NUM$NUM\n $NUM | $WORD | $NUM$NUM\n $NUM | $CAP $WORD | $NUM$NUM
| {Metric|Feature|Item|Step|Month|Team} | {Value|Status|Count} |\n|---|---|\n| $CAP $WORD | $NUM |\n| $CAP | {yes|no|n/a|$NUM} |\n| {Jan|Feb|Mar} 2026 | $NUM$NUM |
{Jan|Feb|Mar|Apr|May|Jun|Oct} 20{24|25|26}{,|;|\t|:| -} $NUM$NUM{,|;|\t| -} $NUM\n{Jul|Aug|Nov|Dec} 20{24|25|26}{,|;|\t|:| -} $NUM$NUM
{CALL|SUBROUTINE|      CALL} $ABBR(N, $ABBR, {INCX|$ABBR}, $ABBR){\n      IF ($ABBR.LE.$NUM) RETURN|}
NAME\n       $IDENT - $WORD {a|the} $WORD\n\n{SYNOPSIS|DESCRIPTION}\n       {GNU |}$IDENT {is|does|can} $WORD {the|a} $WORD{, GNU $CAP $NUM|}
{Status|Decision|ADR $NUM}: {accepted|proposed|rejected} ($DATE){, supersedes ADR-$NUM|}. {Reports|Queries|Charts} in {$CAP|Looker|Grafana|Metabase|Tableau} $WORD {by|the} $WORD.
{Debian|Ubuntu|Fedora|Alpine|macOS|Android} $NUM ({$CAP|$NONCE|$CAP $CAP}{, $CAP|}) {$NUM, $NUM|supported|eol|LTS}
import << $IDENT, $IDENT >> from '{./|../|@scope/|}$IDENT{.js|.ts|}'{;|}
{const|let|var} $IDENT = {await |}$IDENT.$IDENT($IDENT, {'$WORD'|"$CAP $WORD"|$NUM}){;|}
{export |}{async |}function $IDENT($IDENT: {string|number|Patient|User|Config}, $IDENT?: $CAP): Promise<$CAP> <<\n  return $IDENT.$IDENT($IDENT)\n>>
{public|private|protected} {static |final |}{void|String|int|boolean|List<$CAP>|$CAP} $IDENT($CAP $IDENT, {int|String} $IDENT) {throws $CAP |}<<
class $IDENT {extends|implements} {$IDENT|$CAP} <<\n  constructor(private readonly $IDENT: $CAP) <<>>\n>>
def $IDENT(self, $IDENT: {str|int|dict}, $IDENT={None|$NUM|"$WORD"}) -> {$CAP|None|bool}:\n    """$CAP the $WORD {of|for} the $WORD."""\n    return {self.|}$IDENT($IDENT)
from $IDENT.$IDENT import {$CAP|$IDENT}{, $IDENT|}\nimport {numpy as np|pandas as pd|os, sys|json}
if ($IDENT {===|!==|<|>|==} {null|undefined|$NUM|'$CAP'}) <<{ return $IDENT; | throw new Error('$CAP $WORD $WORD'); |\n    $IDENT();\n}>>
{// |# |/* |-- |  // |\* }{$CAP|TODO: $WORD|NOTE: $WORD|Returns the $WORD} $WORD {of|for|when} the $WORD{.| is $WORD.}
/** $CAP {the|a} $WORD {of|for} {$WORD|$CAP} $WORD. */
@{param|returns|throws|see|deprecated|Override|Test|Autowired|Injectable} {<<$CAP>> |}$IDENT {- |}{$CAP|the} $WORD
$TIME:{12|07|41}.$NUM {INFO|WARN|ERROR|DEBUG} {[main] |[$IDENT] |}{com.example.|org.}$IDENT{.$IDENT|} - {$CAP|Started} $WORD {in $NUM ms|failed|$WORD $WORD}
2026-0{1|2|3}-1{1|4|9}T$TIME:00Z {info|error|warn} {$IDENT=$NUM|$IDENT="$WORD $WORD"} {msg="$CAP $WORD"|status=200|host=$IDENT-$NUM} {user_id=$NUM|trace=$HEX|latency=$NUMms}
{Jan|Mar|May|Nov|Jun|Sep} $NUM $TIME:14 {web01|db-2|ip-10-0-0-4|$IDENT} {sshd|kernel|systemd|cron|nginx}[$NUM]: {Started|Stopped|Accepted|Reloading|Failed} {$CAP $CAP|$WORD} {Service|for $IDENT|.}
{GET|POST|PUT|DELETE|PATCH} /{api|v1|users}/{$IDENT|$WORD}{/$NUM|?$IDENT=$NUM|} {HTTP/1.1|->} {200|404|500} {$NUM|-} {"Mozilla/5.0 (X11; Linux x86_64)"|"curl/8.1"|"Go-http-client"|}
SELECT {\*|$IDENT, $IDENT|COUNT(\*)|p.$IDENT, e.$IDENT} FROM {$IDENT|patients p|encounters e} {JOIN $IDENT ON $IDENT.id = $IDENT.$IDENT |}WHERE $IDENT {=|>|LIKE} {'$WORD'|$NUM|'A%'} {ORDER BY $IDENT DESC|GROUP BY $IDENT|LIMIT $NUM|}{;|}
{CREATE TABLE|ALTER TABLE|DROP TABLE|CREATE INDEX} $IDENT {(id SERIAL PRIMARY KEY, $IDENT VARCHAR($NUM) NOT NULL);|ADD COLUMN $IDENT {TEXT|INTEGER|DATE};|ON $IDENT ($IDENT);}
INSERT INTO $IDENT ($IDENT, $IDENT) VALUES ({$NUM|'$WORD'}, '{$WORD|$CAP $WORD|$HEX}');
$ {ls -la|cd $FILE|git {status|log --oneline|checkout -b feature/$IDENT|push origin main}|npm {install|run build|test}|docker {ps|build -t $IDENT .}|kubectl get pods -n $IDENT|grep -rn "$WORD" src/|cat $FILE|curl -s https://$IDENT.example.com/$IDENT {| jq .$IDENT|}}
{drwxr-xr-x|-rw-r--r--|lrwxrwxrwx} {1|2|14} {root|user|node|www-data} {root|staff|node|users} $NUM {Jan|Feb|May|Jun|Sep|Dec} {12|3|28} $TIME {$IDENT|$IDENT.ts|README.md|package.json|Makefile|Dockerfile|LICENSE}
{commit|Merge|index|diff --git a/$FILE b/$FILE|@@ -$NUM,7 +$NUM,9 @@|+++ b/$FILE|--- a/$FILE} $HEX{..$HEX|} {$IDENT|100644|}
$HEX {$CAP|Fix|Add|Bump|Merge} $WORD {$WORD|in $IDENT|from 1.2.3 to $VER}{ (#$NUM)|}
{Error|TypeError|ValueError|NullPointerException|panic|AssertionError|Exception}: {$CAP|cannot|Cannot read properties of undefined} $WORD {'$IDENT'|of $IDENT|(reading '$IDENT')}\n    at {$IDENT.$IDENT|Object.<anonymous>|async $IDENT} ($FILE:$NUM:$NUM)
Traceback (most recent call last):\n  File "$FILE", line $NUM, in $IDENT\n    $IDENT = $IDENT($IDENT)\nKeyError: '$IDENT'
  {✓|✗|√|ok|not ok|PASS|FAIL} {$NUM - |}{$WORD|$CAP|$IDENT} {should|returns|handles|$WORD} $WORD {($NUM ms)|}
<<"{id|type|version|$IDENT}": {$NUM|"$WORD"|"$VER"|"$HEX"}, "{name|title|$IDENT}": "{$IDENT|$CAP $WORD|$CAP $CAP|@scope/$IDENT}", "{tags|items}": ["$WORD", "{$WORD|$CAP}"]>>
  "{$IDENT|name|description|author}": {"$WORD $WORD"|"$CAP $CAP"|true|$NUM|null|"^$VER"},
<<"resourceType": "{Observation|Condition|Bundle|Medication}", "code": <<"coding": [<<"system": "http://loinc.org", "code": "4548-4", "display": "{Hemoglobin A1c|$MEDCAP $MED|$MEDCAP}">>]>>>>
{$IDENT|version|services|image|name|env|on|jobs|steps|run|uses|ports}: {$IDENT|"$VER"|$CAP $WORD|ubuntu-latest|actions/checkout@v4|[$NUM, $NUM]|true}\n  {- |}$IDENT: {$WORD|$NUM}
<{div|span|p|h1|li|td|button|a href="/$IDENT"|Route path="/$IDENT"} {className|class|id}="{$IDENT|$WORD $WORD}">{$CAP $CAP|$CAP $WORD|<<$IDENT.$IDENT>>|$CAP}</{div|span|p|h1|li|td|button}>
.$IDENT <<{ color: red; margin: 0 auto; | display: flex; }>> {@media (max-width: $NUMpx)|}
{FROM|RUN|COPY|ENV|WORKDIR|EXPOSE|ENTRYPOINT|CMD} {node:24-slim|apt-get update && apt-get install -y $WORD|. .|NODE_ENV=production|/app|8080|["node", "$FILE"]}
{func|fn|pub fn} {(s \*$CAP) |}$IDENT({ctx context.Context, |&self, }$IDENT {string|: &str|int}) {error|-> Result<$CAP, Error>|(\*$CAP, error)} <<\n\t{return nil, err|let $IDENT = $IDENT::new();|if err != nil << return err >>}\n>>
{Downloading|Installing|Compiling|Resolving|Building|Collecting|Removing|Extracting} {$IDENT|$WORD|@scope/$WORD} {v$VER|$VER|($NUM/$NUM)}{...|}
{total|Filesystem|Mem:|Swap:|PID|USER|NAME|CONTAINER ID} {$NUM|Size|Used|IMAGE|READY} {$NUM|Avail|STATUS|COMMAND|RESTARTS} {$NUM|Use%|AGE|}
$FILE:$NUM:$NUM: {error|warning|note} {TS2322|E0308|C4996|no-unused-vars}: {$CAP|Type '$CAP' is not assignable to type '$CAP'|'$IDENT' is $WORD}
| {$CAP|$IDENT|Name|City|Patient} | {$CAP|$WORD|Type|Owner} | {$NUM|$CAP $WORD|Status} |\n| --- | --- | --- |\n| $WORD | $IDENT | {yes|no|$NUM} |
{MSH|OBX|OBR}|{1|^~\\&|2}|{NM|ST|LAB|}|$NUM^{GLUCOSE|HEMOGLOBIN|$SHOUT}^{L|LN}||$NUM|{mg/dL|%|K/uL}|$NUM-$NUM|{N|H|L}|||F
id,{name,type,value|$IDENT,$IDENT,$IDENT}\n$NUM,$WORD,$IDENT,$NUM\n$NUM,$WORD,$IDENT,$NUM
{export |set |}{PATH|HOME|DATABASE_URL|API_KEY|NODE_ENV|LOG_LEVEL|$IDENT}={$FILE|postgres://user:pass@localhost:5432/$IDENT|production|debug|$HEX}
{describe|it|test|context}('{$CAP|$IDENT|returns|throws when} $WORD {$WORD|the $WORD}', {async |}() => <<
{assert|expect|assertEquals|assert_eq!}({$IDENT|$IDENT.$IDENT()}{, |).toBe(|, "$CAP", }{$NUM|'$CAP'|$IDENT}){;|}
{private|public|readonly|static} $IDENT{?|}: {string|Map<string, $CAP>|$CAP\[\]|boolean} = {new Map()|[]|null|'$WORD'}{;|}
{type|interface|enum|struct|trait} $CAP{<T>|} {=|} <<\n  $IDENT{?|}: {string|number|$CAP},\n  $IDENT: $CAP{[]|}\n>>
{np|pd|plt|df|tf|torch|os|re|sys|json|math|fmt|http|io|console|self|this|app|db|res|req|z|t|_}.$WORD({'$WORD'|$WORD|"$CAP $WORD"|}).$WORD({$WORD=$NUM|'$CAP $CAP'|})
$WORD.$WORD($WORD, $WORD=$NUM){;|}  {# |// }{$CAP|the} $WORD; {$TECH|$WORD $WORD}
{// |# |-- |/\* }{$TECH|the $TECH} {with|over|and} {a |}{$WORD $WORD|$TECH}{; $WORD $WORD|.}
const $IDENT = << {$CAP|$WORD}: {'#ffbf00'|$NUM|'$CAP'}, {$CAP|$WORD}: {$NUM|'#$HEX'}, {Violet|Rose|Amber|Jade|Iris|Ruby|Olive|Hazel}: '#808000' >>
{enum|const|type} $CAP = {[|<<} {Monday|January|'April'|'May'|'June'|Sunday}, {Tuesday|'May'|'June'|Saturday}, {'August'|Friday} {]|>>}
{(defn|let rec|data|defmodule|case class|module|package|namespace} $IDENT{.$CAP|} {do|=|where|(}{$CAP|$WORD} {$WORD|$CAP} {end|;|)}
  {use|plug|include|require|mod|with|alias} {$CAP.$CAP|:$WORD|$IDENT}{, $WORD: $NUM|}
{fmt.Println|println!|print|echo|puts|System.out.println|printf|log.info|logger.warn}({"$CAP, $CAP!"|"$WORD $WORD"|f"$WORD << $WORD >>"})
{set -e|set -o $WORD|sudo $WORD $WORD|systemctl restart $WORD|apt-get install $WORD|ssh $WORD@$IDENT.example.org '$WORD $WORD'}
$CAP: $WORD; $CAP: $WORD, $WORD\n  {Active|Loaded|Main PID|Status|Tasks|Memory}: {active (running)|loaded|$NUM}{ since $DATE|}
<< "{kind|tier|shard|license|owner|env|region|team|ward}": "{$WORD|eu-west-$NUM|MIT|BSD}" >>{,|}
{key|license|tier|owner|kind|ward|region|shard} {=|:} {"$WORD"|$WORD}{, $WORD|}
| $CAP | $CAP $CAP | $NUM |\n| $CAP | $WORD $WORD | ¬$WORD¬ |
{Run|Copy|Install|Open|Edit|See|Rename} ¬{$IDENT|make $WORD|.env.$WORD|npm run $WORD}¬ {to|and|in} ¬{$IDENT|.env|config}¬{, then $WORD the $WORD|.}
$HEX: {$NUM$HEX |$HEX }$HEX $HEX $HEX  .{ELF|.$ABBR}......
$HEX$NUM $HEX $NUM$HEX $HEX
{plt|ax|fig|chart|plot}.{xlabel|ylabel|title|legend|set_$WORD}('$CAP{ (h)| by $CAP|}'){; |}{plt.$WORD()|}
{MSH|EVN|OBR|OBX}|^~\\&|$ABBR|$SHOUT|$ABBR|$SHOUT|20260103||{ORU|ADT|ORM}^{R01|A01|O01}|{MSG|}$NUM|P|2.5.1
  {PID|NAME|CONTAINER ID|USER|NAMESPACE} {USER|IMAGE|READY|PR|COMMAND} {STATUS|NI|VIRT|AGE} {RES|SHR|PORTS} {%CPU|%MEM|CREATED|NAMES} {TIME+|COMMAND|SERVICE}\n {$NUM|$IDENT-$NUM} {root|postgres|$WORD|1/1} {20|$NUM} {0|-20} {$NUM|Running|8.31g} {$NUM|1.2g|3d4h} S {$NUM.3|0.0} {$NUM.8|0.1} {4:21.11|12:01.92} {postgres|$WORD}
{WHERE|AND|OR} {o.|t.|}{status|state|kind|type|region} {IN|NOT IN} ('{PAID|OPEN|NEW|$SHOUT}','{SHIPPED|CLOSED|DONE|$SHOUT}'{,'$SHOUT'|})
{GROUP BY|ORDER BY|LIMIT|HAVING} {1, 2|$WORD|$NUM|COUNT(*) > $NUM} {DESC|ASC|}{ LIMIT $NUM;|;}
# {TODO|FIXME|NOTE}{(api)|($WORD)|}: {replace|use|try|port} {$TECH|$EPON|Dijkstra|$CAP} {with|over|instead of} {A*|$TECH|a $WORD} {once|when|after} the $TECH {table|cache|code} is {gone|ready}
 ---> Running in $HEX\nCollecting {$WORD==$VER|$IDENT}\n  Downloading $IDENT-$VER-cp312-manylinux_2_17_x86_64.whl ($NUM MB)
Successfully installed $WORD-$VER {$WORD-$VER|$IDENT-$VER} python-$WORD-$VER
msgid "{Welcome back|$CAP $WORD|Your $WORD is empty}{, <<user>>!|}"\nmsgstr "{Willkommen zurück|Ihr Warenkorb ist leer|Bienvenue|Bienvenido de nuevo|$CAP}{, <<user>>!|}"
{drwxr-xr-x|-rw-r--r--|lrwxrwxrwx} {$NUM|1} {root|deploy|$WORD|www-data} {root|deploy|staff} $NUM {Mar|Dec|Jan|Jun|May} {$NUM|9 17:02|31  2025} {$IDENT|.|..|bundle.js|$WORD.css}
{Subject|Fixes|Closes|Reverts|Refs}: {[PATCH v$NUM $NUM/7] net: $WORD $WORD|$HEX ("$WORD: $WORD $WORD")|#$NUM|$IDENT}
 $WORD/$WORD/$IDENT.c | $NUM {+++---|++}\n $NUM file{s|} changed, $NUM insertions(+), $NUM deletions(-)
$CAP.$IDENT  {thrpt|avgt|sample} {10|$NUM} {$NUM.$NUM} ± $NUM.210 {ops/ms|ns/op}
{font|font-family|grid-area|animation}: {600 1.125rem/1.4 |}"{Inter|Roboto|Helvetica Neue|Open Sans|$CAP}", {Arial|Georgia|Verdana}, sans-serif;
{NAME|Name|label|Schema} {IMAGE|Type|Owner|READY|n}{ Size| STATUS| Description|}\n{$WORD-$WORD-$NUM|$WORD} {$WORD:$NUM|table} {$WORD|Up $NUM days} {512 MB|$NUM/1|$WORD, one row each}
{Filesystem|Mounted on|tmpfs|/dev/$WORD} {Size|$NUM{G|M|K}} {Used|$NUM{G|M}} {Avail|$NUM{G|M}} {Use%|$NUM%} {Mounted on|/|/var/lib/$WORD}
{Author|Maintainer|Owner|Assignee|Reviewer}{s|}: {build-bot|runner-bot|$WORD-team|platform|dependabot[bot]|renovate|github-actions|$IDENT}{ <$EMAIL>|}
{tags|labels|metadata|annotations}: << {team|Owner|CostCenter|app}: {data-eng|"platform-team"|"$NUM"|$WORD} >>
  $IDENT {VARCHAR($NUM)|CHAR($NUM)|BIGSERIAL|BIGINT|TEXT|DATE|UUID|NUMERIC(10,2)|BOOLEAN} {NOT NULL|PRIMARY KEY|DEFAULT CURRENT_DATE|UNIQUE|NULL},{\n  $IDENT CHAR($NUM)\n);|}
{apiVersion: $WORD/v1\n|}kind: {CronJob|Deployment|StatefulSet|ConfigMap|Ingress|Service|DaemonSet|$CAP$CAP}\nmetadata: << name: $WORD-$WORD{, labels: << team: $WORD >>|} >>
{\"\"\"|// |# |/* }{$CAP $WORD in km|$WORD $WORD}. {$CAP $WORD|Radius|Values|Constants} {from|after|per|see} {$ABBR|$TECH|RFC} {1980|$NUM|2024}{.\"\"\"| */|}
{Benchmark|Test|Suite|Build|Job|Stage} {Mode|Started|Duration|Result|Status} {Cnt|Score|Error|Units|Branch}
{✓|✕|•} {multiplies|inverts|rejects|returns|handles|parses} {by|with|the} {$TECH|identity|singular $WORD|$WORD} ({$NUM ms|$NUM.$NUM s})
{const|let|type|var} $IDENT = z.{object|string|number|array}({<< $WORD: z.string() >>|$IDENT|}){.min($NUM)|.optional()|};
{<li>|<td>|<p>|<a href="/$WORD">|<label for="$WORD">|<option>}{$CAP|$CAP $CAP|$CAP $WORD|Sign in}{</li>|</td>|</p>|</a>|</label>|</option>}
{.groupby('$WORD')|.agg($WORD)|.map($WORD => $WORD.$WORD)|.filter(_ > $NUM)|.to_csv('$WORD.csv')|['$WORD']}{.$WORD()|.$WORD|}
{case|default|when} {'$WORD'|$CAP.$CAP|$NUM}: {return $IDENT|break|$IDENT($IDENT)};
{resource|data|module|provider|variable|output} "{aws_$WORD|google_$WORD|$IDENT}" "{main|default|$WORD}" <<\n  {$IDENT|$WORD} = {"$WORD"|var.$IDENT|$NUM|true}\n>>
{query|mutation|subscription|fragment} $CAP{($IDENT: ID!)| on $CAP|} << $WORD {(first: $NUM) |}<< $WORD $WORD $IDENT >> >>
{message|service|rpc|oneof} $CAP {<<|($CAP) returns ($CAP);} {string|int64|bool|repeated $CAP} $IDENT = $NUM;
{--- PASS|--- FAIL|=== RUN|=== CONT}: Test$CAP{/$WORD_$WORD|} {(0.$NUMs)|}\n    $IDENT_test.go:$NUM: {got $NUM, want $NUM|$WORD $WORD: $WORD}
{running $NUM tests|test result: ok. $NUM passed; $NUM failed|Finished dev [unoptimized + debuginfo] target(s) in $NUMs|Compiling $IDENT v$VER (/$WORD/$IDENT)}
$TIME:{09|33}.$NUM  {INFO|WARN|DEBUG} $NUM --- [{main|nio-8080-exec-$NUM|scheduling-1}] {o.s.|c.e.}{$WORD.|}$CAP$CAP : {$CAP|Starting} $CAP$CAP {using|with|in} {Java|$WORD} $NUM
{var|IEnumerable<$CAP>|List<$CAP>} $IDENT = $WORD.{Where|Select|OrderBy|GroupBy}(x => x.$CAP {== "$WORD"|> $NUM}).{ToList|First|Count}();
{val|fun|data class|sealed interface|object} $IDENT{(val $WORD: $CAP)|: $CAP|} {= $IDENT()|by lazy << $CAP() >>|<<}
{guard|let|struct|extension|protocol} $IDENT{: $CAP|} {else << return >>|= $CAP($WORD: $NUM)|<< var $WORD: String << get >> >>}
{Route|Schema|DB|Cache|Log|Auth}::{get|create|table|info|user}({'/$WORD', |'$WORD', |}{[$CAP$CAP::class, '$WORD']|function (Blueprint $WORD) <<|'$CAP $WORD'});
{attr_accessor|has_many|belongs_to|validates|scope|before_action} :$WORD{, presence: true|, -> << where($WORD: $NUM) >>|, class_name: '$CAP'|}
{GenServer|Enum|Map|Task|Repo|Logger}.{call|map|get|async|insert|info}({$IDENT|%<<$WORD: $NUM>>|:$WORD|"$WORD $WORD"}{, fn x -> x.$WORD end|})
{instance|newtype|type|deriving|import qualified} {Show|Functor|Monad|Eq|Data.Map} {$CAP|as M|(Maybe a)} {where|= $CAP|}
{library|require}({dplyr|ggplot2|tidyr|$WORD})\n$WORD %>% {filter|mutate|summarise|group_by}({$WORD > $NUM|$WORD = mean($WORD)|$CAP, $WORD})
{all|build|clean|test|install|.PHONY}: {$WORD $WORD|$IDENT|}\n\t{@echo "$CAP $WORD"|$(CC) -o $WORD $WORD.c|go build ./...|rm -rf $WORD}
{add_executable|target_link_libraries|find_package|set|project}({$CAP|$IDENT} {$WORD.cpp|REQUIRED|PRIVATE $CAP::$WORD|$NUM|CXX})
{[Unit]|[Service]|[Install]}\n{Description=$CAP $WORD $WORD|ExecStart=/usr/bin/$WORD --$WORD|Restart=always|After=network.target|WantedBy=multi-user.target|User=$WORD}
{Seq Scan|Index Scan using $IDENT|Hash Join|Nested Loop|Sort|Bitmap Heap Scan} on $IDENT{ $WORD|}  (cost=$NUM.00..$NUM.50 rows=$NUM width=$NUM){\n  Filter: ($WORD = '$WORD')|}
{# HELP|# TYPE} $IDENT {$CAP $WORD of $WORD|counter|gauge|histogram}\n$IDENT<<$WORD="$WORD",$WORD="$NUM">> $NUM
{paths|components|parameters|responses|schemas}:\n  {/$WORD/<<id>>|$CAP|'200'}:\n    {get|type|description|summary}: {object|$CAP $WORD $WORD|string|Not Found}
{Normal|Warning}  {Scheduled|Pulled|Created|Started|BackOff|Unhealthy|FailedMount}  {$NUMs|$NUMm}  {kubelet|default-scheduler}  {$CAP|Successfully|Back-off} {assigned $IDENT|pulled image "$WORD:$VER"|restarting failed container}
arn:aws:{s3|iam|lambda|sns|ecs}:{us-east-1|eu-west-2|}:$NUM:{role/$CAP$CAP|$IDENT|function:$IDENT|$WORD/*}
{on|jobs|steps|strategy|permissions}:\n  {push|$WORD|- name: $CAP $WORD|- uses: $WORD/$IDENT@v$NUM}{\n    branches: [main]|:\n    runs-on: ubuntu-22.04|}
{> Task :|[Pipeline] |BUILD |Execution failed for task ':}{$WORD:$IDENT|stage|SUCCESSFUL in $NUMs|sh|compile$CAP'}{ UP-TO-DATE| FAILED|}
{found|fixed|$NUM} {vulnerabilities|packages|moderate severity} {($NUM low, $NUM high)|in $NUMs|audited}{\n  run ¬npm fund¬ for details|}
{chunk|asset|modules by path|entrypoint} {$WORD.$HEX.js|./src/$WORD/|$WORD} {$NUM KiB|[emitted] [minimized]|(name: $WORD)}
  $NUM:$NUM  {error|warning}  {'$IDENT' is {defined but never used|not defined}|Unexpected {any|console statement}|Missing return type}  {@typescript-eslint/$WORD|no-$WORD|$WORD/$WORD-$WORD}
{type|export type} $CAP<T extends {$CAP|string|keyof $CAP}> = {Partial|Pick|Record|Omit|Awaited|ReturnType}<{T|$CAP}{, '$WORD'|}>;
{cache-control|x-$WORD-$WORD|strict-transport-security|access-control-allow-origin|vary|via|x-cache}: {max-age=$NUM|$HEX|*|$CAP-$CAP|Miss from $WORD|1.1 $WORD ($CAP)}
{MIME-Version: 1.0|Content-Type: multipart/mixed; boundary="$HEX"|X-Mailer: $CAP $VER|Received: from $IDENT (localhost [127.0.0.1])|List-Unsubscribe: <https://$WORD.example.org/$WORD>}
{*/$NUM * * * *|0 $NUM * * $NUM|@daily|@reboot} {root |}/usr/{local/|}bin/$WORD {--$WORD |}> /var/log/$WORD.log 2>&1
{iptables|ip6tables|nft|ufw|firewall-cmd} {-A INPUT -p tcp --dport $NUM -j ACCEPT|add rule inet $WORD $WORD|allow $NUM/tcp|--reload}
;; {ANSWER SECTION|QUESTION SECTION|AUTHORITY SECTION|ADDITIONAL SECTION}:\n$WORD.example.org.  $NUM  IN  {A|AAAA|MX|NS|CNAME|TXT}  {192.0.2.$NUM|"v=spf1 -all"|$WORD.example.net.}
{listening on eth0, link-type EN10MB (Ethernet)|IP $IDENT.$NUM > $IDENT.https: Flags [S], seq $NUM, win $NUM|$NUM packets captured}
{ROW_NUMBER|LAG|SUM|RANK}() OVER (PARTITION BY $IDENT ORDER BY $IDENT{ DESC|}) AS $IDENT
{CREATE OR REPLACE|DROP} {FUNCTION|TRIGGER|VIEW|PROCEDURE} $IDENT{($WORD INTEGER)|} {RETURNS TRIGGER AS|AS SELECT $IDENT FROM $IDENT|BEFORE UPDATE ON $IDENT}
{ERROR|WARNING|NOTICE|LOG|FATAL|HINT|DETAIL}:  {relation "$IDENT" does not exist|duplicate key value violates unique constraint "$IDENT"|checkpoint complete: wrote $NUM buffers|$CAP ($IDENT)=($NUM) already exists.}
{try|begin|do} <<\n  {await |}$IDENT.$WORD();\n>> {catch|rescue|except} {($WORD: $CAP)|$CAP => e|ValueError as e} <<
{#define|#ifdef|#pragma|#include} {$SHOUT_$SHOUT $NUM|<$WORD/$WORD.h>|once|"$IDENT.h"}\n{static inline |}{int|void|size_t} $IDENT({const char *|}$WORD, int $WORD)
{template <typename T>|namespace $WORD <<|using $CAP = std::vector<$CAP>;|std::unique_ptr<$CAP> $IDENT = std::make_unique<$CAP>($NUM);}
{Usage|Options|Commands|Examples|Flags}:\n  {-h, --help|--$WORD <$WORD>|$IDENT [options]|$WORD $WORD}   {$CAP $WORD|Show $WORD|Print the $WORD and exit}
{Added|Changed|Fixed|Removed|Deprecated|Security}\n- {$CAP|Support for|¬$IDENT¬} {$WORD $WORD|now $WORD the $WORD|in ¬$IDENT¬}{ (#$NUM)|.}
{timezone|TZ|tz|time_zone|zone}{: |=|', '}{"|}{America|Europe|Asia|Australia|Africa|Pacific}/{New_York|Berlin|Kolkata|Sydney|$CAP}{"|}{,|;|}
{User-Agent|user_agent}: Mozilla/5.0 ({Macintosh; Intel Mac OS X|Windows NT 10.0; Win64; x64|Linux; Android|iPhone; CPU iPhone OS} $NUM{_|.}$NUM) AppleWebKit/$NUM.$NUM ({KHTML|}, like Gecko) {Chrome|Version|Safari|Firefox}/$VER
{new Intl.|}{DateTimeFormat|NumberFormat|Locale}('{en-US|de-DE|pt-BR|ja-JP}', << {timeZone|currency|style}: '{UTC|EUR|Europe/Paris|$WORD}' >>)
{- |}{Listening on|Connected to|Connecting to|Forwarding from|Waiting for|Bound to} {port $NUM|$IDENT:$NUM|127.0.0.1:$NUM|$CAP $CAP}{...|.|}
{Chapter|Section|Step|Part|Lesson|Exercise|Figure|Appendix} $NUM{.$NUM|}{: | - |. }{$CAP|$CAP $CAP|The $CAP $CAP|$CAP and $CAP}
{Copyright|(c)|©} {$NUM|20$NUM} {The |}{$CAP $CAP|$CAP|$WORD} {Authors|Contributors|Project|Foundation|Developers}{. All rights reserved.|}
{Licensed under|See|Released under|Distributed under} the {Apache License, Version 2.0|MIT License|$CAP Public License|$CAP License}{ (the "License")|}{.|;}
"{title|label|placeholder|message|description|text|tooltip|heading}": "{$CAP {a|the|your} $WORD|$CAP $CAP|$CAP $WORD {failed|saved|not found}|Are you sure?}"{,|}
{logger|log|console|logging}.{info|warn|error|debug}({'|"}{$CAP|Could not|Starting} {$WORD|$CAP|the $WORD} {%s|<<>>|$WORD|:}{'|"}{, $IDENT|})
{INSERT INTO|REPLACE INTO} {settings|roles|products|features|currencies|$IDENT} {(id, name) |}VALUES ($NUM, '{$CAP $CAP|$CAP|$CAP $WORD}'){, ($NUM, '$CAP')|};
{UPDATE|update} $IDENT {SET|set} {status|label|kind|title} = '{$CAP|$SHOUT|$CAP $WORD}' {WHERE|where} id {=|IN} {$NUM|($NUM, $NUM)};
{enum|const|val|final} {$CAP|$SHOUT} {<<|=|: [} {$CAP|$SHOUT} {= $NUM|}, {$CAP|$SHOUT} {= $NUM|}, {$CAP|$SHOUT}
{\"|'}{$CAP $CAP|$CAP}{\"|'} => {\"|'|}{$CAP $WORD|$WORD|$NUM|$CAP::$CAP}{\"|'|},
{<|</}{$CAP|$CAP.$CAP|x:$CAP|$IDENT}{ $WORD="{$CAP|$CAP $CAP|$WORD}"|}{ $IDENT=<<$WORD>>|}{>|/>|}
{$CAP|$IDENT}\t{$CAP|$NUM|$WORD}\t{$CAP $WORD|$NUM.$NUM|$IDENT}
  {Name|Namespace|Labels|Annotations|Type|Status|Age|Reason|Message|Node|Image|Command}:{  |   |\t}{$IDENT|$CAP|<none>|$WORD=$WORD|$CAP$CAP}
`
