/**
 * How people of different trades write down who came, with whom, from where and to whom: one line a manner. See
 * `parseTemplate` for the signs.
 */
export const STYLES = String.raw`
{$L|$F $L|$SHORT} {rm|bed|room} $NUM{a|} {-|:|–} {s/p $PROC|$MED|$COND2}, {tol clears|voiding|ciwa $NUM|oob to chair}, {$KIN $F at bs|$ROLE $F aware|labs am|wants {dr $L|$F} to call}.
{Girlfriend|Boyfriend|Wife|Partner|Sister|Mother|Roommate|Cousin} $F {$NUM wks pregnant|also sick|is $AGE|has keys|drives|in $CITY}{, $F $L is sponsor|}. {PO|Parole|Probation}: {Officer $L|$FULL}{ $PHONE|}.
$F, $AGE, {wants to go back to|plays|asks about|missed} {football|work|school|$MED} {after|with|because of} $COND2{; $MED on US at $FAC|}.
{Presenter|Moderator|Operator|Reader|Scheduler|Coordinator|Case $NUM|Pt $NUM}: {$FULL|$N|$LF}{, $AGE{M|F}|}{, $COND2|}. {Discussion: |}$DOC ({rad onc|surg|IR}) {favors|agrees|to see}.
{labs|imaging|therapy|vaccines|drop off|infusion} {through|at|via} {Quest|Labcorp|$FAC|Athletico|$BUSINESS}{ on $STREET| in $CITY|}, {return|RTC|call} {in $NUM months|my nurse $F at $PHONE}.
{transferred|Transferred|sent|Sent|arrived|OSH|from|To|Accepted|ALS} {to|from|at|via} {$CITY General|$L General|$CITY Memorial|$CITY Regional|Central $CITY|St. $F's|St $F|Mt. $L}{ ED|} {last night|on $DATE|for $PROC|with $COND2|by $BUSINESS}{.|, $ITEM}
{meds from|Source|Filled at|Pharmacy|Pharm}{:|} {Walgreens|CVS|Rite Aid|Walmart|Kroger|H-E-B|Publix|Costco} #$NUM {$CITY|on $STREET|$CITY, $STREET}{, $PHONE|}
{in|at|to|lives in|resident of|apt at} {$FAC {apartment|apt|unit|room|suite} $NUM{A|C|}|$ADDR}{. Goals|, $ITEM|; $ITEM}
{brother|sister|aunt|cousin|son|dtr} $F in $ODDTOWN; {PT|SW|CM} rec SNF
{CONSULT|Consult|Requested|Referred|Ordered}{ -| –|:|} {requested by|req by|by} {$SHORT|$L|$FULL}{ ({medicine|ED|surgery|hospitalist|OB})|, {MD|NP}}.
{Signed|D/w|Seen w/|Staffed with|} {$SHORT|$FULL|$L} ({fellow|resident|attending|PGY3|intern|$ABBR}) {/|and|w/} {$L|$SHORT|$DOC}{ ({attending|staff})|}
[$TIME] {$F|$FULL|$L}: {hi|yes|no|ok|sorry|thanks|im here|can you hear me|i took it}{ {$F|my $KIN $F|$DOC} {and i broke up|is driving up from $CITY|told me to call}|, im in $CITY|}
[$TIME] {Provider|Nurse|Bot|Agent|MA}: {can you confirm|hello|thank you} {$F|$FULL|{Mr|Ms}. $L}{, {your birthday|your pharmacy}?|}
{Refer|Sent|Xfer|Transfer|Divert} {to |}{$FAC}, {spoke to|accepting|accepted by|d/w} {Dr |Dr. |}$L{, {ED|ICU} charge $F|}.
{cannulated|started|drawn|placed|hung|given|cosigned|taught|bathed|turned|weighed|screened|interviewed|fitted} by {$F|$SHORT|$L|$F $L}{ RN| CCHT|, {RN|RT|CST}|}{ @ $TIME| at $TIME|}{, $MED|}
{Neph|Cards|EP|GI|ID|Onc|Ortho|Pulm|Neuro|NSGY|Uro|ENT|Heme|Psych|Rheum|Derm|OMFS|Vascular|Trauma|Anesth|MFM|Peds|House sup|Charge} {$L|$DOC|{Dr |}$L} {rounded|consulted|following|signed off|recs|aware|to see|at bedside}{, $MED|}.
{counselor|tutor|teacher|best friend|bestie|boss|sponsor|landlady|godmother|pen pal|classmate|teammate|coach|pastor|bunkmate|cellmate|neighbor kid} {$F|"$F"|{Mr|Mrs|Ms}. $L|$N} {comes Tuesdays|is supportive|drove {him|her}|moved to $CITY|says {he|she} is fine|called 911}.
{Tochter|Sohn|Ehefrau|Ehemann|Mutter|Vater|Bruder|Schwester|Enkelin|Nichte|Lebensgefährtin|Betreuerin} {$F|$N|Frau $L}{ begleitet {sie|ihn}| wurde informiert| anwesend|, Tel. $PHONE|}. {Kontrolle|Wiedervorstellung|Termin} {bei|in} {Dr. $L|Fr. Dr. $L|$FAC} {am $DATE|in 4 Wo.|}.
{Familienanamnese|FA|Antecedentes familiares|ATCD familiaux|Anamnesi familiare}: {Vater|Mutter|padre|madre|père|mère|Bruder|hermana|frère} {Herzinfarkt|Diabetes|Schlaganfall|IAM|HTA|cancer du sein|infarto|verstorben}, {Mutter|madre|mère} {Brustkrebs|diabética|AVC|ipertesa}.
{MfG|Mit kollegialen Grüßen|i.A.|gez.|Unterschrift|Oberarzt|OA|CA|FÄ|Chefarzt}{:|} {Dr. |PD Dr. |Prof. |}{$SHORT|$FULL|$L}
$F was {cooperative|tearful|late|pleasant|fussy|alert|born at $NUM weeks in $CITY|seen with $KIN $F}{, said {his|her} best friend is $F|}. {BRIEF-2 $NUM|FSIQ $NUM|MMSE $NUM|$LAB}.
{Examiner|Examinee|Informant|Informants|Evaluator|Rater|Respondent}: {$FULL|$N}{, {PsyD|PhD|SLP}|}{; {Dates|Date} of {testing|service}: $DATE|}{; Grade $NUM, $SCHOOL|}
{Parents|Siblings|Children|Prior babies|Kids|Household|Sibs}: {$F ($NUM)|$F}, {$F ($NUM)|$F}{ and|,} {$F ($NUM)|$F}{; {father|mother} $F {works at $BUSINESS|in $CITY}|}.
{Transferred|Flown|Lifeflighted|Medevac'd} {last night|overnight|$DATE|} from {$FAC|$CITY General|$CITY} by {$BUSINESS Air|AirEvac|Lifeguard Air|ground EMS}. {Consent|History} {obtained |}from {his|her} {$KIN}, $F{, by phone ($PHONE)|}.
{fell|slipped|collapsed|syncope|seizure|MVA|assault|bit} {while shopping |}at {the |}{$BUSINESS|$BUSINESS on $STREET|$SCHOOL|$FAC|$CITY {airport|mall|pool}}{ in $CITY|}, {bystander|manager|coach} {$F|$N} {called|did CPR|present}.
{She|He|Pt} {works|worked|volunteers|drives} {at|for} {$BUSINESS|$FAC|$SCHOOL}, {wants|prefers|asks for} {it on a Friday|generic|$MED}.
{ESI|Acuity|Triage|Triage level|Cat} {2|3|4}{.| -|:} {$FULL|$LF|$SHORT}{,|} $AGE{ yo| y/o|yo} {arrives|arrived|walked in|BIBA|brought} {via {EMS|car|medic $NUM|ambulance}|by {$KIN|police|$KIN $F}}{ from {$FAC|$CITY|$ADDR}|}. {VSS|$LAB|GCS 15|NKDA}
{Arrived|BIB|Brought in} {by|via} {$KIN $F|EMS from $FAC|neighbor $N|$F ($KIN)}{, c/o $COND2| for $MED| s/p fall}. {$ITEM|Last seen normal $TIME}
$ROLE {$SHORT|$L|$FULL|$F}{ at bedside| notified $TIME| aware| $TIME|, {RN|NP|PA|MD}|/$ABBR|: $ITEM| to assume care|.}
{$ITEM. |$MED. |Plan: |}{$ROLE|$STAFF} {$L|$SHORT|$FULL}{ paged| updated| given report| called back $TIME| cosign|.}{ $ROLE {$L|$SHORT}{ $TIME|.}|}
{report|Report|Handoff|handoff|SBAR|endorsed|signed out} {to|given to|from|called to} {$ROLE |$STAFF |}{$L|$SHORT|$F|$FULL}{ on {$NUM West|the floor|tele|$ABBR}| at $TIME| in {PACU|ED}|.|}
S: $AGE{M|F}{ h/o $COND2|}, {$N|{Mr|Mrs|Ms}. $L} c/o {$COND2|$MED} x {3 wks|2 d|1/52}{, here with $KIN $F|}. {Works|Working} {@|at} {$BUSINESS|$COMPANY}.
S> $N {here|in} for {f/u|recheck|med refill|$MED}{ w/ $KIN {$F|($F)}|}. O> {BP $NUM/80|$LAB}{, $LAB|}. A> $COND2. P> {$DRUG $NUM mg|RTC $NUM mo|refer to $DOC|PT @ $FAC}{, call $F w/ results|}.
P: {$DRUG $NUM mg|XR|labs}{, $MED|}. {PT|OT|imaging|labs} {@|at} $FAC. {RTC|F/u} $NUM {wk|mo} w/ {$DOC|$ROLE $L|$L}. {If worse|Questions|?s} call $PHONE.
{MRI|CT|US|XR|PET/CT|MRA|DEXA|MAMMO} {LUMBAR SPINE|KNEE|ABDOMEN|BRAIN|CHEST|SHOULDER|PELVIS} {W/O CONTRAST|W/WO|LEFT|RIGHT|} {$DATE|}{\n|. | }{Clinical|Indication|Hx|HX|CLIN}: $COND2{, R $ABBR|}. {$FULL|$LF}, {F/|M/|}$AGE{y|}, {ID $ID|MRN $ID|DOB $DATE}. {Referring|Ref|Ordered by|REQ}: {$DOC|$FAC|$FULL|$L}.
{Compared|Comparison} {to|with} {outside |prior |}{MRI|CT|films|study} {from|at} $FAC{ of $DATE|}{, the $MED is new|}. {Findings|Results} {texted|called|phoned|discussed with|conveyed} {to|} {$DOC|$ROLE $L|$FULL} {at $TIME|$TIME}. {$FULL|$SHORT|$FULL} {MD|DO|MBBS|FRCR}
{Read|Final read|Prelim|Interpreted|Dictated|Overread|Resident}{:| by|} {$SHORT|$FULL|$L}{ MD|, MD|/|}{$ABBR|} {$DATE|}
{ACC|ACC#|CASE|SPEC|PATH #} $ID | {PT|PATIENT|NAME}: {$LF|$FULL} | {DOB: $DATE|MRN $ID} | {LOC|UNIT}: {$NUM WEST|OR $NUM|CLINIC} | {SURG|PHYS|REQ|MD}: {$L|$LF|$FULL}
{FS|FROZEN|INTRAOP CONSULT|Frozen}: {NEG|BENIGN|MARGINS CLEAR|$MED} ({$DOC|$L} {TO|to} {$DOC|$L}{, $TIME|}).
{LABELED|labeled|Received labeled|Container labeled} "$L{ $SHOUT|, $MED|}" {IS|is|consists of} {A|a} $NUM {CM|cm} {SEGMENT|portion|fragment} {OF|of} $MED.
{SIGNED OUT|VERIFIED|Signed|Finalized} {$DATE |}{BY|by} {$SHORT|$FULL|$INITIALS/$L}{, MD| MD|}.
{Intake|INTAKE|Initial assessment|Biopsychosocial|Evaluation}{.|:} {$FULL|$F|$N} {(she/her)|(he/him)|(they/them)|}, $AGE, {PhD student|barista|nurse|welder|unemployed|veteran}{ at {$SCHOOL|$BUSINESS|$COMPANY}|}, {self-referred|referred by {$DOC|$KIN $F|$N}} after {$KIN|roommate|ex} $F {found $PRON crying|moved out|called 911|left}.
{Grew up|Raised|Born|Childhood} in {$CITY|$PLACE}, {came to the US at $NUM|moved to $CITY|oldest of $NUM}; {father|mother} $F {died in 2009|left|drank|is a nurse in $CITY}, {mother|stepfather|brother|sister} $F{, $AGE,| ($AGE)|} {works in $CITY|is supportive|"the golden child"|lives nearby}.
{Support|Supports|Contacts|Lives with|Family|Social}: {$KIN $F|$F ($KIN)|$F}{, $KIN $F|, $F ($KIN, $AGE)|}{, friend $F|}{; {dog|cat} $F|}.
{weekly|biweekly|Weekly} {CBT|DBT|therapy|EMDR|sessions} {w/|with} {$F|$DOC|$N|$SHORT}{, $DRUG $NUM mg|}. {Previously|Formerly|In past} {saw|seen by|followed by} {$DOC|$N|$F at $FAC}.
{Client|Resident|Member|Consumer|Recipient|Subject|Claimant|Insured|Plaintiff|Decedent|Proband|Donor|Enrollee}{:|} {$FULL|$LF|$N}{ (F|, DOB $DATE|, $AGE|.}{ {Case mgr|Adjuster|Sponsor|Attorney|Counselor}{:|} {$FULL|$N}|}
{Arrived|Visit|Met|Seen} {at|@} {$ADDR|$PLACE}{, dog crated by $KIN $F|, let in by $KIN $F|, $KIN $F present|. Gate code $NUM}. {Wound|BG|Wt} $NUM. {Next visit|NV} {$DATE|Thurs}.
{Here|In|Accompanied|Comes in|Present today} {with|by} {$KIN $F|$KIN $F and $KIN $F|$KIN and $KIN|both parents|parents $F and $F}. {Attends|Goes to|Starts} {$SCHOOL|pre-K at $SCHOOL|daycare at $SCHOOL}. {Ht|Wt} $NUM {cm|kg} ({65%|9th}).
{well child|WCC|well visit|well baby|Newborn check|4 mo check|sports physical}{ -| –|:|} {$FULL|$F "$F" $L|$N|$LF}{, $AGE {mo|yo}|}. {Parent concerns|Mom concerned about|Dad asks re} {$F's {stutter|rash|sleep}|$MED}; {new|baby} {sister|brother} $F {born $DATE|at home}.
{Tx|Tx today|Px|Procedure|Today}: {#$NUM MOD composite|SRP UR|RCT #$NUM|recall|prophy|crown prep #$NUM}. {Pt|Patient} {$FULL|$N} {presents|returns|seated|tolerated well}. {NV|Next}: {SRP LR|crown seat|recall} w/ {$F|$DOC|$L}{, RDH| RDH|, DDS|}.
{subscriber|Subscriber|guarantor|Insured|policy holder|Policyholder|cardholder} {$FULL|$SHORT|$LF}{ ID $ID|, DOB $DATE| ({spouse|father})|}{, {Delta Dental|MetLife|Cigna|Aetna}|}.
Hi $F,\n{I spoke with|Just got off the phone with|Following up on|Quick note about} {{Mr|Mrs|Ms}. $L|$N|{Mr|Mrs}. $L's $KIN|$F's $KIN}{ this morning| today|}. {The claim|Insurance|The balance|Auth} {was denied|is pending|needs a code} {because|since} {the plan|the ID} {belongs to|is under} {$KIN $F|ex-wife $F|$N}.
{Thanks|Thx|Best|Cheers|Regards|Take care|Warmly},{ |\n}{$F|$FULL|$F $L}{ x$NUM|, ext. $NUM|}{\n|, }{Patient Accounts|Billing|Front Desk|Scheduling|Care Coordination|Medical Records|Referrals}, $FAC
{Hello|Hi|Good morning|Dear} {Dr|Dr.|doctor} $L{,|} {this is|it's|its} $F{ $L|} ({$FULL|$F}'s {mum|mom|dad|wife|daughter}{, dob $DATE|}). {The rash|He|She|His fever} {came back|is worse|still coughs} after we {stopped|changed} the $DRUG. {We are|I am} {away in|in|traveling to|back from} {$CITY|$PLACE} until {$DATE|Friday}.
{can you send|please send|could you fax|can u call in} {it|the script|a refill|$DRUG} to {$BUSINESS|$BUSINESS on $STREET|the $BUSINESS on $STREET|$FAC|the pharmacy}? {You can text me on|My cell is|Call me at|call} $PHONE{. thanks $F|. - $F|}
this is {doctor|dr} $L dictating {on|for} {$FULL|patient $FULL} {medical record number|date of birth|date of service} {$NUM $NUM|} the patient is a {fifty|sixty|seventy|forty} {one|two|nine|} year old {gentleman|female|lady|man} from $CITY with a history of $COND2 status post $PROC at $FAC who presents with $COND2 {he|she} takes $DRUG and $DRUG {his|her} $KIN $F {accompanies|is with} {him|her} {today|} plan $MED follow up with doctor $L in {two|six} weeks
{dictating|dictation} {for|by} {doctor|dr|$FULL} {$L|} on {mr|mrs|ms} $L {comma|period|} {seen today|in clinic} {period|} {next paragraph|new line} {impression|plan} {colon|} $COND2 {period|} {copy to|cc} {doctor $L|$FULL} {in $CITY|at $FAC|} {period|}
{Consult|Anfrage|Question|Request}{:|} {Frau|Herr|Hr.|Fr.} {Dr. |Prof. |}$N {asks|fragt} {re|zu} $MED in {Hr.|Fr.|Herr|Frau} $N{, geb. $DATE|, *$DATE|, $AGE J}. {Lives|Wohnt|Adresse:} $ADDR{; Tel $PHONE|}.
{Hija|Hijo|Esposa|Esposo|Madre|Padre|Hermana|Nieta|Sobrino|Vecina|Tía|Yerno} {$F|$N|($F)|: $N}{ at bedside| presente|, {cel|tel} $PHONE|}. {Domicilio|Vive en|Dirección|Colonia}: {$ADDR|$CITY}. {Dx|Diagnóstico|Motivo}: {colelitiasis|diabetes|dolor abdominal|$COND2}. {Interpreter|Intérprete} $F.
{Mme|M.|Mlle|Mr} $N{, né(e)|, née $L| épouse $L|} {le $DATE|}{ à $CITY|}. {Mari|Épouse|Fils|Fille|Soeur|Conjoint|Personne de confiance} {$F|$N|: $N}{ visits daily|, tél. $PHONE|}. {Anesthésiste|Chirurgien|IDE|Kiné|Médecin} {Dr |}$L. {To rehab at|Transfert à|Retour à} {$FAC|$CITY}.
{Rm|Room|RM} $NUM-{1|2|A|B} {$FULL|$LF} {(goes by $F)|("$F")|} {G2P1|G1P0|G3P2} $NUM{w2d|w5d|}, {SROM|IOL|SVD|PCS|PPD#1|in labor}{, 6/90/-1|}. {Husband|Partner|FOB|Doula|Support} {$F|$N}. {OB|MFM|CNM|Peds|Anesthesia} {$L|$DOC|$FULL}. {Baby girl|Baby boy|BG|BB} $F{ $NUM g|}.
{Meeting|MDT|Tumor board|Conference|Selection committee|Grand rounds|Case conference}{ $DATE|}{:|} {1.|(1)|#1} {$FULL|$N|$LF}, $AGE{, |/}{M|F}{,|} $COND2{, MELD $NUM|} {-|–} {listed|deferred|discuss|resectable}; {2.|(2)|#2} {$FULL|$N|$LF} $AGE $COND2{,|} {Dr $L|$DOC} to {present|see}; {3.|(3)|#3} {$FULL|$N} $AGE{, $MED|}.
{caregiver|Caregiver|Lives with|support person|driver|ride|Ride home|Pickup|Responsible adult}{:| is|} {$F|$KIN $F|$N|$N ($KIN)}{, $PHONE|}.
{MEDICATION RECONCILIATION|MED LIST|Medication list|MAR|ALLERGY LIST|PROBLEM LIST|FACE SHEET|FLOWSHEET|KARDEX|CENSUS|ADMISSION ORDERS|INTAKE FORM}  {$LF|$FULL}  {$DATE|DOB $DATE|MRN $ID}  {Rm $NUM|Bed $NUM|}
{Drug|Medication|Med}  Dose  {Freq|Sig}  {Last taken|Prescriber|Source}\n{$MEDCAP|$MEDCAP}  $NUM mg  {BID|daily|qHS}  {$DATE|$TIME}  {$L|$KIN $F|$SHORT|list|pill bottle|$FAC}
$MEDCAP  $NUM {mg|mcg}  {BID|daily|qHS|PRN}  {list|self|pt|pharmacy|$KIN $F|$DOC|$SHORT}
{Operator|Caller|Nurse|Agent|Patient|Mom|Scheduler}: {$FULL|$N}. {That's|Spelled|It's} {capital |}{$ABBR|C-R-U|M as in Mary}{.|, and the first name is $F.}
{Operator|Nurse|Agent|Receptionist}: {Thank you for calling|Nurse line|Good morning|You've reached} {$FAC|$FAC}, {this is|my name is} $F{, can I have the patient's name|, how can I help|}?
{Caller|Patient|Mom|Dad}: {I had|She had|My $KIN had} {my |}{hernia|knee|gallbladder|surgery} done by {$L|$DOC|$N} {last week|in $DATE|$DATE} {over at|at} {$FAC|St. $F's} and now {it's red|temp 101}.
{Progress Notes|H&P|Consults|ED Provider Notes|Nursing Note|Telephone Encounter|Addendum} by {$LF|$LF, {MD|PA-C|NP|RN|DO}|$FULL} at $DATE {7:42 AM|$TIME}
{Author|Editor|Cosigner|Filed by|Note by|Signed|Attested by|Addended by|Routed to|Performed by|Entered by|Co-signed}{: | }{$LF|$LF, {MD|PA-C|NP|RN}|$FULL}{ at $DATE $TIME| ($TIME)|   Service: {Hospitalist|Cardiology|Surgery}|}
{Patient|Pt|Name}: {$LF|$FULL} | $DATE | $AGE y.o. | {CSN|MRN|HAR}: $ID | {Bed|Room}: 4N-$NUM-A
{NAEON|No acute events overnight|Overnight: none|Subjective}. $F {states|reports|says|denies|feels} {breathing "better"|pain $NUM/10|no CP|$MED}. {Using IS|OOB to chair|Tolerating diet}. {$LAB|$LAB, $LAB}.
{#Dispo|Dispo|DISPO|Disposition|D/c plan} {-|–|:} {lives w/|lives with|from home w/|to home with} {$KIN $F|$F|$KIN} {in $CITY|at $ADDR|}; {PT rec SNF|accepted at $FAC|bed at $FAC|referral to $FAC|awaiting $FAC}.
{DME|Vendor|Supplier|Home O2|CPAP|Wheelchair|Infusion}{:| by| via| from|} {$BUSINESS|$FAC|Lincare|Apria|AdaptHealth|$COMPANY}{, $CITY|}. {Rx|Ordered by|Prescriber}: {$SHORT|$FULL|$L}{, NPI $ID|}. {Tech|Tech:|Scorer|RPSGT} {$F|$SHORT|$L}.
{rm|bed} $NUM {mr|mrs|ms|} {$L|$FULL|$F ($FULL)} {stage 3 sacral|dti l heel|bka stump|d2 cap|cellulitis rle|fall|new trach}{ $NUM x 2|}, {santyl bid|resolved|vac -125|iv abx}, {dr $L|$ROLE $F|$F} to {debride|see|f/u|do dsg}{ $DATE|}. {call|update|phone} {dtr|son|wife|poa|$KIN} $F{ $PHONE|}
{rounds|wound rounds|nights|days|am rounds|sign out|sbar} {$DATE |}{w|with|w/} {$F|$L|dr $L|$F and $F}{ rn| cwocn| np| pa|}. {rm|bed} $NUM {$L|$F $L}, $MED.
{FOLLOW UP|CLINIC NOTE|ONCOLOGY|CARDIOLOGY|NOTE}. {$FULL|$LF}, {DOB|BORN} $DATE{, HOSP NO $ID|}. {HUSBAND|WIFE|SON|DAUGHTER|MOTHER|SISTER} $F {HAS QUESTIONS ABOUT|ASKS RE|DECLINES|TO BRING IN} {$SHOUT|MEDS|TRIAL|$FAC}. {DR $L|CNS $F|RN $F|$DOC} {AWARE|TO REVIEW|NOTIFIED}. {LIVES|LIVES AT|ADDR} {$ADDR|IN $CITY}.
{s/p|S/p|POD $NUM|POW 2} {phaco/IOL OD|TKA|lap chole|CABG|ORIF|C-section} {$DATE|} ({$L|$DOC|$L/$L|$SHORT}). {Lens|Implant|Hardware}: $NONCE $NUM. {Pt|} {$FULL|$N} from {$CITY|$PLACE}{, drives a {Ford|Toyota|Honda} {truck|$CAP}|}.
{Mother|Maternal GM|MGM|PGF|Paternal aunt|Half-brother|Cousin|Proband|Partner|Father} {$F|$N|($F)|$F ($AGE)} {dx|with|had|d.|died of} {breast ca|ov ca|MI|colon ca|$COND2} {$AGE|at $AGE|in 50s}, {sister|uncle|$KIN} {$F|($F)} {unaffected|tested neg|declined|had $COND2}.
{PLOF|Home setup|Living situation|Social}: {indep|lives alone|lives w/ $KIN $F} {in|at} {$FAC apartment 3C|$ADDR|$FAC|$CITY, 2 STE}. {Goals|Goal} per {dtr|$KIN|pt} $F: home. $F {required|demonstrated|needed} {min A|mod A|CGA} {sit>stand|for transfers}.
{Dispatched|Respond|Enroute|Tone out|Called} {priority 1|code 3|P2|} to {$ADDR|$STREET|$NUM blk of $STREET} {/ cross $STREET|x $STREET|}. $AGE {M|F} {$FULL|$N} {unresp|fall|CP|SOB}. {Hx from|Per|Bystander|Witness} {$KIN $F|girlfriend $F|neighbor $N|$N}. {To|ALS to|Transported to|Diverted to} {$FAC|$CITY General}{, report to $ROLE $L|}. {Medic|Crew|EMT|Partner}{:|} {$SHORT|$L|$F}{ #$NUM|}{, {$L|$SHORT}|}.
{Referred|Self-referred|Sent|Ref'd} {by|from} {$DOC|$ROLE $L|$N} ({$FAC|$FAC, $ADDR|$ADDR}). {Mother|Father} $F {d. $MED|has $COND2}. {Works|Works nights|Employed} at {$FAC|$BUSINESS|$COMPANY}.
{Spoke|T/c|Phone call|LVM|Left message} {w|w/|with|to|for} {$F|$N|$KIN $F|$ROLE $L|$L at $FAC}{ @ $PHONE| $PHONE|}{ re $MED|}, {will call back|verbalized understanding|no answer|agrees}.
{$N|$L} {no-showed|cancelled|rescheduled|DNA'd|checked in|is here|arrived late|LWBS|left AMA|eloped} {$DATE|$TIME|today}{; {$KIN $F|$DOC} notified|}.
{per|Per|as per} {$KIN $F|$F|$ROLE $L|$N|$DOC}{,|:} {pt|she|he} {ate 50%|has not slept|refuses $DRUG|takes $DRUG at home}
{Scribe|Chaperone|Interpreter|Student|Resident|Fellow|Proceduralist|Assist|Circulator|Scrub|Perfusionist|Sitter|Observer}{:| -|} {$F|$FULL|$SHORT|$L|$N}{ (#$NUM)|, {MS3|PGY2|RN|CST}|}
{Pharmacist|PharmD|Lab|Micro|Blood bank|Radiology|Bed control|Transfer center|Insurance rep|UR|Peer to peer} {$F|$SHORT|$L} {called|paged|states|reports|approved|w/} {$LAB|$MED|auth $ID|re $MED}
{Dr.|Dr} {$L|$FULL} ({cards|cardiology|$FAC|$CITY|ID|nephrology|$ABBR}) {recs|saw|agrees|will see|signed off|to f/u}; {$L|$DOC} ({GI|surgery|onc}) {following|aware}.
{Will|To} {f/u|follow|see} {$DOC|$L|$ROLE $L|$F} {at|in} {$FAC|$CITY|{our|the} $OURFAC|$CITY clinic|clinic}{ $DATE| on $DATE|}.
{Preferred name|Nickname|AKA|Alias|Maiden name|Former name|Legal name|Chosen name|fka|née|née:|formerly|a/k/a}{:|} {$F|$L|$FULL|"$F"}
{Religion|Clergy|Pastor|Rabbi|Imam|Father|Deacon|Chaplain|Minister}{:|} {$F|$L|$N|Fr. $L}{ from $FAC| of $CHURCH|, $CHURCH|} {visited|to anoint|requested|called}{.|}
{School|Teacher|Principal|Counselor|Coach|Babysitter|Daycare provider|Foster mother|Probation officer|Landlord|Roommate|Employer contact|Supervisor|Attorney|Conservator|Trustee}{:| is|,|} {$N|{Mr|Mrs|Ms}. $L|$F|$FULL}{ ($PHONE)|, $PHONE| at $SCHOOL|}
{Moved|Relocated|Transferred care} {here |}from {$CITY|$PLACE|$FAC in $CITY|$DOC in $CITY}{ in $DATE| to be near $KIN $F|}. {Prior|Old} {PCP|cardiologist} {$DOC|$L}{, $CITY|}.
{Has|Have} {a|two} {daughter|son|sons|daughters|kids} {in $CITY|$F in $CITY|$F ($CITY)|($F, $F)}{ and a {sister|brother} in $CITY|}. {Widowed|Divorced|Married} {2009|x$NUM yrs|to $F}.
{Last {echo|cath|colonoscopy|mammo|visit|admission|HD}|Cath|Stent|Dialysis|Colonoscopy|Mammogram}{:| was|} {$DATE |}{at|@|,} {$FAC|$FAC {w|with} $DOC|$CITY}{ ($L)| by $L| ($DOC)|}.
{HD|Dialysis} {TTS|MWF|M/W/F} {at|@} {$FAC|DaVita $CITY|Fresenius on $STREET|$CITY} {via|thru} {LUE AVF|R IJ}{, nephro $L|, Dr $L|}.
{Pharmacy|Rx to|Sent to|eRx|Escribed to}: {$BUSINESS|Walgreens|CVS|Rite Aid|Kroger|Walmart} {#$NUM|}{, $CITY| $CITY| on $STREET|, $ADDR|}
{Vet|Veteran|Vietnam vet|Army vet|USMC|Navy}{,|} {$FULL|$N}, {stationed|deployed|served} in {$CITY|$PLACE}, {SC 70%|$ABBR}, {follows at|PCP at} {the |}{$CITY VA|$FAC}.
{Sgt|Sgt.|Officer|Deputy|Det.|Ofc.|Trooper|Lt.|Capt.|Judge|Justice|Rep.|Sen.|Councilman|Sister|Brother|Father|Rabbi|Coach|Nurse Practitioner|PA|NP|RN|Midwife} {$L|$FULL} {at bedside|took statement|called|visited|notified|is asking}{ ({$CITY PD|badge $NUM})|}.
{Body|Decedent|Deceased|Pronounced|TOD} {$FULL|$LF}{, $TIME|}, {released to|transferred to|funeral home} {$BUSINESS|$L Funeral Home|$L & Sons Mortuary}{, $CITY|}. {Family|NOK|$KIN} {$F|$N} {notified|present|at bedside}. {ME|Coroner} $L {declined|aware}.
{$F|$N}, {who|whom} {you|we|I} {saw|referred|met|operated on} {in|last|on} {$DATE|clinic|$CITY}, {returns|is back|has died|moved to $CITY}{ with $COND2|}.
{Subject|SUBJECT|Re|RE}: {$FULL|$LF|{Mr|Mrs|Ms} $L|$F $L} {- $MED|labs|refill|appt|follow up|records request|insurance|DOB $DATE}
{To|From|CC|Cc|Bcc}: {$FULL|$LF|$DOC|$F}{ <$EMAIL>|; $FULL|, $FULL|}
{Dictated|D|T|Job}: $DATE $TIME{ / |; | }{$INITIALS/$INITIALS|$L/$INITIALS|$SHORT}{; cc: {$DOC|$FULL, MD|$L}, {$DOC|$FULL}|}
$FULL\n$ADDR\n{DOB|Born|Phone|Tel}: {$DATE|$PHONE}
{$LF|$FULL}\t{$AGE|$DATE}\t{M|F}\t{$COND2|$MED}\t{$L|$DOC|$FULL}
$NUM  {$LF|$FULL}  {$AGE{M|F}|$DATE}  {$COND2|$MED}  {$L|$SHORT|$DOC}  {stable|NPO|OR $TIME|d/c}
`

/** The same, typed in a hurry, to an assistant: what is asked, and about whom. */
export const ASKED = String.raw`
{what's|whats|what is} {the|a good} {max dose|dose|alternative|workup|approach} {of|for|to} {$DRUG|$MED} {for|in} {$FULL|$N|$F|{mr|mrs|ms} $L}{,|} {she's|shes|he's|hes|who is} {$AGE|$AGE and on $DRUG|pregnant}
{Please|Can you|Could you|pls|Kindly} {rewrite|simplify|shorten|proofread|translate} {this|it} {so that|for} {a 6th grader|$F|$N|the family|$KIN $F}{ understands|}: {$N|$F|{Mr|Mrs}. $L} underwent $PROC at {$FAC|$FAC, $CITY} {on|in} $DATE.
{I need|Need|Give me} a {differential|ddx|plan|handoff|timeline|letter} {.|for|-} $AGE{F|M} ({$FULL|$N|$LF}{, chart $ID|}) {fever|rash|$MED} after {travel|a trip|moving|returning} {to|from} $CITY.
{hey|ok|so|hi} {so |}{$F|$FULL} ({$EMAIL|$PHONE|$AGE{M|F}}) {wants|needs|is asking for|refuses} {$DRUG|$PROC|a second opinion}{, what's the success rate|, thoughts?|}
{Compose|Write|Draft|Generate} {a|an} {letter|email|note|memo|summary|appeal} to {Judge|Attorney|Principal|Mr.|Ms.|$DOC} {$FULL|$L|} {about|re|regarding} {competency|accommodations|the care|$MED} of {my patient |our patient |}{$FULL|$N}{, case $ID|}.
{Is|are} {a |}{PSA|A1c|potassium|TSH|troponin} of $NUM {concerning|ok|high} in {{Mr|Mrs|Ms} $FULL|{Mr|Mrs|Ms}. $L|$N|$F}? {age $AGE|prior $NUM in $DATE|on $DRUG}
{For|Re|About} {Bed|bed|room|Room} $NUM{, |: | - |; }{$L|$N|$LF}{:|,} {lactate|$MED} {went $NUM -> $NUM|up|is $NUM}, {continue|stop} {fluids|$DRUG}?
{Translate|Say|Explain} {this |}{into|in|to} {Tagalog|Spanish|Arabic|Korean|Haitian Creole|$NAT} {for|to} {Lola|Abuela|Señora|Tita|auntie|Mrs|$KIN|my patient|} {$F|$N|$L}: {take|stop} {your $DRUG with food|the drops}. {Her|His} {appointment|surgery} at {$FAC|$FAC in $CITY} is $DATE.
{Our|My} {patient|pt|client} {$FULL|$N}, {who was|who is|} seen in {$CITY|$PLACE} by {$DOC|$L|$N}, has been on $DRUG since $DATE. {Can I|Should we} {switch|stop}?
{My|my} {$KIN|neighbor|coworker|friend} {$F|$N} {got|had|is having} {an ablation|$PROC|a stent} at {$FAC|Hopkins|$CITY General} {two weeks ago|$DATE} and {is short of breath|feels $MED}. {should|Should} {he|she} go to the ER?
{can you|pls|please} check {interactions|ddi|doses}: $DRUG, $DRUG, $DRUG. {patient|pt} {=|is|:} {$SHORT|$N|$LF}, {dob|born} $DATE
{$F|$N} {is $NUM weeks|is $AGE|is s/p $PROC|has $COND2}, {her|his} {BP|INR|pH} is {150/95|$NUM}, {previous|last} {one|check} $NUM at {$FAC|$FAC on Monday}. {Do I|Should I|When do I} {induce|treat|admit}?
{What|Which} {antibiotics|dose|vaccine} for {a dog bite|otitis|$COND2} in a {kid|child|penicillin allergic kid}? {$FULL|$F|$N}, $AGE, $NUM kg, from {$CITY|$PLACE}.
{$F|$N} {asked me|wants to know|asks|messaged asking|called asking} {if|whether} {$DRUG|creatine|she|he} {can cause|is ok with|should stop} {$MED|hair loss|$DRUG}{; {his|her} chart says MRN $ID|}. {What do I tell {him|her}|Advice}?
{Explain to|Tell|Help me tell|How do I explain to} {{Mrs|Mr|Ms}. $L's {family|$KIN}|$F's parents|$N|$F} {why|that} {hospice|surgery|$DRUG} is {appropriate|not safe}. {She's|He's} $AGE, {lives at|from|resident of} {$FAC|$CITY|$ADDR}, PPS $NUM%.
{Name|Patient|Pt}{:|} {$FULL|$N}; {procedure|dx|reason}: {TURP|$PROC|$COND2}; {surgeon|doctor|seen by|provider}{:|} {$FULL|$DOC|$L}; {phone|date}: {$PHONE|$DATE}
{Is there evidence for|Any data on|Thoughts on} $DRUG in $COND2? I {treat|follow|see} {a veteran|a teacher|someone}, {Sgt. $FULL|$FULL|$N}, at {the $CITY VA|$FAC|{our|the} $CITY office}.
I saw {$F|$N|$FULL} {yesterday|today|last $DATE|$DATE}, {$AGE|$NUM months}, {$COND2|rash} {growing|worse}. {$DRUG dose at $NUM kg|next step}?
{Convert to ICD-10|Code this|Bill this|CPT for}: {$FULL|$N} {fell from horse|cut hand|seen for $COND2} {at|near} {his ranch near $CITY|$BUSINESS|home in $CITY|$CITY}, {initial encounter|level 4}.
{Summarize|Clean up|Review|Redact} the {attached |}{thread|messages|chart|conversation} between {$F|$N} and {$DOC|$L|$F}{ re: {her|his} $MED|}.
{Can|May|Should} {$FULL|$N|$LF} {breastfeed|fly|drive|take $DRUG|have an MRI} {on|with|after} {$DRUG|$PROC}? {She|He} {delivered|was operated} {$DATE |}at {$FAC, $CITY|$FAC}.
pt of {dr. $L|dr $L|$FULL}, $F{ $L|}, {labs: na $NUM|on $DRUG|dx $COND2}. {he|she} lives in $CITY. is this {siadh|$MED}
{Reviewing|Comparing|Discuss} the case of {$L|$N|$FULL} {vs|and|versus} {our own |}{$FULL|$N|$L}{ -|:|;} both had $COND2. {Anything in common|Similarities}?
the {pharmacist|nurse|rep|pharmacist} at {$BUSINESS in $CITY|$FAC|$BUSINESS} called about {$FULL|$N|$F}'s {oxycodone|$DRUG|refill}{, how do I check PDMP|}
{Does|Would|Is} {$FULL|$N|$F} {qualify for|a candidate for|eligible for} {TAVR|$PROC|$DRUG}? {he|she|He}'s $AGE, {in|living in|from} $CITY {now |}{but moving to $CITY|} {to live with|with} {daughter|son|$KIN} $F
{Roleplay|Pretend|Act} {as|you are} {$DOC|$N|nurse $F|$F}{, a {cardiologist|nurse} at $FAC,|} {explaining|telling|calling} {$N|$F|{Mr|Mrs}. $L} {about|with} $MED.
{Schedule|Book|Cancel|Move|Reschedule} {$N|$FULL|{Mr|Mrs}. $L|$LF} {with|to see} {$DOC|$L|$FULL} {at|in} {$FAC|$CITY|our $CITY office} {for|on} $DATE.
{who|what|why} {is|did|does} {$N|$L|$F} {need|get|have} {$DRUG|$PROC|$MED}{ at $FAC| in $CITY|}? {chart|note} {attached|below}.
{labs|notes|vitals|imaging} {for|on|re|of} {$N|$F|$LF|$L}{ (bed $NUM)| dob $DATE|}: $LAB, $LAB, $LAB. {interpret|thoughts|next}?
quick q {-|:|–} {$F|$N|{mr|mrs} $L} ({s/p $PROC|$AGE{m|f}|dob $DATE|$MED}{, $FAC|}) {has|needs|with} {new LBBB|$MED|$COND2}, {when do i pace|next step|thoughts}?
{Turn|Sort|Put} {this |}into a {table|list}: $F $NUM, $F $NUM, $F $NUM{ (A1c, $DATE)|}
{Make|Write} {this|it|me} {a haiku|a limerick|a thank you note|a condolence card}{:| to} "{$ROLE |nurse |}{$F|$N} {gave|helped|sat with} {{Mr|Mrs}. $L|$N|the $L family} {his enoxaparin|at 9|all night}."
the {tele tech|night nurse|intern|lab|ward clerk} says {room $NUM |bed $NUM |}{$L|$N|{mr|mrs} $L} had {6 beats of vt|a fever|k $NUM}, {mag $NUM|on $DRUG}. {orders|what now}?
For a {patient|lady|kid|guy} {named|called} $F with {bipolar disorder|$COND2} on $DRUG: {creatinine|level} {rising|$NUM}. {Switch|Stop}?
{Which|What} {statin|drug|dose|vaccine} for {$F|$N|{Mrs|Mr}. $L}? {LDL $NUM|$LAB}, {allergic to none|CK up}. {She|He} is $AGE and from {$CITY|$PLACE}.
I'm {$F|$N}, {NP|nurse|intern|a medic|GP} at {$FAC|$FAC in $CITY} {-|–|,} {how long to treat|what do I do about} {$COND2|$MED}?
{ER doc|Nurse|Medic|Pharmacist|Intern} here. Two {brothers|sisters|kids|cousins}, $F and {$F|$FULL}, {CO exposure|$COND2} {in|at} {a cabin on $CITY Lake|$CITY|$FAC}.
Who should I refer {{Mrs|Mr}. $L|$N|$F} to for $COND2? {She|He}'s in $CITY and would rather not drive to $CITY.
is $NUM mg/kg {$DRUG|ketamine} {im |}ok for {$FULL|$F}, $NUM kg, {laceration repair|$PROC}, npo since noon
{$F|$N} here, {I'm|im|i'm} {$AGE|a nurse at $FAC|from $CITY}, {my|i have} {$COND2|$MED}. {is it ok to take|can I take} $DRUG?
`

/** Sentences of other languages in Latin letters: their small words are nobody's name, nor is the verb before one. */
export const TONGUES_LINES = String.raw`
{Tere|Labas|Sveiki|Zdravo|Ahoj|Merhaba|Szia|Bună ziua|Dobrý den|Dzień dobry|Olá|Ciao|Hallo|Goddag|God morgon|Bonjour|Hola|Kia ora|Aloha}, {minu nimi on|mano vardas|mani sauc|zovem se|jmenuji se|benim adım|a nevem|mă numesc|nazywam się|meu nome é|mi chiamo|ik heet|jeg hedder|jag heter|je m'appelle|me llamo} $N{ ja elan $CITY| ir gyvenu $CITY| i živim u $CITY| og bor i $CITY| en woon in $CITY| e abito a $CITY| y vivo en $CITY|}.
{Kontakt|Kontaktni podaci|Contacto|Contatto|İletişim|Yhteystiedot|Odbiorca|Adresat|Mottagare|Modtager|Destinatario|Alıcı|Címzett|Příjemce|Empfänger|Odesílatel|Absender|Afzender}: $N, {$ADDR|$CITY}{, $PHONE|}
{Jeg bor på|Jag bor på|Asun osoitteessa|Ich wohne in der|J'habite au|Vivo en|Abito in|Moro na|Mieszkam na|Bydlím na|Oturduğum adres|Elan aadressil} $ADDR {og hedder|och heter|ja nimeni on|und heiße|et je m'appelle|y me llamo|e mi chiamo|e me chamo|i nazywam się|a jmenuji se|, adım|ja minu nimi on} $N.
{Adres|Adresa|Adresse|Indirizzo|Dirección|Endereço|Osoite|Cím|Alamat|Địa chỉ|Aadress}: $ADDR{; {odbiorca|odběratel|Empfänger|destinataire|destinatario|penerima|vastaanottaja} $N|}
$F {owes|paid|met|texted|married|helped|taught|forgot|invited|follows|misses|beat|hired} $F {20 euro|lunch|at the station|in $CITY|since the trip to $CITY|yesterday}{.|, I think.}
{Give|Hand|Lend|Bring|Offer|Promise} $N a {lei|key|ticket|lift|cake} when {she|he} {lands in|leaves|visits|returns to} $CITY.
{$F|$N} {lives near|moved to|studies in|left} $CITY{ for $CITY|, close to {the|our} {school|station}|}.
Will $F {sing|play|come|travel} with {$F|$N} {at|in} {the church in |}$CITY {tonight|on $DATE}?
{¿Dónde vive|¿Conoce a|Où habite|Wo wohnt|Dove abita|Onde mora|Waar woont|Gdzie mieszka|Hvor bor|Var bor|Missä asuu|Kde bydlí} $N? {En la|Au|In der|In|Na|Op de|Przy|På|Osoitteessa|V ulici} {$ADDR|$STREET|$CITY}.
{Kan du|Kunne du|Vil du} {sende|levere|ringe} {pakken|brevet|regningen} til {$N|$ADDR|$N, $ADDR}?
{Jeg heter|Jeg hedder|Mitt navn er|Mit navn er} $N og {bor i|kommer fra|jobber i} {$CITY|$ADDR}.
{Jag heter|Mitt namn är} $N och {bor i|kommer från} {$CITY|$ADDR}, {ring mig|skicka} {på $PHONE|fakturan}.
{Hei|Terve}, {olen|nimeni on} $N ja {asun osoitteessa $ADDR|asun kaupungissa $CITY}. {Soita minulle|Kiitos}.
{Ich heiße|Mein Name ist|Ich bin|Hier spricht} $N und {wohne in der|wohne in|komme aus} {$ADDR|$CITY|$STREET}{.|, bitte rufen Sie zurück.}
{Können Sie bitte|Bitte} {das Paket|die Rechnung|den Brief} {an|zu} {$N, $ADDR|$N|$ADDR} {schicken|senden|liefern}?
{Herzliche Grüße|Viele Grüße|Liebe Grüße|Alles Gute} aus $CITY, {deine|dein|eure} $F
{Der Mieter|Die Nachbarin|Mein Bruder|Meine Tochter|Unsere Chefin} {heißt|ist} $N und {wohnt|arbeitet} {in|bei} {$CITY|$BUSINESS}{.|, seit $DATE.}
{Je m'appelle|Je suis|Mon nom est|Ici} $N et {j'habite|je vis} {à $CITY|au $ADDR}{.|, merci de me rappeler.}
{Pourriez-vous|Pouvez-vous|Merci de} {envoyer|livrer} {le colis|la facture} {à|chez} {$N|$N, $ADDR|$ADDR}{ ?|.}
{Ma voisine|Mon frère|Notre fille|Le facteur|La locataire} {s'appelle|est} $N et {travaille|vit} à $CITY.
{Me llamo|Soy|Mi nombre es|Habla} $N y {vivo en|soy de|estoy en} {$CITY|$ADDR}{.|, llámeme por favor.}
{Por favor,|¿Puede|Favor de} {enviar|entregar|mandar} {el paquete|la factura} a {$N|$N, $ADDR|$ADDR}{?|.}
{Mi hermana|El inquilino|La señora|Mi abuelo} {se llama|es} $N {y vive en|de|, nació en} $CITY{.| el $DATE.}
{Entrega|Endereço|Enviar para|Entregar em}: {$N, $ADDR|$ADDR}
{Meu nome é|Eu sou|Aqui é} $N e {moro em|moro na|sou de} {$CITY|$ADDR}{.|, obrigado.}
{Minha avó|O inquilino|A vizinha} {se chama|chama-se} $N e {mora|nasceu} em $CITY.
{Mi chiamo|Sono|Il mio nome è} $N e {abito in|vivo a|vengo da} {$CITY|$ADDR}{.|, grazie.}
{Può|Potete|Per favore} {spedire|consegnare|inviare} {il pacco|la fattura} a {$N|$ADDR|$N, $ADDR}?
{Ik ben|Mijn naam is|Ik heet} $N en {ik woon in|ik kom uit} {$CITY|$ADDR}{.|, graag terugbellen.}
{Kunt u|Wilt u} {het pakket|de rekening} {naar|aan} {$N|$N, $ADDR|$ADDR} {sturen|bezorgen}?
{Nazywam się|Jestem|Mam na imię} $N i {mieszkam w|jestem z|mieszkam przy} {$CITY|$ADDR}. {Proszę o kontakt|Dziękuję}.
{Proszę|Czy może Pan} {wysłać|dostarczyć} {paczkę|fakturę} {do|na adres} {$N|$ADDR|$N, $ADDR}{?|.}
{Jmenuji se|Jsem} $N a {bydlím v|jsem z} {$CITY|$ADDR}. {Prosím zavolejte|Děkuji}.
{Volám sa|Zovem se|Ime mi je|Jaz sem} $N {a bývam v|i živim u|in živim v} $CITY.
{Numele meu este|Mă numesc|Sunt} $N și {locuiesc în|stau pe|vin din} {$CITY|$ADDR}. {Mulțumesc|Sunați-mă}.
{A nevem|Én} $N{ vagyok|}, {$CITY városában lakom|a címem $ADDR}. {Köszönöm|Kérem hívjon}.
{Benim adım|Adım|Ben} $N, {$CITY şehrinde oturuyorum|adresim $ADDR}. {Teşekkürler|Lütfen arayın}.
{Nama saya|Saya} $N dan {saya tinggal di|berasal dari} {$CITY|$ADDR}. {Tolong hubungi saya|Terima kasih}.
{Ako si|Ang pangalan ko ay|Si} $N {at nakatira ako sa|ay taga} {$CITY|$ADDR}. {Salamat po|Pakitawagan ako}.
{Tôi tên là|Tên tôi là} $N, {sống ở|nhà ở} {$CITY|$ADDR}. {Cảm ơn|Xin gọi lại}.
{Jina langu ni|Mimi ni} $N na {ninaishi|natoka} {$CITY|$ADDR}. {Asante|Nipigie}.
{Gửi|Isporuka|Dostava|Szállítás|Livrare|Teslimat|Kirim ke|Lieferung an|Livraison|Consegna|Bezorgen bij|Levering til}: {$N|$N, $ADDR|$ADDR}
{Krankenkasse|Versicherung|Hausarzt|Überweisung|Aufnahme|Entlassung|Telefon|Adresse}{:|} {AOK|TK|Barmer|DAK}{, Vers.-Nr. $ID|}{; $N|. $DRUG $NUM mg|}
{Mutuelle|Sécurité sociale|Ordonnance|Rendez-vous|Téléphone|Adresse|Allergies}{ :|:} {aucune|CPAM|$DRUG $NUM mg|$PHONE|voir dossier}{, Mme $L|, Dr $L|}
{Obra social|Seguro|Teléfono|Dirección|Alergias|Antecedentes}: {IMSS|OSDE|ninguna|$DRUG $NUM mg|$PHONE}{, Sra. $L|, Dr. $L|}
{who is|Who is|Ask|ask|Tell|did} {$N|$F}{?|,} {he|she|they} {signed|left|lives|works} {for my parcel at|for|in|at} {$ADDR|$CITY}{.|?}
{The|the} {plumber|tenant|guest|driver|nanny|cleaner|seller|buyer|landlord}{,| is called| at $ADDR is called| is|} $N{, comes {Friday|on $DATE}|}.
{Book|Order|Call} {a taxi|a ride|a cab} {from|to} {$ADDR|$CITY|$ADDR to $CITY} {for|under} {$F|$N} at $TIME.
{Refund|Reimburse|Charge|Thank|Email|Text} {Ms. |Mr. |Mrs |}{$N|$L}{ to card| $NUM| at $EMAIL| please|} {please|asap|.}
{We|They|My parents} {live|lived|moved|grew up} in {$CITY|$CITY, formerly $CITY|$PLACE}, {with|near} {our kids|my $KIN|$KIN} $F{ and $F|}.
{Guest|Attendee|Tenant|Renter|Winner|Speaker|Visitor|Traveller|Passenger}{:|} $FULL{ checking in|}{, passport $ID|}, from {$CITY|$PLACE}.
{Return address|Ship from|Pickup|Drop-off|Collection|Venue|Meeting point}: {$ADDR|$N, $ADDR}
{Pick up|Collect|Leave} {the |}{keys|parcel|documents} {from|with|for} {$F|$N} at {$ADDR|$BUSINESS|$STREET} {after six|by noon|}.
{My|Our} {grandmother|uncle|teacher|tenant|nanny|cousin} {Baba |Tía |Opa |Nonna |Lola |}{$F|$N} {was born|grew up|lives|died} in $CITY{ on $DATE|}.
`
