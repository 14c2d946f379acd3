import type { Subtype } from '../domain/index.ts'
import type { EntityType } from '../schema/index.ts'

/** What a key name says of its value. */
export interface KeyRule {
  readonly type: EntityType
  readonly subtype?: Subtype
  /** What a value must look like; without it any value that says something is taken. */
  readonly fits?: RegExp
}

const WORDS = /\p{L}{2}/u
const DIGITS = /\d[^\d]*\d/
const DATE = /^(?!\d{4}$).*\d{1,4}[-/. ]?\d|\p{L}{3,9}\.? \d/u
const PHONE = /(?:\d[^\d]*){7}/
const PLACE = /\p{L}.*[ ,].*|^\p{L}[\p{L}\p{M}'-]+$/su

const named = (type: EntityType, keys: string, rest: Omit<KeyRule, 'type'> = {}) =>
  keys.split(/\s+/).map((key): readonly [string, KeyRule] => [key, { type, ...rest }])

/** Key names in lower case, letters and digits only. */
export const KEY_RULES: ReadonlyMap<string, KeyRule> = new Map([
  ...named(
    'PERSON',
    `firstname lastname middlename forename forenames fullname givenname familyname surname maidenname preferredname patientname
     membername subscribername legalname insuredname guarantorname patientfirstname patientlastname
     ptname patname clientname residentname policyholder policyholdername participantname subjectname decedent decedentname
     fname lname mname givennames lastnames familynames secondname nickname alias knownas aka formername birthname
     firstandlastname namefirst namelast namemiddle fullpatientname nameofpatient legalfirstname legallastname`,
    { fits: WORDS, subtype: 'patient' },
  ),
  // Programs have one as well, of one word.
  ...named('PERSON', 'displayname', { fits: /\p{L}{2,}[ ,.]+\p{L}{2}/u, subtype: 'patient' }),
  ...named('PERSON', 'middleinitial mi', { fits: /^\p{L}\.?$/u, subtype: 'patient' }),
  ...named(
    'PERSON',
    `doctorname physicianname providername attendingphysician attendingname nursename clinicianname
     practitionername referringphysician primarycareprovider pcpname referringprovider referringdoctor orderingprovider orderingphysician
     attendingprovider attendingdoctor admittingphysician admittingprovider admittingdoctor consultingphysician
     consultingprovider treatingphysician treatingprovider primarycarephysician primaryphysician primarydoctor familydoctor
     familyphysician renderingprovider supervisingphysician prescribername prescriber therapistname surgeonname
     dictatedby signedby orderedby referredby performedby interpretingphysician radiologist pathologist anesthesiologist
     casemanager casemanagername socialworker seenby enteredby cosignedby authenticatedby transcribedby readby examinedby
     assignednurse primarynurse attendingmd orderingmd admittingmd referringmd surgeonname rnname`,
    { fits: WORDS, subtype: 'clinician' },
  ),
  ...named(
    'PERSON',
    `contactname emergencycontactname nextofkinname nokname guardianname mothersmaidenname mothermaidenname mothersname mothername
     fathername fathersname spousename parentname caregivername partnername husbandname wifename relativename
     maidenname emergencycontactfirstname emergencycontactlastname`,
    {
      fits: WORDS,
      subtype: 'relative',
    },
  ),
  ...named(
    'US_SSN',
    'ssn socialsecuritynumber socialsecurity ssnnumber socialsecurityno ssno socsec socialsec ssn4 ssnlast4 lastfourssn taxid',
    { fits: DIGITS },
  ),
  ...named(
    'MEDICAL_RECORD_NUMBER',
    'mrn medicalrecordnumber medicalrecord mrnumber patientid patientnumber patientmrn patientidentifier chartnumber chartno chart mrno mrnno mrnnumber medrecnum medrec medrecno medicalrecordno patientno patid ptid ptno hospitalnumber hospitalno hospno hospitalid urnumber nhi chartid unitnumber recordnumber healthrecordnumber empi nhsnumber uhid upi',
    { fits: /\d/ },
  ),
  ...named(
    'DATE',
    'dob birthdate dateofbirth birthday deceaseddate dateofdeath deathdate deceaseddatetime admissiondate dischargedate admitdate visitdate servicedate dateofservice birthdatetime birthday bday birth born bornon datebirth dod dos doa admitted discharged dateofadmission dateofdischarge appointmentdate encounterdate proceduredate surgerydate dateofsurgery dateofvisit dateofprocedure collectiondate injurydate dateofinjury onsetdate admitdatetime dischargedatetime effectivedate lastvisit lastseen nextvisit nextappointment examdate dateofexam hiredate admittedat dischargedat collectedat dateseen dateofonset dateofconsult lmp edd edc datecollected datereceived',
    {
      fits: DATE,
    },
  ),
  // Beside a day, also whom somebody admits to what.
  ...named('DATE', 'admit adm admission disch discharge dc lastfill', { fits: /^\d{1,4}[-/.]\d/ }),
  ...named(
    'PHONE',
    'phone telephone mobile phonenumber telephonenumber mobilenumber cell cellphone homephone workphone mobilephone tel contactnumber contactphone telno telnumber phoneno phonenum phn ph mob mobileno mobno cellno cellnumber cellular hometel worktel daytimephone eveningphone pager pagernumber officephone emergencyphone callback callbacknumber',
    {
      fits: PHONE,
    },
  ),
  ...named('FAX', 'fax faxnumber faxno faxnum', { fits: PHONE }),
  ...named('EMAIL', 'email emailaddress mail contactemail emailid emailaddr', { fits: /@/ }),
  ...named(
    'LOCATION',
    'address street streetaddress cty homeaddress mailingaddress addressline addressline1 addressline2 address1 address2 city hometown birthplace placeofbirth addr address addressline street1 street2 streetline streetname town county district residence village suburb municipality apartment aptno cityofbirth citytown homecity addresscity addressstreet livesin streetaddressline',
    { fits: PLACE },
  ),
  ...named('LOCATION', 'zip zipcode postalcode postcode zip5 zip4 postal addresszip', {
    fits: /^[A-Z]{0,2}\d[A-Z\d -]{2,9}$/i,
  }),
  ...named(
    'ACCOUNT',
    'account accountnumber accountno acct acctnumber bankaccount iban cardnumber creditcard creditcardnumber patientaccount patientaccountnumber acctnum acctid accountid accountnum accountnbr routingnumber invoicenumber ccnumber',
    {
      fits: DIGITS,
    },
  ),
  ...named(
    'HEALTH_PLAN_ID',
    'policynumber policyid memberid membernumber subscriberid subscribernumber insuranceid insurancenumber healthplanid planmemberid medicareid medicaidid beneficiaryid beneficiarynumber mbi mbinumber policyno policynum policy memberno membershipnumber subscriberno insuranceno insurancepolicynumber insurancepolicy insurancememberid healthplanbeneficiarynumber healthinsuranceid planid groupnumber groupno groupid hicn medicarenumber medicareno medicaidnumber medicaidno certificatenumber enrolleeid insuredid payerid claimnumber claimno memno memid insid insno insuranceidno cin subscriberidnumber medicareidnumber plannumber',
    { fits: /\d/ },
  ),
  ...named(
    'LICENSE',
    'licensenumber licencenumber license medicallicense driverslicense dea deanumber deano npi npinumber npino driverslicensenumber driverslicenseno driverlicense driverlicensenumber drivinglicence drivinglicense dl dlnumber dlno medicallicensenumber statelicense licenseno licenceno licencenumber providernpi',
    {
      fits: /(?:\d[^\d]*){4}/,
    },
  ),
  ...named(
    'VEHICLE',
    'vin licenseplate licenseplatenumber platenumber plate numberplate vehicleid vinnumber vehicleplate vehicleregistration',
    { fits: /\d/ },
  ),
  ...named(
    'DEVICE',
    'serialnumber deviceid deviceserial deviceserialnumber udi serialno serial devicesn devicesn devicenumber implantserial implantid pacemakerserial pumpserial imei',
    { fits: DIGITS },
  ),
  ...named('IP', 'ip ipaddress clientip remoteip ipv4 ipv6', { fits: /[.:][^.:]*[.:]/ }),
  ...named(
    'OTHER_ID',
    `encounterid encounternumber encounterno visitnumber visitid csn casenumber caseno caseid accession accessionnumber accessionno
     specimenid specimennumber ordernumber orderid studyid subjectid specimen specimenno sampleid samplenumber passport passportnumber passportno nationalid employeeid
     employeenumber studentid rxnumber prescriptionnumber referralnumber authorizationnumber authnumber priorauthnumber`,
    { fits: /\d[^\d]*\d[^\d]*\d/ },
  ),
  ...named(
    'FACILITY',
    `employer employername hospitalname facilityname clinicname schoolname organizationname placeofwork workplace
     placeofemployment companyname`,
    { fits: /\p{L}{2}.*[\p{L}\d]/u },
  ),
  ...named('AGE_OVER_89', 'age ageyears ageinyears patientage', {
    fits: /^(?:9\d|1[0-2]\d)(?:\.\d+)?(?!\d)/,
  }),
])

/** Keys that stand for a person, in the singular. */
export const PERSONS: ReadonlyMap<string, Subtype> = new Map([
  ...'patient pt person subject member subscriber insured guarantor beneficiary resident client human individual participant donor cardholder'
    .split(' ')
    .map((key): readonly [string, Subtype] => [key, 'patient']),
  ...'relatedperson relative contact emergencycontact nextofkin guardian mother father emergencycontactperson nok kin mom dad partner aunt uncle grandmother grandfather stepmother stepfather legalguardian proxy healthcareproxy spouse wife husband son daughter brother sister parent caregiver child'
    .split(' ')
    .map((key): readonly [string, Subtype] => [key, 'relative']),
  ...'practitioner provider physician doctor clinician attending nurse surgeon pcp performer therapist pharmacist dentist doc dr specialist'
    .split(' ')
    .map((key): readonly [string, Subtype] => [key, 'clinician']),
])
