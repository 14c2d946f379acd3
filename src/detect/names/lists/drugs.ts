import { words } from './words-of.ts'

/** Drugs by their international names. */
export const DRUGS = words(`
  abacavir abatacept abciximab abemaciclib abiraterone acamprosate acarbose acebutolol acetaminophen acetazolamide acetylcysteine
  aciclovir acitretin acyclovir adalimumab adenosine alectinib alemtuzumab alendronate alfuzosin alirocumab aliskiren allopurinol
  alprazolam alprostadil alteplase amantadine amikacin amiloride aminophylline amiodarone amitriptyline amlodipine amoxicillin
  amphetamine amphotericin ampicillin anakinra anastrozole andexanet anidulafungin apalutamide apixaban apremilast aprepitant
  argatroban aripiprazole asparaginase aspirin atazanavir atenolol atezolizumab atogepant atomoxetine atorvastatin atovaquone
  atropine avelumab axitinib azacitidine azathioprine azelastine azithromycin aztreonam baclofen baricitinib basiliximab
  beclomethasone belatacept belimumab benazepril bendamustine benralizumab benztropine betamethasone betaxolol bevacizumab
  bezlotoxumab bicalutamide bimatoprost bisacodyl bisoprolol bivalirudin bleomycin blinatumomab bortezomib bosentan brexpiprazole
  brigatinib brivaracetam bromocriptine budesonide bumetanide bupivacaine buprenorphine bupropion buspirone busulfan cabazitaxel
  cabergoline cabozantinib caffeine calcitonin calcitriol canagliflozin canakinumab candesartan cangrelor capecitabine captopril
  carbamazepine carbidopa carboplatin carfilzomib cariprazine carmustine carvedilol caspofungin cefaclor cefadroxil cefazolin
  cefdinir cefepime cefiderocol cefixime cefotaxime cefotetan cefoxitin cefpodoxime ceftaroline ceftazidime ceftriaxone cefuroxime
  celecoxib cephalexin certolizumab cetirizine cetuximab chlorambucil chlordiazepoxide chlorhexidine chloroquine chlorothiazide
  chlorpromazine chlorthalidone cholecalciferol cholestyramine cilostazol cimetidine cinacalcet ciprofloxacin cisatracurium
  cisplatin citalopram cladribine clarithromycin clevidipine clindamycin clobazam clobetasol clofazimine clomiphene clomipramine
  clonazepam clonidine clopidogrel clotrimazole clozapine cobicistat codeine colchicine colesevelam colestipol colistin
  cortisone crizotinib cyanocobalamin cyclobenzaprine cyclophosphamide cyclosporine cyproheptadine cytarabine dabigatran dabrafenib
  dacarbazine dalbavancin dalteparin danazol dantrolene dapagliflozin dapsone daptomycin daratumumab darbepoetin darolutamide
  darunavir dasatinib daunorubicin decitabine deferasirox deferoxamine degarelix denosumab desipramine desloratadine desmopressin
  desvenlafaxine dexamethasone dexlansoprazole dexmedetomidine dextroamphetamine dextromethorphan dextrose diazepam diclofenac
  dicyclomine didanosine digoxin diltiazem dimenhydrinate diphenhydramine diphenoxylate dipyridamole disulfiram dobutamine
  docetaxel docusate dofetilide dolutegravir donepezil dopamine doravirine dorzolamide doxazosin doxepin doxorubicin doxycycline
  doxylamine dronedarone droperidol drospirenone dulaglutide duloxetine dupilumab durvalumab dutasteride ecallantide eculizumab
  edaravone edoxaban efavirenz eletriptan elotuzumab eltrombopag empagliflozin emtricitabine enalapril enalaprilat encorafenib
  enfuvirtide enoxaparin entacapone entecavir enzalutamide ephedrine epinephrine epirubicin eplerenone epoetin epoprostenol
  eptifibatide eravacycline erdafitinib erenumab ergocalciferol ergotamine eribulin erlotinib ertapenem ertugliflozin erythromycin
  escitalopram esketamine eslicarbazepine esmolol esomeprazole estradiol eszopiclone etanercept etelcalcetide ethambutol
  ethosuximide etomidate etonogestrel etoposide etravirine everolimus evolocumab exemestane exenatide ezetimibe famciclovir
  famotidine febuxostat felodipine fenofibrate fentanyl ferrous fexofenadine fidaxomicin filgrastim finasteride finerenone
  fingolimod flecainide fluconazole flucytosine fludarabine fludrocortisone flumazenil flunisolide fluorouracil fluoxetine
  fluphenazine flurbiprofen flutamide fluticasone fluvastatin fluvoxamine folate fondaparinux formoterol fosamprenavir fosaprepitant
  foscarnet fosfomycin fosinopril fosphenytoin fremanezumab fulvestrant furosemide gabapentin galantamine galcanezumab ganciclovir
  gefitinib gemcitabine gemfibrozil gentamicin gilteritinib glatiramer glecaprevir glimepiride glipizide glucagon glyburide
  glycopyrrolate golimumab goserelin granisetron griseofulvin guaifenesin guanfacine guselkumab haloperidol heparin hydralazine
  hydrochlorothiazide hydrocodone hydrocortisone hydromorphone hydroxychloroquine hydroxyurea hydroxyzine hyoscyamine ibandronate
  ibrutinib ibuprofen ibutilide icatibant idarucizumab idelalisib ifosfamide iloperidone imatinib imipenem imipramine imiquimod
  inclisiran indapamide indomethacin infliximab insulin ipilimumab ipratropium irbesartan irinotecan isavuconazole isoniazid
  isosorbide isotretinoin isradipine itraconazole ivabradine ivacaftor ivermectin ixabepilone ixekizumab ketamine ketoconazole
  ketoprofen ketorolac labetalol lacosamide lactulose lamivudine lamotrigine lanreotide lansoprazole lapatinib lasmiditan
  latanoprost leflunomide lenalidomide lenvatinib letermovir letrozole leucovorin leuprolide levalbuterol levetiracetam levocarnitine
  levocetirizine levodopa levofloxacin levonorgestrel levothyroxine lidocaine linaclotide linagliptin linezolid liothyronine
  liraglutide lisdexamfetamine lisinopril lithium lomustine loperamide lopinavir loratadine lorazepam losartan lovastatin loxapine
  lubiprostone lumateperone lurasidone macitentan magnesium mannitol maraviroc mebendazole meclizine medroxyprogesterone mefloquine
  megestrol melatonin meloxicam melphalan memantine meperidine mepivacaine mepolizumab mercaptopurine meropenem mesalamine mesna
  metaxalone metformin methadone methimazole methocarbamol methotrexate methyldopa methylene methylergonovine methylnaltrexone
  methylphenidate methylprednisolone metoclopramide metolazone metoprolol metronidazole micafungin midazolam midodrine mifepristone
  miglitol milrinone minocycline minoxidil mirabegron mirtazapine misoprostol mitomycin mitoxantrone modafinil mometasone
  montelukast morphine moxifloxacin mupirocin mycophenolate nabumetone nadolol nafcillin nalbuphine naloxegol naloxone naltrexone
  naproxen naratriptan natalizumab nateglinide nebivolol nefazodone nelarabine neomycin neostigmine netupitant nevirapine niacin
  nicardipine nicotine nifedipine nilotinib nimodipine nintedanib niraparib nirmatrelvir nitazoxanide nitrofurantoin nitroglycerin
  nitroprusside nivolumab norepinephrine norethindrone nortriptyline nystatin obinutuzumab ocrelizumab octreotide ofatumumab
  ofloxacin olanzapine olaparib olmesartan olodaterol omadacycline omalizumab omeprazole ondansetron oritavancin orlistat
  oseltamivir osimertinib oxacillin oxaliplatin oxandrolone oxazepam oxcarbazepine oxybutynin oxycodone oxymorphone oxytocin
  paclitaxel palbociclib paliperidone palonosetron pamidronate pancrelipase pantoprazole paracetamol paricalcitol paroxetine
  patiromer pazopanib pegfilgrastim peginterferon pembrolizumab pemetrexed penicillamine penicillin pentamidine pentobarbital
  pentoxifylline perampanel perindopril permethrin perphenazine pertuzumab phenelzine phenobarbital phentermine phentolamine
  phenylephrine phenytoin physostigmine phytonadione pibrentasvir pilocarpine pimavanserin pimozide pioglitazone piperacillin
  pirfenidone piroxicam pitavastatin plerixafor polymyxin pomalidomide ponatinib posaconazole potassium pralidoxime pramipexole
  prasugrel pravastatin praziquantel prazosin prednisolone prednisone pregabalin primaquine primidone probenecid procainamide
  procarbazine prochlorperazine progesterone promethazine propafenone propofol propranolol propylthiouracil protamine pseudoephedrine
  psyllium pyrazinamide pyridostigmine pyridoxine pyrimethamine quetiapine quinapril quinidine quinine rabeprazole raloxifene
  raltegravir ramelteon ramipril ramucirumab ranibizumab ranitidine ranolazine rasagiline rasburicase ravulizumab regorafenib
  remdesivir remifentanil repaglinide reslizumab ribavirin ribociclib rifabutin rifampicin rifampin rifapentine rifaximin rilpivirine
  riluzole rimegepant riociguat risankizumab risedronate risperidone ritonavir rituximab rivaroxaban rivastigmine rizatriptan
  rocuronium roflumilast romidepsin romiplostim romosozumab ropinirole ropivacaine rosiglitazone rosuvastatin rucaparib ruxolitinib
  sacubitril safinamide salbutamol salmeterol salsalate sarilumab saxagliptin scopolamine sebelipase secukinumab selegiline
  selexipag selinexor semaglutide senna sertraline sevelamer sevoflurane sildenafil silodosin simvastatin sirolimus sitagliptin
  sofosbuvir solifenacin solriamfetol sorafenib sotalol spironolactone stavudine streptomycin succinylcholine sucralfate sufentanil
  sugammadex sulfamethoxazole sulfasalazine sulindac sumatriptan sunitinib suvorexant tacrolimus tadalafil tafamidis talazoparib
  tamoxifen tamsulosin tapentadol tazobactam tedizolid telmisartan temazepam temozolomide tenecteplase tenofovir terazosin
  terbinafine terbutaline teriflunomide teriparatide testosterone tetrabenazine tetracycline thalidomide theophylline thiamine
  thioguanine thioridazine thiotepa tiagabine ticagrelor tigecycline timolol tiotropium tirofiban tirzepatide tizanidine tobramycin
  tocilizumab tofacitinib tolterodine tolvaptan topiramate topotecan toremifene torsemide tramadol trametinib trandolapril tranexamic
  trastuzumab trazodone treprostinil tretinoin triamcinolone triamterene triazolam trifluoperazine trihexyphenidyl trimethoprim
  triptorelin ubrogepant ulipristal umeclidinium upadacitinib ursodiol ustekinumab valacyclovir valganciclovir valproate valsartan
  vancomycin vandetanib vardenafil varenicline vasopressin vecuronium vedolizumab vemurafenib venetoclax venlafaxine verapamil
  vericiguat vibegron vigabatrin vilanterol vilazodone vinblastine vincristine vinorelbine vorapaxar voriconazole vortioxetine
  warfarin zafirlukast zaleplon zanamivir zanubrutinib zidovudine zileuton ziprasidone zoledronic zolmitriptan zolpidem zonisamide`)

/** Drugs by their trade names. */
export const BRANDS = words(`
  abilify accupril actemra actonel actos adcetris adderall advair advil aggrenox aldactone aleve allegra altace amaryl ambien aranesp
  aricept arimidex arixtra aromasin atacand ativan atripla augmentin avandia avapro avastin avelox avodart bactrim belsomra benadryl
  benicar benlysta betapace biktarvy boniva botox brilinta bumex bydureon bystolic caduet carafate cardizem cardura catapres
  celebrex celexa cellcept chantix cialis cimzia cipro claritin clozaril cogentin colace combivent concerta copaxone coreg cosentyx
  coumadin cozaar crestor cymbalta daliresp depakote detrol dexilant diflucan dilantin dilaudid diovan ditropan dupixent duragesic
  effexor effient eliquis enbrel entresto entyvio epogen erbitux evista excedrin exelon exforge eylea farxiga feosol flagyl flexeril
  flomax flonase flovent forteo fosamax gilenya gleevec glucophage glucotrol gvoke haldol harvoni herceptin humalog humira humulin
  hyzaar ibrance imbruvica imdur imitrex imodium imuran inderal invokana isentress janumet januvia jardiance kaletra keppra keytruda
  klonopin kombiglyze lamictal lantus lasix latuda letairis levaquin levemir levitra levoxyl lexapro librium lipitor lopressor
  lortab lotensin lotrel lovenox lucentis lunesta lupron lyrica macrobid mavenclad mavyret maxalt maxzide medrol metamucil micardis
  miralax mirena mobic motrin mounjaro mucinex myrbetriq namenda naprosyn nasonex neulasta neupogen neurontin nexium niaspan norco
  normodyne norvasc novolin novolog nucala nuvaring nuvigil ocrevus olumiant opdivo orencia otezla oxycontin ozempic pamelor paxil
  paxlovid pepcid percocet plaquenil plavix pradaxa praluent prandin pravachol precedex prevacid prilosec prinivil pristiq procardia
  prograf prolia promacta propecia proscar protonix proventil provigil prozac pulmicort qvar ranexa reglan relpax remeron remicade
  renvela repatha requip restasis restoril revatio revlimid rinvoq risperdal ritalin rituxan robaxin rocephin roxicodone rybelsus
  sandostatin seroquel simponi sinemet singulair skelaxin skyrizi soliris soma spiriva spravato stelara stiolo strattera suboxone
  symbicort symbyax synthroid taltz tamiflu tarceva tasigna tecfidera tegretol tenormin tikosyn topamax toprol toradol toujeo
  tradjenta trelegy tremfya tresiba tricor trileptal trintellix trulicity truvada tylenol tysabri ultram valium valtrex vasotec
  ventolin vesicare viagra vicodin victoza viibryd vimpat voltaren vraylar vytorin vyvanse wegovy welchol wellbutrin xanax xarelto
  xeljanz xgeva xolair yasmin zanaflex zantac zebeta zestoretic zestril zetia ziac zithromax zocor zofran zoloft zometa zosyn
  zovirax zyloprim zyprexa zyrtec zytiga zyvox`)
