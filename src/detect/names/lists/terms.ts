import { words } from './words-of.ts'

/**
 * Names of products, and of those whom medicine names things after: known, so that they are taken for nobody at a
 * bedside. The tagger is not trained with them: it has to do with those that nobody listed.
 */
export const PRODUCTS = words(`
  abrysvo absorica accolade accolate aciphex actemra acthar acticin activase acuvue adacta adakveo adaptic adempas adenocard
  adlarity adzynma aeroneb afinitor afrezza aggrastat aimovig airsep airtraq ajovy akeega akynzeo alaris aldara aldurazyme
  alecensa alimentum alimta alinia allevyn aloxi alphagan alprolix altabax alteon alunbrig alvesco alyglo ambisome amerge
  amitiza amplatzer ampyra anafranil anbesol andexxa androgel angiomax angioseal anoro antabuse anusol apidra apokyn apretude
  aptiom aptivus aqneursa aquacel arcalyst arexvy aricept aristada arzerra asacol asmanex aspira astagraf atelvia atralin
  atrovent attune aubagio austedo auvelity avalide aveir avodart avonex avsola aygestin azactam azasite azilect azopt azulfidine
  azure bactroban bafiertam balversa banzel baraclude barrx basaglar bavencio beleodaq bendeka beneprotein benicar besponsa
  betaseron bevespi beyfortus biatain biaxin bicillin biltricide bimzelx biobrane bioclusive biotronik bipap birdshot bivona
  blakemore blenrep blincyto bonjesta boostrix bosulif braftovi breo brexafemme breyanzi breztri bridion brilinta briviact
  brixadi brukinsa bullard bunavail buprenex butrans byetta bylvay byooviz cabenuva cablivi cabometyx cadd calan calquence
  camcevi camzyos cancidas caplyta caprelsa carbaglu carbatrol cardene carticel carvykti caverject cefotan ceftin celestone
  cellvizio cequa cerebyx ceretec cerezyme cervidil cetrotide chemet chocolate cholbam cibinqo cimduo cinqair cinryze cinvanti
  clarinex cleocin clomid coban cobenfy cochlear codman colazal colcrys columvi combitube comirnaty compazine complera comtan
  contour contrave copiktra corail cordarone corevalve corgard corlanor cortef cotellic cotempla creon cresemba crosser crysvita
  cubicin cutaquig cuvitru cyklokapron cypher cyramza cystografin cytomel cytotec cytovene dalvance dantrium danyelza darzalex
  datroway daurismo daypro dayvigo ddavp decadron definity deltasone demadex demerol depacon dermabond descovy desoxyn desyrel
  detectnet dexcom dexon diamox diastat dificid digibind digifab dilaudid dinamap diprivan diprolene ditropan diuril dolophine
  doptelet doryx dotarem dovato duavee duetact dulera duobrii duoderm duodopa dupixent durezol dyazide dynacin ebglyss edarbi
  edarbyclor edecrin edurant egrifta elaprase elavil elecare elelyso elestrin elevidys elidel eligard elitek ellence elmiron
  elocon eloctate eloxatin emend emflaza emgality empaveli empliciti emtriva enablex endocet endurant enfamil enhertu enjaymo
  enspryng ensure enterprise entocort envarsus eovist epaned epclusa epidiolex epipen epivir epkinly epzicom erivedge erleada
  ervebo erwinaze erythrocin estrace ethibond ethilon eucrisa euflexxa evenity eversense evicel evkeeza evolut evoxac evrysdi
  excluder exjade exkivity exofin expandable exparel exservan fanapt fareston fasenra faslodex femara feraheme feridex ferrlecit
  fetroja fetzima fiasp fibryga filspari fintepla fioricet firazyr firdapse firmagon flagyl flexima flolan florinef floseal
  floxin fluad flublok flucelvax fludara flumist fluzone focalin follistim folotyn foltx forane fortamet fortaz fosrenol fotivda
  fragmin freestyle frova fruzaqla fulphila furoscix fuzeon fycompa gabitril gadavist galafold gamifant gammagard gamunex
  ganirelix gardasil gastrografin gatorade gattex gavreto gazyva gelfoam gelnique gelsyn gemtesa gemzar genotropin genvoya
  geodon giapreza giraffe givlaari glassia glidescope glidewire glucerna glyset glyxambi gocovri golytely gralise granix grastek
  guardian guidezilla halaven halcion havrix heartmate heartware hectorol hemabate hemady hemgenix hemlibra hemochron hemolung
  hemospray heplisav hepsera hetlioz hiprex hizentra horizant humatrope hycamtin hydrea hydrofera hymovis hyqvia hysingla
  ibsrela iclusig idhifa igel ilaris ilet illuccix ilumya ilumyamri imaavy imcivree imdelltra imfinzi imjudo imlygic impavido
  impella inbrija incraft incruse inflectra ingrezza inlyta inqovi inrebic inspire inspra integra integrilin intelence interceed
  intuniv invanz invega invirase iodosorb iopidine isovue ixempra ixiaro ixifi izervay jakafi jaypirca jelonet jemperli
  jentadueto jesduvroq jetrea jetstream jevity jevtana jivi joenja jotec jublia juluca juven juxtapid jynarque jynneos kadcyla
  kalbitor kaltostat kalydeco kangaroo kanjinti kanuma karbinal kcentra kenalog kengreal kepivance kerendia kerlix kesimpta
  ketek keveyis kevzara kineret kisqali kisunla krystexxa kymriah kynmobi kyphon kyprolis kytril lacrisert lamisil lanoxin
  lantidra lariam lartruvo latisse lazcluze lemtrada lenvima leqembi leqselvi leqvio lescol leukeran leukine levbid levulan
  lexiscan lialda librax libtayo licox lidoderm lifepak lifevest ligasure linq linzess lioresal lipiodol litfulo livalo livmarli
  livtencity locametz locoid lodine lokelma lomotil lonsurf loprox lorbrena lotemax lotronex lotus lovaza lucemyra lumakras
  lumason lumify lumigan luminal lumizyme lumoxiti lumryz lunsumio lupkynis luvox luxturna luzu lybalvi lymphoseek lynparza
  lyrica lysodren lysteda lyumjev macrodantin macugen magnevist margenza marinol marplan masimo matulane mavik maxon mayzent
  medihoney medtronic mekinist mektovi melker mellaril menactra menopur menquadfi menveo mephyton mepilex mepitel mepron
  mersilene mestinon metaglip methergine mevacor mezzlit miacalcin micafungin micra micronase microport microzide midrin
  mifeprex migranal minastrin minimed minipress minocin minolira mirapex mircera mirvaso mitigare mitraclip monarch monjuvi
  monocryl monopril motegrity movantik movapo multaq multihance myalept mycamine mycobutin mydayis myfortic mylotarg mynxgrip
  mysoline mytesi naglazyme nalfon naloxegol namzaric naprelan narcan nardil natazia natpara natrecor navistar nayzilam nebupent
  nefazodone nellcor neocate nepro nerlynx nesina netspot neupro neuropace nexavar nexletol nexlizet nexplanon nexviazyme ngenla
  niacor nilandron nimbex ninlaro nipent nityr nizoral nolvadex noroxin norpace norpramin norvir nourianz novasure novoeight
  novoseven noxafil nplate nubeqa nucynta nuedexta nulojix nuplazid nurtec nutramigen nutropin nuvessa nuwiq nuzyra nymalize
  ocaliva odefsey odomzo ofev ogivri ohtuvayre ojemda ojjaara oleptro olysio omnaris omnicef omnipaque omnipod omvoh oncaspar
  onetouch onfi onglyza onivyde onpattro ontak onureg onyx opana opdualag opsite opsumit opsynvi optease optimizer optiray
  optison opvee oracea oralair oramorph orap orapred orbactiv orbera orenitram orgovyx oriahnn orilissa orkambi orladeyo orserdu
  osmolex osmolite osphena ovesco oxaydo oxbryta oxervate oxlumo oxtellar oxytrol ozobax ozurdex padcev palforzia palynziq
  pancreaze panretin panzyga parlodel parnate parsabiv pataday patanol paxlyte pds pedialyte pediasure pedvax pegasys pemazyre
  pemfexy penbraya pentasa penumbra pepaxto peptamen percepta perclose periactin perjeta persantine persona pertzye phenergan
  phesgo phexxi phoslo pillcam piqray pitocin pivot plegridy plenvu pletal pleurx pluvicto polivy pomalyst ponvory portico
  portrazza poteligeo prevalon prevnar prevymis prezcobix prezista priftin prilosec primapore primaxin prineo prismaflex pristiq
  privigen proair procrit procysbi prohance prolastin prolene proleukin prolixin promacta promogran promote propulsid prosource
  prostar prostin protopic provenge pulmocare pulmozyme pulsara puritan purixan pylarify pyridium pyrukynd qalsody qbrexza
  qelbree qinlock qnasl qsymia qtern qulipta qutenza quviviq qvar rabavert radicava ranexa rapaflo rapamune rapiblyk rapivab
  rayaldee rayos razadyne realize rebif reblozyl rebyota recarbrio reclast recombivax recothrom rectiv regranex relafen relenza
  relistor remodulin renagel renflexis renova replagal rescriptor resolute resource respironics retacrit retevmo retisert
  retrovir revcovi reveal reyataz reyvow rezafungin rezdiffra rezlidhia rezulin rezurock rhofade rhogam rhophylac ridaura
  rilutek risvan rituxan robitussin rolvedon rotablator rotarex rotoprone rozerem rozlytrek rubraca ruconest rukobia ruxience
  ryaltris rybrevant rydapt rylaze rystiggo rytary rythmol ryzneuta sabril samsca sanctura sancuso santyl saphnelo saphris
  sapien sarclisa savaysa saxenda scemblix scenesse sculptra secuado seebri selzentry semglee senhance sensipar seprafilm
  serevent seromycin serostim servo serzone seysara shingrix shockwave signifor silenor siliq siltuxan silvadene silverhawk
  simbrinza simcor similac simulect sirturo sivextro skyclarys slynd soliqua solitaire somatuline somavert sonata soriatane
  sotyktu sovaldi spevigo spikevax spinraza sprix sprycel spyglass stalevo starlix steglatro stendra stentys stivarga stratafix
  strensiq striverdi stryker sublocade subutex sucraid sular sunlenca sunosi supartz supera supprelin suprax surgicel surgiflo
  surmontil surpass sustiva sustol sutab sutent sylvant symdeko symlin sympazan symplicity symproic symtuza synagis synarel
  syndros synercid synergy synjardy synribo syprine tabloid tabrecta tafinlar tagamet tagrisso takhzyro talicia talvey talzenna
  tambocor tamvaya tandem targretin tarka tarpeyo tasmar tavalisse tavneos taxus tazorac tazverik tecartus tecentriq tecvayli
  teflaro tegaderm tekturna telfa temodar temovate tepezza tepmetko tequin teveten tezspire thalitone thalomid thoratec thumper
  thymoglobulin thyrogen tiazac tibsovo tigan timoptic tindamax tisseel tivdak tivicay tobradex tofidence tofranil tolsura
  topicort torisel toviaz tracleer trandate tranxene travatan trazimera treanda trelstar trental trevo trexall triathlon
  tribenzor triclip trifecta trijardy trikafta trilipix trilogy trintellix triptodur trisenox triumeq trodelvy trogarzo trokendi
  trudhesa trulance trumenba truqap truseltiq trusopt truxima tryngolza tukysa turalio twinrix twirla twynsta tybost tygacil
  tykerb tymlos tyvaso tyzeka tzield ubrelvy uceris udenyca ukoniq uloric ultomiris ultravac ultravist ultresa unasyn unituxin
  uplizna uptravi urocit urolift uroxatral urso utibron vabomere vabysmo valchlor valcyte valstar valtoco vanflyta vanguard
  vaniqa vantas vapotherm vaprisol varivax varubi vascepa vaxneuvance vectibix velcade velphoro veltassa vemlidy venaseal
  venclexta venofer ventec veopoz veozah verelan verkazia verquvo verzenio vesanoid vfend viabahn viatorr vibativ viberzi
  vibramycin vicryl victrelis videx viekira vigamox vigileo vimizim vimovo viracept viramune virazole viread visipaque vistaril
  visudyne vital vivitrol vivonex vivotif vizimpro vocabria vonjo vonvendi vortran vosevi votrient voxzogo voydeya vpriv vuity
  vumerity vumon vyepti vyjuvek vyloy vyndamax vyndaqel vyvgart vyxeos vyzulta wainua wallflex wallgraft wallstent watchman
  welireg wilate winlevi winrevair xacduro xadago xalkori xatmep xcopri xdemvy xembify xenazine xenical xenleta xenpozyme xeomin
  xerava xermelo xeroform xhance xiaflex xience xifaxan xigduo xiidra ximino xofigo xofluza xolremdi xospata xphozah xpovio
  xtampza xtandi xultophy xuriden xyntha xyrem xywav yervoy yescarta yeztugo yondelis yonsa yosprala yupelri zaltrap zanosar
  zarontin zaroxolyn zarxio zavesca zavzpret zegerid zejula zelapar zelboraf zelnorm zemaira zembrace zemdri zemplar zenith
  zepatier zepbound zephyr zeposia zepzelca zerbaxa zerit zerviate zevalin ziagen zidovudine ziextenzo ziihera zilretta zilver
  zilxi zinbryta zinplava zirabev zirgan zokinvy zolgensma zolinza zoll zomig zonalon zonegran zontivity zoryve zostavax zubsolv
  zulresso zunveyl zurampic zurzuvae zweymuller zyclara zydelig zyflo zykadia zylet zymar zynlonta zynquista zynrelef zynyz
  zyvox`)
/** Products that are sold under these names outside the United States. */
export const PRODUCTS_ELSEWHERE = words(`
  aerius adalat adalgur adiro aerinaze algifor alvedon amoxil antabus aprovel arcoxia aspegic augmentin azopharma bactrim bactroban
  beloc betaloc bricanyl brufen buscapina buscopan calpol captin citrodon clamoxyl clexane coaprovel codipar concor cordarex
  coversyl cozaar crestor dafalgan daflon dalacin deponit depakin depakine deroxat diamicron dipidolor dipirona dolantin dolgit
  doliprane dolormin duphalac duphaston efferalgan eliquis enantyum euthyrox fenistil flector fortecortin
  forxiga fraxiparine frisium furix gaviscon gelocatil glucophage godamed heracillin imigran imovane imurel inegy inexium ipren
  isoptin istubal jardiance kaletra keforal kepra kestine klacid kredex lamictal lasix lemsip lexotan lexotanil levaxin litarex
  losec lyrinel maalox marcoumar marcumar marevan maxolon medrol metalgin metamizol mogadon monuril motilium movicol mucosolvan
  nasonex natecal neosaldina nexium nolotil novalgin novalgina novaminsulfon novorapid nurofen orfiril orfidal panadol panodil
  pantoloc paracet paralgin pariet perfalgan pinexin plavix ponstan pradaxa prednisolut procoralan ramipro rivotril rohypnol
  selokeen seloken selozok seresta sinemet sintrom sinupret sirdalud sobril solupred spasfon stesolid stilnoct stilnox tavanic
  tavegil tavegyl tegretol temesta tenormin thyronajod tilidin topalgic tramal trandolapril trileptal triatec trombyl tylex
  urbanyl urbason valium valoron vagifem ventoline ventolin vesicare voltaren voltarene voltarol xarelto xanor xatral
  zaldiar zantac zinnat zocor zofran zopiclon zyloric zyrtec`)
/** What stands before the name of a disease, a sign or a scale in languages that put it there. */
export const HEADS_BEFORE = words(`
  borreliose choroba choroby criterio criterios critere criteres doenca echelle enfermedad escala esame index indice indices
  kryteria krankheit linfoma lymphom lymphome malattia maladie maladies maniobra manoeuvre manovra morbo morbus objaw
  prueba punteggio reflejo reflexe sarcoma score segno signo sinal sindrom sindrome sindromes
  symptome syndrom syndrome syndroom test teste thyroidite tiroidite tiroiditis tumor tumore tumeur zeichen zespol ziekte`)
/** What programs, their formats and services are called, and nobody. */
export const TOOLS = words(`
  ajv akka aks alertmanager ansi apt argocd asana ascii authy avro babel bash bazel bigquery bitbucket bom bootstrap
  brotli bugzilla bun busybox caddy cdn celery centos chakra chatgpt chocolatey chromium cicd clang cloudflare
  cloudformation cloudfront cloverleaf cmake codespaces composer conda confluence containerd corepoint cors cosmosdb
  couchdb crlf cron crontab csp csv cucumber cursor cygwin dagster databricks datadog dbt debian deno dhcp discord
  django dns docker dockerfile doximity drizzle dropbox dropwizard dynamed dynamodb eclinicalworks eclipse ecs eks
  elasticsearch electron embase envoy eof epic epiccare eslint ethers expo express fastapi fastify fastly fedora
  figma firebase firefox flask flink fluentd flutter flyway freebsd ftp gatsby gentoo gerrit ghost gimp gitea github
  gitlab gke gmail gnome golang gradle grafana graphql grpc gzip hadoop hapi haproxy heroku hibernate homebrew hono
  huggingface hyperledger iam imap insomnia ios istio javascript jdbc jest jetty jira jitsi jotform jquery
  json jsonl junit jupyter kafka kareo kdenlive keras kibana kotlin kubectl kubernetes laravel lexicomp libreoffice
  linkedin linkerd linux llama llvm lodash logstash macos magnims mailchimp mariadb matlab matplotlib maven meditech
  medplum medscape memcached metabase micromedex micrometer microservices mirth mocha mongodb mongoose mqtt msvc
  musl mychart mypy mysql nat nats ndjson neovim nestjs netlify nextcloud nextgen nginx nodejs notion npm
  numpy nuxt oidc okta ollama onedrive onenote openai openapi openbsd opencv opengl opentelemetry opsgenie oracle
  orthanc outlook pagerduty pandas papertrail parquet perl php pipenv playwright pnpm podman pointclickcare
  posix postfix postgres postgresql postman powerbi powerpoint powershell preact prettier prisma prometheus protobuf
  pubmed pulsar pulumi puppeteer pydantic pyenv pylint pytest python pytorch pyxis qualtrics quarkus quarto rabbitmq
  rails ramda rancher rbac rds reactjs realtor redcap reddit redhat redis redox redshift redux regex repl retool
  rhapsody rocm rollup rstudio rust rxjs safari salesforce saml scala scikit scim scipy scopus sdk selenium semver
  sendgrid sentry sequelize servicenow sftp sharepoint sklearn slack slurm smtp snowflake snowpack sns socketio
  solaris solr sonarqube splunk spotify sqlite sqs ssh ssl stackoverflow stderr stdin stdout storybook stripe
  supabase superset surescripts svelte swagger symfony systemd tableau tailwind telegraf telegram tensorflow
  terraform tiktok tls tmux tomcat toml traefik trello tsconfig twilio typeorm typescript ubuntu unicode unix
  uptodate utf vagrant valgrind vercel vim visio vite vitest vpc vpn vscode vuejs vulkan wasm webdav webex webflow
  webgl webpack webrtc whatsapp wireshark wordpress xcode xml yaml yarn youtube zapier zendesk zigbee zod zookeeper
  zoom zstd zustand`)

/** Those who are told of in lectures, with names that hardly anybody at a bedside has. */
export const NAMESAKES = words(`
  asclepius auenbrugger averroes avicenna bandura banting becquerel bekhterev bernoulli bleuler blaschko brodmann cajal celsus
  charrière copernicus couinaud cruveilhier darwin descartes ebbinghaus ehrlich einthoven erikson erlenmeyer esmarch eustachian fahrenheit
  folin fordyce freud froehlich galvani gowers hahnemann helmholtz herophilus hippocrates kiesselbach kohlberg korotkoff kraepelin
  krebs kupffer laennec lancefield lavoisier lieberkuhn lugol luschka magendie maimonides malpighi maslow mckusick mendeleev metchnikoff
  meynert morgagni nissl paneth paracelsus pasteur pavlov pfannenstiel pfirrmann piaget poiseuille quetelet ramstedt rathke retzius rhazes
  roentgen rokitansky ruffini sabouraud sauerbruch schlemm semmelweis semont sgarbossa sharpey socrates stargardt torricelli vesalius
  vygotsky waldeyer wangensteen warburg wassermann westphal wundt zuckerkandl`)
/** Languages and peoples that the lists of countries do not give. */
export const TONGUES = words(`
  afrikaans amharic arabic aramaic armenian azeri basque bengali bosnian bulgarian burmese cantonese catalan cebuano chinese
  creole croatian czech danish dari dutch esperanto estonian farsi filipino finnish flemish french fulani gaelic galician german
  gujarati haitian hakka hausa hebrew hindi hmong hungarian icelandic igbo ilocano indonesian italian japanese javanese kannada
  khmer kinyarwanda kirundi korean kurdish latin latvian lingala lithuanian macedonian malagasy malay malayalam mandarin maori
  marathi marshallese mongolian navajo nepali norwegian oromo papiamento pashto persian polish portuguese punjabi quechua
  romanian russian samoan sanskrit serbian sesotho shona sinhala slovak slovene somali spanish swahili swedish tagalog tamil
  tatar telugu thai tibetan tigrinya tongan tswana turkish twi ukrainian urdu uyghur uzbek vietnamese wolof xhosa yiddish yoruba
  zulu`)
/** Words of licences and contracts, which stand at the top of most files of programs, often in capitals. */
export const LEGAL = words(`
  arising consequential copyright copyrights damage damages direct disclaim disclaimed disclaimer eg exemplary foregoing hereby herein
  hereunder ie implied incidental indemnify indemnity indirect infringement liability liable licence license licensed
  licensee licensor merchantability merchantable negligence noninfringement otherwise punitive software statutory sublicense
  thereof thus tort torts warranties warranty whatsoever`)
