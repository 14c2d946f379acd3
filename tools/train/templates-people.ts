/** Lines in which somebody or some place is named. See `parseTemplate` for the signs. */
export const CHAT = String.raw`
{What are|what're} the {treatment|management|therapy} options for {a|an} $AGE{-year-old| yo|yo| y/o} $SEX{,|} $NC{,|} {with|diagnosed with|w/} $COND2{, seen at $FAC| at $FAC|} on $DATE{?| (MRN: $ID)?}
{Guidelines|Current guidelines|Recommendations|Best practices} for {managing|treating} $COND2 in {a|an} $AGE-year-old $SEX, $NC, {treated|evaluated|seen|admitted} at $FAC{ in $PLACE|} {on|in} $DATE{?|.|}
Is $DRUG safe {for|in} $NC, {a|an} $AGE-year-old $SEX {from|living in|who lives in} $PLACE, {diagnosed|admitted} $DATE?
{pt|patient} $NC, $AGE{yo|y|} $SEX w/ {hx of |h/o |}$COND2, {seen by|f/u with|ref by} $DOC at $FAC {on |}$DATE{. any|; any|, any} ddi with $DRUG?
{Side effects|Interactions|Dosing} of $DRUG {for|in} a {patient|$SEX} {named|called} $NC {treated|followed} at {our|the} $OURFAC {since|on} $DATE
How {should|do} I {manage|treat|counsel} $N, who {was seen|presented|came in} at $FAC with $COND2 {last week|on $DATE}?
{rec|recs for|recommended} {mgmt|tx|dose} for pt w/ $COND2 & $COND2, $NC {checked in at|admitted to|dc'd from|visited} $FAC {on|in} $DATE{. MRN: $ID|, ins # $ID|}
Can {I|we} {prescribe|give|start} $DRUG {to|for} $NC given {her|his} $LAB and {seen|last seen} by $DOC {at|in} $PLACE?
{two-year|One-year} mortality {rate |}of {a|an} $AGE-year-old $SEX{,| named} $NC{,|} with {metastatic|stage IV|early-stage} $COND2{, treated|, diagnosed} at $FAC
{Latest|Current} {CDC|AHA|ACC|ADA|WHO|NICE} guidelines {on|for} $COND2 for a patient {referred by|of} $DOC {from|in|of} $PLACE{ on $DATE|}?
{Differential|DDx|Workup} for $AGE{yo|-year-old} {$NAT |}$SEX{, $NC,| $NC} presenting {to|at} $FAC with $COND2{ and $COND2|}?
My {patient|pt|client} $NC {lives in|is from|moved from|works in} $PLACE and {takes|is on} $DRUG {daily|BID|at night}.
{Summarize|Review|Explain} the {chart|note|labs|MRI} {of|for} $N{ from $FAC|}{, $AGE|}.
{Draft|Write|Create} a {letter|referral|summary|note} {to|for} {$DOC|$N} {at|of} {$FAC|$OFFICE} {about|regarding|re:} $N{'s $COND2|}.
$N {asked|wants to know|is asking} whether $DRUG {interacts|can be combined} with $DRUG.
{Hi|Hello|Hey}, {I'm|I am|this is|my name is} $N {from|at} {$FAC|$PLACE}{.|,} {can you help|I need help} with {a|my} $COND2 {case|question}?
Should $NC {be switched|switch} from $DRUG to $DRUG after {the|her|his} $PROC at $FAC{ in $PLACE|, $PLACE|}?
The patient's {name is|name:} $N{,| and} {dob|DOB} $DATE, {address|lives at} $ADDR.
{What is|what's} the {prognosis|best regimen} for $NC's $COND2? {She|He} {was treated|had $PROC} at $OURFAC {in|on} $DATE.
{Similar|Any} cases {like|as in} $NC {at|from} $FAC{, $CITY|}? {EF|LVEF} $NUM%, on $DRUG.
{treatment|Therapy} {for|of} $COND2 in $NC ($AGE{M|F}){,| -} {last visit at|last seen in} {$OFFICE|$FAC} {in $CITY |}on $DATE
Effectiveness of $DRUG $NUM mg {daily |}{for|in} $COND2 in {a|an} $AGE-year-old, {referred|sent} by $DOC {from|of} $PLACE {on $DATE|}{(Email: $EMAIL)|}?
Comparing $DRUG {vs.|versus|and} $DRUG for $COND2 in $NC, a {resident of $PLACE|patient at our $OURFAC}, SSN 123-45-6789
{Contraindications|Precautions} {for|to} $PROC in $NC{, from $PLACE,|,} {on|with} $COND2{?|}
$NC, $AGE, {of|from} $PLACE, {phone|tel|ph} $PHONE, needs {advice|a plan} for $COND2.
{Please|Can you} {compare|look at} {the |}labs from $FAC and $FAC for $NC.
{Weaning|Tapering} $DRUG {protocol|schedule} for {our patient|pt} $NC {following|after} $PROC {by|with} $DOC?
"{Best|Optimal} {approach|practice} for $COND2 in a $AGE-year-old {veteran|$SEX}, name $NC, {presenting|admitted} at $OURFAC {on|since} $DATE."
What {dose|labs} for {little|baby|young} $F, {mother|father} $N {says|reports} {no|some} $COND2?
My {mother|father|wife|husband|sister|son|daughter|brother|aunt|uncle|friend|neighbor} $F{ $L|} {was|is} {at|in} $FAC with $COND2, what {next|now}?
{I saw|We saw|Saw} $NC in {our|the} $OURFAC {today|yesterday|on $DATE} for $COND2.
{Insurance|Billing} {issue|question} for $NC (policy $ID) after {visit|stay} at $FAC, $CITY.
{Does|Did} $DOC {recommend|prefer|order} $DRUG {over|or} $DRUG at $FAC?
{latest|new} RNA {vx|vaccine} efficacy in pt $NC, $AGE, {seen in|from} $CITY{, $STATE|}
Pt $NC {from $CITY |}{transferred|moved} from $FAC to $FAC{ on $DATE|}, still {on|taking} $DRUG.
Given {that |}$N {lives|resides} {at|on} $ADDR, which {pharmacy|clinic} is {near|closest}?
Risk of $COND2 with $DRUG in $NC{;|,} {follow-up|f/u} {scheduled|booked} with $DOC at $FAC {next|in} $DATE
{ok so|so|hey} $F has $COND2 and $DOC {at|over at} $FAC said {no|try} $DRUG, {thoughts|right}?
Is {it|this} {common|typical} for $NAT {women|men} like $NC to {develop|have} $COND2 {after|with} $DRUG?
{explain|Explain} $F's {$MED|$COND2} results, {she|he} was at $FAC in $CITY
{management|mgmt} of $COND2 in {Mr.|Mrs.|Ms.} $L{, $AGE,| ($AGE)} admitted {at|to} {the |}$FAC
Case: $N, $AGE-year-old {teacher|farmer|engineer|nurse|driver} from $PLACE, {presents|presented} with $COND2.
{Could|Would} $NC qualify for {the |}$DRUG {trial|study} at $FAC?
{Post-op|Postoperative} care {for|of} $NC {after|s/p} $PROC {performed |}{at|in} $FAC{ on $DATE|, $CITY}, MRN #$ID?
{Referring|In reference to|About|Regarding} $NC {at|of} $FAC: {what|which} {antibiotic|regimen} for $ORG?
Adjust {insulin|$DRUG} for {T1DM|T2DM|CKD} pt $NC, {seen|admitted} $DATE, $FAC{?|}
{Plan|Management} for {patient|pt} $NC, {patient ID|pt id|Patient ID:|ID no.} $ID, seen at $FAC on $DATE{.|?}
$COND2 {tx|treatment} {in|for} $NC at $FAC on $DATE{, MedRec# $ID|, case #$ID|; file no. $ID|, ins policy no. $ID| (License No: $ID)| (health plan $ID)| (acct $ID)|, chart #$ID}{.|?}
{pt|patient} {seen in clinic|evaluated in the office|admitted to the hospital|followed in our clinic} {on|} $DATE{, name $NC|} for $COND2, from $CITY{ metro area| area|}
{history of|h/o|on} {statins|knee replacement|cluster headaches|sleep apnea|$MED} {and|,} $NC {seen|treated} at $FAC{, $PLACE| in $PLACE|}
{Discuss|Outline} {rehab|dietary} options for $NC {post|after} {stroke|MI|CABG} {treated|managed} at $FAC{?|.}
`

export const NOTES = String.raw`
{Patient|PATIENT|Pt}{ Name|}: {$FULL|$LF}{\n| | | }{DOB|Date of Birth}: $DATE{\n|  }{MRN|Medical Record #}: $ID
{Name|NAME}: {$LF|$FULL}{\n|; |, }{Address|ADDRESS}: $ADDR{\n|; }{Phone|Tel}: $PHONE
{Attending|ATTENDING|Attending Physician|Surgeon|PCP|Referring Provider|Consultant|Ordering MD|Provider}: {$DOC|$FULL|$FULL, MD|$LF, MD}
{$DOC|$FULL, MD|$L, MD} {was|has been} {notified|consulted|paged|informed} {regarding|about} {critical |}$LAB{.|}
$N is a $AGE{-year-old| y.o.} $SEX {who|} {presents|presented|presenting} to {$FAC|the ED|clinic} with $COND2{ and $COND2|}.
{Mr.|Mrs.|Ms.} $L is a {pleasant |}$AGE-year-old $SEX {with|with a history of} $COND2{, $COND2|} and $COND2{ who {lives|resides} in $PLACE|}.
{This|The} {patient|pt}, $N, was {admitted to|transferred from|discharged to} $FAC on $DATE{ for $COND2|}.
{Mother|Father|Wife|Husband|Daughter|Son|Sister|Brother|Niece|Spouse|Partner}{,| is|:} $N{,|} {at bedside|present|called|can be reached at $PHONE|updated by phone}.
{Emergency contact|Next of kin|NOK|HCP|Guardian|Contact}: $N ({wife|son|mother|sister|husband|friend}){,|} $PHONE
{Lives|Resides} {with|alone near} {his|her|} {wife|husband|daughter|son|mother} $F in $PLACE{.|,} {retired|works as a teacher}.
{Dictated by|Electronically signed by|Signed|Transcribed by|Reviewed by|Seen and examined by|Authored by|cc|CC}: {$DOC|$FULL|$FULL, MD|$FULL, RN|$FULL, NP} {$DATE|}
{Follow up|Follow-up|F/u|RTC} with {$DOC|$DOC|$FULL} {in|at} {$FAC|$OFFICE|2 weeks|cardiology}{ in 2 weeks| on $DATE|}.
{Discharged|DC|D/C} {home|to $FAC|to SNF} {with|in care of} {daughter|son|wife} $F.
{SOCIAL HISTORY|Social History|SH}: {Born in|Moved from|Grew up in|Immigrated from} $PLACE. {Works|Employed} {at|for} $EMPLOYER. {Married to|Lives with} $F.
{Nurse|RN} $F{ $L|} {reports|states|noted} {pt|patient} {resting|comfortable|c/o $COND2}.
{Pharmacy|Preferred pharmacy|Lab}: $FAC{, $ADDR|}
$N ({MRN|mrn|#}{:|} $ID) {seen|evaluated} {in|at} $FAC {on|} $DATE by $DOC.
{Spoke|Discussed|D/w} {with|w/} {$DOC|$N} ({cardiology|neurology|ID|surgery|GI|renal}) {who|-} {agrees|recommends} {with|} $DRUG.
{Records|Old records|Imaging|Outside films} {from|requested from|obtained from} $FAC {reviewed|pending|show $COND2}.
{RE|Re}: $N{, DOB $DATE|}\n{Dear|To} $DOC{,|:}\n{Thank you for referring|I had the pleasure of seeing} {this|your} {patient|pleasant} {$SEX|}
{Sincerely|Regards|Best regards|Yours truly|Respectfully},\n{$FULL|$FULL, MD|$DOC}\n{$FAC|Department of Medicine}\n{$ADDR|}
{$F|$N} {tolerated|underwent} {the |}$PROC {well|without complications}. {EBL|Anesthesia}: $NUM
{PATIENT|NAME}: $LF     {MRN|ACCT}: $ID   {AGE|SEX}: $AGE
{Baby|Newborn} {girl|boy} $L {born|delivered} {at|on} $DATE {at $FAC|}{, APGAR 8/9|}.
{Patient|Pt} {resides|lives} at $ADDR{.|, phone $PHONE.}
{Transferred|Arrived} {via|by} {EMS|ambulance} from {$FAC|$PLACE|$ADDR}{.|,} {vitals stable|GCS 15}.
{His|Her} {PCP|cardiologist|oncologist|surgeon|psychiatrist|dentist} {is|,} $DOC{,|} {of|at} $FAC{.|, $CITY.}
{Travel|Recent travel}: {returned from|visited} $PLACE {on $DATE|last month}.
{Interpreter|Chaplain|Case manager|Social worker|PT|OT|Dietitian} $F{ $L|} {present|met with patient|to follow}.
{CHIEF COMPLAINT|CC|Reason for visit}: $COND2.\n{HPI|HISTORY}: $N is a $AGE {yo|year old} $SEX {from $PLACE|} {with|c/o} $COND2.
{Assessment|A/P|IMPRESSION}: $N has $COND2{, likely|, r/o} $COND2. {Start|Continue} $DRUG $NUM mg {daily|BID}.
$L, $F ({MRN|Rm|Bed} $NUM){:|-} {stable|NPO|for $PROC}.
{Surgeon|SURGEON}: $FULL, MD{\n|; }{Assistant|ASSISTANT|First assist}: {$FULL, PA-C|$DOC|None}{\n|; }{Anesthesia|ANESTHESIA}: {General|$DOC}
{pt|patient} $F {states|says} {her|his} {dtr|daughter|son} ($F) {will|can} drive
{Patient|Pt} {goes by|prefers|is called} "$F"{.|,} {pronouns she/her|}
{Seen|Evaluated} {at|in} {the |}{$FAC|$OURFAC} {for|with} {$EPO|$COND2}, {accompanied by|with} {sister|partner|mother} $N.
{Witness|Informant|Historian}: $N, {relationship: |}{spouse|brother|friend|caregiver}
{Family|Wife $F|Son $F} {updated|declined|agreed}{;|.} {$DOC|Dr. $L} {aware|at bedside}.
{Employer|Company|Place of work}: $EMPLOYER{,|} $PLACE
{Hx|History} {obtained|given} {from|by} $N ({mother|father|aunt}), {reliable|limited}.
{Mr|Mrs|Ms} $L {denies|reports|endorses} $COND2, {admits to|has} $COND2.
$F {is doing well|was fussy|ambulated|slept poorly|ate 50% of meals} {today|overnight|this shift}{, per|. Per} {mom|dad|RN $F}.
{Home|Mailing} address{:| is} $ADDR{\n|. }{Occupation}: {teacher|retired|driver at $EMPLOYER}
{Accession|Specimen} $ID{:|,} {collected|received} {at|from} $FAC {by|tech} $N {on|} $DATE
{MOTHER|FATHER|GUARANTOR|SUBSCRIBER}: $LF {ADDR|ADDRESS}: $ADDR
I, $FULL, {hereby |}{consent to|authorize|refuse} {the |}{$PROC|release of records} {by $DOC|to $FAC}.
{Father|Mother|Brother|Sister} ($F, $AGE) {has|had|died of} $COND2.
{To|From|Attn}: $FULL, {$FAC|Medical Records|Admissions}{\n|, }{$ADDR|$PLACE}
{Dr.|Dr} $L {from|of} {ortho|$FAC|neurosurgery} {to see|saw} {pt|him|her} {in AM|today}.
`

export const GENERAL = String.raw`
{My name is|I'm|I am|This is|It's} $N{.| and I {live in|work in|come from} $PLACE.|, calling from $PLACE.}
$N {lives|lived|works|stayed} {at|on} $ADDR{.|}
{Please|Kindly} {send|ship|deliver|mail|forward} {it|the package|my card|the invoice} to $ADDR{.|, thanks.|}
{Can|Could} you {update|change} my {address|mailing address|billing address} to $ADDR{?|}
{I|We} {just|recently} {moved|relocated} {from $PLACE |}to {$ADDR|$PLACE}{.|, so please update your files.}
$N {and|&} $N {met|married|opened a shop|were seen} in $PLACE {in 1998|last year|on $DATE}.
{"|}{We|I|It} {will|can|must} {see|try|continue}{,"|,} {said|says|told us|added} {$L|$N|$DOC}{.|, who lives in $CITY.}
{According to|As per|In the words of} {$N|$L|$DOC}{,|} {the|this} {project|treatment|plan} {works|failed}.
{The|A} {meeting|conference|concert|wedding} {takes place|is held|will be} in $PLACE {on|next} $DATE.
{I will be|We are|She is} {travelling|flying|moving|going} to $PLACE {next week|tomorrow|on $DATE}.
{Who|What} is {the owner of|registered to} this account? {It's|That is|Under} $N{.|}
{Agent|Bot|Support|Operator}: {May I have|What's} your {full |}name{?| please?} {Caller|User|Customer}: $N
{Name|Full name|Customer|Contact|Recipient|Sender|Applicant}: $N\n{Address|Addr}: $ADDR\n{Phone|Tel|Mobile}: $PHONE
{$N|$FULL}\n{$COMPANY\n|}$ADDR{\n$PHONE|}
{The|This} {novel|song|film|painting|album|book} {by|of} $N {is|was} {great|boring|published in $DATE}{.|,} {unlike|better than} {the $L one|that of $L}.
{Born|Raised} in $PLACE, $N {studied|played|sang|taught} {physics|law|jazz|chemistry} {in $CITY|at university}.
{Add|Remove|Put} $N {to|from|on} {my|the|our} {account|policy|list|team}{.|, please.}
$N {is|was} {the|a} {chief executive|coach|player|teacher|driver|lawyer} {of|at|for} $COMPANY{, based in $PLACE|}.
{Dear|Hi|Hello|Hey|Good morning} $F,{\n| }{thank you|thanks|I hope you are well|see you in $CITY}
{Best|Cheers|Thanks|Regards|Kind regards|Love},\n$F{ $L|}
{The|An} {accident|fire|robbery|storm} {happened|occurred|was reported} {at|near|in} {$ADDR|$PLACE} {on $DATE|yesterday|around $TIME}.
{They|She|He} {named|called} {the baby|him|her|their son|the dog} $F{.|,} {after|like} {her grandmother|the $L family}.
{The|Our} {office|store|branch|warehouse} {in|at} {$PLACE|$ADDR} {opens|closes} at $TIME.
$CITY {is|was} {a lovely|the largest|a cold|my favourite} {city|town|place} {in $COUNTRY|}{.|, I think.}
{How|What} {far|long} is it from $CITY to $CITY{?| by train?}
{$L|$N} {v.|vs.|beat|defeated|against} {$L|$N} {in|at} {$CITY|the final}
{Interview|Lunch|Call|Appointment} with $N {at|on} $TIME{, $PLACE|}
{Reservation|Booking|Order|Ticket} {for|under} $N{, $NUM people|, ref $ID|}.
{My|Her|His} {boss|landlord|colleague|teacher|lawyer|doctor} {is|,} $N{,|} {lives in|is from} $PLACE.
{Did|Has} $N {call|pay|reply|arrive} {yet|today}?
$N {listed|published|released|presented|wrote} {her|his|a} {new|first} {book|album|report} {in $CITY|for $COMPANY}.
{Since|From} $DATE $N {has been|was} {mayor|director|head} of {$CITY|$COMPANY}.
{Welcome|Goodbye}, {$F|$N}!
{Passenger|Guest|Student|Employee|Member}: $LF{, $ID|}
{|Maybe it is |It should be |Try }{under|registered as} $N{.|}
{The|This} {letter|parcel|shipment} {was sent|arrived|came} {to|from|at} $ADDR{.| this morning.}
{From|Departing} $CITY {to|arriving} $CITY{, $DATE|, $TIME}
{Ms|Mr|Mrs|Ms.|Mr.|Mrs.} {$N|$L} {is|was} {late|here|waiting|the new teacher}.
{$F|$N} {told|asked|saw|helped|phoned} {$F|$N} {about|after} {the meeting|the operation|it}.
$F, $F and $F {went|came|flew} to $PLACE{ with $N|}.
{Author|Editor|Photographer|Director|Producer}: $N
{Il|El|Le|La|Der|Die|O|A} {paziente|paciente|patient|Patientin|señora|signora|doente} $N {è|es|est|ist|vive en|abita a|wohnt in|habite à} $CITY
{Patient|Paciente|Nom|Nombre|Naam|Nazwisko|Navn}: $N{,|\n} {wohnhaft|domicilio|adresse|dirección|adres|indirizzo}: $ADDR
{Mi|Mein|Mon|Il mio} {nombre es|Name ist|nom est|nome è} $N{ y vivo en| und ich wohne in| et j'habite à| e vivo a} $CITY
{Sehr geehrte|Sehr geehrter|Estimado|Chère|Gentile} {Frau|Herr|señor|Madame|Signora} $L,
{The|Some} {people|citizens|residents|students} of $CITY {protest|celebrate|vote}{.| on $DATE.}
{bridge|museum|airport|university|police|mayor} {of|in|at} $CITY
{Visit|See|Meet} us at $ADDR{!|, or call $PHONE.}
"{I'm|We're} {glad|sorry|happy} {to hear|that}{ about $COUNTRY|}," {says|said|replied|wrote} $L{.|, from $CITY.}
{In|Near|Outside} $CITY{,|} {it|there} {rains|is a market|was an event}{.| every year.}
{$COMPANY|The company|The band|The charity} {of|from|based in|located in} $PLACE {hired|fired|thanked|elected} $N.
$N's {car|house|dog|novel|account|daughter} {is|was} {stolen|red|in $CITY|late}.
{I|You} {want|need|have} to {talk|speak} to $N{,| about} {please|the bill}{.|?}
{Passport|Licence|Certificate} {issued|given} in $PLACE to $N {on|} $DATE
{@|}$N {wrote|posted|tweeted}: {great|nice} {day|game} in $CITY!
{Weather|Traffic|News} {in|for} $CITY{:|} {sunny|slow|$NUM degrees}
{Unlike|Like|Besides|Without|Because of|Thanks to|Instead of|After|Before} $F, {$F|she|he|they} {never|always|rarely} {learned|liked|called|drives|sings|paid}{ to drive| the rent|.|}
{He|She|They} {has|have} {two|three|four} {kids|children|sons|daughters|cats}, $F{, $F|} and $F{.|, in $CITY.|}
{She|He} {married|met|left|adopted} $F in $CITY {and|in 1990 and|, then} {they have|had} {two kids|a son}, $F{ and $F|}.
$FULL, $ADDR
{Cancel|Block|Stop} {my|the} {card|order} {at once|now}{!|.} $FULL{, | - |\n}$ADDR
{From|To|Sender}: $FULL {To|From|Cc}: {$F|$FULL} Subject: {our trip to $CITY|the invoice|$WORD $WORD}
{Billing|Shipping|Delivery|Invoice}: $FULL, $ADDR; {IBAN|phone|ref} $ID
{Where|When} can I {watch|read|buy|hear} the {$L|$N|$FULL} {documentary|film|book|show|album}?
{This is|Meet} my {favourite|favorite|best} {painter|singer|friend|author|cousin}, $N, {she|he} {comes from|was born in|lives in} $CITY{ in northern $COUNTRY|}.
$N and $N {share|rent|bought|own} {an apartment|a flat|a farm|a house} {in|on|at} {$CITY|$ADDR|$STREET}.
The $L family {rented|sold|bought} {a flat|a farm} {on|at|in} {$ADDR|$STREET|$CITY}{, $CITY|}.
{The|A} {band|team|choir|firm} {was|is} {formed|founded|based} in $CITY {in $DATE |}by {guitarist|singer|coach} $N{ and {singer|drummer} $N|}.
{Is|Are} {the|there a} {shop|branch|bank|office|gym} {at|near|close to} $ADDR {open|closed|busy|in use}{ on Sundays|}?
$ADDR is where {the|our} {exhibition|party|meeting} {takes place|is held}.
{The|A} {train|bus|flight|boat} to $CITY {leaves|arrives} at $TIME, {tell|ask|call} $F.
{Drs.|Mr. and Mrs.|Profs.} $L{, $L|} and $L {were present|agree|saw the patient|attended}.
{I was born|She grew up|He was raised} in $CITY{,| and} {raised|live|educated} in $CITY.
{Our records|The system} {show|shows} that $N ($EMAIL) {opened|closed} {the|an} account.
{We interviewed|I invited|They hired|Call} $F, $F and $F {for the post|to dinner|again}.
"{I don't think so|Of course|Not now|Come in|Why not},{"|"} {said|asked|replied} $F, {closing|opening} the door.
{You can find|Meet|Visit} us {at|near} {the corner of $STREET and $STREET|$ADDR|$PLACE}.
{Frau|Herr|Monsieur|Madame|Señor|Señora|Signor|Signora|Pan|Pani|Meneer|Mevrouw|Fru} $N{, | }{geb.|née le|nacido el|nato il|ur.|geboren|født} $DATE{, | }{wohnhaft|demeurant|domiciliado en|residente in|zam.|wonende te|bosatt} {in |à |}$ADDR
{The|This|Another} $L {novel|film|painting|recipe|song|theory|report} {was|is} {better|shorter|older|on sale}{.| than the $L one.}
{I think|Maybe|Surely} $L {will|won't|should} {win|pay|sing|call|be late}{.|, says $N.}
{$L|$N}{,| and} {$L|$N} {and|or} {$L|$N} {are|were} {late|elected|on the board|the owners}{.| in $CITY.}
{says|said|asks|wrote|replies|adds} {$L|$N}{.|,} {who|whose wife} {works|lives|grew up} in $PLACE.
{Add|Invite|Ask|Fire|Call|Tell} $L{.|!|, please.| about the rent.}
{at|near|by} the corner of {$STREET|$ADDR} and {$STREET|$ADDR}{.|, at noon.}
`

export const DATA = String.raw`
<<"{name|patient|patientName|full_name|fullName|displayName}": "$FULL", "{dob|birthDate}": "$DATE", "{city|town}": "$CITY", "id": $NUM>>
<<"{first_name|firstName|given}": "$F", "{last_name|lastName|family}": "$L", "{address|street|line}": "$ADDR">>
"{name|patient|provider|author|nurse|doctor}": "$FULL",\n  "{facility|hospital|site}": "$FAC",\n  "{city|location}": "$CITY"
$ID,$FULL,$DATE,{M|F},$CITY,$NUM
$LF;$DATE;$ADDR;$PHONE
| $ID | $FULL | $DATE | $CITY | {active|closed} |
PID|1||$ID^^^MRN||$CARET||19600101|{M|F}|||$ADDR||$PHONE
INSERT INTO {patients|users|person} (id, name, city) VALUES ($NUM, '$FULL', '$CITY');
<{name|patient|author|provider}>$FULL</{name|patient}>
{name|patient|provider}: $FULL\n{city|town}: $CITY\n{age|visits}: $NUM
{Author|Co-authored-by|Signed-off-by|Reviewed-by}: $FULL <$EMAIL>
# {Created|Written|Maintained} by $FULL, $DATE
{INFO|WARN|DEBUG} {loaded|updated|saved} {patient|record|chart} {for|of} $FULL {in $NUM ms|(id=$ID)}
{patient|name|user}="$FULL" {city|town}="$CITY"
{let|const|val|var|auto} $WORD{: $CAP|} = {$CAP::new|$CAP.of|new $CAP|$CAP|make$CAP}({'|"}$FULL{'|"}, {$NUM|"$DATE"|'$DATE'|true}){;|}{ assert!($WORD.$WORD());|}
{expect|assert|verify}($WORD.{find|get|search}({"|'}$FULL{"|'})){.toBe($NUM)|;|.isTrue();}
name,dob,city\n$FULL,$DATE,$CITY\n$FULL,$DATE,$CITY
{const|let|var} $IDENT = new $CAP(<< {to|from|name|author|title}: {'|"}$FULL{'|"}{, $WORD: $NUM|} >>){;|}{ await $WORD.$WORD()|}
{const|let|var} $WORD = new $CAP(<< to: '$FULL'{, $WORD: $NUM|} >>);{ await $WORD.{send|$WORD}()|}
{assert|expect|require}{(| }{$WORD.name|fullName(p)|$IDENT} {==|===} {"|'}$FULL{"|'}{)|}{;|}
{raise ValueError|throw new Error|log.warn|print}({"|'}{no chart|no record|result} for {patient |}$FULL{"|'}{, code=$NUM|}){;|}
$IDENT = [{"|'}$FULL{"|'}, {"|'}$FULL{"|'}]{;|}
{UPDATE|DELETE FROM} {patients|users} {SET city = '$CITY' |}WHERE {full_name|name} = '$FULL';
{curl|http} {-d|--data} '<<"name":"$FULL","city":"$CITY">>' {https://api.example.org/$WORD|$WORD}
`
