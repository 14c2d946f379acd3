import { phi } from './marked.ts'
import { crowd, type Someone } from './people.ts'

const name = (one: Someone) =>
  `<name use="L"><given>${phi(one.first)}</given><family>${phi(one.last)}</family></name>`
const address = (one: Someone) =>
  `<addr use="HP"><streetAddressLine>${phi(one.street)}</streetAddressLine><city>${phi(one.city)}</city>` +
  `<state>${one.state}</state><postalCode>${phi(one.zip)}</postalCode><country>US</country></addr>`

/** A C-CDA document, or its header alone, with gold in elements and attributes. */
export function cdaDocument(seed: number): string {
  const { next } = crowd(seed)
  const [one, kin, doctor] = [next(), next(), next()]
  return `<?xml version="1.0" encoding="UTF-8"?>
<ClinicalDocument xmlns="urn:hl7-org:v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
  <typeId root="2.16.840.1.113883.1.3" extension="POCD_HD000040"/>
  <templateId root="2.16.840.1.113883.10.20.22.1.2" extension="2015-08-01"/>
  <code code="34133-9" codeSystem="2.16.840.1.113883.6.1" displayName="Summarization of Episode Note"/>
  <title>Continuity of Care Document</title>
  <effectiveTime value="${phi('20260102153000+0000')}"/>
  <recordTarget><patientRole>
    <id extension="${phi(one.mrn)}" root="2.16.840.1.113883.19.5.99999.2"/>
    <id extension="${phi(one.ssn)}" root="2.16.840.1.113883.4.1"/>
    ${address(one)}
    <telecom value="tel:${phi(one.phone)}" use="HP"/>
    <telecom value="mailto:${phi(one.email)}"/>
    <patient>${name(one)}
      <administrativeGenderCode code="F" codeSystem="2.16.840.1.113883.5.1" displayName="Female"/>
      <birthTime value="${phi(one.birth.replaceAll('-', ''))}"/>
      <guardian><addr><city>${phi(kin.city)}</city><state>OR</state></addr>
        <guardianPerson>${name(kin)}</guardianPerson></guardian>
      <birthplace><place><addr><city>${phi(kin.city)}</city><state>OR</state></addr></place></birthplace>
    </patient>
    <providerOrganization><name>${phi('Lakeview General Hospital')}</name>
      <telecom value="tel:${phi(doctor.phone)}"/></providerOrganization>
  </patientRole></recordTarget>
  <author><time value="${phi('20260102')}"/><assignedAuthor>
    <id extension="${phi('1234567893')}" root="2.16.840.1.113883.4.6"/>
    <assignedPerson>${name(doctor)}</assignedPerson></assignedAuthor></author>
  <component><structuredBody><component><section>
    <title>Results</title>
    <text><paragraph>Glucose 182 mg/dl. Told ${phi(`${one.first} ${one.last}`)} &amp; family.</paragraph></text>
    <entry><observation classCode="OBS" moodCode="EVN">
      <code code="2339-0" codeSystem="2.16.840.1.113883.6.1" displayName="Glucose"/>
      <effectiveTime><low value="${phi('20251224')}"/><high value="${phi('20251225')}"/></effectiveTime>
      <value xsi:type="PQ" value="182" unit="mg/dl"/>
    </observation></entry>
  </section></component></structuredBody></component>
</ClinicalDocument>`
}

/** FHIR as XML. */
export function fhirXml(seed: number): string {
  const { next } = crowd(seed)
  const one = next()
  return `<Patient xmlns="http://hl7.org/fhir"><id value="${phi('p4471')}"/><active value="true"/>
  <identifier><system value="http://hospital.example.org/mrn"/><value value="${phi(one.mrn)}"/></identifier>
  <name><use value="official"/><family value="${phi(one.last)}"/><given value="${phi(one.first)}"/>
    <given value="${phi(one.middle)}"/></name>
  <telecom><system value="phone"/><value value="${phi(one.phone)}"/></telecom>
  <gender value="female"/><birthDate value="${phi(one.birth)}"/>
  <address><line value="${phi(one.street)}"/><city value="${phi(one.city)}"/><postalCode value="${phi(one.zip)}"/></address>
</Patient>`
}
