import { words } from './words-of.ts'

/** Ordinary words that stand at the beginning of sentences, in headings and in code, often with a capital. */
export const EVERYDAY = words(`
  ability able about above accept access accident according account achieve across act action actions active activities activity
  actual actually add added adding addition additional address adds adjust admin adult advance advanced advice affect afternoon again
  age agency agenda agent ago agree agreement ahead air alarm alert align alignment all allow allowed almost alone along already also
  alternative although always amount analysis analyze analyst animal annual another answer any anyone anything anyway apart app
  appear apple application applications apply approach appropriate approval approve april archive area areas argue argument arguments
  around arrange array arrive article artist ask asked aspect assert asset assign assigned assistant associated association assume
  async at attach attached attack attempt attempts attend attention attribute auction audience audio audit aunt auth authentication
  author authority authorization auto automatic automatically available average avoid await award aware away baby back backend background
  backup bad bag balance ball band bank bar base based basic basis batch bath beach bear beat beautiful became because become before began
  begin beginning behavior behind being believe belong below benchmark benefit benefits best better between beyond big bill binary bit
  black block blocked blocks blue board boat body book books boolean boot border born both bottom bought box boy branch brand break breakfast
  bridge brief bring broadcast broken brought browser budget buffer bug build builder building builds built bulk business busy button
  buy byte bytes cache calculate calculation calculator calendar call callback called caller calls came camera campaign cancel
  cancelled candidate capability capacity capital car card cards care career careful carefully carry case cases cash catch cause center
  central century certain chain chair challenge chance change changed changelog changes channel chapter char character characters charge
  chart chat cheap check checked checker checklist checks checksum choice choose chosen church city claim class classic clean clear
  click client clients climate clock close closed cloud cluster code coffee cold collect collection college color column columns combine
  combined come comes coming command commands comment comments commit commits common communication community company compare comparison
  compile compiler complete completed completely complex component components comprehensive compress computer computing concept concern
  concerns conclusion concurrent condition conditions conference confidence config configuration configure confirm conflict connect
  connected connection connections consequence consider considerations consistent console constant constraints construct constructor
  contact contain container containers contains content contents context continue contract control controller conversation convert cool
  copy core corner correct correctly cost costs could council count counter country county couple course court cover coverage create
  created creates creating creation credit crisis criteria critical cross crypto cultural culture cup current currently cursor curve custom
  customer customers cut cycle daily dark dashboard data database date dates datetime day days dead deadline deal death debug debugging decade
  december decide decimal decision decisions deck declare decode deep default defaults defense define defined definition degree delay delete
  deleted delta demand demo department depend dependencies dependency depends deploy deployment deprecated depth describe description
  deserialize design designed desk desktop detail detailed details detect determine dev develop developed developer developers developing
  development device devices dialog diet difference different difficult digital dinner direct direction directly director directory disable
  disabled discover discussion disk display distance distribution doc docker docs document documentation documents dog domain done door double
  down download draft drag draw dream dress drink drive driver drivers drop dry due dump duplicate duration during duty dynamic each early earth
  ease east easy eat economic edge edit editor education effect effective effects efficacy efficiency effort either election element elements else
  email embed emergency empty enable enabled encode encoding encryption end ended endpoint energy engine engineer engineering english
  enhance enough ensure enter enterprise entire entities entity entries entry enum environment environments equal equipment error errors
  escape especially essential establish estimate evaluate evaluation even evening event events every everyone everything evidence exact
  exactly exam example examples excel except exception exchange exclude execute executed execution executive executor exercise exist
  existing exists exit expand expect expected expensive experience expert expire expired explain export exports expose express expression
  extend extension extensions extra extract eye face fact factor factors factory fail failed failing fails failure fair fall false families
  family famous far farm fast father fault favorite feature features federal fee feed feedback feel fetch few field fields fight figure file
  filename files fill film filter filters final finally finance financial find finding fine finish fire first fish fit five fix fixed fixes
  flag flags flat fleet flight float floor flow flower fly focus folder folders follow followed following font food foot football for
  force foreign forest forget form format formatted former forms formula fortune forward found foundation four frame framework free freedom
  french frequency frequently fresh friday friend friends from front frontend full fully fun function functional functions fund fundamental
  funding further future game games garbage garden gas gateway gather gave general generally generate generated generation generator generic
  get getting gift girl git give given global goal goals god gold good goods google got government grace grand grant graph graphic graphics
  great green grid ground group groups grow growing growth guard guess guest guidance guide guideline guidelines guides gun guy had hair half
  hall hand handle handler handlers handling hang happen happened happy hard hardware hash have head header headers heading headings
  health hear heart heat heavy height help helper helpers helpful here hidden hide high higher highlight highly hill hint hit hold
  holiday home hook hooks hope horse host hosts hot hotel hour hours house how however huge human hundred hurt icon idea ideal identical
  identifier identify identity idle ignore image images imagine impact implement implementation implemented implementing import important
  imports impossible improve improved improvement improvements include included includes including income increase increased indeed indent
  independent index indexes indicate individual industry info inform information initial initialize initialized inner input inputs insert
  inside insights inspect install installation installed instance instances instant instead instruction instructions integer integration
  interactive interest interesting interface internal international internet interval into introduce introduction invalid inventory
  invest investigate investigation invoice invoke involve island issue issues item items iterate iteration itself job jobs join journal journey
  july june jump june just keep kernel key keyboard keys keyword keywords kick kid kids kill kind king kitchen knew know knowledge known
  label labels lake land language languages large larger last late latency later latest launch law layer layers layout lead leader
  leadership leading leads leaf league learn learned learning least leave left legal length less lesson let letter level levels library
  license life lifecycle light like likely limit limitations limited limits line linear lines link linked links linter linux list listed listen
  listener listing lists literal literature little live load loaded loader loading loads local locale location lock locked log logger
  logging logic login logs long longer look looking lookup loop lost lot love low lower luck lunch machine machines made magic main mainly
  maintain maintenance major make maker makes making manage managed management manager manual manually many map mapping march mark marker market
  marketing mask master match matches material matrix matter max maximum may maybe mean meaning means measure measures mechanism media
  medium meet meeting member members memory mention menu merge merged message messages meta metadata method methods metric metrics middle
  middleware might migrate migration migrations military million min mind mine minimal minimum minor minute minutes mirror miss missing mission
  mistake mix mixed mobile mock mode model models modern modified modify module modules moment monday money monitor monitoring month months
  more morning most mother motion mount mountain mouse move moved movement movie much multi multiple museum music must mutex myself name
  named names namespace narrow nation national native natural nature near nearby necessary need needed needs negative nested network
  never new news next nice night nine node nodes none normal normalize north not note notebook notes nothing notice notification
  notifications novel now null number numbers numeric object objective objects observe obtain obvious occur october odd off offer office officer official
  offset often oil okay old omit once one ones only onto open opened opening operate operating operation operations operator opinion
  opportunity opposite optimization optimize option optional options or orange order orders organization organize origin original other others
  otherwise our out outcome outer outline output outputs outside over overall overflow overhead override overview own owner ownership pack
  package packages page pages paid paint pair panel paper parallel parameter parameters parent park parse parser part partial
  participant particular particularly parties partition partner parts party pass passed passing password past patch path paths pattern patterns
  pause pay payload payment peace peer pending people per percent perfect perform performance performed perhaps period permanent
  permission permissions permit person personal perspective phase phone photo photos physical pick picture piece pieces pilot pin ping pink
  pipe pipeline pixel place placeholder places plain plan plane planet planned planning plans plant platform play player please plenty plugin plugins plus
  pod point pointer points police policies policy political politics poll pool poor pop popular port portal position positive possible
  possibly post posts potential power practical practice practices predict prefer preferred prefix prepare prepared present preserve president press
  pressure pretty prevent preview previous previously price primary prime principle principles print prior priority privacy private
  probably problem problems procedure proceed process processed processes processing processor produce product production products profile program
  programming programs progress project projects promise prompt prompts proof proper properly properties property proposal protect protected
  protection protocol prototype prove provide provided provider provides proxy public publish published publisher pull purchase pure purple
  purpose push put python quality quantity quarter queries query question questions queue quick quickly quiet quit quite quota quote quotes race
  radio rail rain raise random range rank rapid rare rate rather rating ratio raw reach react read reader reading ready real reality really
  reason reasons rebase rebuild receive received recent recently recipe recommend recommendation recommended record records recover recovery
  recursive red redirect redis reduce reduced refactor refer reference references reflect refresh refuse regarding regex region register registry
  regression regular regulatory reject rejected related relation relationship relative relatively release released releases relevant reliable
  relief religious reload rely remain remaining remember remote remove removed rename render renew repeat repeated replace replaced reply repo report
  reports repository represent representation request requested requests require required requirement requirements requires reserve
  reset resolve resolved resource resources respect respond response responses responsibility responsible rest restart restaurant restore
  restrict restricted result resulting results resume retain retry return returned returning returns reuse revenue reverse revert review revision
  rich ride right rights ring risk risks river road rock role roles roll rollback room root rotate roughly round route router routes routing
  row rows rule rules run runner running runs runtime safe safely safety said sale sales salt same sample samples sandbox saturday save saved
  scale scan scenario schedule scheduled scheduler schema scheme scheme school science scope score screen script scripts scroll sea search season seat
  second secondary seconds secret section sections sector secure security see seed seek seem segment select selected selection selector
  self sell send sender sending senior sense sent sentence separate sequence serial series serious serve server servers service services
  session sessions set sets setting settings setup seven several severe shadow shape share shared sharp sheet shell shift ship shop
  short shorter should show shown shows shut side sign signal signature significant silent similar simple simply simulation since single sister
  site sites situation six size skill skills skip sleep slice slot slow small smart smooth snapshot snow social society socket soft
  software soil solid solution solutions solve some someone something sometimes somewhere son song soon sort sorted sound source sources
  south space spaces spam span spanish spawn speak special specific specifically specification specify speech speed spend split sport sports
  spread spring square stable stack staff stage staging stand standard standards star start started starter starting starts state
  stated statement statements states static station statistics stats status stay stdin stdout step steps still stock stop stopped storage store
  stored story strategies strategy stream streaming streams street strength strict string strings strip strong structure structured struct student
  students studio study stuff style styles subject submit subscription subset substantial success successful successfully such sudden
  suggest suggested suggestion suggestions suite summarize summary summer sun sunday super supplier supply support supported supports suppose sure
  surface surprise survey suspend swap sweet switch symbol sync syntax system systems table tables tag tags take taken takes talk target targets
  task tasks tax teach teacher team teams technical technique techniques technology tell temp temperature template templates temporary ten tend
  tenant tensor term terminal terms terrain test tested testing tests text thank thanks that theme then theory there therefore these they
  thing things think third this those though thought thousand thread threads three threshold through throughout throw thursday ticket
  tight till time timeout timer times timestamp timezone tiny tip tips title today todo together token tokens tomorrow tone tonight too took tool
  toolkit tools top topic topics total touch tour toward town trace track tracker tracking trade tradition traditional traffic train trained
  training transaction transactions transfer transform transformation transition translate translation transport travel treat tree trees trend trial
  trick tried trigger trip trouble truck true trust truth try trying tuesday tuple turn tutorial twice two type typed types typical typically
  ultimate unable undefined under underlying understand understanding unexpected union unique unit units universal universe unknown unless unlikely
  unlock until unused update updated updates upgrade upload upon upper upstream usage use used useful user users uses using usual usually
  utilities utility valid validate validated validation validator value values variable variables variant variety various vector vehicle vendor
  verbose verification verify version versions very via video view viewer views village virtual virus visible vision visit visual voice volume
  vote wait waiting walk wall want wanted war warehouse warm warn warning warnings was wash watch water wave way ways weak wealth weapon wear
  weather web webhook website wednesday week weekend weekly weeks weight welcome well west western what whatever wheel when whenever where whether which while
  white who whole whose why wide widely widget width wife wild will win wind window windows wine winner winter wire wise wish with within
  without woman women wonder wonderful wood word words work worked worker workers workflow working works workspace world worldwide worry worse
  worst worth would wrap wrapper wrapping write writer writing written wrong yard year years yellow yesterday yet yield young your yours
  yourself youth zero zone
  american african asian black hispanic latino caucasian european english french german spanish italian chinese japanese indian mexican
  jewish muslim christian catholic russian korean vietnamese filipino arab native indigenous british canadian australian irish polish
  google microsoft amazon facebook netflix twitter linkedin youtube apple ibm oracle intel nvidia github gitlab slack docker kubernetes
  postgres mysql sqlite mongodb redis kafka nginx apache linux ubuntu debian windows macos android ios chrome firefox safari python
  javascript typescript java rust golang ruby php swift kotlin bash react vue angular node npm yarn webpack vite jest pytest mocha
  terraform ansible jenkins prometheus grafana elasticsearch anthropic claude openai gemini copilot cursor figma jira confluence notion
  covid who cdc fda nih aha acc ada aap acog nice hipaa medicare medicaid usa uk eu nhs jama lancet nejm cochrane pubmed medline uptodate`)
