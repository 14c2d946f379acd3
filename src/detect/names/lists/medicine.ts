import { words } from './words-of.ts'

/** Diseases, signs and states. */
export const CONDITIONS = words(`
  abscess achalasia acidosis acne acromegaly adenocarcinoma adenoma adhesions agranulocytosis akathisia alkalosis alopecia amblyopia
  amenorrhea amnesia amyloidosis anaphylaxis anemia aneurysm angina angioedema anhedonia anisocoria ankylosis anorexia anosmia anoxia
  anuria aphasia aphthous apnea appendicitis apraxia arrhythmia arteritis arthralgia arthritis arthropathy ascites asphyxia aspiration
  asterixis asthma astigmatism astrocytoma asystole ataxia atelectasis atherosclerosis atresia atrophy autism azotemia bacteremia
  balanitis blepharitis botulism bradycardia bradykinesia bronchiectasis bronchiolitis bronchitis bronchospasm bruit bruxism bunion
  bursitis cachexia calcification candidiasis carcinoid carcinoma cardiomegaly cardiomyopathy carditis caries cataract cellulitis
  cerebritis cerumen cervicitis chalazion chancroid cheilitis chlamydia cholangiocarcinoma cholangitis cholecystitis choledocholithiasis
  cholelithiasis cholera cholestasis chorea chorioamnionitis chylothorax cirrhosis claudication clonus clubbing coagulopathy
  coarctation colitis coma concussion condyloma conjunctivitis constipation contusion cramps craniosynostosis crepitus croup
  cryptorchidism cyanosis cyst cystitis cystocele dacryocystitis deafness debility decubitus dehiscence dehydration delirium dementia
  dengue depression dermatitis dermatomyositis diabetes diaphoresis diarrhea diphtheria diplopia dislocation diverticulitis
  diverticulosis dysarthria dysentery dyskinesia dyslipidemia dysmenorrhea dyspareunia dyspepsia dysphagia dysphasia dysphonia
  dysplasia dyspnea dystocia dystonia dystrophy dysuria ecchymosis eclampsia ectopic eczema effusion embolism emphysema empyema
  encephalitis encephalopathy encopresis endocarditis endometriosis endometritis endophthalmitis enuresis eosinophilia epididymitis
  epiglottitis epilepsy epistaxis erysipelas erythema esophagitis exophthalmos exostosis fasciitis fasciculations fibrillation
  fibroadenoma fibroid fibroids fibromyalgia fibrosis fissure fistula flutter folliculitis frostbite galactorrhea gangrene
  gastritis gastroenteritis gastroparesis giardiasis gigantism gingivitis glaucoma glioblastoma glioma glomerulonephritis glossitis
  goiter gonorrhea gout granuloma gynecomastia halitosis hallucinations hemangioma hemarthrosis hematemesis hematochezia hematoma
  hematuria hemianopia hemiparesis hemiplegia hemochromatosis hemolysis hemophilia hemoptysis hemorrhage hemorrhoids hemothorax
  hepatitis hepatoma hepatomegaly hepatosplenomegaly hernia herniation herpes hiccups hidradenitis hirsutism histoplasmosis hives
  hydrocele hydrocephalus hydronephrosis hypercalcemia hypercapnia hypercholesterolemia hyperglycemia hyperhidrosis hyperkalemia
  hyperlipidemia hypermagnesemia hypernatremia hyperparathyroidism hyperphosphatemia hyperplasia hyperreflexia hypertension
  hyperthermia hyperthyroidism hypertriglyceridemia hypertrophy hyperuricemia hyphema hypoalbuminemia hypocalcemia hypoglycemia
  hypogonadism hypokalemia hypomagnesemia hyponatremia hypoparathyroidism hypophosphatemia hypopituitarism hypospadias hypotension
  hypothermia hypothyroidism hypotonia hypovolemia hypoxemia hypoxia icterus ileus impetigo incontinence induration infarct infarction
  infertility influenza insomnia insufficiency intussusception iritis ischemia jaundice keloid keratitis ketoacidosis kyphosis
  labyrinthitis laceration laryngitis lathyrism leiomyoma leishmaniasis leprosy lethargy leukemia leukocytosis leukopenia leukoplakia
  lipoma lordosis lupus lymphadenitis lymphadenopathy lymphedema lymphoma malabsorption malaria malignancy malnutrition mastitis
  mastocytosis mastoiditis measles melanoma melena meningioma meningitis menopause menorrhagia metastases metastasis metastatic
  migraine miscarriage mononucleosis mucositis mumps myalgia myasthenia myelofibrosis myeloma myelopathy myocarditis myoclonus
  myopathy myopia myositis myxedema myxoma narcolepsy necrosis neoplasm nephritis nephrolithiasis nephropathy nephrosclerosis neuralgia
  neuritis neuroblastoma neurofibromatosis neuropathy neutropenia nevus nocturia nystagmus obesity obstruction odynophagia oliguria
  onychomycosis orchitis orthopnea orthostasis osteoarthritis osteomalacia osteomyelitis osteonecrosis osteopenia osteoporosis
  osteosarcoma otalgia otitis otorrhea otosclerosis ovulation pallor palpitations palsy pancreatitis pancytopenia papilledema papilloma
  paralysis paraplegia paresis paresthesia paresthesias parotitis pemphigus peptic perforation pericarditis periodontitis peritonitis
  pertussis petechiae pharyngitis pheochromocytoma phimosis phlebitis photophobia placenta plague pleurisy pneumoconiosis pneumonia
  pneumonitis pneumothorax polio polyarteritis polycythemia polydipsia polymyalgia polymyositis polyneuropathy polyp polyphagia polyps
  polyuria porphyria preeclampsia prediabetes presbycusis presbyopia priapism proctitis prolapse prostatitis proteinuria pruritus
  psoriasis psychosis pterygium ptosis purpura pyelonephritis pyloric quadriplegia rabies radiculopathy rales regurgitation restenosis
  retinitis retinoblastoma retinopathy rhabdomyolysis rhabdomyosarcoma rheumatoid rhinitis rhinorrhea rhonchi rickets rosacea rubella
  salpingitis sarcoidosis sarcoma scabies scarlatina schizophrenia schwannoma sciatica scleritis scleroderma scoliosis scurvy
  seborrhea seizures seminoma sepsis septicemia shingles silicosis sinusitis spasticity spondylitis spondylolisthesis spondylosis
  sprain steatohepatitis steatorrhea steatosis stenosis stomatitis strabismus strep stridor strongyloidiasis stye syncope synovitis
  syphilis syringomyelia tachycardia tachypnea tamponade telangiectasia tendinitis tendonitis tenosynovitis teratoma tetanus tetany
  thalassemia thrombocytopenia thrombocytosis thromboembolism thrombophlebitis thrombosis thrush thymoma thyroiditis thyrotoxicosis
  tinea tinnitus tonsillitis torsion torticollis toxoplasmosis tremor trichomoniasis tuberculosis typhoid urethritis urolithiasis
  urosepsis urticaria uveitis vaginitis vaginosis varicella varices varicocele varicosities vasculitis vertigo vitiligo volvulus
  vomiting warts wheezing xanthoma xerostomia`)

/** Parts of the body, in Latin and English. */
export const ANATOMY = words(`
  abdomen acetabulum acromion adenoids adnexa adrenal alveolar alveoli amygdala ankle antrum anus aorta aortic apex appendix arch arm
  artery arteries atria atrial atrium auditory auricular axilla axillary basilar bicep biceps bicuspid bladder bowel brachial brain
  brainstem breast bronchi bronchus buccal buttock calcaneus calf callosum canal capillary carina carotid carpal cartilage cauda caudate
  cecum celiac cerebellum cerebral cerebrum cervical cervix cheek chin choroid clavicle coccyx cochlea colon condyle conjunctiva cord
  cornea coronary cortex costal cranial cranium cuboid cuneiform deltoid dermis diaphragm digit disc distal dorsal dorsum duodenum dura
  ear elbow endocardium endometrium epidermis epididymis epidural epigastric esophagus ethmoid eye eyelid face facial fallopian fascia
  femoral femur fibula finger flank foot forearm forehead foramen fornix fossa fovea frontal fundus gallbladder ganglia ganglion
  gastrocnemius genitalia gingiva gland glenoid gluteal gluteus groin hamstring hand head heel hepatic hip hippocampus humerus
  hyoid hypothalamus ileum iliac ilium inguinal interventricular intestine iris ischium jaw jejunum jugular kidney kidneys knee labrum
  lacrimal larynx leg ligament limb lingual lip lips liver lobe lumbar lumen lung lungs lymph macula malleolus mandible manubrium
  mastoid maxilla maxillary meatus mediastinum meninges meniscus mesentery metacarpal metatarsal mitral molar mouth mucosa muscle
  myocardium nares nasal nasopharynx navicular neck nerve nipple node nodes nodule nose nostril occipital occiput olecranon omentum
  optic oral orbit oropharynx ovary ovaries palate palm pancreas papillary parathyroid parietal parotid patella pectoral pelvic
  pelvis penis pericardium perineum periosteum peritoneum peroneal phalanx pharynx pituitary plantar pleura pleural plexus pons
  popliteal portal prostate proximal psoas pubic pubis pulmonary pupil pupils pylorus quadrant quadriceps radial radius rectum rectus
  renal retina retroperitoneum rib ribs rotator sacral sacroiliac sacrum salivary saphenous scalp scaphoid scapula sciatic sclera
  sclerae scrotum septum shin shoulder sigmoid sinus skin skull sole sphenoid sphincter spinal spine spleen splenic sternum stomach
  subclavian subcutaneous submandibular supraspinatus sural talus tarsal temporal tendon testes testicle testis thalamus thenar thigh
  thoracic thorax throat thumb thymus thyroid tibia tibial toe toes tongue tonsil tonsils trachea trapezius triceps tricuspid trochanter
  trunk tympanic ulna ulnar umbilical umbilicus ureter urethra uterus uvula vagina vaginal vagus valve vein vena venous ventricle
  ventricular vertebra vertebrae vertebral vertex vestibular vocal vulva wrist xiphoid zygoma`)

/** Tests, values and their short forms. */
export const LABS = words(`
  abg afp albumin aldosterone alk alp alt ammonia amylase ana anca anc aptt asa ast auc bands basophils bicarbonate bilirubin bmp bnp
  bun cbc cbcd cea ceruloplasmin chloride cholesterol ck ckmb cmp complement cortisol cpk crp crystals csf ctni culture cultures cytology
  ddimer dexa dheas differential echocardiogram eeg egfr ekg elisa emg eosinophils esr ethanol ferritin fibrinogen fio2 fobt folate
  fsh ggt gfr glucose gram haptoglobin hba1c hbsag hcg hcv hct hdl hematocrit hemoglobin hgb histology homocysteine iga ige igg igm
  inr iron ketones lactate ldh ldl leukocyte leukocytes lh lipase lipid lipids lymphocytes magnesium mch mchc mcv methemoglobin
  microalbumin monocytes mpv mrsa nitrite nt-probnp osmolality osmolarity paco2 pao2 pap pcr peep pco2 ph phosphate phosphorus plt po2
  potassium prealbumin procalcitonin progesterone prolactin protein prothrombin psa pth ptt rbc rdw renin reticulocyte rheumatoid rpr
  saturation sodium spo2 specific tibc titer toxicology transferrin triglycerides troponin tsh tte tee urea urinalysis urine uric vbg
  vldl wbc serum plasma hemogram coags fvc fev1 dlco psg ett pft fena`)

/** Procedures, devices and materials. */
export const PROCEDURES = words(`
  ablation abortion adhesiolysis amniocentesis amputation anastomosis angiogram angiography angioplasty appendectomy arthrocentesis
  arthrodesis arthroplasty arthroscopy aspirate biopsy bipap brachytherapy bronchoscopy bypass cabg cannula cannulation cardioversion
  cast catheter catheterization cautery cesarean chemoprophylaxis chemotherapy cholecystectomy circumcision clamp clip colectomy
  colonoscopy colostomy colposcopy conization cpap craniectomy craniotomy cryotherapy curettage cystectomy cystoscopy debridement
  decompression defibrillation defibrillator dialysis diathermy discectomy dissection doppler drain drainage dressing duplex ecmo
  electrocautery electrophoresis embolectomy embolization endarterectomy endoscopy enema enucleation epidurography ercp excision
  extraction extubation fasciotomy fixation flap fluoroscopy fundoplication fusion gastrectomy gastrostomy gauze graft grafting
  hemicolectomy hemodialysis hepatectomy herniorrhaphy hysterectomy hysteroscopy ileostomy immunotherapy implant implantation incision
  infusion inhaler injection intubation irrigation isolation iud kyphoplasty laminectomy laparoscopy laparotomy laryngoscopy
  lithotripsy lobectomy lumpectomy mammogram mammography manometry mastectomy meniscectomy mesh monitor myomectomy nebulizer
  nephrectomy nephrostomy oophorectomy orchiectomy ostomy oximetry pacemaker paracentesis pelvimetry pericardiocentesis phlebotomy
  picc plasmapheresis plate pleurodesis pneumonectomy polypectomy polysomnography port probe prostatectomy prosthesis puncture
  radiography radiotherapy reconstruction reduction resection resuscitation retractor rhinoplasty salpingectomy scope screw septoplasty
  shunt sigmoidoscopy sling spirometry splenectomy splint sphincterotomy stent stenting sternotomy stripping suction suture sutures
  syringe telemetry thoracentesis thoracotomy thrombectomy thrombolysis thyroidectomy tonsillectomy tourniquet tpn tracheostomy traction
  transfusion transplant transplantation trocar tube tubes tympanoplasty ultrasonography ureteroscopy urethroplasty vaccination vaccine
  vagotomy valvuloplasty vasectomy ventilation ventilator ventriculostomy venogram vertebroplasty vitrectomy walker wheelchair
  videofluoroscopy vac hearing aid insulin pump glucometer oximeter sphygmomanometer stethoscope otoscope laryngoscope endoscope
  elastography scintigraphy arthrogram myelogram cystogram barium tilt treadmill`)

/** Bacteria, viruses, fungi and parasites. */
export const ORGANISMS = words(`
  acinetobacter actinomyces adenovirus anaplasma ascaris aspergillus babesia bacillus bacteroides bartonella blastomyces bordetella
  borrelia brucella burkholderia campylobacter candida albicans chlamydophila citrobacter clostridioides clostridium difficile
  coccidioides corynebacterium coxiella coxsackie cryptococcus neoformans cryptosporidium cyclospora cytomegalovirus echinococcus
  ehrlichia eikenella entamoeba enterobacter cloacae enterococcus faecalis faecium enterovirus escherichia coli flavivirus francisella
  fusobacterium gardnerella giardia haemophilus helicobacter pylori histoplasma influenzae kingella klebsiella legionella leishmania
  leptospira listeria malassezia metapneumovirus moraxella morganella mucor mycobacterium avium mycoplasma neisseria meningitidis
  nocardia norovirus parainfluenza parvovirus pasteurella plasmodium falciparum vivax pneumocystis jirovecii proteus mirabilis
  providencia pseudomonas aeruginosa rhinovirus rhizopus rickettsia rotavirus salmonella schistosoma serratia marcescens shigella
  staphylococcus staph aureus epidermidis stenotrophomonas maltophilia streptococcus pneumoniae pyogenes agalactiae viridans
  strongyloides taenia toxocara toxoplasma treponema pallidum trichinella trichomonas trypanosoma ureaplasma vibrio varicella
  yersinia zika ebola hantavirus coronavirus`)

/** Words of notes: specialties, qualities, short forms, scales. */
export const CLINICAL = words(`
  aao abd abdominal ablative abnormal absent abx acls active acuity acute adherent adjuvant adl adls afebrile afib age-appropriate
  aggravating alert allergic allograft ambulating ambulatory amb anemic anesthesiology angiographic anicteric antalgic antepartum
  anterior anticoagulated anticoagulation antibiotic antibiotics antiemetic antihypertensive antiplatelet appetite arousable ards
  ascending asymptomatic atraumatic atypical audit aud auscultation autologous bac balance ballottement baseline benign bilateral bka
  bls blunted borderline bpm brisk cachectic cad calm cam cardiac cardiothoracic cardiovascular catatonic caudal cdiff chads cha2ds2
  chemo chf chronic ciwa ckd clear clinical cns coherent comatose comfortable comorbid comorbidities compensated compliant concordant
  congenital congestion congestive conscious consolidation constitutional contralateral contrast convulsive cooperative copd coronal cortical
  cpr crackles crcl critical cva cyclic dehydrated deconditioned decreased deficit dentition dermatologic descending diaphoretic
  diastolic diffuse dilated distended distension diuresis dka dnr dni dtr dtrs dvt dx edematous ef ejection elective electrolyte
  electrolytes elevated emergent endocrine enlarged ent eomi epigastrium equivocal erythematous esrd etoh euthyroid euvolemic exacerbation
  exertional exogenous extremities extremity exudate facies familial fasting fatigued febrile fetal fluctuance focal fracture
  fractures fulminant gait gastro gastrointestinal gcs generalized genetic genetics genitourinary geriatric geriatrics gerd gestation
  gestational gi gross guarding gyn gynecology heent hematologic hemodynamic hemodynamically hereditary heterozygous hfpef hfref hld
  homozygous hpf hsm htn hx hyperactive hyperechoic hypertensive hypertrophic hypoactive hypoechoic hypotensive hypoxic iabp ibd ibs
  icd idiopathic immunocompromised immunologic impaired inducible inotropes inpatient insight intact intermittent interstitial
  intracranial intramuscular intraoperative intravenous invasive ipsilateral irregular irritability ischemic jvd jvp kub labile lethargic
  lesion lesions lvef lvh lymphatic macular maculopapular malaise malignant mass masses maternal mca medial meds melanotic mellitus
  meld menarche menses mi mild mitotic mobility moca mmse morbid motor mrcp msk mucous multifocal murmur murmurs musculoskeletal
  nafld nares nad natal ncat neonatal neoadjuvant nephrotic neuro neurologic neurological neurosurgery neurovascular nihss nodal
  noncontributory nonfocal nonischemic nontender normocephalic normotensive nsaid nsaids nsclc nstemi nyha ob obese obstetric obstetrics
  occult oncologic ophthalmology oriented orthopedic orthopnea osa otolaryngology outpatient oxygenation pacu pad palliative palpable
  pancreatic parenchymal parous paroxysmal pasi pathologic pathological pci pedal pediatric peds pelvic percussion percutaneous
  perfusion perinatal perioperative peripheral perrla phq-9 physiatry pitting pmhx podiatry poc polypharmacy positional posterior
  postictal postoperative postprandial postural ppi prandial preterm primary prn productive prognostic progressive prophylactic
  prophylaxis protuberant psychiatric psychomotor psychotropic ptsd pulses purulent qsofa qtc quiescent radiating radiologic reactive
  rebound recurrence recurrent reflex reflexes refractory remission resolving respirations respiratory rest resting retroperitoneal
  rheumatic rhythm rigidity rom rrr rsv rv rvr saba sagittal sarcopenia sbp sclc sclerotic secondary sedated sedation sensory septic
  serous sclerosing sirs sle sob sobriety sofa soft spasm sporadic sputum stemi stool stools subacute subdural subjective sublingual
  suicidal superficial supine supple supplementation suprapubic supraventricular surgery susceptibility symmetric symmetrical
  symptomatic systemic systolic tachycardic tachypneic tapering tbi tender tenderness teratogenic tia tid titrate titrated tlc tnm
  tonic-clonic topical toxicity transaminitis transfused transient trauma traumatic trimester turgor uc uncontrolled unilateral unremarkable
  uremia uremic uri urinary urologic urology uti vascular vasopressor vasopressors venipuncture ventral vesicular virilization viral
  visceral viscous visual vitreous voiding wean weaned weaning wheeze wheezes wnl womac waveform wells score nihss karnofsky ecog
  braf kras nras egfr alk ros1 her2 brca brca1 brca2 tp53 pten apc mlh1 msh2 jak2 flt3 npm1 idh1 cftr hla mthfr apoe cyp2c19 cyp2d6`)

/** Persons after whom diseases, signs, scores and devices are named, in lower case. */
export const EPONYMS = words(`
  abdo achilles adams addison aicardi alagille albers albright alport alzheimer amsler angelman apgar arnold asherman ashworth asperger
  auspitz austin avellino babinski baker balint bankart barlow barr barre barrett bart barthel bartholin bartter basedow batten beck
  becker beckwith behcet bell bence bennett berg berger bernard berry bethesda billroth binet birt bishop bitot bland blalock
  blount boas boerhaave borg boston bouchard bowen braden breslow bristol broca brodie brown bruce brugada brudzinski brunner buerger
  burkitt burnett bush caplan carnett caroli castleman chagas charcot chediak cheyne chiari child christmas churg chvostek clark cobb
  codman cohn colles coombs conn cooley cornell courvoisier couvelaire cowden creutzfeldt crigler crohn cronbach cullen curling
  cushing dandy danis darier denver dercum devic diamond dieulafoy digeorge dix donovan down dressler duchenne duke dukes dupuytren
  ebstein eden edinburgh edwards ehlers eisenmenger ellis epley epstein epworth erb evans ewing fabry fagan fallopio fallot fanconi
  felty fick finkelstein fitz fleischner foley fontaine forrester fournier framingham frank frankel freiberg friedewald friedreich
  froment fuchs gaenslen galeazzi gamma ganz gardner gaucher geneva gerstmann gilbert gilles giemsa gitelman glasgow gleason glisson
  golgi goodell goodpasture goodsall gottron gower graves grey grocott guillain gustilo guthrie guyon hallpike hamilton hamman hamman-rich
  hampton hansen harris hartmann hartnup hashimoto hawkins heberden hegar heimlich helicobacter henle henoch hepburn hill hippel
  hirschsprung hoehn hoffmann hodgkin holmes holter homans horner howell huntington hurler hurthle hutchinson ilizarov janeway jacksonian
  jakob jarisch jervell jeune jobe johnson jones kallmann kaposi kaplan kartagener karnofsky katz kawasaki kayser kearns kegel
  kehr keith kellgren kerley kernig killip kimmelstiel klebs klein kleine klinefelter klippel klumpke knudson koch kocher kohler koplik
  korsakoff krabbe krukenberg kugelberg kupffer kussmaul lachman lafora lambert landau lange langerhans lansky laplace lasegue lawton
  leber ledderhose legg leiden leigh lemierre lennox leopold leriche lesch lesser levine lewy leydig lhermitte libman liddle light
  likert lisfranc loeffler louis lowe ludwig lund lyme lynch macewen madelung maddrey maisonneuve mallory malgaigne mantoux marcus
  marfan marjolin markle marshall mayo mcarthur mcardle mcburney mcconnell mccune mcdonald mcgill mcmurray mcroberts meckel meige meigs
  mendelson menetrier menetrier meniere menkes merkel milroy mini minnesota mirizzi mobitz modic mohs mondor monro
  monteggia montgomery montreal moro morquio morse morton mueller munchausen murphy najjar neer negri nelson neumann nissl noonan
  norton norwalk nottingham nugent ochsner ogilvie ollier opsoclonus ortolani osgood osler ottawa paget pancoast panton papanicolaou
  parinaud parkes parkinson parkland patau patrick paul payr pearson pel pelizaeus pendred perthes peutz peyer peyronie phalen pick
  pickwick pierre plummer poland pompe potain pott potter poupart prader pringle prinzmetal pugh purkinje purtscher quincke
  quick ramsay ranke rankin ranson raynaud recklinghausen reed refsum reinke reiter rett reye richter riedel rinne rivermead
  rockall rokitansky romberg romhilt rorschach ross roth rotor roux rovsing rubinstein russell rutherford ryle sachs salter sandifer sanfilippo
  schatzki scheie scheuermann schiller schilling schirmer schistocyte schmorl schober schwachman schwann seldinger sellick sengstaken
  sertoli sever sezary  sheehan shwachman simmonds simpson sister sjogren  skene smith snellen sokal spitz spurling
  stanford starling steele stein stensen sternberg stevens still stokes stroop sturge sudeck sundowning swan swyer sydenham takayasu
  takotsubo tanner tarlov tay taussig tensilon terry thomas thompson tietze tinel tinetti todd toronto tourette traube treacher
  trendelenburg treves trousseau turcot turner unna usher valsalva vancouver vater venturi vernet vincent virchow vineland volkmann
  waddell waldenstrom  wallenberg warthin waterhouse watson weber wechsler wegener weil weiss wells wenckebach werdnig wermer
  wernicke wertheim westergren westermark whipple wickham widal willebrand williams wilms wilson winter wiskott wolff wong wood
  wright yale yergason zenker ziehl zollinger zung
  adie allis aschoff bankart batson bazett bentall bjork bosniak brock brooke burch calot camper cockcroft colledge cornelia cotard
  debakey deauville dobhoff doll fredrickson fridericia gastaut gault gehrig glanzmann goldmann gottlieb groshong
  gunn harada haversian hesselbach hueter hunt huber imerslund jod kasai klatskin knaus koyanagi kraissl kyrle
  landsteiner lichtenstein lofgren  mackler macintosh mallampati maroteaux mauriceau mcgoon metzenbaum mikulicz morquio morrison
  naegele nickerson niemann nikolsky ormond pautrier penrose petrie pinard pirogoff poiseuille politzer pratt prehn robertson robin
  rosenthal rotterdam rovsing sanders sanger sappey schanz schwartz scribner shaffer shprintzen sistrunk soave soulier spigelian
  spiegelberg stensen strassmann sugiura symmers tarnier tenckhoff todani toupet troisier tubiana tzanck valentin vogt waardenburg
  weingarten wharton wickham willi winslow wirsung worm yankauer zahn zellweger zinn `)
